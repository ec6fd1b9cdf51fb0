// Whether a scalar fits the Go type that it is decoded into, and what Go says where it does not. Source: decode.go of go.yaml.in/yaml/v2.
import { goUrlError } from "../../../../catalog/prometheus/goUrl.ts";
import { enumName, plainName } from "../../../../catalog/prometheus/schema.ts";
import { readDuration, readSize } from "../../../../catalog/prometheus/values.ts";
import type { EnumValue, SchemaKey, SchemaType } from "../../../../catalog/schema.ts";
import { regexpError } from "../../../../promql/types/regexps.ts";
import { resolveScalar, shortTag } from "../../../../yaml/resolve.ts";
import type { Scalar, YamlNode } from "../../../../yaml/tree.ts";
import { scalarText } from "../../../scalarText.ts";
import type { Path } from "../../../schema/walk.ts";
import { enumRefusal } from "./enums.ts";
import {
  enumOfQuotedNull,
  heldType,
  isQuotedNull,
  isTakenUnread,
  shapeOfQuotedNull,
  switchOfQuotedNull,
} from "./quotedNull.ts";
import { isNullWord } from "./section.ts";

/** Go's words, without the line. `isType`: a type error, which Prometheus collects; others end the reading. */
export type DecodeFault = { readonly words: string; readonly isType: boolean };

/** What is wrong with a scalar of a type other than an enum. */
export function scalarFault(
  node: Scalar,
  type: SchemaType,
  key: SchemaKey | undefined,
  path: Path,
): DecodeFault | undefined {
  // Only a tag can be one that the text does not fit.
  const problem = node.tag ? resolveScalar(node, "yaml2").problem : undefined;
  if (problem) return { words: problem, isType: false };
  if (type.kind !== "scalar") return undefined;
  const nullType = isQuotedNull(node) ? (urlType(type, path) ?? switchOfQuotedNull(key, path)) : undefined;
  if (nullType !== undefined) return typeFault(node, nullType);
  switch (type.scalar) {
    case "bool":
      return resolveScalar(node, "yaml2").type === "bool" ? undefined : typeFault(node, "bool");
    case "float":
      return /^(?:int|float)$/.test(resolveScalar(node, "yaml2").type) ? undefined : typeFault(node, "float64");
    case "int":
    case "uint":
      return numberFits(node, type.scalar) ? undefined : typeFault(node, integerType(type.scalar, key));
    default:
      return textFault(scalarText(node), type.scalar, path);
  }
}

function numberFits(node: Scalar, kind: "int" | "uint"): boolean {
  const read = resolveScalar(node, "yaml2");
  if (read.type === "float") return read.value <= 2 ** (kind === "int" ? 63 : 64);
  if (read.type !== "int") return false;
  const value = BigInt(read.value);
  return kind === "int" ? value < 2n ** 63n : value >= 0n;
}

function integerType(kind: "int" | "uint", key: SchemaKey | undefined): string {
  if (key?.name === "modulus" || key?.name === "chunked_read_limit") return "uint64";
  return key?.name === "max_exemplars" || key?.name === "outofordertimewindow" ? "int64" : kind;
}

function textFault(text: string, scalar: string, path: Path): DecodeFault | undefined {
  const words = textWords(text, scalar, path);
  return words === undefined ? undefined : { words, isType: false };
}

function textWords(text: string, scalar: string, path: Path): string | undefined {
  switch (scalar) {
    case "duration":
      return readDuration(text).error;
    case "bytes":
      return readSize(text).error;
    case "regexp":
      return regexpError(`^(?s:${text})$`);
    case "url":
      return isUrlField(path) && text !== "" ? goUrlError(text) : undefined;
    default:
      return undefined;
  }
}

/** Fields of type config.URL; the others that are called so are texts that their sections read. */
function isUrlField(path: Path): boolean {
  const key = path.findLast((part) => typeof part === "string");
  return key === "proxy_url" || key === "api_server" || (key === "url" && /^remote_/.test(String(path[0])));
}

/** Go's type of a URL field. */
function urlType(type: SchemaType, path: Path): string | undefined {
  if (type.kind !== "scalar" || type.scalar !== "url" || !isUrlField(path)) return undefined;
  return path.at(-1) === "url" ? "*config.URL" : "config.URL";
}

/**
 * What becomes of a `null` or `~` in quotes where an enum is wanted: a fault of the decoder, `taken` by a type that would
 * refuse it if it saw it, or undefined: it is a text like any other.
 */
export function quotedNullEnum(node: Scalar, values: readonly EnumValue[]): DecodeFault | "taken" | undefined {
  if (!isQuotedNull(node)) return undefined;
  const goType = enumOfQuotedNull(values);
  if (goType !== undefined) return typeFault(node, goType);
  return isTakenUnread(values) ? "taken" : undefined;
}

/** What is wrong with a null that a type reads as a text of its own: `NULL` is an empty duration. */
export function nullFault(node: YamlNode, type: SchemaType, path: Path): DecodeFault | undefined {
  if (!isNullWord(node)) return undefined;
  if (type.kind === "enum" && readThemselves.has(enumName(type.values))) {
    const words = enumRefusal(enumName(type.values), "", true);
    return words === undefined ? undefined : { words, isType: false };
  }
  if (type.kind !== "scalar") return undefined;
  return /^(?:regexp|url|bytes)$/.test(type.scalar) ? undefined : textFault("", type.scalar, path);
}

/** `cannot unmarshal !!str `x` into int`. */
function typeFault(node: Scalar, goType: string): DecodeFault {
  return { words: `cannot unmarshal ${tagOf(node)} \`${shortened(node.value)}\` into ${goType}`, isType: true };
}

/** The tag that is written, else the one that the text has. */
function tagOf(node: Scalar): string {
  return shortTag(node.tag?.text) ?? `!!${resolveScalar(node, "yaml2").type}`;
}

/** More than ten bytes: seven and dots. */
function shortened(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return bytes.length > 10 ? `${new TextDecoder().decode(bytes.subarray(0, 7))}...` : text;
}

/** What Go says of a value of another shape than its type: a list for a text … */
export function shapeFault(node: YamlNode, type: SchemaType, key: SchemaKey | undefined): DecodeFault | undefined {
  const goType = (isQuotedNull(node) ? shapeOfQuotedNull(type, key) : undefined) ?? goTypeOf(type, key);
  if (node.kind === "scalar") {
    const { problem } = resolveScalar(node, "yaml2");
    return problem ? { words: problem, isType: false } : typeFault(node, goType);
  }
  if (node.kind !== "mapping" && node.kind !== "sequence") return undefined;
  const own = node.kind === "mapping" ? "!!map" : "!!seq";
  const tag = shortTag(node.tag?.text) ?? own;
  const text = /^!!(?:map|seq)$/.test(tag) ? "" : " ``";
  return { words: `cannot unmarshal ${tag}${text} into ${goType}`, isType: true };
}

/** Enums whose Go type is another than `string` in messages. */
const enumTypes: Readonly<Record<string, string>> = {
  scrapeProtocol: "config.ScrapeProtocol",
  alertmanagerApi: "config.plain",
  tracingClient: "config.plain",
  protobufMessage: "remote.WriteMessageType",
  translationStrategy: "otlptranslator.TranslationStrategyOption",
};

/** Enums whose Go type reads its value itself, and so gets to see `NULL`: as the empty text. */
const readThemselves = new Set([
  "relabelAction",
  "tlsVersion",
  "alertmanagerApi",
  "tracingClient",
  "awsRole",
  "digitaloceanRole",
  "hetznerRole",
  "kubernetesRole",
  "openstackRole",
  "scalewayRole",
]);

const mapTypes: Readonly<Record<string, string>> = {
  labels: "model.LabelSet",
  required_matchers: "model.LabelSet",
  params: "url.Values",
  http_headers: "config.Headers",
  proxy_connect_header: "config.ProxyHeader",
  claims: "map[string]interface {}",
};

function goTypeOf(type: SchemaType, key: SchemaKey | undefined): string {
  switch (type.kind) {
    case "object":
      return plainName(type.name);
    case "list":
      return key?.name === "alertmanagers" ? "config.AlertmanagerConfigs" : listType(type.of);
    case "map":
      return mapTypes[key?.name ?? ""] ?? "map[string]string";
    case "enum":
      return enumTypes[enumName(type.values)] ?? "string";
    default:
      return scalarType(type, key);
  }
}

function listType(of: SchemaType): string {
  if (of.kind === "object") return `[]${heldType(of.name)}`;
  if (of.kind === "enum") return `[]${enumTypes[enumName(of.values)] ?? "string"}`;
  if (of.kind !== "scalar") return "[]string";
  if (of.scalar === "labelname") return "model.LabelNames";
  return of.scalar === "secret" ? "[]config.Secret" : "[]string";
}

function scalarType(type: SchemaType, key: SchemaKey | undefined): string {
  if (type.kind !== "scalar") return "string";
  if (key?.type.kind === "map" && mapTypes[key.name] === "model.LabelSet") return "model.LabelValue";
  switch (type.scalar) {
    case "secret":
      return "config.plain";
    case "bytes":
      return "units.Base2Bytes";
    case "int":
    case "uint":
      return integerType(type.scalar, key);
    case "float":
      return "float64";
    case "bool":
      return "bool";
    default:
      return "string";
  }
}

// A dkron.yml as the agent reads it: each key with the value that the agent's decoder makes of it.
// Lenient: takes what it finds, in any shape. Must not judge; checks do.
import { type DecodeResult, decode } from "../catalog/config/decode.ts";
import { type GoValue, goPrint } from "../catalog/config/goValue.ts";
import { type ConfigKey, configKey } from "../catalog/config/keys.ts";
import { holdsPlaceholder, isRendered } from "../catalog/config/placeholders.ts";
import { compareVersions, isWithin } from "../catalog/versions.ts";
import { resolveAlias } from "../yaml/alias.ts";
import { mergedPairs } from "../yaml/keys.ts";
import { type Engine, resolveScalar } from "../yaml/resolve.ts";
import {
  type Empty,
  endOf,
  type Pair,
  type Scalar,
  startOf,
  walk,
  type YamlFile,
  type YamlNode,
} from "../yaml/tree.ts";
import { readPart } from "./endOfReading.ts";

/** A key of the file that Dkron knows, whether or not the version in force does. */
export type Setting = {
  readonly key: ConfigKey;
  readonly pair: Pair;
  /** The value, behind an alias if there is one. */
  readonly node: YamlNode;
  readonly value: GoValue;
  readonly result: DecodeResult;
  /** Entries of a mapping, merges unfolded; empty for other values. */
  readonly entries: readonly Entry[];
  /** The value is filled in by another tool before the agent sees it, so nothing is known of it. */
  readonly substituted: boolean;
};

export type DkronFile = {
  /** First mapping of the first document; undefined where the file holds none. */
  readonly root: YamlNode | undefined;
  /**
   * By the name of the key. Of a key that is written twice the last, which counts in JSON and, before 3.2.0, in YAML; since then
   * an agent ignores a YAML file that has one. Keys without a value (null) are not here.
   */
  readonly settings: ReadonlyMap<string, Setting>;
  /** Keys that Dkron does not know, as written. */
  readonly unknown: readonly { readonly name: string; readonly pair: Pair }[];
  /** Keys of the file in their order, merges unfolded, known or not, with a value or not. */
  readonly entries: readonly Entry[];
  /** Where reading ends: behind the text, or before. */
  readonly end: number;
  /** A template of Helm, Jinja or the like: what the agent will read is not what stands here. */
  readonly templated: boolean;
};

const read = new WeakMap<YamlFile, Map<string, DkronFile>>();

/** The file as an agent of `version` reads it. Remembered as long as the tree is the same. */
export function dkronFile(file: YamlFile, version: string): DkronFile {
  const versions = read.get(file) ?? new Map<string, DkronFile>();
  read.set(file, versions);
  const known = versions.get(version) ?? readFile(readPart(file, engineOf(version)), version);
  versions.set(version, known);
  return known;
}

function readFile(file: YamlFile, version: string): DkronFile {
  const root = file.documents[0]?.root;
  const settings = new Map<string, Setting>();
  const unknown: { name: string; pair: Pair }[] = [];
  const entries = root ? entriesOf(file, root) : [];
  for (const { name, pair } of entries) {
    const key = configKey(name);
    if (!key) {
      unknown.push({ name, pair });
      continue;
    }
    const setting = settingOf(file, key, pair, version);
    if (setting) settings.set(key.name, setting);
  }
  return { root, settings, unknown, entries, end: file.text.length, templated: isRendered(withoutBlocks(file, root)) };
}

/** What the value of a pair is to a key, which need not be the pair's own; undefined where it has none. */
export function settingOf(file: YamlFile, key: ConfigKey, pair: Pair, version: string): Setting | undefined {
  const node = resolveAlias(file, pair.value);
  if (!node || node.kind === "broken") return undefined;
  const value = goValue({ file, engine: engineOf(version) }, node, 0);
  if (value.kind === "nil") return undefined;
  const seen = key.flag === undefined && compareVersions(version, "3.2.7") !== 0 ? rebuilt(value) : value;
  const { target, since, until } = key;
  const isRead = isWithin(version, since, until);
  const field = target && isRead && { name: key.field, target, on: key.default === "true" };
  const result = field ? decode(field, seen, version) : { value: undefined, errors: [] };
  const entries = entriesOf(file, node);
  return { key, pair, node, value: seen, result, entries, substituted: isFilledIn(value) };
}

export type Entry = { readonly name: string; readonly pair: Pair };

/** Pairs by name: the own ones, then what `<<` brings and no own one has. */
function entriesOf(file: YamlFile, node: YamlNode): Entry[] {
  if (node.kind !== "mapping") return [];
  const own: Entry[] = [];
  const merged = new Map<string, Pair>();
  for (const { pair, via } of mergedPairs(file, node).pairs) {
    const key = resolveAlias(file, pair.key);
    if (key?.kind !== "scalar") continue;
    if (via) merged.set(key.value, pair);
    else own.push({ name: key.value, pair });
  }
  for (const { name } of own) merged.delete(name);
  return [...own, ...[...merged].map(([name, pair]) => ({ name, pair }))];
}

type Reader = { readonly file: YamlFile; readonly engine: Engine; readonly inList?: boolean };

/** Dkron reads YAML 1.1, where `yes` is true, up to 3.1.11. */
export function engineOf(version: string): Engine {
  return compareVersions(version, "3.2.0") < 0 ? "yaml2" : "yaml3";
}

/** The value that the YAML reader hands to viper, map keys in lower case as viper makes them. */
function goValue(reader: Reader, node: YamlNode, depth: number): GoValue {
  const resolved = resolveAlias(reader.file, node);
  if (!resolved || depth > 100) return { kind: "nil" };
  switch (resolved.kind) {
    case "scalar":
      return scalarValue(resolved, reader.engine);
    case "sequence":
      return {
        kind: "list",
        items: resolved.items.map(({ value }) => goValue({ ...reader, inList: true }, value, depth + 1)),
      };
    case "mapping": {
      const asRead = reader.inList === true && reader.engine === "yaml2";
      const values = entriesOf(reader.file, resolved).map(({ name, pair }) => {
        const printed = asRead ? name : keyText(resolveAlias(reader.file, pair.key), reader.engine);
        return [printed ?? name.toLowerCase(), goValue(reader, pair.value, depth + 1)] as const;
      });
      return { kind: "map", entries: new Map(values), asRead };
    }
    case "empty":
      return resolved.tag ? scalarValue(resolved, reader.engine) : { kind: "nil" };
    default:
      return { kind: "nil" };
  }
}

/** A map's key as viper has it: printed by Go, so that `0x10` is `16` and `~` nothing, and in lower case. */
export function keyText(key: YamlNode | undefined, engine: Engine): string | undefined {
  if (key?.kind !== "scalar") return undefined;
  const value = scalarValue(key, engine);
  return value.kind === "nil" ? "" : goPrint(value).toLowerCase();
}

function scalarValue(node: Scalar | Empty, engine: Engine): GoValue {
  const resolved = resolveScalar(node, engine);
  switch (resolved.type) {
    case "null":
      return { kind: "nil" };
    case "bool":
      return { kind: "bool", value: resolved.value };
    case "int":
      return { kind: "int", value: BigInt(resolved.value) };
    case "float":
      return { kind: "float", value: resolved.value };
    case "timestamp":
      // The older reader hands dates on as texts.
      return engine === "yaml2" ? { kind: "string", value: resolved.value } : { kind: "time", text: resolved.value };
    case "binary":
      return { kind: "string", value: resolved.problem ? resolved.value : decoded64(resolved.value) };
    default:
      return { kind: "string", value: resolved.value };
  }
}

/** What base64 stands for, as text. */
function decoded64(text: string): string {
  const bytes = Uint8Array.from(atob(text.replace(/[\r\n]/g, "")), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

/**
 * What viper makes of the value of a key without a flag by taking it to pieces and putting it together again: nulls and maps
 * without anything in them vanish, and a dot in a key is a path, so that `my.key: v` is a map in the map. The viper of 3.2.7
 * alone does not.
 */
function rebuilt(value: GoValue): GoValue {
  if (value.kind !== "map") return value;
  const entries = new Map<string, GoValue>();
  for (const [name, item] of value.entries) {
    const inner = rebuilt(item);
    if (inner.kind === "nil") continue;
    const [first = "", ...rest] = name.split(".");
    // Beside `my: v` the order of a Go map decides: about every other start fails.
    if (rest.length === 0 && entries.get(first)?.kind === "map") continue;
    entries.set(
      first,
      rest.reduceRight<GoValue>((nested, part) => ({ kind: "map", entries: new Map([[part, nested]]) }), inner),
    );
  }
  return entries.size > 0 ? { kind: "map", entries } : { kind: "nil" };
}

function isFilledIn(value: GoValue): boolean {
  if (value.kind === "string") return holdsPlaceholder(value.value);
  if (value.kind === "list") return value.items.some(isFilledIn);
  return value.kind === "map" && [...value.entries.values()].some(isFilledIn);
}

/** The text with its block scalars blank: what looks like a template in a payload is Dkron's own. */
function withoutBlocks({ text }: YamlFile, root: YamlNode | undefined): string {
  if (!root || !text.includes("{{")) return text;
  let out = "";
  let at = 0;
  for (const node of walk(root)) {
    if (node.kind !== "scalar" || (node.style !== "literal" && node.style !== "folded")) continue;
    out += text.slice(at, startOf(node));
    at = Math.max(at, endOf(node));
  }
  return out + text.slice(at);
}

/** The decoded value of a key: undefined where it is absent, not decodable, or filled in by another tool. */
function decoded(file: DkronFile, key: string): unknown {
  const setting = file.settings.get(key);
  return setting && !setting.substituted ? setting.result.value : undefined;
}

export function textOf(file: DkronFile, key: string): string | undefined {
  const value = decoded(file, key);
  return typeof value === "string" ? value : undefined;
}

export function numberOf(file: DkronFile, key: string): number | undefined {
  const value = decoded(file, key);
  return typeof value === "number" ? value : undefined;
}

export function listOf(file: DkronFile, key: string): readonly string[] | undefined {
  const value = decoded(file, key);
  return Array.isArray(value) ? value : undefined;
}

/** Whether the agent is a server: undefined where another tool fills the value in, or it cannot be decoded. */
export function isServer(file: DkronFile): boolean | undefined {
  const setting = file.settings.get("server");
  if (!setting) return false;
  const value = decoded(file, "server");
  return typeof value === "boolean" ? value : undefined;
}

/** Whether a key has a value that is not the empty one of its type. */
export function isSet(file: DkronFile, key: string): boolean {
  const setting = file.settings.get(key);
  if (!setting) return false;
  if (setting.substituted || setting.result.errors.length > 0) return true;
  const { value } = setting.result;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map) return value.size > 0;
  return value === undefined ? true : value !== "" && value !== 0 && value !== false;
}

/** Offset order of two settings in the text. */
export function inTextOrder(a: Setting, b: Setting): number {
  return startOf(a.pair) - startOf(b.pair);
}

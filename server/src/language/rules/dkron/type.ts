// dkron/type: a value that the agent's decoder refuses, so that the agent exits.
import { decodingFailed } from "../../../catalog/config/agentWords.ts";
import type { DecodeError } from "../../../catalog/config/decode.ts";
import type { ConfigKey } from "../../../catalog/config/keys.ts";
import type { Range } from "../../../ranges.ts";
import { keyOf, type Pair, rangeOf, type YamlNode } from "../../../yaml/tree.ts";
import type { Report } from "../../check.ts";
import { engineOf, inTextOrder, keyText, type Setting } from "../../dkronFile.ts";
import type { Fix } from "../../finding.ts";
import { dkronCheck, exits, quoted, replaceValue, written } from "./shared.ts";

export const dkronType = dkronCheck({
  id: "dkron/type",
  level: "error",
  title: "A value of a type that makes the agent exit",
  *look({ file, version, text }): Iterable<Report> {
    const settings = [...file.settings.values()].filter(isOurs).sort(inTextOrder);
    const refusals = settings.flatMap(({ key, result }) => result.errors.map(({ row }) => ({ key: key.name, row })));
    const words = refusals.length <= most ? decodingFailed(refusals, version) : undefined;
    for (const setting of settings) {
      for (const error of setting.result.errors) {
        const range = blamed(setting, error, version);
        const message = `${complaint(setting, error, version)} ${exits(version, words ?? decodingFailed([{ key: setting.key.name, row: error.row }], version))} ${advice(setting)}`;
        yield { range, message, fixes: fixesOf(setting, error, text) };
      }
    }
  },
});

/** How many refusals are quoted together; the agent tells all. */
const most = 4;

/** Not `{{ GetPrivateIP }}` without quotes, on account of which the whole file is ignored. */
function isOurs({ substituted, node }: Setting): boolean {
  return !substituted && !(node.kind === "mapping" && node.pairs.some(({ key }) => key.kind === "mapping"));
}

/** The key; of a map the key inside that is at fault. */
function blamed({ node, pair }: Setting, { inside }: DecodeError, version: string): Range {
  const name = inside[0];
  const entry = typeof name === "string" ? entryOf(node, name, version) : undefined;
  return rangeOf((entry ?? pair).key);
}

/** The entry of a map that is refused by that name: one with a dot in its key before one without. */
function entryOf(node: YamlNode, name: string, version: string): Pair | undefined {
  if (node.kind !== "mapping") return undefined;
  const text = ({ key }: Pair): string | undefined => keyText(key, engineOf(version));
  return (
    node.pairs.find((pair) => text(pair) !== name && text(pair)?.split(".")[0] === name) ??
    node.pairs.find((pair) => text(pair) === name)
  );
}

const wanted: Record<NonNullable<ConfigKey["target"]>, string> = {
  bool: "true or false",
  int: "a whole number",
  uint16: "a port number",
  duration: "a duration with a unit",
  string: "a text",
  strings: "a list of texts",
  "string-map": "a map of texts",
};

function complaint({ key, node, value }: Setting, { inside }: DecodeError, version: string): string {
  const target = key.target ?? "string";
  if (inside.length > 0 && !(target === "string-map" && node.kind === "sequence"))
    return `An entry of \`${key.name}\` must be a text, and this one is ${shape(inner(node, inside, version))}.`;
  if (node.kind === "scalar" && value.kind !== "time")
    return `\`${key.name}\` must be ${wanted[target]}, and \`${node.value}\` is not.`;
  return `\`${key.name}\` must be ${wanted[target]}, and this is ${value.kind === "time" ? "a date" : shape(node)}.`;
}

function inner(node: YamlNode, inside: DecodeError["inside"], version: string): YamlNode {
  const [step] = inside;
  if (node.kind === "sequence" && typeof step === "number") return node.items[step]?.value ?? node;
  const entry = typeof step === "string" ? entryOf(node, step, version) : undefined;
  return entry && keyText(entry.key, engineOf(version)) === step ? entry.value : node;
}

function shape(node: YamlNode): string {
  if (node.kind === "mapping") return "a mapping";
  if (node.kind === "sequence") return "a list";
  return node.kind === "scalar" ? `\`${node.value}\`` : "empty";
}

function advice({ key }: Setting): string {
  const target = key.target ?? "string";
  const example = key.examples?.[0];
  if (target === "bool") return "Write `true` or `false`.";
  if (target === "duration") return `Write it with a unit, such as \`${key.default ?? "30s"}\`.`;
  if (key.name === "tags") return "Write `name: text` for each tag, without dots in the names.";
  if (target === "strings") return `Quote the entries, such as \`${example ?? '["a", "b"]'}\`.`;
  if (target !== "string") return "Write a number.";
  return isFreeText(key) ? "Quote it." : `Write a text${example ? `, such as \`${example}\`` : ""}.`;
}

/** Whether any text will do. */
function isFreeText({ type }: ConfigKey): boolean {
  return type.kind === "scalar" && ["string", "template", "path"].includes(type.scalar);
}

/** A word to choose or an address does not become one by quotes. */
function textFix(setting: Setting, text: string): Fix[] {
  const source = written(setting.node, text);
  return !isFreeText(setting.key) || /[\r\n]/.test(source) || source.startsWith('"')
    ? []
    : replaceValue(setting, quoted(source), "Quote it", true);
}

const yes = /^(?:y|yes|on)$/i;
const no = /^(?:n|no|off)$/i;

function fixesOf(setting: Setting, error: DecodeError, text: string): Fix[] {
  const { key, node } = setting;
  const target = key.target ?? "string";
  if (target === "bool" && node.kind === "scalar") return boolFix(setting, node.value);
  if (target === "bool" && node.kind === "sequence" && node.items.length === 1) {
    const only = node.items[0]?.value;
    return only?.kind === "scalar" && /^(?:true|false)$/i.test(only.value)
      ? replaceValue(setting, only.value.toLowerCase(), `Write ${only.value.toLowerCase()}`, true)
      : [];
  }
  if (target === "duration" && node.kind === "scalar") return durationFix(setting, node.value);
  if (target === "string" && (node.kind === "sequence" || node.kind === "scalar")) return textFix(setting, text);
  if (target === "strings" && node.kind === "sequence") return itemFix(node, error, key);
  if (key.name === "tags") return tagsFix(setting, node);
  return [];
}

function boolFix(setting: Setting, value: string): Fix[] {
  if (yes.test(value)) return replaceValue(setting, "true", "Write true", true);
  return no.test(value) ? replaceValue(setting, "false", "Write false", true) : [];
}

function durationFix(setting: Setting, value: string): Fix[] {
  const days = /^(\d+)\s*d(?:ays?)?$/.exec(value)?.[1];
  if (days) return replaceValue(setting, `${Number(days) * 24}h`, `Write ${Number(days) * 24}h`, true);
  const seconds = /^(\d+)(?: ?s(?:ec(?:onds?)?)?)?$/.exec(value)?.[1];
  if (seconds) return replaceValue(setting, `${seconds}s`, `Write ${seconds}s`, /[a-z]/.test(value));
  const spaced = value.replace(/\s+/g, "");
  return /^(?:\d+(?:\.\d+)?(?:h|m|s|ms))+$/.test(spaced) && spaced !== value
    ? replaceValue(setting, spaced, `Write ${spaced}`, true)
    : [];
}

/** `- Content-Type: x` and `- env: prod` are mappings only for want of quotes. */
function itemFix(node: YamlNode & { kind: "sequence" }, { inside }: DecodeError, key: ConfigKey): Fix[] {
  const item = typeof inside[0] === "number" ? node.items[inside[0]]?.value : undefined;
  if (item?.kind !== "mapping" || item.flow || item.pairs.length !== 1) return [];
  const [pair] = item.pairs;
  const name = pair && keyOf(pair);
  if (!pair || name === undefined || pair.value.kind !== "scalar") return [];
  const text = quoted(`${name}:${pair.value.value}`);
  return [{ title: `Write ${text}`, safe: key.name !== "retry-join", edits: [{ range: rangeOf(item), text }] }];
}

/** `role=web` as a text or in a list, where a mapping is wanted. */
function tagsFix(setting: Setting, node: YamlNode): Fix[] {
  const texts =
    node.kind === "scalar"
      ? node.value.split(/[\s,]+/)
      : node.kind === "sequence"
        ? node.items.flatMap(({ value }) => (value.kind === "scalar" ? [value.value] : [""]))
        : [];
  const pairs = texts.map((text) => /^([\w-]+)[=:](.+)$/.exec(text));
  if (pairs.length === 0 || pairs.some((pair) => pair === null)) return [];
  const entries = pairs.map(
    (pair) => `${pair?.[1]}: ${/^[\w-]+$/.test(pair?.[2] ?? "") ? pair?.[2] : quoted(pair?.[2] ?? "")}`,
  );
  return replaceValue(setting, `{${entries.join(", ")}}`, "Write a mapping", true);
}

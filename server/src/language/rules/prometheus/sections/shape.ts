// What to write for a value of another shape than its key wants: a list for a text, entries for keys. Judges nothing.
import { prometheusSchema } from "../../../../catalog/prometheus/schema.ts";
import { objectOf, type SchemaType } from "../../../../catalog/schema.ts";
import type { Edit } from "../../../../edits.ts";
import {
  endOf,
  type Mapping,
  rangeOf,
  type Scalar,
  type Sequence,
  startOf,
  type YamlFile,
} from "../../../../yaml/tree.ts";
import type { Fix } from "../../../finding.ts";
import type { SchemaEvent } from "../../../schema/walk.ts";
import { colonFix, dashFix } from "./keyText.ts";
import { isOffered } from "./meantKey.ts";
import { anyOf } from "./told.ts";

type WrongShape = Extract<SchemaEvent, { kind: "wrong-shape" }>;

/** Words and fixes. */
export function otherShape({ type, node }: WrongShape, file: YamlFile): readonly [advice: string, fixes: Fix[]] {
  if (type.kind === "list") {
    if (node.kind === "mapping")
      return ["Begin each entry with `- `.", blankFixes(node, type.of) ?? entryFixes(node, type.of, file)];
    const dashed = node.kind === "scalar" ? dashedLines(node, file) : undefined;
    if (dashed) return ["The dash of an entry needs a blank after it.", [dashFix(dashed)]];
    return ["Write a list.", node.kind === "scalar" && type.of.kind !== "object" ? listFixes(node, file) : []];
  }
  if ((type.kind === "object" || type.kind === "map") && node.kind === "sequence" && areKeys(node, type))
    return ["Remove the dashes.", dashFixes(node, file)];
  const colon = node.kind === "scalar" ? missingColon(node, type, file) : undefined;
  if (colon) return colon;
  if (type.kind === "object" || type.kind === "map") return [`Write keys with values below it${keysOf(type)}.`, []];
  return ["Write a single value; quote it if it begins with `[` or `{`.", []];
}

/** `insecure_skip_verify true`, where a section should be: it is read as a text. */
function missingColon(node: Scalar, type: SchemaType, { text }: YamlFile): [string, Fix[]] | undefined {
  const keys = objectOf(prometheusSchema, type)?.keys;
  const fix = colonFix(
    text,
    rangeOf(node),
    (name, behind) => keys?.has(name) ?? (type.kind === "map" && behind !== undefined),
  );
  return fix && [fix.edits.length > 1 ? `${fix.title}.` : fix.title.replace(/^Write (.*)$/, "Write `$1`."), [fix]];
}

/** Whether the entries of a list hold what should be keys: each key once, and each one that the section has. */
function areKeys({ items }: Sequence, type: SchemaType): boolean {
  const section = objectOf(prometheusSchema, type);
  const names = items.flatMap(({ value }) =>
    value.kind === "mapping" ? value.pairs.map(({ key }) => (key.kind === "scalar" ? key.value : "")) : [""],
  );
  return (
    names.every((name) => name !== "" && section?.keys.has(name) !== false) && new Set(names).size === names.length
  );
}

/** Blanks for dashes. */
function dashFixes({ items, flow }: Sequence, { text }: YamlFile): Fix[] {
  const starts = items.map((item) => startOf(item));
  if (flow || items.length === 0 || !starts.every((start) => text[start] === "-")) return [];
  const edits = starts.map((start): Edit => ({ range: { start, end: start + 1 }, text: " " }));
  return [{ title: "Remove the dashes", safe: true, edits }];
}

/** The keys of a small section. */
function keysOf(type: SchemaType): string {
  const names = [...(objectOf(prometheusSchema, type)?.keys.values() ?? [])].filter(isOffered).map(({ name }) => name);
  return names.length === 0 || names.length > 3 ? "" : `: ${anyOf(names)}`;
}

/** `-a`, one on each line, which YAML reads as one text: where the dashes are. */
function dashedLines(node: Scalar, { text }: YamlFile): number[] | undefined {
  const { start, end } = rangeOf(node);
  const lines = [...text.slice(start, end).matchAll(/^[ \t]*(.+)$/gm)];
  if (!lines.every(([, line = ""]) => /^-["'\w]/.test(line))) return undefined;
  return lines.map(({ index, 0: { length }, 1: line = "" }) => start + index + length - line.length);
}

/** A text in brackets, where it is one entry for sure. */
function listFixes(node: Scalar, { text }: YamlFile): Fix[] {
  const range = rangeOf(node);
  const written = text.slice(range.start, range.end);
  if (node.tag || node.anchor || !/^(?:[\w./*][\w./*-]*(?::[\w./*-]+)*|"[^",\n]*"|'[^',\n]*')$/.test(written))
    return [];
  return [{ title: `Write [${written}]`, safe: true, edits: [{ range, text: `[${written}]` }] }];
}

/** `-targets: […]` */
function blankFixes({ pairs }: Mapping, type: SchemaType): Fix[] | undefined {
  const keys = objectOf(prometheusSchema, type)?.keys;
  const isEntry = pairs.every(({ key }) => key.kind === "scalar" && key.raw[0] === "-" && keys?.has(key.raw.slice(1)));
  return isEntry && pairs.length > 0 ? [dashFix(pairs.map(({ key }) => startOf(key)))] : undefined;
}

/** A dash in front of the first key, and the other lines with it, where the keys are those of one entry. */
function entryFixes(node: Mapping, type: SchemaType, { text }: YamlFile): Fix[] {
  const section = objectOf(prometheusSchema, type);
  const names = node.pairs.map(({ key }) => (key.kind === "scalar" ? key.value : ""));
  // A job that has lost its first line, with the dash and the name, needs more than a dash; discoveries need much.
  const isWhole = section?.name === "ScrapeConfig" ? names.includes("job_name") : !section?.name.startsWith("sd.");
  const isEntry = isWhole && names.every((name) => section?.keys.has(name));
  const start = startOf(node);
  const line = text.lastIndexOf("\n", start - 1) + 1;
  if (node.flow || node.tag || node.anchor || !isEntry || text.slice(line, start).trim() !== "") return [];
  // A line further left that belongs to no section around is one that YAML cannot read there.
  const [next = ""] = /^[ \t]*(?=[^\s#])/m.exec(text.slice(text.indexOf("\n", endOf(node) - 1) + 1)) ?? [];
  if (next.length > columnAbove(text.slice(0, line))) return [];
  const edits: Edit[] = [{ range: { start, end: start }, text: "- " }];
  for (let at = text.indexOf("\n", start); at !== -1 && at < endOf(node) - 1; at = text.indexOf("\n", at + 1)) {
    if (!/^[ \t]*(?:\r?\n|$)/.test(text.slice(at + 1, at + 200)))
      edits.push({ range: { start: at + 1, end: at + 1 }, text: "  " });
  }
  return [{ title: "Begin the entry with a dash", safe: true, edits }];
}

/** Where the last key of a text begins. */
function columnAbove(before: string): number {
  const last = /(?<=^|\n)([ \t]*(?:- +)*)[^\s#].*\r?\n(?:[ \t]*(?:#.*)?\r?\n)*$/.exec(before.slice(-2000));
  return last?.[1]?.length ?? 0;
}

// The edits that take a line out of the labels of a rule and put it among its annotations, or the other way round.
import type { Edit } from "../edits.ts";
import { colonOf, endOf, keyOf, type Pair, type Scalar, startOf } from "../yaml/tree.ts";
import type { Fix } from "./finding.ts";
import type { Rule } from "./ruleFile.ts";

type Field = "labels" | "annotations";

/** None where the file is laid out in another way than one entry a line, or where the other field has such an entry. */
export function moveEntry(rule: Rule, pair: Pair, scalar: Scalar, to: Field): Fix | undefined {
  const from = to === "labels" ? "annotations" : "labels";
  const name = keyOf(pair) ?? "";
  const owner = rule.fields.get(from);
  if (!owner || !isLines(owner) || scalar.anchor || scalar.raw.includes("\n")) return undefined;
  if (rule[to].some((other) => keyOf(other) === name)) return undefined;
  const line = `${/^[\w-]+$/.test(name) ? name : JSON.stringify(name)}: ${asWritten(scalar)}`;
  const removal = removalOf(rule, rule[from], rule[from].length === 1 ? owner : pair);
  const insertion = insertionOf(rule, owner, to, line);
  if (!removal || !insertion) return undefined;
  // A field that goes as the last one of the rule takes its end with it.
  if (!rule.fields.has(to) && rule.node.pairs.at(-1) === owner && rule[from].length === 1) return undefined;
  return { title: `Move ${name} to the ${to}`, edits: [removal, insertion], safe: false };
}

/** Whether a field's value is a mapping of one line each. */
function isLines({ value }: Pair): boolean {
  return value.kind === "mapping" && !value.flow && value.anchor === undefined;
}

function asWritten({ style, raw }: Scalar): string {
  return style === "double" ? `"${raw}"` : style === "single" ? `'${raw}'` : raw;
}

/** From the end of the pair before to the end of this one; the first pair of a rule stands behind the dash, which stays. */
function removalOf(rule: Rule, entries: readonly Pair[], gone: Pair): Edit | undefined {
  const siblings = entries.includes(gone) ? entries : rule.node.pairs;
  const index = siblings.indexOf(gone);
  const before = siblings[index - 1];
  const next = siblings[index + 1];
  if (before) return { range: { start: endOf(before), end: endOf(gone) }, text: "" };
  return next && { range: { start: startOf(gone), end: startOf(next) }, text: "" };
}

/** Behind the last entry of the field, or as a new field at the end of the rule. */
function insertionOf(rule: Rule, owner: Pair, to: Field, line: string): Edit | undefined {
  const present = rule.fields.get(to);
  const last = (present ? rule[to] : rule.node.pairs).at(-1);
  const inner = innerColumn(present ?? owner);
  if (!last || inner === undefined || (present && !isLines(present))) return undefined;
  const at = { start: endOf(last), end: endOf(last) };
  const indent = (columns: number): string => `\n${" ".repeat(columns)}`;
  const text = present ? `${indent(inner)}${line}` : `${indent(inner - 2)}${to}:${indent(inner)}${line}`;
  return { range: at, text };
}

/** The column of a block's entries, told by the way from the field's colon: one line break and the indentation. */
function innerColumn(field: Pair): number | undefined {
  const colon = colonOf(field);
  if (colon === undefined || field.value.kind !== "mapping") return undefined;
  const column = startOf(field.value) - colon - 2;
  // A comment behind the colon, or a line break of two characters, makes the way longer.
  return column >= 4 && column <= 16 && column % 2 === 0 ? column : undefined;
}

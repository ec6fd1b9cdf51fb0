// Edits that add a field to a rule, or give one another value, in the file's own indentation.
import { endOf, startOf } from "../../../yaml/tree.ts";
import type { Fix } from "../../finding.ts";
import type { Rule } from "../../ruleFile.ts";

/** Writes `field: value`: in place of the value if the rule has the field, else on a line in front of `expr`. */
export function writeField(rule: Rule, text: string, field: string, value: string): readonly Fix[] {
  const title = `Write ${field}: ${value}`;
  const pair = rule.fields.get(field);
  if (pair) {
    if (pair.value.kind === "alias" || pair.colon === undefined) return [];
    const start = pair.value.kind === "empty" ? endOf(pair.key) + 1 : startOf(pair.value);
    const end = Math.max(start, endOf(pair.value));
    return [
      {
        title,
        edits: [{ range: { start, end }, text: pair.value.kind === "empty" ? ` ${value}` : value }],
        safe: false,
      },
    ];
  }
  const expr = rule.fields.get("expr");
  if (!expr || rule.node.flow) return [];
  const at = startOf(expr.key);
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  if (!/^[ -]*$/.test(line)) return [];
  const ending = text.includes("\r\n") ? "\r\n" : "\n";
  const inserted = `${field}: ${value}${ending}${line.replaceAll("-", " ")}`;
  return [{ title, edits: [{ range: { start: at, end: at }, text: inserted }], safe: false }];
}

/** Takes a field with its line out of a rule; nothing where the line holds more than the field. */
export function removeField(rule: Rule, text: string, field: string): readonly Fix[] {
  const pair = rule.fields.get(field);
  if (!pair || rule.node.flow || pair === rule.node.pairs[0]) return [];
  const start = text.lastIndexOf("\n", startOf(pair.key) - 1) + 1;
  const next = text.indexOf("\n", endOf(pair.value));
  const end = next === -1 ? text.length : next + 1;
  const rest = text.slice(Math.max(endOf(pair.value), endOf(pair.key) + 1), end);
  if (text.slice(start, startOf(pair.key)).trim() !== "" || rest.trim() !== "") return [];
  return [{ title: `Remove ${field}`, edits: [{ range: { start, end }, text: "" }], safe: true }];
}

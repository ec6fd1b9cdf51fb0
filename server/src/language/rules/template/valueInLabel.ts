// template/value-in-label: `$value` written into a label, which makes a new alert whenever the value moves.
import type { Edit } from "../../../edits.ts";
import { colonOf, endOf, keyOf, type Pair, type Scalar, startOf } from "../../../yaml/tree.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import type { Fix } from "../../finding.ts";
import type { Rule } from "../../ruleFile.ts";
import { type TemplateText, usesOf } from "../../templates.ts";
import { loadable, placeName } from "./shared.ts";

export const templateValueInLabel: RuleCheck = {
  id: "template/value-in-label",
  level: "warning",
  title: "$value in a label",
  needs: ["template in label", "value in template"],
  check({ rule }, report): void {
    for (const template of loadable(rule)) {
      if (template.place !== "label") continue;
      const use = usesOf(template).values.find(({ from, printed }) => from === "alert" && printed);
      if (!use) continue;
      const move = moveToAnnotations(rule, template);
      report({
        range: placeOf(template.scalar, use),
        message:
          `${placeName(template)} holds the alert's value. Labels are what tells alerts apart: each new value ends this alert ` +
          "and begins another, so that for never passes and every change is sent anew. Put the value into an annotation.",
        fixes: move ? [move] : [],
      });
    }
  },
};

/** Takes the line out of the labels and puts it under `annotations`; none where the file is laid out in another way. */
function moveToAnnotations(rule: Rule, { pair, scalar, name }: TemplateText): Fix | undefined {
  const owner = rule.fields.get("labels");
  if (!owner || !isLines(owner) || scalar.anchor || scalar.raw.includes("\n")) return undefined;
  if (rule.annotations.some((other) => keyOf(other) === name)) return undefined;
  const line = `${/^[\w-]+$/.test(name) ? name : JSON.stringify(name)}: ${asWritten(scalar)}`;
  const removal = removalOf(rule, rule.labels.length === 1 ? owner : pair);
  const insertion = insertionOf(rule, owner, line);
  if (!removal || !insertion) return undefined;
  return { title: `Move ${name} to the annotations`, edits: [removal, insertion], safe: false };
}

/** Whether a field's value is a mapping of one line each. */
function isLines({ value }: Pair): boolean {
  return value.kind === "mapping" && !value.flow && value.anchor === undefined;
}

function asWritten({ style, raw }: Scalar): string {
  return style === "double" ? `"${raw}"` : style === "single" ? `'${raw}'` : raw;
}

/** From the end of the pair before to the end of this one; the first pair of a rule stands behind the dash, which stays. */
function removalOf(rule: Rule, gone: Pair): Edit | undefined {
  const siblings = rule.labels.includes(gone) ? rule.labels : rule.node.pairs;
  const index = siblings.indexOf(gone);
  const [before, next] = [siblings[index - 1], siblings[index + 1]];
  if (before) return { range: { start: endOf(before), end: endOf(gone) }, text: "" };
  return next && { range: { start: startOf(gone), end: startOf(next) }, text: "" };
}

/** Behind the last annotation, or as a new field at the end of the rule. */
function insertionOf(rule: Rule, labels: Pair, line: string): Edit | undefined {
  const present = rule.fields.get("annotations");
  const last = (present ? rule.annotations : rule.node.pairs).at(-1);
  const inner = innerColumn(present ?? labels);
  if (!last || inner === undefined || (present && !isLines(present))) return undefined;
  const at = { start: endOf(last), end: endOf(last) };
  // A field that goes as the last one of the rule takes its end with it.
  if (!present && last === labels && rule.labels.length === 1) return undefined;
  const indent = (columns: number): string => `\n${" ".repeat(columns)}`;
  const text = present ? `${indent(inner)}${line}` : `${indent(inner - 2)}annotations:${indent(inner)}${line}`;
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

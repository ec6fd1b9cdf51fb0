// template/missing-label: `$labels.x` where the alert's result has no label x, so that an empty text is sent.
import { distance } from "fastest-levenshtein";
import { alive } from "../../../promql/types/branches.ts";
import { type InferredLabels, labelOf } from "../../../promql/types/inferLabels.ts";
import { factOf, type LabelFact, METRIC_NAME, targetLabels } from "../../../promql/types/labelFacts.ts";
import type { LabelUse } from "../../../template/uses.ts";
import { analysisOf } from "../../analysis.ts";
import { type CheckContext, fix, type Report, type RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import type { Fix } from "../../finding.ts";
import { isLostInAggregation, keepLabel } from "../../keepLabel.ts";
import type { Rule } from "../../ruleFile.ts";
import { type TemplateText, usesOf } from "../../templates.ts";
import { addedLabel, eachLabel, loadable, placeName, resultExpr, resultLabels } from "./shared.ts";

export const templateMissingLabel: RuleCheck = {
  id: "template/missing-label",
  level: "warning",
  title: "$labels.x of a label that the alert's result does not have",
  needs: ["label in template", "expression"],
  check({ rule, group, context }, report): void {
    const { expr } = rule;
    if (!expr || areOfTarget(rule, context)) return;
    const result = resultLabels(rule, context);
    if (!result) return;
    eachLabel(rule, (template, use) => {
      const fact = labelOf(result, use.name);
      const meant = slipOf(use.name, result, fact);
      const isThere = fact.presence !== "never" && meant === undefined;
      const partly = isThere ? absentBranch(result, use.name) : undefined;
      // Of a label that the rule or its group adds, template/rule-label speaks.
      if ((isThere && !partly) || addedLabel(use.name, rule, group)) return;
      if (partly) {
        report({ ...alternative(template, use, partly), severity: "information" });
        return;
      }
      const range = placeOf(template.scalar, use.nameRange);
      report({
        range,
        message: sentence(placeName(template), use, fact, meant ?? remedy(rule, context, use, fact)),
        fixes:
          meant === undefined
            ? keeping(rule, context, use, fact)
            : [fix(`Write ${meant}`, { range, text: meant }, false)],
        ...(fact.presence === "never" && {
          related: [{ range: placeOf(expr, fact.range), message: fact.reason }],
        }),
      });
    });
  },
};

/** Most texts name the instance alone, of conditions on series that all may have one. */
function areOfTarget(rule: Rule, context: CheckContext): boolean {
  if (!rule.expr || analysisOf(rule.expr, context).condition !== "series") return false;
  return loadable(rule).every((template) => usesOf(template).labels.every(isOfTarget));
}

const isOfTarget = ({ name }: LabelUse): boolean => targetLabels.has(name);

/** Of more labels more alerts may come: that is for a person to decide. */
function keeping(rule: Rule, context: CheckContext, { name }: LabelUse, fact: LabelFact): Fix[] {
  const expr = resultExpr(rule, context);
  if (!rule.expr || !expr || fact.presence !== "never") return [];
  const edit = keepLabel(rule.expr.value, expr, name, fact, analysisOf(rule.expr, context).labels);
  if (!edit) return [];
  return [fix(`Keep ${name} in the expression`, { range: placeOf(rule.expr, edit.range), text: edit.text }, false)];
}

/** What is said of a label, with the name that was meant or with what to do instead. */
function sentence(
  place: string,
  { name }: LabelUse,
  { presence, reason }: LabelFact,
  meant: string | { readonly advice: string },
): string {
  const instead = typeof meant === "string" ? `Write $labels.${meant} instead.` : meant.advice;
  if (presence === "never")
    return `${place}: the result has no label ${name}: ${reason}. An empty text is sent in its place. ${instead}`;
  const isCase = typeof meant === "string" && sameLetters(name, meant);
  const where = isCase ? "and upper and lower case are different labels" : "which the result has";
  return `${place}: ${name} looks like a slip for ${meant}, ${where}. Of a label that is not there an empty text is sent. ${instead}`;
}

/** The alternative of an `or` that surely lacks the label, while others may have it. */
function absentBranch({ branches }: InferredLabels, label: string): LabelFact | undefined {
  if (branches.length < 2) return undefined;
  return branches
    .filter(({ dead }) => !dead)
    .map(({ facts }) => factOf(facts, label))
    .find(({ presence }) => presence === "never");
}

function alternative(template: TemplateText, { name, nameRange }: LabelUse, { reason }: LabelFact): Report {
  return {
    range: placeOf(template.scalar, nameRange),
    message:
      `${placeName(template)}: one side of the or has no label ${name}: ${reason}. When the alert comes from there, an empty text ` +
      `is sent in its place. Write {{ or $labels.${name} "..." }}, or make two alerts of it.`,
  };
}

function remedy(rule: Rule, context: CheckContext, { name }: LabelUse, fact: LabelFact): { readonly advice: string } {
  if (name === METRIC_NAME) return { advice: "Write the metric's name as text." };
  const expr = resultExpr(rule, context);
  const isKeepable = expr !== undefined && isLostInAggregation(expr, fact);
  if (!isKeepable) return { advice: `Leave ${name} out of the text, or have the result carry it.` };
  return { advice: `Keep ${name} in the expression, for example with by (${name}), or leave it out of the text.` };
}

/** What was meant. What every target has, and is not gone, is no slip. */
function slipOf(name: string, result: InferredLabels, fact: LabelFact): string | undefined {
  if (fact.presence === "maybe" && targetLabels.has(name)) return undefined;
  return nearest(name, result, fact) ?? inOtherCase(name, result);
}

/** A label that the result surely has and whose name is nearly the same. Labels that may be there are no slip of another. */
function nearest(name: string, { branches }: InferredLabels, { presence }: LabelFact): string | undefined {
  if (presence === "always" || name.length < 3) return undefined;
  const most = name.length > 5 ? 2 : 1;
  // What all branches have, the first one has.
  for (const [label, fact] of alive(branches)[0]?.facts.named ?? []) {
    if (fact.presence !== "always" || label === name || Math.abs(label.length - name.length) > most) continue;
    const everywhere = branches.every(({ facts, dead }) => dead || facts.named.get(label)?.presence === "always");
    if (everywhere && distance(label, name) <= most) return label;
  }
  return undefined;
}

/** `$labels.Host` of an expression that says host, and says Host nowhere. */
function inOtherCase(name: string, { branches }: InferredLabels): string | undefined {
  const living = alive(branches);
  const alike: string[] = [];
  const consider = (label: string): void => {
    if (label !== name && sameLetters(label, name)) alike.push(label);
  };
  for (const { facts } of living) for (const label of facts.named.keys()) consider(label);
  for (const label of targetLabels) consider(label);
  // Mostly nothing is, and no more need be asked.
  if (alike.length === 0) return undefined;
  const mayHave = (label: string) => living.some(({ facts }) => factOf(facts, label).presence !== "never");
  const isNamed = (label: string) => living.some(({ facts }) => facts.named.has(label));
  if (isNamed(name) && mayHave(name)) return undefined;
  return alike.find(mayHave);
}

const sameLetters = (one: string, other: string): boolean =>
  one.length === other.length && one.toLowerCase() === other.toLowerCase();

// label/value: a matcher on a value that the label never has.
import { closest, distance } from "fastest-levenshtein";
import type { LabelMatcher } from "../../../promql/syntax/tree.ts";
import { regexpError, regexpMatches } from "../../../promql/types/regexps.ts";
import { nameOf } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { valueEdit } from "../../selectorEdits.ts";

/** Words that people use for values of other names. */
const synonyms: Readonly<Record<string, string>> = {
  failed: "dead",
  down: "dead",
  lost: "dead",
  up: "alive",
  healthy: "alive",
  vote: "RequestVote",
};

export const labelValue: RuleCheck = {
  id: "label/value",
  level: "warning",
  title: "A value that a label never has",
  needs: ["known metric", "matcher"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const use of analysis.uses) {
      for (const matcher of use.selector.matchers) {
        const values = use.info?.labels.find(({ name }) => name === matcher.label)?.values;
        if (!values || matcher.label === "quantile" || !missesAll(matcher, values)) continue;
        const meant = matcher.op === "=" ? meantValue(matcher.value, values) : undefined;
        report({
          range: placeOf(expr, { start: matcher.valueStart, end: matcher.end }),
          message: `${matcher.label} of ${nameOf(use)} is never ${matcher.value}: it is ${listed(values)}. Nothing matches, and the rule never fires. ${meant === undefined ? "Write one of these." : `Write ${meant}.`}`,
          fixes: meant === undefined ? [] : [expressionFix(expr, `Write ${meant}`, [valueEdit(matcher, meant)])],
        });
      }
    }
  }),
};

function missesAll({ op, value, valueStart }: LabelMatcher, values: readonly string[]): boolean {
  if (valueStart < 0) return false;
  if (op === "=") return !values.includes(value);
  return op === "=~" && regexpError(value) === undefined && !values.some((one) => regexpMatches(value, one));
}

function meantValue(value: string, values: readonly string[]): string | undefined {
  const synonym = synonyms[value.toLowerCase()];
  if (synonym !== undefined && values.includes(synonym)) return synonym;
  const near = closest(
    value.toLowerCase(),
    values.map((one) => one.toLowerCase()),
  );
  const found = values.find((one) => one.toLowerCase() === near);
  return found !== undefined && distance(value.toLowerCase(), near) <= Math.max(1, Math.floor(value.length / 3))
    ? found
    : undefined;
}

function listed(values: readonly string[]): string {
  return `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

// label/quantile: a quantile that the summary does not offer.

import type { LabelMatcher } from "../../../promql/syntax/tree.ts";
import { regexpError, regexpMatches } from "../../../promql/types/regexps.ts";
import { nameOf } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { valueEdit } from "../../selectorEdits.ts";

export const labelQuantile: RuleCheck = {
  id: "label/quantile",
  level: "warning",
  title: "A quantile that the summary does not offer",
  needs: ["known summary", "matcher"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const use of analysis.uses) {
      const values = use.info?.labels.find(({ name }) => name === "quantile")?.values;
      if (!values) continue;
      for (const matcher of use.selector.matchers) {
        if (matcher.label !== "quantile" || !missesAll(matcher, values)) continue;
        const near = matcher.op === "=" ? nearest(values, matcher.value) : undefined;
        const same = near !== undefined && Number(near) === asShare(matcher.value);
        report({
          range: placeOf(expr, { start: matcher.valueStart, end: matcher.end }),
          message: `${nameOf(use)} offers the quantiles ${values.join(", ")}, as text, and not ${matcher.value}. Nothing matches, and the rule never fires. Write ${near ?? "one of these"}.`,
          fixes: near === undefined ? [] : [expressionFix(expr, `Write ${near}`, [valueEdit(matcher, near)], same)],
        });
      }
    }
  }),
};

function missesAll({ op, value, valueStart }: LabelMatcher, values: readonly string[]): boolean {
  if (valueStart < 0 || value === "") return false;
  if (op === "=") return !values.includes(value);
  return op === "=~" && regexpError(value) === undefined && !values.some((one) => regexpMatches(value, one));
}

/** `99`, `p99` and `0.990` mean 0.99. */
function asShare(value: string): number {
  const number = Number(value.replace(/^p/i, ""));
  return number > 1 ? number / 100 : number;
}

function nearest(values: readonly string[], value: string): string | undefined {
  const asked = asShare(value);
  if (Number.isNaN(asked)) return undefined;
  return values.reduce((best, one) => (Math.abs(Number(one) - asked) < Math.abs(Number(best) - asked) ? one : best));
}

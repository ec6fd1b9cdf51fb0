// kind/rate-of-summary: rate or increase of a summary's quantiles, where `_sum` or `_count` was meant.
import type { Edit } from "../../../edits.ts";
import { type Analysis, nameOf, type SeriesUse, textOf } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { metricEdit, removedMatcher } from "../../selectorEdits.ts";
import { windowText } from "./shared.ts";

const forCounters: ReadonlySet<string> = new Set(["rate", "irate", "increase", "resets"]);

export const kindRateOfSummary: RuleCheck = {
  id: "kind/rate-of-summary",
  level: "warning",
  title: "rate() or increase() of a summary's quantiles",
  needs: ["known summary", "call"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const use of analysis.uses) {
      const { call, info, name } = use;
      if (!call || !forCounters.has(call.name) || info?.type !== "summary" || name === "") continue;
      const mean = meanText(analysis, use);
      report({
        range: placeOf(expr, use.range),
        message: `${nameOf(use)} holds quantiles, which rise and fall, and ${call.name}() is for counters. What it gives means nothing. Write ${name}_count for how often, or rate(${name}_sum) / rate(${name}_count) for the mean.`,
        fixes: [
          ...(mean === undefined
            ? []
            : [expressionFix(expr, "Write the mean of the observations", [{ range: call, text: mean }])]),
          expressionFix(expr, `Write ${name}_count`, countEdits(use)),
        ],
      });
    }
  }),
};

function countEdits({ selector, name }: SeriesUse): Edit[] {
  const quantile = selector.matchers.find(({ label }) => label === "quantile");
  return [metricEdit(selector, `${name}_count`), ...(quantile ? [removedMatcher(selector, quantile)] : [])];
}

/** `rate(x_sum[5m]) / rate(x_count[5m])`, with the matchers but the quantile's. */
function meanText(analysis: Analysis, use: SeriesUse): string | undefined {
  const { selector, name, call } = use;
  const range = windowText(analysis, use);
  if (range === undefined || !call || selector.name === "") return undefined;
  const matchers = selector.matchers.filter(({ label }) => label !== "quantile").map((one) => textOf(analysis, one));
  const braces = matchers.length === 0 ? "" : `{${matchers.join(", ")}}`;
  const text = `rate(${name}_sum${braces}[${range}]) / rate(${name}_count${braces}[${range}])`;
  const above = analysis.parent(call);
  return above?.kind === "BinaryExpr" && !["<", ">", "<=", ">=", "==", "!="].includes(above.op) ? `(${text})` : text;
}

// kind/raw-buckets: histogram_quantile() of buckets as they stand, which count since the program started.
import { type Analysis, nameOf, type SeriesUse } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { ancestors, goodRange, wrapped } from "./shared.ts";

export const kindRawBuckets: RuleCheck = {
  id: "kind/raw-buckets",
  // Buckets of a gauge histogram do not grow; they are rare, and named alike.
  level: "information",
  title: "histogram_quantile() of buckets as they stand",
  needs: ["histogram call"],
  check: onExpression(({ analysis, expr, context }, report) => {
    for (const use of analysis.uses) {
      const { selector, matrix } = use;
      if (matrix || !isBucket(use) || !isWhole(analysis, use)) continue;
      const range = goodRange(use, context);
      const isMoved = selector.offset !== undefined || selector.at !== undefined;
      report({
        range: placeOf(expr, use.range),
        message:
          `${nameOf(use)} counts since the program started, so that this is the quantile of all that was ever observed. ` +
          `What happens now hardly moves it. Write rate(${nameOf(use)}[${range}]).`,
        fixes: isMoved ? [] : [expressionFix(expr, "Write rate()", wrapped(selector, "rate(", `[${range}])`), false)],
      });
    }
  }),
};

/** Recording rules have colons in their names, and rates in their buckets. Dkron has no histograms: another check says so. */
const isBucket = ({ name, rows }: SeriesUse): boolean =>
  name.endsWith("_bucket") && !/:|rate|^dkron/.test(name) && rows.length === 0;

/** Whether nothing but sums stand between the buckets and the function. */
function isWhole(analysis: Analysis, { selector }: SeriesUse): boolean {
  for (const node of ancestors(analysis, selector)) {
    if (node.kind === "Call") return node.name === "histogram_quantile";
    if (node.kind !== "ParenExpr" && node.kind !== "AggregateExpr") return false;
  }
  return false;
}

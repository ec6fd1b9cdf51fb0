// kind/quantile-mixed: quantiles of a summary averaged or added up.
import type { AggregateExpr, Call, Expr } from "../../../promql/syntax/tree.ts";
import { type Analysis, nameOf, type SeriesUse, usesIn } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { ancestors } from "./shared.ts";

const mixing: Readonly<Record<string, string>> = {
  avg: "max",
  sum: "max",
  stddev: "max",
  avg_over_time: "max_over_time",
  sum_over_time: "max_over_time",
};
/** What gives back one of the values that it gets. */
const choosing: ReadonlySet<string> = new Set([
  ...["max", "min", "topk", "bottomk"],
  ...["max_over_time", "min_over_time", "last_over_time", "sort", "sort_desc", "label_replace", "label_join", "round"],
]);

export const kindQuantileMixed: RuleCheck = {
  id: "kind/quantile-mixed",
  level: "warning",
  title: "Quantiles averaged or added up",
  needs: ["call or aggregation", "quantiles"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const use of analysis.uses) {
      const mixer = holdsQuantiles(use) ? mixerOf(analysis, use) : undefined;
      if (!mixer) continue;
      const name = mixer.kind === "Call" ? mixer.name : mixer.op;
      if (name !== "sum" && isYardstick(analysis, use, mixer)) continue;
      const instead = mixing[name] ?? "max";
      const range = { start: mixer.start, end: mixer.start + name.length };
      const parts = use.info && use.name !== "" ? `, or the mean, rate(${use.name}_sum) / rate(${use.name}_count)` : "";
      report({
        range: placeOf(expr, range),
        message: `${nameOf(use)} holds quantiles, and ${name}() of quantiles is the quantile of nothing. The number says neither how slow most nor how slow the slowest are. Write ${instead}()${parts}.`,
        fixes: [expressionFix(expr, `Write ${instead}()`, [{ range, text: instead }])],
      });
    }
  }),
};

function holdsQuantiles({ info, selector }: SeriesUse): boolean {
  if (info) return info.type === "summary";
  return selector.matchers.some(({ label, op, value }) => label === "quantile" && op === "=" && value !== "");
}

function mixerOf(analysis: Analysis, { selector }: SeriesUse): AggregateExpr | Call | undefined {
  for (const node of ancestors(analysis, selector)) {
    if (node.kind === "ParenExpr" || node.kind === "MatrixSelector" || node.kind === "SubqueryExpr") continue;
    if (node.kind !== "AggregateExpr" && node.kind !== "Call") return undefined;
    const name = node.kind === "Call" ? node.name : node.op;
    if (name in mixing) return node;
    if (!choosing.has(name)) return undefined;
  }
  return undefined;
}

/** Whether the quantiles themselves are held against it: their mean is then what is usual, and one stands out or not. */
function isYardstick(analysis: Analysis, use: SeriesUse, mixer: Expr): boolean {
  let below = mixer;
  for (const node of ancestors(analysis, mixer)) {
    if (node.kind === "BinaryExpr") {
      const other = node.left === below ? node.right : node.left;
      if (usesIn(analysis, other).some((one) => seriesText(analysis, one) === seriesText(analysis, use))) return true;
    }
    below = node;
  }
  return false;
}

/** A selector without its window and time. */
const seriesText = ({ text }: Analysis, { selector: { name, start, close } }: SeriesUse): string =>
  close < 0 ? name : text.slice(start, close + 1).replace(/\s/g, "");

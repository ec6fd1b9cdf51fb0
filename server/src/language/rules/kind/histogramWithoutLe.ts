// kind/histogram-without-le: histogram_quantile of buckets whose label le an aggregation dropped.
import type { Edit } from "../../../edits.ts";
import type { AggregateExpr, Expr } from "../../../promql/syntax/tree.ts";
import { labelOf } from "../../../promql/types/inferLabels.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import { type Analysis, bare, usesIn } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import type { Fix } from "../../finding.ts";
import { nameRange } from "./shared.ts";

export const kindHistogramWithoutLe: RuleCheck = {
  id: "kind/histogram-without-le",
  level: "warning",
  title: "histogram_quantile() of buckets without the label le",
  needs: ["histogram call"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const call of analysis.calls) {
      const buckets = call.name === "histogram_quantile" ? call.args[1] : undefined;
      if (!buckets || !isClassic(analysis, buckets)) continue;
      const fact = labelOf(analysis.labels(buckets), "le");
      if (fact.presence !== "never" || byRange(buckets)) continue;
      report({
        range: placeOf(expr, nameRange(call)),
        message: `histogram_quantile() reads the bounds of the buckets from the label le, and it is gone: ${fact.reason}. The result is empty. Keep le in the aggregation.`,
        fixes: fixes(expr, buckets),
      });
    }
  }),
};

/** Native histograms need no le; names that end so are those of buckets. */
function isClassic(analysis: Analysis, buckets: Expr): boolean {
  const uses = usesIn(analysis, buckets);
  return uses.length > 0 && uses.every(({ name, info }) => name.endsWith("_bucket") && !info);
}

/** Buckets that an aggregation keeps by `vmrange` are VictoriaMetrics', which reads them. */
function byRange(buckets: Expr): boolean {
  const node = bare(buckets);
  return (
    node.kind === "AggregateExpr" &&
    node.grouping?.without === false &&
    node.grouping.labels.some(({ name }) => name === "vmrange")
  );
}

function fixes(expr: Scalar, buckets: Expr): Fix[] {
  const node = bare(buckets);
  const edit = node.kind === "AggregateExpr" ? keepLe(node) : undefined;
  return edit ? [expressionFix(expr, "Keep the label le", [edit])] : [];
}

function keepLe({ grouping, start, op }: AggregateExpr): Edit | undefined {
  if (!grouping) return { range: { start: start + op.length, end: start + op.length }, text: " by (le) " };
  if (grouping.without) return undefined;
  const at = grouping.end - 1;
  return { range: { start: at, end: at }, text: grouping.labels.length > 0 ? ", le" : "le" };
}

// label/gone: a label that is asked for after an aggregation or an operator dropped it.
import type { AggregateExpr, BinaryExpr, LabelName } from "../../../promql/syntax/tree.ts";
import { type InferredLabels, labelOf } from "../../../promql/types/inferLabels.ts";
import type { Range } from "../../../ranges.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import type { Analysis } from "../../analysis.ts";
import type { Reporter, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";

export const labelGone: RuleCheck = {
  id: "label/gone",
  level: "warning",
  title: "A label that is asked for after it was dropped",
  needs: ["kept labels"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const aggregate of analysis.aggregates) ofGrouping(analysis, expr, aggregate, report);
    for (const binary of analysis.binaries) if (binary.group) ofInclude(analysis, expr, binary, report);
  }),
};

/** `by (x)` of what has no x any more. */
function ofGrouping(
  analysis: Analysis,
  expr: Scalar,
  { grouping, expr: inner, op }: AggregateExpr,
  report: Reporter,
): void {
  if (!grouping || grouping.without || grouping.labels.length === 0 || !inner) return;
  // What comes straight from storage may have any label.
  if (inner.kind === "VectorSelector" || inner.kind === "MatrixSelector") return;
  const labels = analysis.labels(inner);
  if (labels.neverReturns || isLabelless(labels)) return;
  for (const label of grouping.labels) {
    const reason = whyGone(labels, label.name);
    if (reason === undefined) continue;
    report({
      range: placeOf(expr, label),
      message: `${label.name} is gone here: ${reason}. ${op}() groups by nothing and mixes what you wanted apart. Keep the label inside, or leave it out.`,
      fixes: [expressionFix(expr, `Remove ${label.name}`, [removed(grouping.labels, label)])],
    });
  }
}

/** `group_left (x)` of a side that has no x. */
function ofInclude(analysis: Analysis, expr: Scalar, { group, left, right }: BinaryExpr, report: Reporter): void {
  if (!group) return;
  const labels = analysis.labels(group.side === "left" ? right : left);
  if (labels.neverReturns) return;
  for (const label of group.include) {
    const reason = whyGone(labels, label.name);
    if (reason === undefined) continue;
    report({
      range: placeOf(expr, label),
      message: `group_${group.side} copies ${label.name} from a side that has it not: ${reason}. The label comes out empty. Keep it on that side, or leave it out.`,
      fixes: [expressionFix(expr, `Remove ${label.name}`, [removed(group.include, label)])],
    });
  }
}

/** Scalars in a vector's place have no labels by nature, and grouping them is no mistake in the labels. */
function isLabelless({ branches }: InferredLabels): boolean {
  return branches.every(({ facts, alwaysReturns }) => alwaysReturns && facts.named.size === 0);
}

function whyGone(labels: InferredLabels, name: string): string | undefined {
  const { presence, reason } = labelOf(labels, name);
  return presence === "never" ? reason : undefined;
}

/** The label with its comma. */
function removed(labels: readonly LabelName[], label: LabelName): { range: Range; text: string } {
  const index = labels.indexOf(label);
  const next = labels[index + 1];
  const before = labels[index - 1];
  const range = next
    ? { start: label.start, end: next.start }
    : before
      ? { start: before.end, end: label.end }
      : { start: label.start, end: label.end };
  return { range, text: "" };
}

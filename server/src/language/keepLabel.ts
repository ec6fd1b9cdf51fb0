// The edit that has an aggregation keep a label which it drops. It knows no template.
import type { Edit } from "../edits.ts";
import type { AggregateExpr, Expr } from "../promql/syntax/tree.ts";
import { pathTo } from "../promql/syntax/walk.ts";
import { type InferredLabels, labelOf } from "../promql/types/inferLabels.ts";
import type { LabelFact } from "../promql/types/labelFacts.ts";

const plainName = /^[a-zA-Z_]\w*$/;

/**
 * Adds the label to `by (…)`, or puts a `by (…)` where there is none; offsets are those of the expression's text.
 * Undefined where something else drops the label, where it was not there before, or where the aggregation is
 * matched with other series, whose labels would then no longer be the same.
 */
export function keepLabel(
  text: string,
  expr: Expr,
  label: string,
  { range }: LabelFact,
  labels: (expr: Expr) => InferredLabels,
): Edit | undefined {
  const path = pathTo(expr, range.start);
  const place = path.findIndex((node) => node.kind === "AggregateExpr" && drops(node, range.start));
  const found = path[place];
  if (found?.kind !== "AggregateExpr" || !found.expr || !plainName.test(label)) return undefined;
  if (path.slice(0, place).some(asksForLabels)) return undefined;
  if (labelOf(labels(found.expr), label)?.presence === "never") return undefined;
  return found.grouping ? added(found.grouping, label) : grouped(text, found, label);
}

/** Whether it is an aggregation that the label is lost in. */
export function isLostInAggregation(expr: Expr, { range }: LabelFact): boolean {
  return pathTo(expr, range.start).some((node) => node.kind === "AggregateExpr" && drops(node, range.start));
}

const drops = ({ start, grouping }: AggregateExpr, at: number): boolean =>
  grouping ? !grouping.without && grouping.start === at : start === at;

/** Another aggregation would drop the label all the same, and another operand has series without it. */
function asksForLabels(node: Expr): boolean {
  if (node.kind === "BinaryExpr") return node.left.kind !== "NumberLiteral" && node.right.kind !== "NumberLiteral";
  return node.kind === "AggregateExpr";
}

function added({ end, labels }: NonNullable<AggregateExpr["grouping"]>, label: string): Edit {
  const last = labels.at(-1);
  if (!last) return { range: { start: end - 1, end: end - 1 }, text: label };
  return { range: { start: last.end, end: last.end }, text: `, ${label}` };
}

function grouped(text: string, { start, op }: AggregateExpr, label: string): Edit {
  const at = start + op.length;
  return { range: { start: at, end: at }, text: ` by (${label})${text[at] === "(" ? " " : ""}` };
}

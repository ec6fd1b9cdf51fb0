// Tells of sorting that is lost, because a range of times is asked for. Knows the tree and its times, no samples.
import type { Expr, SubqueryExpr } from "../syntax/tree.ts";
import { children } from "../syntax/walk.ts";
import { isSameAtAllTimes } from "./invariance.ts";
import { annotate, type Run } from "./run.ts";
import { firstStep, milliseconds, subqueryStep, timeOf } from "./times.ts";

const sorts: ReadonlySet<string> = new Set(["sort", "sort_desc", "sort_by_label", "sort_by_label_desc"]);

/** Remarks on every call of a sorting function that is evaluated at more than one time from `from` to `to`. */
export function remarkOnSorts(run: Run, expr: Expr, from: number, to: number): void {
  if (!run.text.includes("sort")) return;
  visit(run, expr, from, to);
}

function visit(run: Run, expr: Expr, from: number, to: number): void {
  if (from !== to && isSameAtAllTimes(expr)) {
    visit(run, expr, from, from);
    return;
  }
  if (expr.kind === "SubqueryExpr") {
    const [first, last] = subquerySpan(run, expr, from, to);
    if (first <= last) visit(run, expr.expr, first, isSameAtAllTimes(expr.expr) ? first : last);
    return;
  }
  for (const child of children(expr)) visit(run, child, from, to);
  if (from !== to && expr.kind === "Call" && sorts.has(expr.name))
    annotate(run, "warning", "sort is ineffective for range queries since results are always ordered by labels", expr);
}

function subquerySpan(run: Run, expr: SubqueryExpr, from: number, to: number): [first: number, last: number] {
  const begin = timeOf(expr, from, run) - milliseconds(expr.range, run);
  const step = subqueryStep(expr, run, run.subqueryStep);
  return [firstStep(begin, step, run.semantics === 2), timeOf(expr, to, run)];
}

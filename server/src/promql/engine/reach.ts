// How far back an expression looks: the oldest time of which samples could change its value. Knows no samples.
import type { Expr, VectorSelector } from "../syntax/tree.ts";
import { EvaluationError } from "./run.ts";
import { findSpans } from "./times.ts";

/**
 * The time in ms, evaluated at `at`: ranges, offsets, subqueries and `@` count, the lookback for a sample does not.
 * `at` itself where the expression looks at nothing from before.
 */
export function reachesBackTo(expr: Expr, at: number): number {
  const spans = new Map<VectorSelector, { readonly from: number; readonly to: number }>();
  try {
    findSpans(expr, at, at, { start: at, end: at, step: 0, lookback: 0 }, spans);
  } catch (thrown) {
    if (thrown instanceof EvaluationError || thrown instanceof RangeError) return at;
    throw thrown;
  }
  let oldest = at;
  for (const { from } of spans.values()) oldest = Math.min(oldest, from);
  return oldest;
}

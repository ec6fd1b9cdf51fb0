// When things are looked at: durations, offsets, `@`, and the spans of time that an expression needs. Knows no samples.
import type { AtModifier, Duration, Expr, MatrixSelector, SubqueryExpr, VectorSelector } from "../syntax/tree.ts";
import { children } from "../syntax/walk.ts";
import { fail, type Run } from "./run.ts";

/** What durations and `@` refer to, ms. */
export type Frame = Pick<Run, "start" | "end" | "step">;

/** Milliseconds of a duration; `negative`: it may be zero or less. */
export function milliseconds(duration: Duration, frame: Frame, negative = false): number {
  const seconds = secondsOf(duration, frame);
  if (!negative && !(seconds > 0)) fail("duration must be greater than 0");
  if (!(Math.abs(seconds) <= 2 ** 63 / 1e9)) fail("duration is out of range");
  return Math.trunc(duration.kind === "NumberLiteral" ? Math.round(seconds * 1e9) / 1e6 : seconds * 1000);
}

function secondsOf(duration: Duration, frame: Frame): number {
  if (duration.kind === "NumberLiteral") return duration.value;
  const { op, left, right } = duration;
  if (op === "step") return frame.step / 1000;
  if (op === "range") return (frame.end - frame.start) / 1000;
  const a = left ? secondsOf(left, frame) : 0;
  const b = right ? secondsOf(right, frame) : 0;
  switch (op) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0 ? fail("division by zero") : a / b;
    case "%":
      return b === 0 ? fail("modulo by zero") : a % b;
    case "^":
      return a ** b;
    case "min_of":
      return Math.min(a, b);
    case "max_of":
      return Math.max(a, b);
  }
}

type Modified = Pick<VectorSelector, "at" | "offset">;

/** The time that a modified node looks at when the evaluation is at `at`. */
export function timeOf({ at: modifier, offset }: Modified, at: number, frame: Frame): number {
  const base = modifier ? edge(modifier, frame) : at;
  return offset ? base - milliseconds(offset.duration, frame, true) : base;
}

function edge({ timestamp, edge: name }: AtModifier, { start, end }: Frame): number {
  if (timestamp !== undefined) return Math.round(timestamp * 1000);
  return name === "start" ? start : end;
}

/** The first time of a subquery after its range begins; its times are multiples of its step. */
export function firstStep(begin: number, step: number, isClosed: boolean): number {
  const first = step * Math.trunc(begin / step);
  return first < begin || (!isClosed && first === begin) ? first + step : first;
}

export function subqueryStep({ step }: SubqueryExpr, frame: Frame, fallback: number): number {
  return step ? milliseconds(step, frame) : fallback;
}

/** The spans of time of every selector below `expr` when it is evaluated from `from` to `to`, ms. */
export function findSpans(
  expr: Expr,
  from: number,
  to: number,
  frame: Frame & { readonly lookback: number },
  found: Map<VectorSelector, { readonly from: number; readonly to: number }>,
): void {
  const { lookback } = frame;
  switch (expr.kind) {
    case "VectorSelector":
      found.set(expr, {
        from: timeOf(expr, from, frame) - lookback,
        to: timeOf(expr, to, frame) + after(expr, lookback),
      });
      return;
    case "MatrixSelector": {
      if (expr.selector.kind !== "VectorSelector") return;
      const before = milliseconds(expr.range, frame) + (expr.extended ? lookback : 0);
      found.set(expr.selector, {
        from: timeOf(expr, from, frame) - before,
        to: timeOf(expr, to, frame) + after(expr, lookback),
      });
      return;
    }
    case "SubqueryExpr": {
      const begin = timeOf(expr, from, frame) - milliseconds(expr.range, frame);
      findSpans(expr.expr, begin, timeOf(expr, to, frame), frame, found);
      return;
    }
    default:
      for (const child of children(expr)) findSpans(child, from, to, frame, found);
  }
}

/** A smoothed selector looks ahead. */
function after({ extended }: MatrixSelector | VectorSelector, lookback: number): number {
  return extended?.keyword === "smoothed" ? lookback : 0;
}

// Selectors at a time: the newest sample of each series, or its samples in a range. Knows no functions.
import type { Expr, MatrixSelector, SubqueryExpr, VectorSelector } from "../syntax/tree.ts";
import { keyOf, type Labels } from "./labels.ts";
import { fail, type Run, type Sample, spend, type Vector, type Window } from "./run.ts";
import { matchersOf, type Series } from "./source.ts";
import { firstStep, milliseconds, subqueryStep, timeOf } from "./times.ts";

/** The series of a selector, asked for once an evaluation. */
export function seriesOf(run: Run, selector: VectorSelector): readonly Series[] {
  const known = run.selected.get(selector);
  if (known) return known;
  const { from, to } = run.spans.get(selector) ?? { from: run.start - run.lookback, to: run.end };
  const series = run.source.select(matchersOf(selector), from, to);
  run.selected.set(selector, series);
  return series;
}

/** How many of the times are at or before `at`. Most series are regular: where such a one would have it is looked at first. */
export function countUpTo(times: ArrayLike<number>, at: number): number {
  const last = times.length - 1;
  if (last < 0 || at < (times[0] as number)) return 0;
  if (at >= (times[last] as number)) return last + 1;
  const begin = times[0] as number;
  const guess = Math.floor(((at - begin) / ((times[last] as number) - begin)) * last);
  let low = 0;
  let high = last;
  if ((times[guess] as number) > at) high = guess;
  else if ((times[guess + 1] as number) > at) return guess + 1;
  else low = guess + 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the sample that stands for `series` at `at`; -1: it has none, or went stale. */
export function currentIndex(run: Run, { times, stale }: Series, at: number): number {
  const index = countUpTo(times, at) - 1;
  if (index < 0) return -1;
  const time = times[index] as number;
  const age = at - time;
  if (age > run.lookback || (age === run.lookback && run.semantics === 3)) return -1;
  if (stale.length > 0) {
    const mark = countUpTo(stale, at) - 1;
    if (mark >= 0 && (stale[mark] as number) > time) return -1;
  }
  return index;
}

/** `read` gives the value that is wanted of the sample: it itself, or its time. */
export function selectCurrent(
  run: Run,
  selector: VectorSelector,
  at: number,
  read: (series: Series, index: number) => number = readValue,
): Vector {
  const time = timeOf(selector, at, run);
  if (selector.extended?.keyword === "smoothed") return selectSmoothed(run, selector, time);
  const series = seriesOf(run, selector);
  const samples: Sample[] = [];
  for (const one of series) {
    const index = currentIndex(run, one, time);
    if (index >= 0) samples.push({ labels: one.labels, value: read(one, index), dropName: false });
  }
  spend(run, series.length);
  return samples;
}

const readValue = ({ values }: Series, index: number): number => values[index] as number;

/** `smoothed` on an instant selector: the value between the samples before and after. */
function selectSmoothed(run: Run, selector: VectorSelector, at: number): Vector {
  const samples: Sample[] = [];
  for (const { labels, times, values } of seriesOf(run, selector)) {
    const after = countUpTo(times, at);
    const before = after - 1;
    const hasBefore = before >= 0 && at - (times[before] as number) < run.lookback;
    const hasAfter = after < times.length && (times[after] as number) - at <= run.lookback;
    if (!hasBefore) continue;
    const left = values[before] as number;
    const between = hasAfter
      ? left +
        (((values[after] as number) - left) * (at - (times[before] as number))) /
          ((times[after] as number) - (times[before] as number))
      : left;
    samples.push({ labels, value: between, dropName: false });
  }
  return samples;
}

export type RangeExpr = MatrixSelector | SubqueryExpr;

/** The range vector behind parentheses. */
export function rangeOf(expr: Expr): RangeExpr {
  if (expr.kind === "ParenExpr") return rangeOf(expr.expr);
  if (expr.kind === "MatrixSelector" || expr.kind === "SubqueryExpr") return expr;
  return fail("a range vector is expected here");
}

type Visit = (labels: Labels, dropName: boolean, window: Window) => void;

/**
 * Calls `visit` for every series with a sample in the range; the window is the same object each time.
 * Anchored and smoothed ranges hold the sample before their start (and after their end) too.
 */
export function eachWindow(run: Run, expr: RangeExpr, at: number, visit: Visit): void {
  if (expr.kind === "SubqueryExpr") eachSubqueryWindow(run, expr, at, visit);
  else eachSelectedWindow(run, expr, at, visit);
}

function eachSelectedWindow(run: Run, expr: MatrixSelector, at: number, visit: Visit): void {
  const { selector, extended } = expr;
  if (selector.kind !== "VectorSelector") return;
  const stop = timeOf(expr, at, run);
  const start = stop - milliseconds(expr.range, run);
  const left = extended ? start - run.lookback : start;
  const right = extended?.keyword === "smoothed" ? stop + run.lookback : stop;
  const window: Window = { times: [], values: [], first: 0, end: 0, start, stop };
  let seen = 0;
  for (const { labels, times, values } of seriesOf(run, selector)) {
    const first = run.semantics === 2 ? countBefore(times, left) : countUpTo(times, left);
    const end = countUpTo(times, right);
    if (end <= first) continue;
    window.times = times;
    window.values = values;
    window.first = first;
    window.end = end;
    seen += end - first;
    visit(labels, false, window);
  }
  spend(run, seen);
}

function countBefore(times: ArrayLike<number>, at: number): number {
  let count = countUpTo(times, at);
  while (count > 0 && times[count - 1] === at) count--;
  return count;
}

type Gathered = { readonly labels: Labels; dropName: boolean; readonly times: number[]; readonly values: number[] };

function eachSubqueryWindow(run: Run, expr: SubqueryExpr, at: number, visit: Visit): void {
  const stop = timeOf(expr, at, run);
  const start = stop - milliseconds(expr.range, run);
  const step = subqueryStep(expr, run, run.subqueryStep);
  // What must end that way is not begun.
  if ((stop - start) / step > run.maxSamples) spend(run, run.maxSamples + 1);
  const gathered = new Map<string, Gathered>();
  // Labels that were seen before are mostly the very same object.
  const byLabels = new Map<Labels, Gathered>();
  for (let time = firstStep(start, step, run.semantics === 2); time <= stop; time += step) {
    for (const { labels, value, dropName } of subqueryVector(run, expr, time)) {
      const series = byLabels.get(labels) ?? gatheredFor(gathered, labels, dropName);
      byLabels.set(labels, series);
      series.dropName ||= dropName;
      series.times.push(time);
      series.values.push(value);
    }
  }
  for (const { labels, dropName, times, values } of gathered.values())
    visit(labels, dropName, { times, values, first: 0, end: times.length, start, stop });
}

function gatheredFor(gathered: Map<string, Gathered>, labels: Labels, dropName: boolean): Gathered {
  const known = gathered.get(keyOf(labels));
  if (known) return known;
  const series: Gathered = { labels, dropName, times: [], values: [] };
  gathered.set(keyOf(labels), series);
  return series;
}

/** The steps of overlapping subqueries are the same: each is evaluated once. */
function subqueryVector(run: Run, expr: SubqueryExpr, time: number): Vector {
  let known = run.subqueries.get(expr);
  if (!known) {
    known = new Map();
    run.subqueries.set(expr, known);
  }
  const before = known.get(time);
  if (before) return before;
  const vector = run.vector(expr.expr, time);
  spend(run, vector.length + 1);
  known.set(time, vector);
  return vector;
}

// Functions of one range that look at its values and times as they are: no extrapolation. They know numbers only.
import { add, addToMean, meanOf, newMean, newSum, quantile, resultOf } from "../kahan.ts";
import type { Window } from "../run.ts";

/** The value of a function of a range; undefined: it has none there. A window holds at least one sample. */
export type RangeFunction = (window: Window, params: readonly number[], at: number) => number | undefined;

const value = ({ values }: Window, index: number): number => values[index] as number;
const time = ({ times }: Window, index: number): number => times[index] as number;

/** The index of the sample that `isBetter` than all before. */
function bestIndex(window: Window, isBetter: (candidate: number, best: number) => boolean): number {
  let best = window.first;
  for (let index = window.first; index < window.end; index++)
    if (isBetter(value(window, index), value(window, best))) best = index;
  return best;
}

function total(window: Window): number {
  const sum = newSum();
  for (let index = window.first; index < window.end; index++) add(sum, value(window, index));
  return resultOf(sum);
}

function mean(window: Window): number {
  const running = newMean(value(window, window.first));
  for (let index = window.first + 1; index < window.end; index++) addToMean(running, value(window, index));
  return meanOf(running);
}

/** Source: promql/functions.go, `varianceOverTime`. */
function variance(window: Window): number {
  const middle = newSum();
  const squares = newSum();
  let count = 0;
  for (let index = window.first; index < window.end; index++) {
    count++;
    const delta = value(window, index) - (middle.sum + middle.lost);
    add(middle, delta / count);
    add(squares, delta * (value(window, index) - (middle.sum + middle.lost)));
  }
  return (squares.sum + squares.lost) / count;
}

function sliceOf({ values, first, end }: Window): number[] {
  const slice: number[] = [];
  for (let index = first; index < end; index++) slice.push(values[index] as number);
  return slice;
}

function medianDeviation(window: Window): number {
  const values = sliceOf(window);
  if (values.some(Number.isNaN)) return Number.NaN;
  const median = quantile(0.5, values);
  return quantile(
    0.5,
    values.map((one) => Math.abs(one - median)),
  );
}

function countPairs(window: Window, counts: (before: number, after: number) => boolean): number {
  let count = 0;
  for (let index = window.first + 1; index < window.end; index++)
    if (counts(value(window, index - 1), value(window, index))) count++;
  return count;
}

const larger = (candidate: number, best: number): boolean => candidate > best || Number.isNaN(best);
const smaller = (candidate: number, best: number): boolean => candidate < best || Number.isNaN(best);

/** Of equal ones the last counts. */
const notSmaller = (candidate: number, best: number): boolean => candidate >= best || Number.isNaN(best);
const notLarger = (candidate: number, best: number): boolean => candidate <= best || Number.isNaN(best);

export const overTime: Readonly<Record<string, RangeFunction>> = {
  avg_over_time: mean,
  changes: (window) =>
    countPairs(window, (before, after) => before !== after && !(Number.isNaN(before) && Number.isNaN(after))),
  count_over_time: ({ first, end }) => end - first,
  first_over_time: (window) => value(window, window.first),
  last_over_time: (window) => value(window, window.end - 1),
  mad_over_time: medianDeviation,
  max_over_time: (window) => value(window, bestIndex(window, larger)),
  min_over_time: (window) => value(window, bestIndex(window, smaller)),
  present_over_time: () => 1,
  quantile_over_time: (window, [q = Number.NaN]) => quantile(q, sliceOf(window)),
  resets: (window) => countPairs(window, (before, after) => after < before),
  stddev_over_time: (window) => Math.sqrt(variance(window)),
  stdvar_over_time: variance,
  sum_over_time: total,
  ts_of_first_over_time: (window) => time(window, window.first) / 1000,
  // The later one of the last number and the last native histogram, the latter at 0 where there is none.
  ts_of_last_over_time: (window) => Math.max(0, time(window, window.end - 1)) / 1000,
  ts_of_max_over_time: (window) => time(window, bestIndex(window, notSmaller)) / 1000,
  ts_of_min_over_time: (window) => time(window, bestIndex(window, notLarger)) / 1000,
};

// Straight lines and smoothed curves through a range: deriv, predict_linear, double_exponential_smoothing. Knows numbers and times only.
import { add, newSum } from "../kahan.ts";
import { fail, type Window } from "../run.ts";
import type { RangeFunction } from "./overTime.ts";

type Line = { readonly slope: number; readonly intercept: number };

/** The line of least squares, per second, and its value at `origin`. Source: promql/functions.go, `linearRegression`. */
function regression({ times, values, first, end }: Window, origin: number): Line {
  const [x, y, xy, xx] = [newSum(), newSum(), newSum(), newSum()];
  const begin = values[first] as number;
  let isConstant = true;
  for (let index = first; index < end; index++) {
    const value = values[index] as number;
    if (value !== begin && index > first) isConstant = false;
    const seconds = ((times[index] as number) - origin) / 1000;
    add(x, seconds);
    add(y, value);
    add(xy, seconds * value);
    add(xx, seconds * seconds);
  }
  if (isConstant) {
    const isInfinite = begin === Number.POSITIVE_INFINITY || begin === Number.NEGATIVE_INFINITY;
    return isInfinite ? { slope: Number.NaN, intercept: Number.NaN } : { slope: 0, intercept: begin };
  }
  const count = end - first;
  const [sumX, sumY] = [x.sum + x.lost, y.sum + y.lost];
  const covariance = xy.sum + xy.lost - (sumX * sumY) / count;
  const variance = xx.sum + xx.lost - (sumX * sumX) / count;
  const slope = covariance / variance;
  return { slope, intercept: sumY / count - (slope * sumX) / count };
}

function smooth({ values, first, end }: Window, smoothing: number, trend: number): number | undefined {
  if (!(smoothing > 0 && smoothing < 1))
    fail(`invalid smoothing factor. Expected: 0 < sf < 1, got: ${smoothing.toFixed(6)}`);
  if (!(trend > 0 && trend < 1)) fail(`invalid trend factor. Expected: 0 < tf < 1, got: ${trend.toFixed(6)}`);
  if (end - first < 2) return undefined;
  let before = 0;
  let level = values[first] as number;
  let slope = (values[first + 1] as number) - level;
  for (let index = first + 1; index < end; index++) {
    if (index > first + 1) slope = trend * (level - before) + (1 - trend) * slope;
    const next = smoothing * (values[index] as number) + (1 - smoothing) * (level + slope);
    before = level;
    level = next;
  }
  return level;
}

const smoothed: RangeFunction = (window, [smoothing = Number.NaN, trend = Number.NaN]) =>
  smooth(window, smoothing, trend);

export const trends: Readonly<Record<string, RangeFunction>> = {
  deriv: (window) =>
    window.end - window.first < 2 ? undefined : regression(window, window.times[window.first] as number).slope,
  predict_linear: (window, [seconds = Number.NaN], at) => {
    if (window.end - window.first < 2) return undefined;
    const { slope, intercept } = regression(window, at);
    return slope * seconds + intercept;
  },
  double_exponential_smoothing: smoothed,
  holt_winters: smoothed,
};

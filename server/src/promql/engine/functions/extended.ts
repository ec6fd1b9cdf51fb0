// `anchored` and `smoothed` ranges: growth, resets and changes up to the very ends of the range. Knows numbers and times only.
import type { Window } from "../run.ts";
import type { Growth } from "./rates.ts";

/** The value at a time between two samples; after a reset a counter is taken to have begun from zero. */
function between(window: Window, before: number, at: number, isCounter: boolean): number {
  const { times, values } = window;
  const [early, late] = [times[before] as number, times[before + 1] as number];
  const end = values[before + 1] as number;
  const begin = isCounter && end < (values[before] as number) ? 0 : (values[before] as number);
  return begin + ((end - begin) * (at - early)) / (late - early);
}

/** The last sample at or before the start of the range, the first one if there is none. */
function anchor({ times, first, end, start }: Window): number {
  let index = first;
  while (index + 1 < end && (times[index + 1] as number) <= start) index++;
  return index;
}

/**
 * What an anchored range holds for `resets` and `changes`: from the anchor on. Undefined: nothing lies in the range itself.
 * Source: promql/functions.go, `pickFirstSampleIndex`.
 */
export function anchored(window: Window): Window | undefined {
  const { times, end, start } = window;
  if ((times[end - 1] as number) <= start) return undefined;
  return { ...window, first: anchor(window) };
}

/** Source: promql/functions.go, `extendedRate`. */
export function extendedGrowth(
  window: Window,
  { isCounter, perSecond }: Growth,
  isSmoothed: boolean,
): number | undefined {
  const { times, values, start, stop } = window;
  let first = anchor(window);
  let last = window.end - 1;
  if (isSmoothed) while (last > first && (times[last - 1] as number) >= stop) last--;
  if ((times[last] as number) <= start) return undefined;
  if (isSmoothed && (times[first] as number) > stop) return undefined;
  const startsBefore = (times[first] as number) < start && first < last;
  const left = isSmoothed && startsBefore ? between(window, first, start, isCounter) : (values[first] as number);
  const endsAfter = (times[last] as number) > stop && last > window.first;
  const right = isSmoothed && endsAfter ? between(window, last - 1, stop, isCounter) : (values[last] as number);
  let grown = right - left;
  if (isCounter) {
    if ((times[first] as number) <= start) first++;
    if ((times[last] as number) >= stop) last--;
    let before = left;
    for (let index = first; index <= last; index++) {
      const value = values[index] as number;
      if (value < before) grown += before;
      before = value;
    }
    if (right < before) grown += before;
  }
  return perSecond ? grown / ((stop - start) / 1000) : grown;
}

/**
 * What an anchored or smoothed range is when it is looked at itself: the value at its start, its samples, the value at
 * its end. Source: promql/engine.go, `extendFloats`.
 */
export function extendedPoints(window: Window, isSmoothed: boolean): { times: number[]; values: number[] } {
  const { times, values, start, stop } = window;
  let first = anchor({ ...window, end: Math.max(window.end - 1, window.first + 1) });
  let last = window.end - 1;
  if (isSmoothed) while (last > window.first && (times[last - 1] as number) >= stop) last--;
  if ((times[last] as number) <= start) return { times: [], values: [] };
  const startsBefore = isSmoothed && (times[first] as number) < start;
  const left = startsBefore ? between(window, first, start, false) : (values[first] as number);
  const endsAfter = isSmoothed && last > window.first && (times[last] as number) > stop;
  const right = endsAfter ? between(window, last - 1, stop, false) : (values[last] as number);
  if ((times[first] as number) <= start) first++;
  if ((times[last] as number) >= stop) last--;
  const points = { times: [start], values: [left] };
  for (let index = first; index <= last; index++) {
    points.times.push(times[index] as number);
    points.values.push(values[index] as number);
  }
  points.times.push(stop);
  points.values.push(right);
  return points;
}

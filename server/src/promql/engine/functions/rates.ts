// rate, increase, delta and their instant kin: how much a series grew over its range. Knows numbers and times only.
import type { Semantics, Window } from "../run.ts";

/** `isCounter`: a fall is a reset, nothing is below zero; `perSecond`: divided by the range. */
export type Growth = { readonly isCounter: boolean; readonly perSecond: boolean };

export const growths: Readonly<Record<string, Growth>> = {
  delta: { isCounter: false, perSecond: false },
  increase: { isCounter: true, perSecond: false },
  rate: { isCounter: true, perSecond: true },
};

/**
 * Growth between the first and the last sample, carried on to the ends of the range where these are near enough.
 * Source: promql/functions.go, `extrapolatedRate`; what 2.x did otherwise: release 2.42 of the same.
 */
export function extrapolatedGrowth(
  { times, values, first, end, start, stop }: Window,
  { isCounter, perSecond }: Growth,
  semantics: Semantics,
): number | undefined {
  const last = end - 1;
  if (last <= first) return undefined;
  const begin = values[first] as number;
  let grown = (values[last] as number) - begin;
  if (isCounter)
    for (let index = first + 1, before = begin; index < end; index++) {
      const value = values[index] as number;
      if (value < before) grown += before;
      before = value;
    }
  const sampled = ((times[last] as number) - (times[first] as number)) / 1000;
  const between = sampled / (last - first);
  const threshold = between * 1.1;
  const toZero = isCounter && grown > 0 && begin >= 0 ? sampled * (begin / grown) : Number.POSITIVE_INFINITY;
  let toStart = ((times[first] as number) - start) / 1000;
  let toStop = (stop - (times[last] as number)) / 1000;
  if (semantics === 2) toStart = Math.min(toStart, toZero);
  if (toStart >= threshold) toStart = between / 2;
  if (semantics === 3) toStart = Math.min(toStart, toZero);
  if (toStop >= threshold) toStop = between / 2;
  let factor = (sampled + toStart + toStop) / sampled;
  if (perSecond) factor /= (stop - start) / 1000;
  return grown * factor;
}

/** The change between the last two samples. Source: promql/functions.go, `instantValue`. */
export function instantGrowth({ times, values, first, end }: Window, isRate: boolean): number | undefined {
  if (end - first < 2) return undefined;
  const [before, after] = [values[end - 2] as number, values[end - 1] as number];
  const interval = (times[end - 1] as number) - (times[end - 2] as number);
  if (interval === 0) return undefined;
  const change = isRate && after < before ? after : after - before;
  return isRate ? change / (interval / 1000) : change;
}

// What is drawn, from what was sampled: rates, sums, ratios, means, alignment. Pure; knows no chart and no message.
// A column is one value for each moment of a time axis; `null` is a gap.

export type Column = readonly (number | null)[];

/** Seconds behind which a rate is taken: short enough to follow a burst, long enough to be calm. */
export const rateWindowSeconds = 30;

/**
 * Growth per second of a counter over the window before each moment. A fall is a reset: the value after it is growth
 * from zero, as Prometheus' `rate` has it. `null` where less than two samples lie in the window.
 */
export function rate(times: readonly number[], values: Column, window = rateWindowSeconds): Column {
  const out: (number | null)[] = [];
  const grown: number[] = [];
  let total = 0;
  let before: number | null = null;
  let from = 0;
  for (let i = 0; i < times.length; i++) {
    const value = values[i] ?? null;
    if (value !== null && before !== null) total += value >= before ? value - before : value;
    if (value !== null) before = value;
    grown.push(total);
    const now = times[i] ?? 0;
    while (from < i && (now - (times[from] ?? 0) > window || (values[from] ?? null) === null)) from++;
    const span = now - (times[from] ?? now);
    out.push(value === null || span <= 0 ? null : (total - (grown[from] ?? 0)) / span);
  }
  return out;
}

/**
 * The same for a counter that appears with its first event, as a job's does: where the series begins later than the axis, its
 * first value counts as growth from zero. Before it the agent had none: zero, where the agent answered at all (`answered`).
 */
export function rateFromZero(
  times: readonly number[],
  values: Column,
  answered: Column,
  window = rateWindowSeconds,
): Column {
  const first = values.findIndex((value) => value !== null);
  if (first <= 0) return rate(times, values, window);
  return rate(
    times,
    values.map((value, i) => (i < first && (answered[i] ?? null) !== null ? 0 : value)),
    window,
  );
}

/** Moment by moment the sum of what is there; `null` where nothing is. */
export function sum(columns: readonly Column[], length: number): Column {
  return combine(columns, length, (a, b) => a + b);
}

/** Moment by moment the greatest of what is there: of counters that every server keeps, the one that saw most. */
export function greatest(columns: readonly Column[], length: number): Column {
  return combine(columns, length, Math.max);
}

/** Moment by moment the mean of two sums: `null` where nothing was counted. */
export function ratio(part: Column, whole: Column): Column {
  return whole.map((all, i) => (all === null || all === 0 ? null : (part[i] ?? 0) / all));
}

/**
 * The share `part / whole`, standing as it was while nothing happens (`whole` is zero): between two executions a job is as healthy
 * as its last one was. Gaps in the data stay gaps.
 */
export function standingRatio(part: Column, whole: Column): Column {
  let last: number | null = null;
  return whole.map((all, i) => {
    if (all === null) return null;
    if (all > 0) last = (part[i] ?? 0) / all;
    return last;
  });
}

function combine(columns: readonly Column[], length: number, join: (a: number, b: number) => number): Column {
  const out = new Array<number | null>(length).fill(null);
  for (const column of columns)
    for (let i = 0; i < length; i++) {
      const value = column[i] ?? null;
      const before = out[i] ?? null;
      if (value !== null) out[i] = before === null ? value : join(before, value);
    }
  return out;
}

/** Moments at which a counter fell: its process began anew. */
export function resets(times: readonly number[], values: Column): number[] {
  const found: number[] = [];
  let before: number | null = null;
  values.forEach((value, i) => {
    if (value === null) return;
    if (before !== null && value < before) found.push(times[i] ?? 0);
    before = value;
  });
  return found;
}

/** A column on another source's clock: the newest sample that is not older than `most` seconds. */
export function aligned(axis: readonly number[], times: readonly number[], column: Column, most = 5): Column {
  let at = -1;
  return axis.map((time) => {
    while (at + 1 < times.length && (times[at + 1] ?? 0) <= time + 0.5) at++;
    return at >= 0 && time - (times[at] ?? 0) <= most ? (column[at] ?? null) : null;
  });
}

/** The newest value that is no gap, within the last `back` moments. */
export function newest(values: Column, back = 12): number | null {
  for (let i = values.length - 1; i >= 0 && i >= values.length - back; i--) {
    const value = values[i] ?? null;
    if (value !== null) return value;
  }
  return null;
}

/** Least, greatest and mean of what is there. */
export function extent(
  values: Column,
): { readonly least: number; readonly greatest: number; readonly mean: number } | undefined {
  let [least, most, total, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const value of values) {
    if (value === null) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
    total += value;
    count++;
  }
  return count === 0 ? undefined : { least, greatest: most, mean: total / count };
}

/** Places of the moments from `from` to `to`, with the one before, so that lines begin at the edge of a chart. */
export function between(times: readonly number[], from: number, to: number): readonly [start: number, end: number] {
  const first = lowerBound(times, from);
  const last = lowerBound(times, to);
  return [Math.max(0, first - 1), times[last] === to ? last + 1 : last];
}

/** The place of the first moment that is not before `time`. */
export function lowerBound(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

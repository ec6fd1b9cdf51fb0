// What is drawn, from what was sampled: rates, sums, ratios and means. Pure; knows no chart and no message.
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
    while (from < i && (now - (times[from] ?? 0) > window || values[from] === null || values[from] === undefined))
      from++;
    const span = now - (times[from] ?? now);
    out.push(value === null || span <= 0 ? null : (total - (grown[from] ?? 0)) / span);
  }
  return out;
}

/** Moment by moment the sum of what is there; `null` where nothing is. */
export function sum(columns: readonly Column[], length: number): Column {
  return combine(columns, length, (present) => present.reduce((a, b) => a + b, 0));
}

/** Moment by moment the greatest of what is there: of counters that every server keeps, the one that saw most. */
export function greatest(columns: readonly Column[], length: number): Column {
  return combine(columns, length, (present) => Math.max(...present));
}

/** Moment by moment `part / whole`; `null` where the whole is absent or zero: nothing happened, and no ratio is known. */
export function ratio(part: Column, whole: Column): Column {
  return whole.map((all, i) => (all === null || all === 0 ? null : (part[i] ?? 0) / all));
}

function combine(columns: readonly Column[], length: number, join: (present: number[]) => number): Column {
  return Array.from({ length }, (_, i) => {
    const present = columns.map((column) => column[i] ?? null).filter((value) => value !== null);
    return present.length === 0 ? null : join(present);
  });
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

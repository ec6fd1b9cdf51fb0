// What one StatsD metric adds up to between two flushes and over its life. Numbers only: no names, no sockets.

/** Beyond so many values in one interval a sample of them stands for all; count, sum, least and greatest stay exact. */
const mostValues = 4096;

export type Timings = {
  /** Over its life, events that were not sent included. */
  count: number;
  sum: number;
  /** Of this interval. */
  least: number;
  greatest: number;
  seen: number;
  values: number[];
};

export function makeTimings(): Timings {
  return { count: 0, sum: 0, least: Number.POSITIVE_INFINITY, greatest: Number.NEGATIVE_INFINITY, seen: 0, values: [] };
}

export function addTiming(timings: Timings, value: number, rate: number): void {
  timings.count += 1 / rate;
  timings.sum += value / rate;
  if (value < timings.least) timings.least = value;
  if (value > timings.greatest) timings.greatest = value;
  timings.seen++;
  if (timings.values.length < mostValues) timings.values.push(value);
  else timings.values[scatter(timings.seen) % mostValues] = value;
}

/** A number that follows no order, the same each time. */
const scatter = (number: number): number => Math.imul(number, 0x9e3779b1) >>> 8;

/** The value of a rank among those of the interval: one that occurred, as go-metrics has it; NaN if there are none. */
export function quantile(sorted: readonly number[], rank: number): number {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)] as number;
}

/** Begins the next interval. */
export function clearInterval(timings: Timings): void {
  timings.least = Number.POSITIVE_INFINITY;
  timings.greatest = Number.NEGATIVE_INFINITY;
  timings.seen = 0;
  timings.values = [];
}

// The ends of a chart's value axis. Pure; knows units and thresholds, no pixels.
import type { Unit } from "../format.ts";
import type { Line, Threshold } from "./chartData.ts";

export type Range = readonly [low: number, high: number];

/** From zero, with room above, so that all values are seen of the lines that are, from the place `start` until `end`. */
export function valueRange(
  lines: readonly Line[],
  hidden: ReadonlySet<string>,
  [start, end]: readonly [number, number],
  unit: Unit,
  thresholds: readonly Threshold[] = [],
): Range {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { label, values } of lines) {
    if (hidden.has(label)) continue;
    for (let i = start; i < end; i++) {
      const value = values[i] ?? null;
      if (value === null) continue;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  }
  if (least > greatest) [least, greatest] = [0, 1];
  for (const { value } of thresholds) if (value > greatest) greatest = value;
  return padded(Math.min(0, least), greatest, unit);
}

/** Whole steps for counts, so that one more member does not look like a mountain. */
function padded(low: number, high: number, unit: Unit): Range {
  if (unit === "count" && high < 10) return [low, Math.max(1, high) + 0.5];
  return [low, high <= low ? low + leastHeight(unit) : high + (high - low) * 0.1];
}

/** How much an axis spans where all is zero. */
function leastHeight(unit: Unit): number {
  if (unit === "time share") return 1e-3;
  return unit === "bytes" || unit === "bytes per second" ? 1024 : 1;
}

// Prometheus' durations in YAML fields: `1h30m`, `500ms`, `0`. Pure.
import { readDuration } from "../catalog/prometheus/values.ts";

/** Seconds, or `undefined` where Prometheus takes the text for no duration. */
export function durationSeconds(text: string): number | undefined {
  const read = readDuration(text);
  return read.error === undefined ? read.value / 1000 : undefined;
}

/** Prometheus' words for a text that is no duration; `undefined` where it is one. */
export function durationProblem(text: string): string | undefined {
  return readDuration(text).error;
}

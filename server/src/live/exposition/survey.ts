// What can still be read of a body that Prometheus refuses: how many series, and which lines are bad. Keeps no entry, so that a large
// body costs time but no memory.
import type { Pause } from "../turns.ts";
import type { ExpositionError, Format } from "./entries.ts";
import { readEntries } from "./exposition.ts";

export type Survey = {
  readonly series: number;
  /** The first of them. */
  readonly errors: readonly ExpositionError[];
  readonly badLines: number;
};

/** Entries between two pauses. */
const piece = 256;

export async function surveyBody(bytes: Buffer, format: Format, mostErrors: number, pause: Pause): Promise<Survey> {
  const errors: ExpositionError[] = [];
  let series = 0;
  let badLines = 0;
  let read = 0;
  for (const entry of readEntries(bytes, format, true)) {
    if ("message" in entry) {
      badLines++;
      if (errors.length < mostErrors) errors.push(entry);
    } else if (entry.entry === "series") series++;
    if (++read % piece === 0) await pause();
  }
  return { series, errors, badLines };
}

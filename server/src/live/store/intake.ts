// The door of the store for one source: series are named once, samples come in columns. It must not know where they come from.
import type { SeriesRole, SeriesType } from "../frames.ts";

/** What a series is known by. Labels are without `__name__`, sorted, and free of empty values. */
export type SeriesKey = {
  readonly name: string;
  readonly labels: readonly (readonly [string, string])[];
};

export type SeriesTraits = {
  readonly type: SeriesType;
  readonly role: SeriesRole;
  readonly cumulative: boolean;
  readonly family: string;
  readonly unit?: string;
  readonly help?: string;
  readonly row?: string;
  readonly host?: string;
  readonly named?: Readonly<Record<string, string>>;
  /** The agent forgets it when nothing updates it for 60 s, and begins it from zero again. */
  readonly expires: boolean;
};

/**
 * A column is one moment: `open`, any number of `put`, `close`. What was not put has no sample at that moment. Handles are numbers
 * within the source, good until `generation` changes: then every series must be asked for again.
 */
export type Intake = {
  readonly generation: number;
  /** The handle of a series, `traits` being asked for only where it is new; −1: the limits left it out. */
  handle(key: SeriesKey, traits: () => SeriesTraits): number;
  /** `at` in milliseconds, later than any before. */
  open(at: number): void;
  /** The first value of a column wins, as in Prometheus: false if there was one. */
  put(handle: number, value: number): boolean;
  /** `values[i]` for `handles[i]`, `count` of them, those below 0 passed over. Gives how many were not the first of their series. */
  putAll(handles: Int32Array, values: Float64Array, count: number): number;
  /** `gap`: the source had no answer, so that nothing can be said of any series. */
  close(outcome: "complete" | "gap"): void;
  /** Lets everything of the source go. */
  dispose(): void;
};

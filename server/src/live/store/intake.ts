// The door of the store for one source: series are named once, samples come in columns. It must not know where they come from.
import type { SeriesRole, SeriesType } from "../frames.ts";

/** What is known of a series when it is first seen. Labels are without `__name__`, sorted, and free of empty values. */
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
};

/**
 * A handle is the series' number within the source; −1: the limit on series left it out.
 * A column is one moment: `open`, any number of `put`, `close`. What was not put has no sample at that moment.
 */
export type Intake = {
  /** `traits` is asked for only where the series is new. */
  handle(key: SeriesKey, traits: () => SeriesTraits): number;
  open(at: number): void;
  /** The first value of a column wins, as in Prometheus. Returns false if there was one already. */
  put(handle: number, value: number): boolean;
  close(): void;
};

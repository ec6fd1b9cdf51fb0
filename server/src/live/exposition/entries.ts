// What a scrape body says, entry by entry, as Prometheus' text parsers report it. Plain data; knows no scrape and no store.

/** `text`: `text/plain; version=0.0.4`. `openmetrics`: `application/openmetrics-text; version=1.0.0`. */
export type Format = "text" | "openmetrics";

export type MetricType =
  | "counter"
  | "gauge"
  | "histogram"
  | "summary"
  | "unknown"
  | "info"
  | "stateset"
  | "gaugehistogram";

/** Name and value, escapes undone. Bytes that are not UTF-8 stand as lone surrogates: see bytesText.ts. */
export type LabelPair = readonly [name: string, value: string];

/** Milliseconds since the epoch; a bigint only where a number would not be exact. */
export type Timestamp = number | bigint;

export type Exemplar = {
  /** As written: Prometheus does not undo escapes here. Sorted by name, names may repeat. */
  readonly labels: readonly LabelPair[];
  readonly value: number;
  readonly timestamp: Timestamp | null;
};

export type SeriesEntry = {
  readonly entry: "series";
  /** Sorted by name with `__name__` among them; a name given twice is there twice. */
  readonly labels: readonly LabelPair[];
  readonly value: number;
  readonly timestamp: Timestamp | null;
  readonly exemplar: Exemplar | null;
};

export type HelpEntry = { readonly entry: "help"; readonly name: string; readonly text: string };
export type TypeEntry = { readonly entry: "type"; readonly name: string; readonly text: MetricType };
export type UnitEntry = { readonly entry: "unit"; readonly name: string; readonly text: string };
/** The whole line, its `#` included; text format only. */
export type CommentEntry = { readonly entry: "comment"; readonly text: string };

export type Entry = SeriesEntry | HelpEntry | TypeEntry | UnitEntry | CommentEntry;

/** `line` counts from 1 and is where the refused token begins; `from` and `to` are byte offsets of that token. */
export type ExpositionError = {
  readonly line: number;
  readonly message: string;
  readonly from: number;
  readonly to: number;
};

// What the outside tells about metrics: the interface that a catalogue fills. Knows no expression.

/** How a metric behaves, in Prometheus' words; `untyped` where nothing is known. */
export type MetricType = "counter" | "gauge" | "histogram" | "summary" | "untyped";

/**
 * What is known of the series of one name. `unit` is that of the values (`ms`, `bytes`, `ratio` …), "" where unknown.
 * `labels` are those that every series has, with all their values where these are known. `range`: least and greatest
 * value, null where there is no bound. The catalogue's own rows fit this type.
 */
export type MetricInfo = {
  readonly type: MetricType;
  readonly unit: string;
  readonly labels: readonly { readonly name: string; readonly values?: readonly string[] }[];
  readonly range: readonly [least: number | null, greatest: number | null];
};

/** Undefined for a metric that nothing is known of. */
export type MetricLookup = (name: string) => MetricInfo | undefined;

/** The world that expressions are judged in. */
export type MetricWorld = {
  readonly metric: MetricLookup;
  /** Labels that the scrape adds to every series, such as `job` and `instance`; none are taken for granted without. */
  readonly targetLabels?: readonly string[];
  /** Whether known metrics carry no labels but those told here; without it a series may have any other, too. */
  readonly closed?: boolean;
};

/** A world that knows nothing. */
export const unknownWorld: MetricWorld = { metric: () => undefined };

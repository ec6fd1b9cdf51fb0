// A metric as PromQL's semantics need it: value range, labels, how its series come and go. Knows no expression.
import { availability } from "./availability.ts";
import { identify } from "./identify.ts";
import { hasHost, prometheusType } from "./names.ts";
import type { Availability, MetricLabel, MetricRow, PrometheusType } from "./types.ts";

/** What the values of one Prometheus series are. `suffix` parts of a summary are counters. */
export type MetricInfo = {
  readonly row: MetricRow;
  /** Of the series itself: `_sum` and `_count` of a summary behave as counters, the bare name holds quantiles. */
  readonly type: PrometheusType;
  readonly suffix?: "_sum" | "_count";
  /** Unit of the value: of `_count` the number of observations. */
  readonly unit: string;
  /** Labels that the agent writes, with `quantile` on a summary's bare name; `instance` and `job` come from the scrape. */
  readonly labels: readonly MetricLabel[];
  /** Least and greatest value; null: no bound. */
  readonly range: readonly [number | null, number | null];
  /** Born by an event and gone a minute later: `rate` and `increase` see next to nothing. */
  readonly sparse: boolean;
  /** Deleted when not written for 60 s, and then counted from zero; native metrics are not. */
  readonly expires60s: boolean;
  /** Only grows, whatever the type says. */
  readonly cumulative: boolean;
  /** Every server counts the same events: `sum` over instances multiplies them. */
  readonly everyServerCounts: boolean;
  /** The host is part of the name. */
  readonly hostInName: boolean;
  readonly availability: Availability;
};

const quantile: MetricLabel = {
  name: "quantile",
  meaning: "0.5, 0.9 or 0.99 of the observations of the last ten seconds; NaN when there were none",
  values: ["0.5", "0.9", "0.99"],
};

/** go_gc_duration_seconds is the one summary with other quantiles. */
const goQuantile: MetricLabel = {
  ...quantile,
  meaning: "share of the observations",
  values: ["0", "0.25", "0.5", "0.75", "1"],
};

/** What is known of a Prometheus series by its name, for the agent's version; undefined for names that no agent writes. */
export function metricInfo(name: string, version: string): MetricInfo | undefined {
  const found = identify(name, "prometheus", { version });
  if (!found) return undefined;
  const { row, suffix } = found;
  const type = suffix === undefined ? prometheusType(row) : "counter";
  const quantiles = type === "summary" ? [row.naming === "native" ? goQuantile : quantile] : [];
  return {
    row,
    type,
    ...(suffix === undefined ? {} : { suffix }),
    unit: suffix === "_count" ? "observations" : row.unit,
    labels: [...row.labels, ...quantiles],
    range: suffix === undefined ? row.range : [0, null],
    sparse: row.presence === "sparse",
    expires60s: row.naming === "go-metrics",
    cumulative: type === "counter" || row.cumulative === true,
    everyServerCounts: row.everyServerCounts === true,
    hostInName: hasHost(row),
    availability: availability(row, version),
  };
}

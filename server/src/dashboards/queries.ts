// What one asks of a metric by its kind: a counter's rate, a gauge as it is, a timer's mean. One form a sink.
import { dogstatsdName, hasHost, promqlSelector, statsdName, statsdType } from "../catalog/names.ts";
import type { MetricRow } from "../catalog/types.ts";

/** `legend` tells the lines of one query apart, in the vendor's own placeholders. */
export type Query = { readonly expr: string; readonly legend: string };

/** PromQL. Rates are taken over five minutes: an agent that is scraped each minute at most gives several samples. */
export function prometheusQuery(row: MetricRow): Query {
  const legend = "{{instance}}";
  const mean = `rate(${promqlSelector(row, "_sum")}[5m]) / rate(${promqlSelector(row, "_count")}[5m])`;
  switch (row.instrument) {
    case "counter":
      return {
        legend,
        expr:
          row.presence === "sparse" ? `max_over_time(${promqlSelector(row)}[5m])` : `rate(${promqlSelector(row)}[5m])`,
      };
    case "sample":
    case "timer":
    case "summary":
      return { legend, expr: mean };
    default:
      return { legend, expr: promqlSelector(row) };
  }
}

const star = { host: "*", labels: new Proxy({} as Record<string, string>, { get: () => "*" }) };

/** A Graphite target under the names of statsd's usual (legacy) name spaces. */
export function graphiteQuery(row: MetricRow): Query {
  const name = statsdName(row, star);
  switch (statsdType(row)) {
    case "c":
      return { expr: `aliasByMetric(stats.${name})`, legend: "" };
    case "ms":
      return { expr: `aliasByMetric(stats.timers.${name}.mean)`, legend: "" };
    default:
      return {
        expr: hasHost(row) ? `aliasByNode(stats.gauges.${name}, 3)` : `aliasByMetric(stats.gauges.${name})`,
        legend: "",
      };
  }
}

/** A Datadog metric query; timers have the names that the Datadog agent makes of them. */
export function datadogQuery(row: MetricRow): Query {
  const { name } = dogstatsdName(row, { host: "host", nodeName: "host" });
  const by = ["host", ...row.labels.map((label) => label.name)].join(",");
  switch (statsdType(row)) {
    case "c":
      return { expr: `sum:${name}{$scope} by {${by}}.as_rate()`, legend: "" };
    case "ms":
      return { expr: `avg:${name}.avg{$scope} by {${by}}`, legend: "" };
    default:
      return { expr: `avg:${name}{$scope} by {${by}}`, legend: "" };
  }
}

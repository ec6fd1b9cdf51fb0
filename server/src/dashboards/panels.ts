// Which panels a dashboard for a version has and what each asks a sink's database: from the catalogue, never listed twice.
// Knows no vendor's dashboard format.
import { data } from "../../catalog/dashboards/panels.yml";
import { isExported } from "../catalog/availability.ts";
import { rowOf } from "../catalog/metrics.ts";
import { promqlSelector } from "../catalog/names.ts";
import type { MetricRow, Sink } from "../catalog/types.ts";
import { datadogQuery, graphiteQuery, prometheusQuery, type Query } from "./queries.ts";

export type Unit = "ratio" | "seconds" | "ms" | "ns" | "bytes" | "per second" | "count";

export type Panel = {
  readonly title: string;
  readonly about: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
};

export type Section = { readonly title: string; readonly panels: readonly Panel[] };

type Row = {
  readonly title: string;
  readonly about: string;
  readonly unit: Unit;
  readonly rows: readonly string[];
  readonly expr?: string;
  readonly legend?: string;
};

type Table = { readonly sections: readonly { readonly title: string; readonly panels: readonly Row[] }[] };

/** Sections with their panels, without those that the version has no metric for. */
export function sectionsFor(version: string, sink: Sink): Section[] {
  const sections = (data as Table).sections.map(({ title, panels }) => ({
    title,
    panels: panels.flatMap((row) => panelFor(row, version, sink) ?? []),
  }));
  return sections.filter(({ panels }) => panels.length > 0);
}

function panelFor(row: Row, version: string, sink: Sink): Panel | undefined {
  const metrics = row.rows.flatMap((id) => rowOf(id) ?? []);
  const exported = metrics.filter((metric) => metric.sinks.includes(sink) && isExported(metric, version));
  const queries = sink === "prometheus" ? ofPrometheus(row, metrics, exported) : exported.map(queryOf[sink]);
  const { title, about } = row;
  const unit = sink === "prometheus" ? row.unit : unitOf(exported[0]);
  return queries.length === 0 ? undefined : { title, about, unit, queries };
}

/** StatsD and Datadog are asked for the value itself, whose unit is the metric's own. */
function unitOf(metric: MetricRow | undefined): Unit {
  if (metric?.instrument === "counter") return "per second";
  const unit = metric?.unit;
  return unit === "ms" || unit === "ns" || unit === "bytes" || unit === "seconds" ? unit : "count";
}

const queryOf = { statsd: graphiteQuery, dogstatsd: datadogQuery };

function ofPrometheus(row: Row, metrics: readonly MetricRow[], exported: readonly MetricRow[]): Query[] {
  if (row.expr === undefined) return exported.map(prometheusQuery);
  const needed = metrics.filter((_, index) => row.expr?.includes(`{${"abc".charAt(index)}}`));
  const known = needed.length > 0 ? needed.every((metric) => exported.includes(metric)) : exported.length > 0;
  return known ? [{ expr: filled(row.expr, metrics), legend: row.legend ?? "" }] : [];
}

function filled(expr: string, metrics: readonly MetricRow[]): string {
  return metrics.reduce(
    (text, metric, index) => text.replaceAll(`{${"abc".charAt(index)}}`, promqlSelector(metric)),
    expr,
  );
}

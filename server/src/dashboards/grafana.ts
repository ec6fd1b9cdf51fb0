// Grafana's classic dashboard JSON (schema 42), for Prometheus or for Graphite: it imports, provisions and goes to
// grafana.com alike, since the data source is a variable. Knows no metric.

import { type Panel, sectionsFor, type Unit } from "./panels.ts";
import type { Query } from "./queries.ts";

export type DataSource = "prometheus" | "graphite";

const units: Record<Unit, string> = {
  ratio: "percentunit",
  seconds: "s",
  ms: "ms",
  ns: "ns",
  bytes: "bytes",
  "per second": "ops",
  count: "short",
};

const width = 8;
const height = 8;
const columns = 24;

/** The dashboard as a JSON value. `uid` is the same for every run, so that a new version replaces the old one. */
export function grafanaDashboard(version: string, source: DataSource): Record<string, unknown> {
  // Grafana's own placeholder: the data source that the reader picks.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is no template of ours.
  const datasource = { type: source, uid: "${datasource}" };
  let id = 0;
  let y = 0;
  const panels: unknown[] = [];
  for (const section of sectionsFor(version, source === "prometheus" ? "prometheus" : "statsd")) {
    panels.push({
      id: ++id,
      type: "row",
      title: section.title,
      collapsed: false,
      gridPos: { x: 0, y, w: columns, h: 1 },
      panels: [],
    });
    y++;
    section.panels.forEach((panel, index) => {
      const x = (index * width) % columns;
      if (index > 0 && x === 0) y += height;
      panels.push({ id: ++id, ...timeSeries(panel, source), datasource, gridPos: { x, y, w: width, h: height } });
    });
    y += height;
  }
  return {
    id: null,
    uid: `dkron-${source}`,
    title: source === "prometheus" ? "Dkron" : "Dkron (StatsD)",
    description: `Made from the metrics that Dkron ${version} exports.`,
    tags: ["dkron"],
    schemaVersion: 42,
    version: 1,
    editable: true,
    graphTooltip: 1,
    refresh: "30s",
    time: { from: "now-1h", to: "now" },
    timezone: "browser",
    templating: {
      list: [{ name: "datasource", label: "Data source", type: "datasource", query: source, current: {}, options: [] }],
    },
    annotations: { list: [] },
    panels,
  };
}

function timeSeries({ title, about, unit, queries }: Panel, source: DataSource) {
  return {
    type: "timeseries",
    title,
    description: about,
    fieldConfig: {
      defaults: {
        unit: units[unit],
        min: 0,
        ...(unit === "ratio" && { max: 1 }),
        custom: { lineWidth: 1, fillOpacity: 8, spanNulls: false },
      },
      overrides: [],
    },
    options: { legend: { displayMode: "list", placement: "bottom" }, tooltip: { mode: "multi" } },
    targets: queries.map((query, index) => target(query, "ABCDEFGH".charAt(index), source)),
  };
}

function target({ expr, legend }: Query, refId: string, source: DataSource) {
  return source === "prometheus" ? { refId, expr, legendFormat: legend, range: true } : { refId, target: expr };
}

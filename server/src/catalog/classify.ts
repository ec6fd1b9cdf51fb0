// Says of a series seen on a wire what it is: its row, and whether the agent's version should write it. Knows no reader.
import { isExported } from "./availability.ts";
import { identify } from "./identify.ts";
import { prometheusType, statsdType } from "./names.ts";
import type { MetricRow, Sink } from "./types.ts";

/** A series as it stands on a wire. `type`: as declared by `# TYPE`, or as in the line (`c`, `g`, `ms`, `kv`). */
export type SeenSeries = {
  /** The text that tells it from others: name and labels, key and tags. */
  readonly series: string;
  readonly name: string;
  readonly type?: string;
  /** The name under which a body declares the type. */
  readonly family?: string;
  readonly labels: Readonly<Record<string, string>>;
};

/** `unknown`: no row is written like this. `unexpected`: there is a row, but this version does not export it, or not with this type. */
export type SeriesStatus = "known" | "unknown" | "unexpected";

/** `type` and `unit` are the metric's: also of the parts `_sum` and `_count` of a summary. */
export type ClassifiedSeries = {
  readonly series: string;
  readonly row: string | null;
  readonly type: string | null;
  readonly unit: string | null;
  readonly host: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly status: SeriesStatus;
};

const hintTypes = ["counter", "gauge", "summary", "untyped", "c", "g", "ms", "kv"] as const;
type HintType = (typeof hintTypes)[number];

const isHintType = (text: string | undefined): text is HintType => hintTypes.some((type) => type === text);

const statsdTypes: Readonly<Record<string, string>> = { c: "counter", g: "gauge", ms: "timer", kv: "key-value" };

/** What a series of this sink is, for this version. Labels of the wire are kept; those found in the name are added. */
export function classifySeries(seen: SeenSeries, sink: Sink, version: string): ClassifiedSeries {
  const { series, name, type, family } = seen;
  const found = identify(name, sink, {
    version,
    tags: sink === "dogstatsd" ? Object.entries(seen.labels).map(([label, value]) => `${label}:${value}`) : [],
    ...(isHintType(type) ? { type } : {}),
    ...(family === undefined ? {} : { family }),
  });
  if (!found) {
    const declared = type === undefined ? null : (statsdTypes[type] ?? type);
    return { series, row: null, type: declared, unit: null, host: null, labels: seen.labels, status: "unknown" };
  }
  const { row, host } = found;
  const fits = type === undefined || type === "untyped" || type === typeOn(row, sink);
  return {
    series,
    row: row.id,
    type: typeName(row, sink),
    unit: row.unit,
    host: host ?? null,
    labels: { ...found.labels, ...seen.labels },
    status: fits && isExported(row, version) ? "known" : "unexpected",
  };
}

const typeOn = (row: MetricRow, sink: Sink): string => (sink === "prometheus" ? prometheusType(row) : statsdType(row));

function typeName(row: MetricRow, sink: Sink): string {
  const type = typeOn(row, sink);
  return sink === "prometheus" ? type : (statsdTypes[type] ?? type);
}

// Derives the name of a metric on each sink from its key, as go-metrics' sinks do. The way back is in identify.ts.
import type { MetricRow, PrometheusType, Sink } from "./types.ts";

/** What a name depends on besides the row. */
export type Origin = {
  /** The operating system's host name, as it stands: it becomes a part of every gauge's name. */
  readonly host?: string;
  /** `node-name` of dkron.yml; by default the host name. DogStatsD removes the first key part equal to it. */
  readonly nodeName?: string;
  /** Values of the row's labels and of the `<…>` parts of its key. */
  readonly labels?: Readonly<Record<string, string>>;
  /** `dog-statsd-tags`. */
  readonly globalTags?: readonly string[];
};

/** A name with the tags behind it. */
export type TaggedName = { readonly name: string; readonly tags: readonly string[] };

/** A part of a name that the row leaves open: the host, a `<…>` part of the key, or a label value in a StatsD path. */
export type Hole = { readonly hole: string; readonly values?: readonly string[] };

/** One element of the key as a library passes it to go-metrics; elements never split. */
export type NamePart = string | Hole;

/** The hole of the host; no label or part of a key has this name. */
export const hostHole = "<host>";

/** How every name begins that an agent serves to Prometheus, which a test holds: tells most names of others at a glance. */
const agentsStart = /^(?:dkron|go_|process_|promhttp_)/;

/** Whether an agent may serve a name to Prometheus: not whether it does. */
export function maybeAgents(name: string): boolean {
  return agentsStart.test(name);
}

/** Whether go-metrics puts the host into the name: gauges only. */
export function hasHost(row: MetricRow): boolean {
  return row.naming === "go-metrics" && row.instrument === "gauge";
}

/** The type that the Prometheus endpoint declares. Samples and timers are summaries: there are no histograms in Dkron. */
export function prometheusType(row: MetricRow): PrometheusType {
  if (row.instrument === "counter" || row.instrument === "gauge") return row.instrument;
  return row.instrument === "key-value" ? "untyped" : "summary";
}

/** The type in a StatsD line: every sample and timer is `ms`, whatever its unit. */
export function statsdType(row: MetricRow): "c" | "g" | "ms" | "kv" {
  if (row.instrument === "counter") return "c";
  if (row.instrument === "gauge") return "g";
  return row.instrument === "key-value" ? "kv" : "ms";
}

/** What go-metrics' Prometheus sink replaces in a name; case and `:` stay. Source: prometheus/prometheus.go, forbiddenChars. */
export function sanitizePrometheus(text: string): string {
  return text.replace(/[ .=\-/]/g, "_");
}

/** What both StatsD sinks replace in a key and in a label's value. Source: statsd.go, flattenKey. */
export function sanitizeStatsd(text: string): string {
  return text.replace(/[: ]/g, "_");
}

/** The elements of the row's name on a sink, holes left open. A native metric has one: its name. */
export function nameParts(row: MetricRow, sink: Sink): NamePart[] {
  if (row.naming === "native") return [row.key];
  const key = row.key.split(".").map((part) => (/^<.+>$/.test(part) ? { hole: part.slice(1, -1) } : part));
  const host = hasHost(row) ? [{ hole: hostHole }] : [];
  const values = sink === "statsd" ? row.labels.map(holeOfLabel) : [];
  return ["dkron", ...host, ...key, ...values];
}

function holeOfLabel({ name, values }: MetricRow["labels"][number]): Hole {
  return values === undefined ? { hole: name } : { hole: name, values };
}

/** Names of the `<…>` parts of a key, in order. */
export function placeholdersOf(row: MetricRow): string[] {
  return [...row.key.matchAll(/<([^<>]+)>/g)].map((match) => match[1] as string);
}

/** The elements with what the origin says in the holes; what it does not say stands as `<name>`. */
function filled(parts: readonly NamePart[], origin: Origin): string[] {
  return parts.map((part) => {
    if (typeof part === "string") return part;
    if (part.hole === hostHole) return origin.host ?? hostHole;
    return origin.labels?.[part.hole] ?? `<${part.hole}>`;
  });
}

/** The metric's name on the Prometheus endpoint, without `_sum` and `_count`; what the origin does not say stands as `<host>`. */
export function prometheusName(row: MetricRow, origin: Origin = {}): string {
  if (row.naming === "native") return row.key;
  return sanitizePrometheus(filled(nameParts(row, "prometheus"), origin).join("_"));
}

/** All names under which Prometheus stores the metric's series: of a summary the name, `_sum` and `_count`. */
export function prometheusSeriesNames(row: MetricRow, origin: Origin = {}): string[] {
  const name = prometheusName(row, origin);
  return prometheusType(row) === "summary" ? [name, `${name}_sum`, `${name}_count`] : [name];
}

/**
 * What to write in PromQL for the metric on any host: its name, or a matcher on `__name__` where the host or a peer is
 * part of the name. `suffix`: `_sum` or `_count` of a summary.
 */
export function promqlSelector(row: MetricRow, suffix = ""): string {
  const name = prometheusName(row) + suffix;
  return name.includes("<") ? `{__name__=~"${name.replace(/<[^<>]+>/g, ".+")}"}` : name;
}

/** The key of a plain StatsD line: label values are further parts of it. */
export function statsdName(row: MetricRow, origin: Origin = {}): string {
  return sanitizeStatsd(filled(nameParts(row, "statsd"), origin).join("."));
}

/**
 * The name and tags of a DogStatsD line. The sink takes `node-name` for the host name and removes the first element
 * equal to it: by default the host of a gauge; with another node name any element that happens to be equal.
 * Source: go-metrics datadog/dogstatsd.go, parseKey.
 */
export function dogstatsdName(row: MetricRow, origin: Origin = {}): TaggedName {
  const labels = row.labels.map(({ name }) => `${name}:${sanitizeStatsd(origin.labels?.[name] ?? `<${name}>`)}`);
  const elements = filled(nameParts(row, "dogstatsd"), origin);
  const removed = row.naming === "native" ? -1 : elements.indexOf(origin.nodeName ?? origin.host ?? hostHole);
  if (removed !== -1) elements.splice(removed, 1);
  return { name: sanitizeStatsd(elements.join(".")), tags: [...(origin.globalTags ?? []), ...labels] };
}

/** The name to show for a sink, with `<…>` for what depends on the agent; empty where the sink never gets the metric. */
export function displayName(row: MetricRow, sink: Sink): string {
  if (!row.sinks.includes(sink)) return "";
  if (sink === "statsd") return statsdName(row);
  if (sink === "dogstatsd") {
    const { name, tags } = dogstatsdName(row);
    return tags.length === 0 ? name : `${name} #${tags.join(",")}`;
  }
  const labels = row.labels.map((label) => label.name).join(", ");
  return labels === "" ? prometheusName(row) : `${prometheusName(row)}{${labels}}`;
}

// Writes what hover, panel and reference say about a metric, as Markdown. Knows no editor.
import { availability, availabilityRuns, versionsExporting, versionsText } from "./availability.ts";
import { exampleRule } from "./example.ts";
import { identify } from "./identify.ts";
import { displayName, hasHost, prometheusType } from "./names.ts";
import { substitutes } from "./suggest.ts";
import type { MetricRow, Sink } from "./types.ts";
import { resolveVersion } from "./versions.ts";

const emitters: Record<MetricRow["emitter"], string> = {
  agent: "every agent",
  server: "every server",
  leader: "the leader",
  follower: "followers",
  candidate: "a server that stands for election",
  nobody: "nobody",
};

const conditions = {
  nodes: "on a cluster of two nodes or more",
  servers: "with two servers or more",
  encrypt: "with the key encrypt set",
};

/** Who emits the row and when: `every server, per log entry, with two servers or more`. */
export function emittedBy(row: MetricRow): string {
  if (row.foreign !== undefined) return `not Dkron: ${row.foreign}`;
  if (row.emitter === "nobody") return `nobody: ${row.never}`;
  const needs = (row.needs ?? []).map((need) => conditions[need]);
  const endpoint = row.endpoint === undefined ? [] : [`on port ${row.endpoint.slice(1)}`];
  return [emitters[row.emitter], row.cadence, ...needs, ...endpoint].join(", ");
}

/** `gauge in bytes`; a sample or timer says that it is a summary, and its `_sum` and `_count` that they are counters. */
export function typeText(row: MetricRow, suffix?: "_sum" | "_count"): string {
  if (suffix === "_count") return "counter in observations";
  const type = suffix === undefined ? prometheusType(row) : "counter";
  const shape = type === "untyped" ? "key-value pair" : type;
  return row.unit === "flag" || row.unit === "code" ? shape : `${shape} in ${row.unit}`;
}

/** The versions as a strip, from the first that has it: `0.9.3 to 3.2.7 ✓ · 4.0.0 to 4.0.5 ✗ · 4.0.6 to 4.0.9 ✓ · 4.1.0 and later ✗`. */
export function versionStrip(row: MetricRow): string {
  if (row.foreign !== undefined) return "none";
  const marks = { exported: "✓", compiledInNotExported: "✗", absent: "–" };
  const runs = availabilityRuns(row);
  return runs
    .filter((run, index) => index > 0 || run.state !== "absent")
    .map((run) => `${versionsText([run])} ${marks[run.state]}`)
    .join(" · ");
}

/** Whether the version exports the row, why not, who does, and what to use instead: one to three sentences. */
export function availabilityText(row: MetricRow, version: string): string {
  const judged = resolveVersion(version);
  const { state, reason } = availability(row, judged);
  if (state === "exported") return `${judged} exports it.`;
  const others = versionsExporting(row);
  const who =
    others.length === 0 ? "no version exports it" : `${versionsText(others)} export${isOne(others) ? "s" : ""} it`;
  const instead = substitutes(row, judged).map((other) => `\`${other.replacement}\` (${other.why})`);
  const use = instead.length === 0 ? "" : ` Use ${instead.join(" or ")}.`;
  return `Not exported by ${judged}; ${who}, because ${reason}.${use}`;
}

function isOne(ranges: readonly { since: string; until?: string }[]): boolean {
  return ranges.length === 1 && ranges[0]?.until === ranges[0]?.since;
}

const sinkTitles: Record<Sink, string> = { prometheus: "Prometheus", statsd: "StatsD", dogstatsd: "DogStatsD" };

function rangeText([least, greatest]: MetricRow["range"]): string | undefined {
  if (least === null && greatest === null) return undefined;
  if (greatest === null) return least === 0 ? undefined : `${least} and above`;
  return least === greatest ? `always ${least}` : `${least ?? "any"} to ${greatest}`;
}

/** How the series comes and goes on the Prometheus endpoint, where that surprises. */
function lifeText(row: MetricRow): string[] {
  if (row.naming === "native" || !row.sinks.includes("prometheus")) return [];
  if (row.presence === "sparse")
    return [
      "Sparse: it appears with an event, is gone 60 s later and starts from zero, so rate() and increase() see next to nothing.",
    ];
  if (row.presence === "busy")
    return [
      `It is gone after 60 s without an observation${row.instrument === "gauge" ? "" : " and then starts from zero"}.`,
    ];
  return [];
}

function facts(row: MetricRow): string[] {
  const labels = row.labels.map(
    ({ name, meaning, values }) => `\`${name}\` (${meaning}${values ? `: ${values.join(", ")}` : ""})`,
  );
  const range = rangeText(row.range);
  return [
    ...(labels.length === 0 ? [] : [`Labels: ${labels.join(", ")}`]),
    `Emitted by: ${emittedBy(row)}`,
    ...(range === undefined ? [] : [`Values: ${range}`]),
    `Versions: ${versionStrip(row)}`,
    ...(["prometheus", "statsd", "dogstatsd"] as const).flatMap((sink) => {
      const name = displayName(row, sink);
      return name === "" ? [] : [`${sinkTitles[sink]}: \`${name}\``];
    }),
  ];
}

function exampleText(row: MetricRow): string[] {
  const example = exampleRule(row);
  if (!example) return [];
  return [
    `Example, ${example.says}:`,
    `\`\`\`yaml\n- alert: ${example.alert}\n  expr: ${yamlText(example.expr)}\n\`\`\``,
  ];
}

/** A plain scalar where YAML reads it as the text that it is, else a single-quoted one. */
function yamlText(text: string): string {
  return /^[{[&*!|>'"%@`#]|: | #/.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}

/**
 * A row for hover: meaning, type, unit, labels, who emits it and when, what the version does with it, a strip of
 * versions, its names on the three sinks, traps, an example rule.
 */
export function describeRow(
  row: MetricRow,
  version: string,
  title = displayName(row, firstSink(row)),
  suffix?: "_sum" | "_count",
): string {
  const life = [...row.traps, ...lifeText(row)];
  return [
    `**\`${title}\`** · ${typeText(row, suffix)}`,
    row.meaning,
    availabilityText(row, version),
    facts(row)
      .map((fact) => `- ${fact}`)
      .join("\n"),
    ...life,
    ...exampleText(row),
  ].join("\n\n");
}

function firstSink(row: MetricRow): Sink {
  return row.sinks[0] ?? "prometheus";
}

const suffixes = {
  _sum: "`_sum`: all observations added up; it only grows, so take rate() of it and divide by that of `_count`.",
  _count: "`_count`: the number of observations; it only grows, so take rate() of it.",
};

/** Hover for a Prometheus name as it stands in a rule; undefined when no row is written like this. */
export function describeMetric(name: string, version: string): string | undefined {
  const found = identify(name, "prometheus", { version });
  if (!found) return undefined;
  const text = describeRow(found.row, version, name, found.suffix);
  const host = hasHost(found.row) && found.host !== undefined ? [`The part \`${found.host}\` is the host.`] : [];
  return [text, ...host, ...(found.suffix === undefined ? [] : [suffixes[found.suffix]])].join("\n\n");
}

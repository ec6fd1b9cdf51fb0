// Writes the metric reference, server/docs/metrics.md, from the catalogue. Knows no file; `npm run schema` writes it.
import { availabilityRuns } from "./availability.ts";
import { emittedBy, typeText, versionStrip } from "./describe.ts";
import { exampleRule } from "./example.ts";
import { allFamilies, allRows, rowOf } from "./metrics.ts";
import { displayName } from "./names.ts";
import type { MetricFamily, MetricRow } from "./types.ts";
import { compareVersions, newestVersion, sinkFacts, versionSpans } from "./versions.ts";

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const code = (text: string): string => `\`${text}\``;
const tableRow = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [tableRow(head), `|${" --- |".repeat(head.length)}`, ...rows.map(tableRow)].join("\n");
}

/** What holds for every metric, whatever its family. */
function rulesOfNames(): string {
  const { prometheus, statsd, dogstatsd } = sinkFacts();
  return `## How names and types come about

Three keys of \`dkron.yml\` turn on three sinks, alone or together: \`${prometheus.key}\` (since ${prometheus.since}), \`${statsd.key}\` and \`${dogstatsd.key}\`.
Only servers have an HTTP port, so the metrics of an agent that is no server reach you through StatsD or DogStatsD alone; and each server serves its own metrics, so scrape every one.

- **Gauges carry the host.** \`dkron.<host>.<key>\`, with the host name of the operating system and not \`node-name\`. There is no label for it. In PromQL, match the name: \`{__name__=~"dkron_.+_runtime_alloc_bytes"}\`.
- **Prometheus** joins the key with \`_\` and replaces blank, \`.\`, \`=\`, \`-\` and \`/\` by \`_\`; capital letters and \`:\` stay. Counters have no \`_total\`. Samples and timers are summaries with the quantiles 0.5, 0.9 and 0.99 of the last ten seconds, NaN when there was nothing; there are no histograms.
- **StatsD** appends label values to the key as further parts; every sample and timer has the type \`ms\`, also bytes and ratios.
- **DogStatsD** sends labels as tags and removes the first part of the key that equals \`node-name\`: by default the host of a gauge.
- **What is not written for 60 s is gone** at the next scrape and starts again from zero. \`rate()\` and \`increase()\` of a counter that moves once in a while see next to nothing; \`max_over_time(…) > 0\` sees it. Native metrics stay.
- **Timers count milliseconds.**`;
}

const marks = { exported: "✓", compiledInNotExported: "✗", absent: "–" };

/** The state of the most rows of a family from a version on; families change as one, but for rows that came later. */
function familyMark(family: MetricFamily, version: string): string {
  const states = family.rows
    .filter((row) => row.never === undefined)
    .map((row) => availabilityRuns(row).findLast((run) => compareVersions(run.since, version) <= 0)?.state ?? "absent");
  if (states.includes("exported")) return marks.exported;
  return states.includes("compiledInNotExported") ? marks.compiledInNotExported : marks.absent;
}

const columns = ["1.2.5", "2.2.2", "3.0.0", "3.2.7", "4.0.0", "4.0.5", "4.0.6", "4.0.9", "4.1.0"];

function versionMatrix(): string {
  const families = allFamilies().filter((family) => family.rows.some((row) => row.foreign === undefined));
  const versions = [...columns, newestVersion()];
  const rows = families.map((family) => [family.title, ...versions.map((version) => familyMark(family, version))]);
  const reasons = versionSpans().flatMap((span) =>
    span.because === undefined ? [] : [`- From ${span.since} on ${span.because}.`],
  );
  return `## What each version exports

✓ exported (some rows came later: see their versions), ✗ in the code but lost on the way, – not in the code. Official builds.

${table(["family", ...versions], rows)}

No 4.x exports everything:

${reasons.join("\n")}`;
}

function details(row: MetricRow): string {
  const labels = row.labels.map(({ name, values }) => `\`${name}\`${values ? ` (${values.join(", ")})` : ""}`);
  const instead = row.instead.map(({ key, why }) => `\`${nameOf(key)}\`: ${why}`);
  const example = exampleRule(row);
  return [
    row.meaning,
    ...(labels.length === 0 ? [] : [`Labels: ${labels.join(", ")}.`]),
    ...row.traps,
    ...(instead.length === 0 ? [] : [`See also ${instead.join("; ")}.`]),
    ...(example ? [`Alert when ${example.says}: \`${example.expr}\``] : []),
  ].join("<br>");
}

function nameOf(id: string): string {
  const row = rowOf(id);
  return row ? displayName(row, "prometheus") : id;
}

function familySection(family: MetricFamily): string {
  const rows = family.rows.map((row) => [
    namesCell(row),
    typeText(row),
    emittedBy(row),
    versionStrip(row),
    details(row),
  ]);
  return `## ${family.title}

${family.about}

${table(["names", "type", "emitted by", "versions", "meaning"], rows)}`;
}

/** The names on the three sinks; DogStatsD's only where it is not StatsD's. */
function namesCell(row: MetricRow): string {
  const [prometheus, statsd, dogstatsd] = (["prometheus", "statsd", "dogstatsd"] as const).map((sink) =>
    displayName(row, sink),
  );
  const names = [prometheus, statsd, dogstatsd === statsd ? "" : dogstatsd].filter((name) => name !== "");
  return names.map((name) => code(name ?? "")).join("<br>");
}

function documentedNames(): string {
  const rows = allRows()
    .filter((row) => row.documented !== undefined)
    .map((row) => [code(`dkron.${row.documented}`), namesCell(row), typeText(row), versionStrip(row)]);
  return `## The names of Dkron's own documentation

${table(["documented", "really written", "type", "versions"], rows)}`;
}

/** The whole reference as Markdown, ending with a newline. */
export function metricReference(): string {
  return `${[
    "# Metrics of Dkron",
    "<!-- Written by `npm run schema` from server/catalog. Change the data, not this page. -->",
    "Every metric that a Dkron agent emits, what it is called on each sink, and which versions really export it.",
    rulesOfNames(),
    versionMatrix(),
    ...allFamilies().map(familySection),
    documentedNames(),
  ].join("\n\n")}\n`;
}

// `dkron-metrics series`: what each series of a saved scrape body or packet capture is. Knows neither rows nor formats of wires.
import { parseArgs } from "node:util";
import { type ClassifiedSeries, classifySeries } from "../catalog/classify.ts";
import { didYouMean } from "../catalog/suggest.ts";
import type { Sink } from "../catalog/types.ts";
import { isVersion, newestVersion, resolveVersion } from "../catalog/versions.ts";
import { readInputs } from "./inputs.ts";
import { readBody } from "./series/body.ts";
import { readCapture, sinkOf } from "./series/capture.ts";
import type { Terminal, Verb } from "./verb.ts";

const usage = `usage: dkron-metrics series [options] FILE…

Says of each series of a saved body of /metrics, or of a capture of StatsD or DogStatsD packets, which metric it is.
FILE is a body, a capture (lines as sent, or JSON lines [seconds, payload]), or - for standard input.

  --dkron-version VERSION   the agent's version (default: ${newestVersion()})
  --sink SINK               prometheus, statsd or dogstatsd (default: by the content)
  --format FORMAT           text, or json: an array of {series, row, type, unit, host, labels, status} (default: text)
  --help

status: known, unknown (Dkron has no such metric), unexpected (this version does not export it).
Type and unit are the metric's, also for the _sum and _count of a summary.
Exit code: 0 every series is one of Dkron's metrics, 1 some are unknown, 2 could not run.
`;

const options = {
  "dkron-version": { type: "string", default: newestVersion() },
  sink: { type: "string" },
  format: { type: "string", default: "text" },
  help: { type: "boolean", short: "h" },
} as const;

const sinks: readonly Sink[] = ["prometheus", "statsd", "dogstatsd"];
const isSink = (text: string): text is Sink => sinks.some((sink) => sink === text);

export const series: Verb = async (args, terminal) => {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.help) {
    terminal.out(usage);
    return 0;
  }
  const { sink, format } = values;
  if (sink !== undefined && !isSink(sink)) return refuse(terminal, `there is no sink "${sink}"`);
  if (format !== "text" && format !== "json") return refuse(terminal, `there is no format "${format}"`);
  if (!isVersion(values["dkron-version"])) return refuse(terminal, `"${values["dkron-version"]}" is no version`);
  if (positionals.length === 0) return refuse(terminal, "no file given");

  const version = resolveVersion(values["dkron-version"]);
  const classified: ClassifiedSeries[] = [];
  let refused = 0;
  for (const { text } of await readInputs(positionals, "-", terminal)) {
    const written = sink ?? sinkOf(text);
    const read = written === "prometheus" ? readBody(text) : readCapture(text);
    refused += read.refused;
    for (const seen of read.series) classified.push(classifySeries(seen, written, version));
  }
  if (refused > 0) terminal.err(`dkron-metrics series: ${refused} lines could not be read\n`);
  if (refused > 0 && classified.length === 0) return 2;
  terminal.out(format === "json" ? `${JSON.stringify(classified, null, 2)}\n` : asText(classified, version));
  return classified.some(({ status }) => status === "unknown") ? 1 : 0;
};

function refuse(terminal: Terminal, reason: string): number {
  terminal.err(`dkron-metrics series: ${reason}\n${usage}`);
  return 2;
}

/** A line a series, in columns, and a last one that counts. */
function asText(classified: readonly ClassifiedSeries[], version: string): string {
  const rows = classified.map((one) => [one.status, one.series, whatItIs(one, version)]);
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const counts = (["known", "unexpected", "unknown"] as const)
    .map((status) => `${classified.filter((one) => one.status === status).length} ${status}`)
    .join(", ");
  return `${[...lines, `${classified.length} series: ${counts}, judged by Dkron ${version}`].join("\n")}\n`;
}

function whatItIs({ row, type, unit, host, series: text }: ClassifiedSeries, version: string): string {
  if (row === null) {
    const meant = didYouMean(/^[^{|]*/.exec(text)?.[0] ?? text, version);
    return meant ? `did you mean ${meant.replacement}? ${meant.why}` : "not a metric of Dkron";
  }
  return `${row}, ${type} in ${unit}${host === null ? "" : `, host ${host}`}`;
}

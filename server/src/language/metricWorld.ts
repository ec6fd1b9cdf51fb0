// Which labels series have, and with which values: from the catalogue, from recording rules of the workspace and from the
// scrape jobs of its prometheus.yml files. Judges nothing.
import type { MetricLabel } from "../catalog/types.ts";
import { parse } from "../promql/syntax/parse.ts";
import type { Expr } from "../promql/syntax/tree.ts";
import { alive, namedLabels } from "../promql/types/branches.ts";
import { inferLabels, labelOf } from "../promql/types/inferLabels.ts";
import { METRIC_NAME } from "../promql/types/labelFacts.ts";
import type { MetricInfo, MetricWorld } from "../promql/types/metricInfo.ts";
import type { CheckContext } from "./check.ts";
import { knownMetric, knownPattern } from "./knownMetrics.ts";
import type { Recording, Workspace } from "./workspace.ts";

/** Labels that every scrape adds. */
export const scrapeLabels: readonly MetricLabel[] = [
  { name: "instance", meaning: "host and port of the agent that was scraped" },
  { name: "job", meaning: "name of the scrape job in prometheus.yml" },
];

/** Recording rules may be made of recording rules; deeper than this, nothing is known. */
const deepest = 5;

/** The world in which label completion and hover see expressions. */
export function metricWorld(context: CheckContext, depth = 0): MetricWorld {
  const metric = (name: string): MetricInfo | undefined => infoOf(name, context, depth);
  return { metric, closed: true };
}

function infoOf(name: string, context: CheckContext, depth: number): MetricInfo | undefined {
  const recording = recordingOf(context.workspace, name);
  if (recording) {
    if (depth > deepest) return undefined;
    const labels = labelsOfRecording(recording, context, depth).map((label) => ({ name: label }));
    return { type: "untyped", unit: "", labels, range: [null, null] };
  }
  const info = knownMetric(name, context.dkronVersion) ?? knownPattern(name, context.dkronVersion);
  return info && { ...info, labels: [...info.labels.map((label) => asScraped(label, context)), ...scrapeLabels] };
}

const recordings = new WeakMap<Workspace, ReadonlyMap<string, Recording>>();

/** The recording rule that makes a series; of several the first. */
export function recordingOf(workspace: Workspace, name: string): Recording | undefined {
  if (!workspace.recordings.has(name)) return undefined;
  let byName = recordings.get(workspace);
  if (!byName) {
    const all = workspace.files.flatMap(({ recordings }) => recordings()).reverse();
    byName = new Map(all.map((recording) => [recording.name, recording]));
    recordings.set(workspace, byName);
  }
  return byName.get(name);
}

function labelsOfRecording({ expr, labels }: Recording, context: CheckContext, depth: number): string[] {
  const parsed = parse(expr, { prometheusVersion: context.prometheusVersion }).expr;
  const own = parsed ? labelsOf(parsed, context, depth + 1) : [];
  return [...new Set([...own, ...labels])];
}

/** A label that the scrape's own would hide is renamed by Prometheus, unless the job honours the agent's. */
function asScraped(label: MetricLabel, { workspace }: CheckContext): MetricLabel {
  const honoured = workspace.files.some(({ scrapeJobs }) => scrapeJobs.some((job) => job.honorLabels));
  const hidden = scrapeLabels.some(({ name }) => name === label.name);
  return hidden && !honoured ? { ...label, name: `exported_${label.name}` } : label;
}

/** Labels that the result of an expression can have, the name aside; those of unknown metrics are not among them. */
export function labelsOf(expr: Expr, context: CheckContext, depth = 0): string[] {
  const inferred = inferLabels(expr, metricWorld(context, depth));
  const names = [...namedLabels(alive(inferred.branches))];
  return names.filter((name) => name !== METRIC_NAME && labelOf(inferred, name).presence !== "never");
}

/** A label of a metric for people to choose. */
export type LabelOffer = { readonly name: string; readonly meaning?: string; readonly values?: readonly string[] };

/** The labels of a metric's series, the agent's own first; of an unknown metric only those of the scrape. */
export function labelsOfMetric(name: string, context: CheckContext): LabelOffer[] {
  const labels: readonly LabelOffer[] = infoOf(name, context, 0)?.labels ?? scrapeLabels;
  const meaning = recordingOf(context.workspace, name) ? "of the recording rule" : "";
  return labels.map((label) => ({ ...label, meaning: label.meaning ?? meaning }));
}

/** The values that a label can have, as far as anything tells. */
export function valuesOfLabel(label: string, metric: string, context: CheckContext): readonly string[] {
  const { scrapeJobs, targets } = scrapes(context.workspace);
  if (label === "job") return scrapeJobs;
  if (label === "instance") return targets;
  return infoOf(metric, context, 0)?.labels.find(({ name }) => name === label)?.values ?? [];
}

function scrapes({ files }: Workspace): { scrapeJobs: readonly string[]; targets: readonly string[] } {
  const jobs = files.flatMap((file) => file.scrapeJobs);
  const unique = (list: readonly string[]): readonly string[] => [...new Set(list)];
  return { scrapeJobs: unique(jobs.map(({ name }) => name)), targets: unique(jobs.flatMap((job) => job.targets)) };
}

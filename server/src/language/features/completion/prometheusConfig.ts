// Proposals in a prometheus.yml: the schema's, with what fits Dkron and what the other files of the workspace say.
import { jobSnippetLines } from "../../../catalog/prometheus/jobSnippet.ts";
import { keysOfAction, targetLabels } from "../../../catalog/prometheus/relabelling.ts";
import { prometheusSchema } from "../../../catalog/prometheus/schema.ts";
import type { SchemaPlace } from "../../../catalog/schema.ts";
import { type Slot, slotAt } from "../../../yaml/slot.ts";
import { valuesOf as itemsOf, keyOf, valueAt, type YamlFile, type YamlNode } from "../../../yaml/tree.ts";
import type { Completion } from "../../answers.ts";
import type { CheckContext } from "../../check.ts";
import type { Document } from "../../document.ts";
import type { Kind } from "../../kind.ts";
import { schemaCompletion, type ValueProposal } from "../../schema/complete.ts";
import type { Workspace } from "../../workspace.ts";

export function prometheusProposals(document: Document, offset: number, context: CheckContext): Completion[] {
  const { text } = document;
  const slot = slotAt(text, offset);
  const values = ({ type, key, owner }: SchemaPlace): readonly ValueProposal[] => {
    if (type.kind !== "scalar" || !key) return [];
    if (key.name === "source_labels") return sourceLabels(document, slot);
    if (key.name === "rule_files")
      return [...filesOf(document, "prometheus-rules", context.workspace), ...usualRuleFiles];
    if (key.name === "scrape_config_files") return filesOf(document, "prometheus-config", context.workspace);
    return valuesOf(`${owner?.name}.${key.name}`, type.scalar, context.workspace);
  };
  const world = { schema: prometheusSchema, version: context.prometheusVersion, program: "Prometheus", values };
  const proposals = schemaCompletion(text, offset, slot, world);
  return [...jobSnippet(slot, context.workspace), ...proposals.filter(fitsAction(document, slot))];
}

/** Of the keys of a relabelling rule those that its action takes. */
function fitsAction({ yaml }: Document, slot: Slot): (proposal: Completion) => boolean {
  const list = slot.path.findLast((part) => typeof part === "string");
  if (!/relabel_configs$/.test(String(list)) || slot.kind === "value") return () => true;
  const action = nodeAt(yaml, [...slot.path, "action"]);
  const keys = keysOfAction(action?.kind === "scalar" ? action.value : "");
  return ({ kind, label }) => kind !== "key" || keys.includes(label);
}

/** Labels that targets of the job have, in metric relabelling those of samples. */
function sourceLabels({ yaml }: Document, { path }: Slot): ValueProposal[] {
  if (path.includes("metric_relabel_configs") || path.includes("write_relabel_configs"))
    return ["__name__", "job", "instance", "job_name"].map((value) => ({ value }));
  const job = nodeAt(yaml, path.slice(0, 2));
  const keys = job?.kind === "mapping" ? job.pairs.flatMap((pair) => keyOf(pair) ?? []) : [];
  return targetLabels(keys).map((value) => ({ value }));
}

function nodeAt(yaml: YamlFile, path: readonly (string | number)[]): YamlNode | undefined {
  let node = yaml.documents[0]?.root;
  for (const part of path) node = typeof part === "number" ? itemsOf(node)[part] : valueAt(node, part);
  return node;
}

const usualRuleFiles: readonly ValueProposal[] = [{ value: "rules/*.rules.yml" }, { value: "*.rules.yml" }];

/** Files of the workspace beside or below this file, as Prometheus would look for them. */
function filesOf({ uri }: Document, kind: Kind, { files }: Workspace): ValueProposal[] {
  const folder = uri.slice(0, uri.lastIndexOf("/") + 1);
  const summary = kind === "prometheus-rules" ? "a rule file of this workspace" : "a file of this workspace";
  return files.flatMap((file) =>
    file.kind === kind && file.uri !== uri && file.uri.startsWith(folder)
      ? [{ value: decodeURI(file.uri.slice(folder.length)), summary }]
      : [],
  );
}

/** A whole job that scrapes Dkron, where a job can begin. */
function jobSnippet(slot: Slot, workspace: Workspace): Completion[] {
  const isItem = slot.kind === "item" && slot.path.length === 2;
  const isBare = slot.kind === "key" && slot.bare && slot.path.length === 1;
  if (slot.path[0] !== "scrape_configs" || slot.flow || slot.style || !(isItem || isBare)) return [];
  const [address] = targets(workspace);
  const lines = jobSnippetLines(address?.value ?? "localhost:8080");
  const column = slot.column + (isItem ? 0 : 2);
  const text = (isItem ? "" : "- ") + lines.join(`\n${" ".repeat(column)}`);
  const detail = "A job that scrapes the metrics of Dkron servers";
  return [
    { label: "Dkron scrape job", kind: "snippet", edit: { range: slot.range, text }, snippet: true, detail, sort: "!" },
  ];
}

/** Below 60 s: that long an agent keeps a series that nothing updates. */
const scrapeIntervals: readonly ValueProposal[] = [
  { value: "15s", summary: "four scrapes before an idle series of an agent vanishes" },
  { value: "10s" },
  { value: "30s" },
  { value: "1m", summary: "Prometheus' default; an agent drops idle series after 60 s" },
];

function valuesOf(key: string, scalar: string, workspace: Workspace): readonly ValueProposal[] {
  if (key === "ScrapeConfig.job_name") return [{ value: "dkron", summary: "the job of the Dkron servers" }];
  if (key === "StaticConfig.targets") return targets(workspace);
  if (key === "ScrapeConfig.metrics_path")
    return [{ value: "/metrics", summary: "where agents serve them with enable-prometheus" }];
  if (key.endsWith(".scrape_interval")) return scrapeIntervals;
  return scalar === "duration" ? ["10s", "30s", "1m", "5m"].map((value) => ({ value })) : [];
}

/** The addresses of the workspace's own agents, as a scrape on the same machine would reach them. */
function targets({ files }: Workspace): ValueProposal[] {
  const own = files.flatMap(({ httpAddress }) => (httpAddress === undefined ? [] : reachable(httpAddress)));
  const usual = { value: "localhost:8080", summary: "the default http-addr of an agent" };
  return [...own.map((value) => ({ value, summary: "http-addr of a dkron.yml in this workspace" })), usual];
}

function reachable(address: string): string[] {
  if (address.includes("{{")) return [];
  return [address.replace(/^(?:0\.0\.0\.0|\[::\])?(?=:)/, "localhost")];
}

// Proposals in a prometheus.yml: the schema's, with what fits Dkron and what the other files of the workspace say.
import { prometheusSchema } from "../../../catalog/prometheus/schema.ts";
import type { SchemaPlace } from "../../../catalog/schema.ts";
import { slotAt } from "../../../yaml/slot.ts";
import type { Completion } from "../../answers.ts";
import type { CheckContext } from "../../check.ts";
import type { Document } from "../../document.ts";
import { schemaCompletion, type ValueProposal } from "../../schema/complete.ts";
import type { Workspace } from "../../workspace.ts";

export function prometheusProposals({ text }: Document, offset: number, context: CheckContext): Completion[] {
  const slot = slotAt(text, offset);
  const values = ({ type, key, owner }: SchemaPlace): readonly ValueProposal[] =>
    type.kind === "scalar" && key ? valuesOf(`${owner?.name}.${key.name}`, type.scalar, context.workspace) : [];
  const world = { schema: prometheusSchema, version: context.prometheusVersion, program: "Prometheus", values };
  return schemaCompletion(text, offset, slot, world);
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
  if (key === "Config.rule_files") return [{ value: "rules/*.rules.yml" }, { value: "*.rules.yml" }];
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

// Proposals for a metric's name: what this agent version exports first, then what the workspace's recording rules make.
import { isExported } from "../../../catalog/availability.ts";
import { typeText } from "../../../catalog/describe.ts";
import { allRows } from "../../../catalog/metrics.ts";
import { hasHost, prometheusSeriesNames, prometheusType, promqlSelector } from "../../../catalog/names.ts";
import type { MetricRow } from "../../../catalog/types.ts";
import type { CheckContext } from "../../check.ts";
import type { Proposal } from "./proposal.ts";

const perVersion = new Map<string, readonly Proposal[]>();

export function metricProposals({ dkronVersion, workspace }: CheckContext): readonly Proposal[] {
  let ofCatalogue = perVersion.get(dkronVersion);
  if (!ofCatalogue) {
    ofCatalogue = allRows().flatMap((row) => ofRow(row, dkronVersion));
    perVersion.set(dkronVersion, ofCatalogue);
  }
  const recorded = [...workspace.recordings].map(
    (name): Proposal => ({ label: name, insert: name, kind: "metric", detail: "recording rule", sort: `1${name}` }),
  );
  return [...ofCatalogue, ...recorded];
}

/** Rows that this version exports to Prometheus; a gauge with its host part, which differs by agent, as a name pattern. */
function ofRow(row: MetricRow, version: string): Proposal[] {
  if (row.foreign !== undefined || !row.sinks.includes("prometheus") || !isExported(row, version)) return [];
  const proposal = (label: string, insert: string): Proposal => ({
    label,
    insert,
    kind: "metric",
    detail: typeText(row),
    resolve: row.id,
    filter: label.replace("<host>_", ""),
    sort: `0${label}`,
  });
  if (hasHost(row) || row.key.includes("<")) {
    const [label = row.key] = prometheusSeriesNames(row);
    return [proposal(label, promqlSelector(row))];
  }
  const names = prometheusSeriesNames(row);
  return names.map((name) => proposal(name, name)).slice(0, prometheusType(row) === "summary" ? 3 : 1);
}

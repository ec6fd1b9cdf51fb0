// Proposals for a metric's name: what this agent version exports first, then what the workspace's recording rules make.
import { isExported } from "../../../catalog/availability.ts";
import { typeText } from "../../../catalog/describe.ts";
import { allRows } from "../../../catalog/metrics.ts";
import { hasHost, prometheusSeriesNames, prometheusType, promqlSelector } from "../../../catalog/names.ts";
import type { MetricRow, PrometheusType } from "../../../catalog/types.ts";
import type { CheckContext } from "../../check.ts";
import type { Proposal } from "./proposal.ts";

/** `type`: what the series' values are, those of a summary's `_sum` and `_count` counters; not known of recording rules. */
export type MetricProposal = Proposal & { readonly type?: PrometheusType };

const perVersion = new Map<string, readonly MetricProposal[]>();

export function metricProposals({ dkronVersion, workspace }: CheckContext): readonly MetricProposal[] {
  let ofCatalogue = perVersion.get(dkronVersion);
  if (!ofCatalogue) {
    ofCatalogue = allRows().flatMap((row) => ofRow(row, dkronVersion));
    perVersion.set(dkronVersion, ofCatalogue);
  }
  const recorded = [...workspace.recordings.keys()].map(
    (name): MetricProposal => ({
      label: name,
      insert: name,
      kind: "metric",
      detail: "recording rule",
      sort: `1${name}`,
    }),
  );
  return [...ofCatalogue, ...recorded];
}

/** Rows that this version exports to Prometheus; a gauge with its host part, which differs by agent, as a name pattern. */
function ofRow(row: MetricRow, version: string): MetricProposal[] {
  if (row.foreign !== undefined || !row.sinks.includes("prometheus") || !isExported(row, version)) return [];
  const type = prometheusType(row);
  const proposal = (label: string, insert: string, part?: "_sum" | "_count"): MetricProposal => ({
    type: part ? "counter" : type,
    label,
    insert,
    kind: "metric",
    detail: typeText(row, part),
    resolve: row.id,
    filter: label.replace("<host>_", ""),
    sort: `0${label}`,
  });
  if (hasHost(row) || row.key.includes("<")) {
    const [label = row.key] = prometheusSeriesNames(row);
    return [proposal(label, promqlSelector(row))];
  }
  const parts = [undefined, "_sum", "_count"] as const;
  return prometheusSeriesNames(row).map((name, at) => proposal(name, name, parts[at]));
}

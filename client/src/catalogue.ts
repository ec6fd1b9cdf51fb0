// What the metric catalogue shows: families and their rows for a version, and how each is written for a sink. Knows no editor.
import { isExported } from "../../server/src/catalog/availability.ts";
import { describeRow, typeText } from "../../server/src/catalog/describe.ts";
import { allFamilies } from "../../server/src/catalog/metrics.ts";
import {
  displayName,
  dogstatsdName,
  prometheusName,
  promqlSelector,
  statsdName,
} from "../../server/src/catalog/names.ts";
import type { MetricFamily, MetricRow, Sink } from "../../server/src/catalog/types.ts";

export { versionOf } from "./agentVersion.ts";

export type FamilyEntry = {
  readonly kind: "family";
  readonly family: MetricFamily;
  readonly rows: readonly RowEntry[];
};
export type RowEntry = { readonly kind: "row"; readonly row: MetricRow; readonly exported: boolean };
export type Entry = FamilyEntry | RowEntry;

/** Families with the rows whose name or meaning holds every word of the filter; empty families are left out. */
export function entries(version: string, filter: string): readonly FamilyEntry[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return allFamilies().flatMap((family) => {
    const rows = family.rows
      .filter((row) => fits(row, words))
      .map((row): RowEntry => ({ kind: "row", row, exported: isExported(row, version) }));
    return rows.length === 0 ? [] : [{ kind: "family", family, rows }];
  });
}

function fits(row: MetricRow, words: readonly string[]): boolean {
  const text = `${row.key} ${title(row)} ${row.meaning}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The name under which people meet the metric: on Prometheus where it is there, else on its first sink. */
export function title(row: MetricRow): string {
  return row.sinks.includes("prometheus") ? prometheusName(row) : displayName(row, row.sinks[0] ?? "statsd");
}

/** A line beside the name: `counter in executions`, and that the version lacks it. */
export function subtitle({ row, exported }: RowEntry, version: string): string {
  return exported ? typeText(row) : `${typeText(row)} · not in ${version}`;
}

/** The metric as it is written for a sink, its labels as tags or parts where the sink has them so; undefined where it never goes there. */
export function writtenFor(row: MetricRow, sink: Sink): string | undefined {
  if (!row.sinks.includes(sink)) return undefined;
  if (sink === "prometheus") return promqlSelector(row);
  return sink === "statsd" ? statsdName(row) : dogstatsdName(row).name;
}

/** All that is known of a row, as Markdown. */
export function details({ row }: RowEntry, version: string): string {
  return describeRow(row, version);
}

// Finds the rows that a regular expression on `__name__` selects, hosts and peers being unknown. Knows no engine:
// the caller brings the match.
import { allRows } from "./metrics.ts";
import { hasHost, placeholdersOf, prometheusSeriesNames, sanitizePrometheus } from "./names.ts";
import type { MetricRow } from "./types.ts";

/** One name of each series of a row, with made-up texts for what depends on the agent. */
function sampleNames(row: MetricRow): string[] {
  const labels = Object.fromEntries(placeholdersOf(row).map((name) => [name, name]));
  return prometheusSeriesNames(row, { host: "host", labels });
}

/** Whether the pattern ends with the gauge's key and so spells out hosts before it: `dkron_(cron_1|cron_2)_raft_peers`. */
function endsWithKey(pattern: string, row: MetricRow): boolean {
  return hasHost(row) && pattern.replace(/[)$]+$/, "").endsWith(`_${sanitizePrometheus(row.key)}`);
}

/**
 * The rows whose series a pattern can select. `matches`: whether the pattern, anchored at both ends as Prometheus does,
 * takes a name. Rows of other programs are among them. A pattern that takes anything (`.+`) gives all rows.
 */
export function rowsMatching(pattern: string, matches: (name: string) => boolean): readonly MetricRow[] {
  return allRows().filter(
    (row) => row.sinks.includes("prometheus") && (sampleNames(row).some(matches) || endsWithKey(pattern, row)),
  );
}

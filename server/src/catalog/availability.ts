// Says of a row and a version whether an official release exports it, and why not. Knows no names of sinks.
import type { Availability, MetricRow, VersionRange } from "./types.ts";
import { compareVersions, isWithin, knownVersions, resolveVersion, versionSpans, whyDropped } from "./versions.ts";

function gapOf(row: MetricRow, version: string): MetricRow["gaps"][number] | undefined {
  return row.gaps.find((gap) => isWithin(version, gap.since, gap.until));
}

function stateAt(row: MetricRow, version: string): Availability["state"] {
  if (row.foreign !== undefined || !isWithin(version, row.since, row.until)) return "absent";
  if (row.never !== undefined || whyDropped(row.caller, version) !== undefined) return "compiledInNotExported";
  return gapOf(row, version) ? "compiledInNotExported" : "exported";
}

function reasonFor(row: MetricRow, version: string, state: Availability["state"]): string {
  if (state === "exported") return "";
  if (row.foreign !== undefined) return `it is not Dkron's but a metric of ${row.foreign}`;
  if (state === "absent") {
    if (compareVersions(version, row.since) < 0) return `it came with ${row.since}`;
    return `it was removed after ${row.until}`;
  }
  if (row.never !== undefined) return row.never;
  return (
    whyDropped(row.caller, version) ?? gapOf(row, version)?.because ?? "the release collects it but does not serve it"
  );
}

/** Versions at which a row's state can change, oldest first, each the first one with its state. */
function turningPoints(row: MetricRow): string[] {
  const points = [...versionSpans().map((span) => span.since), row.since];
  for (const gap of row.gaps) points.push(gap.since, after(gap.until));
  if (row.until !== undefined) points.push(after(row.until));
  return [...new Set(points)].sort(compareVersions);
}

/** The first known release after this one, or else the next patch: where a run that ends here is followed by another. */
function after(version: string): string {
  const next = knownVersions().find((release) => compareVersions(release, version) > 0);
  const [major = "0", minor = "0", patch = "0"] = version.split("-", 1)[0]?.split(".") ?? [];
  return next ?? `${major}.${minor}.${Number(patch) + 1}`;
}

/** The last release before a turning point: an end that the row names, or the newest release before. */
function lastBefore(point: string, row: MetricRow): string {
  const ends = [row.until, ...row.gaps.map((gap) => gap.until)];
  const named = ends.find((last) => last !== undefined && after(last) === point);
  return named ?? knownVersions().findLast((release) => compareVersions(release, point) < 0) ?? point;
}

/** A run of versions that treat a row alike. */
export type AvailabilityRun = {
  readonly state: Availability["state"];
  readonly since: string;
  readonly until?: string;
};

/** Runs of versions with one state, oldest first. `until` is absent in the run that still lasts. */
export function availabilityRuns(row: MetricRow): readonly AvailabilityRun[] {
  const runs: { state: Availability["state"]; since: string; until?: string }[] = [];
  for (const point of turningPoints(row)) {
    const state = stateAt(row, point);
    const open = runs.at(-1);
    if (open?.state === state) continue;
    if (open) open.until = lastBefore(point, row);
    runs.push({ since: point, state });
  }
  return runs;
}

/**
 * Whether an official release of this version exports the row, with the run of versions around it that do the same.
 * A version that is newer than all known ones is judged as the newest.
 */
export function availability(row: MetricRow, version: string): Availability {
  const judged = resolveVersion(version);
  const state = stateAt(row, judged);
  const run = availabilityRuns(row).findLast((candidate) => compareVersions(candidate.since, judged) <= 0);
  const reason = reasonFor(row, judged, state);
  if (!run) return { state, reason };
  return { state, reason, since: run.since, ...(run.until === undefined ? {} : { until: run.until }) };
}

/** The state alone, without the reason: cheap enough for every series of a body. */
export function availabilityState(row: MetricRow, version: string): Availability["state"] {
  return stateAt(row, resolveVersion(version));
}

/** Whether an official release of this version exports the row. */
export function isExported(row: MetricRow, version: string): boolean {
  return availabilityState(row, version) === "exported";
}

/** The runs of versions that export the row, oldest first. */
export function versionsExporting(row: MetricRow): readonly VersionRange[] {
  return availabilityRuns(row)
    .filter((run) => run.state === "exported")
    .map(({ since, until }) => (until === undefined ? { since } : { since, until }));
}

/** `4.0.6 to 4.0.9` · `4.1.0 and later` · `0.9.3 to 3.2.7, 4.0.6 to 4.0.9`; empty when no version exports it. */
export function versionsText(ranges: readonly VersionRange[]): string {
  return ranges
    .map(({ since, until }) =>
      until === undefined ? `${since} and later` : until === since ? since : `${since} to ${until}`,
    )
    .join(", ");
}

// Reads and compares Dkron's version numbers and finds the span that one belongs to. Knows no metric.
import { versionData } from "./data.ts";
import type { Caller, VersionSpan, VersionTable } from "./types.ts";

const table = versionData as VersionTable;

type VersionParts = { readonly numbers: readonly number[]; readonly pre: string };

/** Versions come from data and settings, a few dozen in all, and are compared for every series. */
const partsOf = new Map<string, VersionParts>();

/** Of `v4.0.9-rc1`: three numbers, then 0 for a pre-release or 1 for a release; and the pre-release's name. */
function parts(version: string): VersionParts {
  const known = partsOf.get(version);
  if (known) return known;
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?/.exec(version.trim());
  const [, major = 0, minor = 0, patch = 0, pre] = match ?? [];
  const read = { numbers: [Number(major), Number(minor), Number(patch), pre === undefined ? 1 : 0], pre: pre ?? "" };
  if (partsOf.size < 1000) partsOf.set(version, read);
  return read;
}

/** Whether the text is a version number such as `4.1.2`, `v4.0.9-rc1` or `4.1`. */
export function isVersion(text: string): boolean {
  return /^v?\d+(\.\d+){1,2}([-+][0-9A-Za-z.+-]+)?$/.test(text.trim());
}

/** Negative when `a` is older. Compares numbers (`3.1.11` is newer than `3.1.9`); a pre-release is older than its release. */
export function compareVersions(a: string, b: string): number {
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < left.numbers.length; i++) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.pre === right.pre ? 0 : left.pre.localeCompare(right.pre, "en", { numeric: true });
}

/** Whether the version is among those from `since` to `until`, both included; absent: no bound on that side. */
export function isWithin(version: string, since: string | undefined, until: string | undefined): boolean {
  return (
    (since === undefined || compareVersions(version, since) >= 0) &&
    (until === undefined || compareVersions(version, until) <= 0)
  );
}

/** The newest version that the catalogue knows. */
export function newestVersion(): string {
  return table.newest;
}

/** Releases to offer where a version is asked for, oldest first. */
export function knownVersions(): readonly string[] {
  return table.releases;
}

/**
 * The version to judge by: the text without `v` and build metadata; the newest known one for `auto`, for what is no
 * version, and for a version newer than all that the catalogue knows.
 */
export function resolveVersion(text: string | undefined): string {
  if (text === undefined || !isVersion(text)) return table.newest;
  const version = text.trim().replace(/^v/, "").replace(/\+.*$/, "");
  return compareVersions(version, table.newest) > 0 ? table.newest : version;
}

/** Spans oldest first. A pre-release of a span's first version still belongs to the span before. */
export function versionSpans(): readonly VersionSpan[] {
  return table.spans;
}

/** The span that holds the version; the oldest one for versions before it. */
export function spanOf(version: string): VersionSpan {
  const later = table.spans.findIndex((span) => compareVersions(span.since, version) > 0);
  const index = later === -1 ? table.spans.length - 1 : Math.max(0, later - 1);
  return table.spans[index] as VersionSpan;
}

/**
 * Why a release drops what a caller reports, for the middle of a message; undefined when it does not.
 * Source: go.mod, build tags and imports of each release.
 */
export function whyDropped(caller: Caller, version: string): string | undefined {
  const span = spanOf(version);
  if (!span.dropped.includes(caller)) return undefined;
  const other = span.setsUp === "hashicorp" ? "armon" : "hashicorp";
  return `${table.callers[caller] ?? caller} to ${other}/go-metrics, while the agent sets up ${span.setsUp}/go-metrics`;
}

/** What each sink needs: the first version that has it, and the key of dkron.yml that turns it on. */
export function sinkFacts(): VersionTable["sinks"] {
  return table.sinks;
}

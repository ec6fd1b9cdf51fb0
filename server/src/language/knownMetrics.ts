// What the catalogue says of the names that expressions hold, looked up once for each name and version. Knows no check.
import { availability, versionsExporting, versionsText } from "../catalog/availability.ts";
import { type MetricInfo, metricInfo } from "../catalog/info.ts";
import { allRows, rowOf } from "../catalog/metrics.ts";
import { hasHost, prometheusName } from "../catalog/names.ts";
import { rowsMatching } from "../catalog/patterns.ts";
import { didYouMean, type Meant, type Suggestion, substitutes } from "../catalog/suggest.ts";
import type { MetricRow } from "../catalog/types.ts";
import { regexpMatches } from "../promql/types/regexps.ts";

const KEPT = 5000;

/** Finding a row costs a thousand times what looking up costs, and rules repeat their metrics. */
function keeping<T>(find: (name: string, version: string) => T): (name: string, version: string) => T {
  const versions = new Map<string, Map<string, T>>();
  return (name, version) => {
    const kept = versions.get(version) ?? new Map<string, T>();
    if (kept.size === 0) versions.set(version, kept);
    const before = kept.get(name);
    if (before !== undefined || kept.has(name)) return before as T;
    const found = find(name, version);
    if (kept.size >= KEPT) kept.clear();
    kept.set(name, found);
    return found;
  };
}

/** What is known of the series of a name; undefined for names that no agent writes. */
export const knownMetric: (name: string, version: string) => MetricInfo | undefined = keeping(metricInfo);

const noRows: readonly MetricRow[] = [];

/** The rows that a pattern on `__name__` selects; none where it does not say that it means Dkron's. */
export const rowsOfPattern: (pattern: string, version: string) => readonly MetricRow[] = keeping((pattern) =>
  pattern.startsWith("dkron") ? rowsMatching(pattern, (name) => regexpMatches(pattern, name)) : noRows,
);

/** What is known of all series that a pattern selects: that of its one gauge, written with any host. */
export const knownPattern: (pattern: string, version: string) => MetricInfo | undefined = keeping(
  (pattern, version) => {
    const [row, ...others] = rowsOfPattern(pattern, version);
    return row && others.length === 0 && hasHost(row)
      ? metricInfo(prometheusName(row, { host: "host" }), version)
      : undefined;
  },
);

/** What was probably meant by a name that no agent writes. */
export const meantMetric: (name: string, version: string) => Meant | undefined = keeping(didYouMean);

/** Of a row that a version lacks: why, what text names the versions that export the name, and what to use instead. */
export type Missing = {
  readonly reason: string;
  /** `4.0.6 to 4.0.9`; empty where no version exports it. */
  readonly exportedBy: string;
  readonly instead: readonly Suggestion[];
};

/** What there is to say of a row, by its id, that the version does not export; undefined where it does. */
export const missingRow: (id: string, version: string) => Missing | undefined = keeping((id, version) => {
  const row = rowOf(id);
  const here = row && availability(row, version);
  if (!row || here?.state === "exported") return undefined;
  const exportedBy = versionsText(allRows().filter(isSameName(row)).flatMap(versionsExporting));
  return { reason: here?.reason ?? "", exportedBy, instead: substitutes(row, version) };
});

/** Two rows can have one name: what a version counted in vain, a later one serves under the same name. */
function isSameName(row: MetricRow): (other: MetricRow) => boolean {
  const name = prometheusName(row);
  return (other) => other.foreign === undefined && prometheusName(other) === name;
}

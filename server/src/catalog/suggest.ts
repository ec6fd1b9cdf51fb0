// Says what was probably meant by a Dkron name that no agent writes, and what to use for a row that a version lacks.
// Knows the usual mistakes; it must not know where the name stood.

import { closest, distance } from "fastest-levenshtein";
import { keptOnce } from "../kept.ts";
import { isExported } from "./availability.ts";
import { identify } from "./identify.ts";
import { allRows, rowOf } from "./metrics.ts";
import {
  hasHost,
  placeholdersOf,
  prometheusName,
  prometheusType,
  promqlSelector,
  sanitizePrometheus,
} from "./names.ts";
import type { MetricRow } from "./types.ts";

/** What was done wrong with a name; each has its own remedy and its own check. */
export type NameMistake = "bucket" | "host" | "documented" | "leader" | "ending" | "case" | "spelling";

export type Suggestion = {
  readonly row: MetricRow;
  /** What to write in PromQL: a name, or a matcher on `__name__` where the host is part of the name. */
  readonly replacement: string;
  /** What was wrong with the name: a clause without a full stop. */
  readonly why: string;
};

/** A suggestion for a name that is wrong. */
export type Meant = Suggestion & { readonly mistake: NameMistake };

type Mistake = (name: string, version: string) => Suggestion | undefined;

const suggestion = (row: MetricRow, why: string, suffix = ""): Suggestion => ({
  row,
  replacement: promqlSelector(row, suffix),
  why,
});

/** The row that a name means once one mistake is taken out of it; a second one, host or case, may still be in it. */
function meant(name: string, version: string): { row: MetricRow; suffix: string } | undefined {
  const found = identify(name, "prometheus", { version });
  if (found) return { row: found.row, suffix: found.suffix ?? "" };
  const row = hostlessRow(name);
  return row ? { row, suffix: "" } : sameLetters(name);
}

/** The gauge whose name this is without the host. */
function hostlessRow(name: string): MetricRow | undefined {
  return allRows().find((row) => hasHost(row) && name === sanitizePrometheus(`dkron_${row.key}`));
}

const bucket: Mistake = (name, version) => {
  if (!name.endsWith("_bucket")) return undefined;
  const found = meant(name.slice(0, -"_bucket".length), version);
  return (
    found && suggestion(found.row, "Dkron has summaries with quantiles and no histograms, so nothing ends with _bucket")
  );
};

/** Endings that other exporters put on names and go-metrics does not. */
const ending: Mistake = (name, version) => {
  const match = /_(total|seconds|milliseconds|ms|bytes|count|sum|created)$/.exec(name);
  if (!match) return undefined;
  const found = meant(name.slice(0, -match[0].length), version);
  if (found?.suffix !== "") return undefined;
  const { row } = found;
  const type = prometheusType(row);
  if (match[1] === "total") return suggestion(row, "counters made by go-metrics have no _total at the end");
  if (match[1] === "count" || match[1] === "sum") {
    if (type === "summary") return undefined;
    return suggestion(row, `it is a ${type}, and only summaries have ${match[0]}`);
  }
  return suggestion(row, `the unit is not part of the name; the value is in ${row.unit}`);
};

/** A counter of jobs without the ending that these two alone have. */
const noTotal: Mistake = (name) => {
  const found = writtenNames().get(`${name}_total`);
  return found && suggestion(found.row, "the counters of jobs end with _total, unlike those made by go-metrics");
};

const leader: Mistake = (name, version) => {
  if (!name.startsWith("dkron_leader_")) return undefined;
  const found = meant(`dkron_${name}`, version);
  return found && suggestion(found.row, 'the keys of the leader carry "dkron" a second time', found.suffix);
};

const hostless: Mistake = (name) => {
  const row = allRows().find(
    (candidate) => hasHost(candidate) && name === sanitizePrometheus(`dkron_${candidate.key}`),
  );
  return row && suggestion(row, "the host is part of every gauge's name");
};

/** Names of Dkron's documentation that were never written like this. */
const documented: Mistake = (name) => {
  for (const row of allRows()) {
    if (row.documented === undefined || sanitizePrometheus(`dkron_${row.documented}`) !== name) continue;
    return suggestion(row, "Dkron's documentation lists it under this name, but no agent writes it like this");
  }
  return undefined;
};

/** Letters and digits alone: equal for names that differ in case and in separators. */
const skeleton = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Prometheus names without holes, summaries' parts too; gauges without their host. */
const writtenNames = keptOnce(() => {
  const names = new Map<string, { row: MetricRow; suffix: string }>();
  for (const row of allRows()) {
    if (!row.sinks.includes("prometheus") || placeholdersOf(row).length > 0 || row.foreign !== undefined) continue;
    const name = hasHost(row) ? sanitizePrometheus(`dkron_${row.key}`) : prometheusName(row);
    for (const suffix of prometheusType(row) === "summary" ? ["", "_sum", "_count"] : [""])
      if (!names.has(name + suffix)) names.set(name + suffix, { row, suffix });
  }
  return names;
});

/** The name that differs in case and separators alone. */
function sameLetters(name: string): { row: MetricRow; suffix: string } | undefined {
  const bones = skeleton(name);
  for (const [written, found] of writtenNames()) if (skeleton(written) === bones) return found;
  return undefined;
}

const otherCase: Mistake = (name) => {
  const found = sameLetters(name);
  return found && suggestion(found.row, "capital letters and separators count in metric names", found.suffix);
};

/** The nearest name; among equally near ones the first that the version exports. */
const nearest: Mistake = (name, version) => {
  const names = writtenNames();
  const own = [...names].filter(([written, { row }]) => written.startsWith("dkron_") && isExported(row, version));
  const best = closest(
    name,
    own.map(([written]) => written),
  );
  const found = names.get(best);
  if (!found || distance(name, best) > Math.max(2, Math.floor(name.length / 6))) return undefined;
  return suggestion(found.row, "no agent writes a metric of this name", found.suffix);
};

/** The first that explains the name wins. */
const mistakes: readonly (readonly [NameMistake, Mistake])[] = [
  ["bucket", bucket],
  ["host", hostless],
  ["documented", documented],
  ["leader", leader],
  ["ending", ending],
  ["ending", noTotal],
  ["case", otherCase],
  ["spelling", nearest],
];

/**
 * What was probably meant by a name that no row has. The row need not be exported by the version: `availability` and
 * `substitutes` say. Undefined for names that `identify` knows, that do not begin with `dkron`, or that resemble none.
 */
export function didYouMean(name: string, version: string): Meant | undefined {
  const written = sanitizePrometheus(name);
  if (!written.startsWith("dkron") || identify(name, "prometheus", { version })) return undefined;
  for (const [mistake, explain] of mistakes) {
    const found = explain(written, version);
    if (found) return { ...found, mistake };
  }
  return undefined;
}

/** What to use for a row that the version does not export: only rows that it exports and Prometheus gets, with the reason. */
export function substitutes(row: MetricRow, version: string): readonly Suggestion[] {
  return row.instead.flatMap(({ key, why }) => {
    const other = rowOf(key);
    if (!other || !isExported(other, version) || !other.sinks.includes("prometheus")) return [];
    // What was counted is not to be compared with quantiles of how long it took.
    const counted = prometheusType(row) === "counter" && prometheusType(other) === "summary";
    return [suggestion(other, why, counted ? "_count" : "")];
  });
}

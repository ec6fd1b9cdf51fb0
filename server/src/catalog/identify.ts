// Finds the row behind a name seen on a wire or in a rule, with the host and the label values that the name holds.
// It matches names against the same elements that names.ts fills in, and knows no metric.
import { keptOnce } from "../kept.ts";
import { availabilityState } from "./availability.ts";
import { matchName } from "./matchName.ts";
import { allRows } from "./metrics.ts";
import {
  cleanerOf,
  type FormIndex,
  type FormKind,
  type NameForm,
  separatorOf,
  shortenedIndex,
  usualIndex,
} from "./nameForms.ts";
import { hostHole, maybeAgents, prometheusType, sanitizePrometheus, statsdType } from "./names.ts";
import type { MetricRow, PrometheusType, Sink } from "./types.ts";
import { newestVersion } from "./versions.ts";

/** What is known besides the name: it decides between rows whose names can be the same. */
export type Hint = {
  /** As declared (`# TYPE`), or the type of a StatsD line. */
  readonly type?: PrometheusType | "c" | "g" | "ms" | "kv";
  /** The name under which the body declares the type: tells the metric `x_count` from the count of `x`. */
  readonly family?: string;
  /** The agent's host name, as it stands. */
  readonly host?: string;
  /** The agent's `node-name`; by default its host name. */
  readonly nodeName?: string;
  /** Tags of a DogStatsD line, each `name:value`. */
  readonly tags?: readonly string[];
  readonly version?: string;
};

export type Identified = {
  readonly row: MetricRow;
  /** The host in a gauge's name, as it is written there: on Prometheus sanitised. */
  readonly host?: string;
  /** Values found: `<…>` parts of the key, label values in a StatsD path, tags that are labels of the row. */
  readonly labels: Readonly<Record<string, string>>;
  readonly suffix?: "_sum" | "_count";
  /** DogStatsD: the element that is missing since it equals `node-name`. */
  readonly removed?: string;
};

type Suffix = "_sum" | "_count";

type Candidate = { readonly found: Identified; readonly form: NameForm };

/** What is known of the holes before a form is matched. */
const knownHoles = (hint: Hint): Record<string, string> => (hint.host === undefined ? {} : { [hostHole]: hint.host });

/** What a name can be on a sink: every form that spells it. `suffix` has been taken off the name. */
function candidatesOf(name: string, sink: Sink, index: FormIndex, hint: Hint, suffix?: Suffix): Candidate[] {
  const fits = ({ row }: NameForm): boolean => suffix === undefined || prometheusType(row) === "summary";
  const exact = (index.exact.get(name) ?? []).filter(fits).map((form) => candidate(form, {}, hint, suffix));
  // only a type could speak against a name that leaves nothing open
  if (exact.length > 0 && hint.type === undefined) return exact;
  if (!name.startsWith(index.openStart)) return exact;
  const open = index.open.filter(fits).flatMap((form) => {
    const values = matchName(form.parts, name, separatorOf(sink), cleanerOf(form.row, sink), knownHoles(hint));
    if (values === undefined || (hint.family === undefined && isMistake(name, form.row, values))) return [];
    return [candidate(form, values, hint, suffix)];
  });
  return [...exact, ...open];
}

function candidate(form: NameForm, values: Readonly<Record<string, string>>, hint: Hint, suffix?: Suffix): Candidate {
  const { [hostHole]: host, ...parts } = values;
  const found: Identified = {
    row: form.row,
    labels: { ...parts, ...labelsFromTags(form.row, hint.tags ?? []) },
    ...(host === undefined ? {} : { host }),
    ...(suffix === undefined ? {} : { suffix }),
    ...(form.removed === undefined ? {} : { removed: form.removed }),
  };
  return { found, form };
}

/** Prometheus names as Dkron's documentation would have them, of rows that are written otherwise. */
const misspeltNames = keptOnce((): ReadonlySet<string> => {
  const rows = allRows().filter((row) => row.documented !== undefined && row.documented !== row.key);
  return new Set(rows.map((row) => sanitizePrometheus(`dkron_${row.documented}`)));
});

/**
 * Whether what fills a part of the key is rather a mistake, where no wire shows that it is there: `…_total` and `…_bucket`
 * are what a wrong guess adds, and the documentation's names are not what a peer or an event is called.
 */
function isMistake(name: string, row: MetricRow, values: Readonly<Record<string, string>>): boolean {
  if (row.instrument === "gauge") return false;
  return misspeltNames().has(name) || Object.values(values).some((value) => /(^|_)(total|bucket)$/.test(value));
}

/** Values of the row's labels among DogStatsD tags. */
function labelsFromTags(row: MetricRow, tags: readonly string[]): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const { name } of row.labels) {
    const tag = tags.findLast((candidate) => candidate.startsWith(`${name}:`));
    if (tag !== undefined) labels[name] = tag.slice(name.length + 1);
  }
  return labels;
}

/** How far a form is from the plain name, where nothing else decides; the part of a summary is likelier than a peer called "sum". */
const distances: Record<FormKind, { readonly whole: number; readonly part: number }> = {
  whole: { whole: 0, part: 1 },
  hostRemoved: { whole: 1, part: 1 },
  withHost: { whole: 2, part: 2 },
  withParts: { whole: 4, part: 3 },
  shortened: { whole: 5, part: 5 },
};

/** Above any distance: where two rows can be meant, what the version exports decides first. */
const stateScores = { exported: 20, compiledInNotExported: 10, absent: 0 };

/** How well a candidate fits what else is known: the more the better. */
function fitness({ found, form }: Candidate, sink: Sink, hint: Hint): number {
  const { row, host, suffix } = found;
  const { whole, part } = distances[form.kind];
  let score =
    stateScores[availabilityState(row, hint.version ?? newestVersion())] - (suffix === undefined ? whole : part);
  const weigh = (fits: boolean, weight: number): void => {
    score += fits ? weight : -weight;
  };
  if (hint.type !== undefined && hint.type !== "untyped")
    weigh(hint.type === prometheusType(row) || hint.type === statsdType(row), 100);
  if (hint.host !== undefined && host !== undefined) weigh(cleanerOf(row, sink)(hint.host) === host, 40);
  const cut = hint.nodeName ?? hint.host;
  if (cut !== undefined && form.kind === "shortened") weigh(form.removed === cut, 40);
  if (cut !== undefined && form.kind === "hostRemoved") weigh(cut === (hint.host ?? cut), 40);
  if (hint.tags !== undefined && row.labels.length > 0) weigh(Object.keys(found.labels).length > 0, 10);
  return score;
}

function best(candidates: readonly Candidate[], sink: Sink, hint: Hint): Identified | undefined {
  let winner: Candidate | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    const score = fitness(candidate, sink, hint);
    if (score > most) {
      most = score;
      winner = candidate;
    }
  }
  return winner?.found;
}

/**
 * The row that a name comes from, on the sink that it was seen on: of a Prometheus series the name with `_sum` or
 * `_count`, of a StatsD line the key. Any host name is found, whatever it looks like; where two rows can be meant, the
 * hint decides, then the version's exports, then the likelier form. Undefined: no row is written like this.
 */
export function identify(name: string, sink: Sink, hint: Hint = {}): Identified | undefined {
  if (sink === "prometheus" && !maybeAgents(name)) return undefined;
  const index = usualIndex(sink);
  if (sink === "prometheus") return identifyPrometheus(name, index, hint);
  const candidates = candidatesOf(name, sink, index, hint);
  if (sink === "statsd" || (candidates.length > 0 && hint.nodeName === undefined)) return best(candidates, sink, hint);
  return best([...candidates, ...candidatesOf(name, sink, shortenedIndex(), hint)], sink, hint);
}

/** The name may be a metric's, or that of a summary's part; a declared family decides between the two. */
function identifyPrometheus(name: string, index: FormIndex, hint: Hint): Identified | undefined {
  const suffix = name.endsWith("_sum") ? "_sum" : name.endsWith("_count") ? "_count" : undefined;
  const isFamily = hint.family === undefined || hint.family === name;
  const isPart = suffix !== undefined && hint.family !== name;
  const candidates = [
    ...(isFamily ? candidatesOf(name, "prometheus", index, hint) : []),
    ...(isPart ? candidatesOf(name.slice(0, -suffix.length), "prometheus", index, hint, suffix) : []),
  ];
  return best(candidates, "prometheus", hint);
}

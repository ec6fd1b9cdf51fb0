// Finds the row behind a name seen on a wire or in a rule, with the host and the label values that the name holds.
// It matches names against the same elements that names.ts fills in, and knows no metric.
import { availabilityState } from "./availability.ts";
import { matchName } from "./matchName.ts";
import { allRows } from "./metrics.ts";
import {
  hostHole,
  type NamePart,
  nameParts,
  prometheusType,
  sanitizePrometheus,
  sanitizeStatsd,
  statsdType,
} from "./names.ts";
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

/** One way to write a row's name on a sink. `rank`: the lower the likelier, where nothing else decides. */
type Form = {
  readonly row: MetricRow;
  readonly parts: readonly NamePart[];
  readonly rank: number;
  readonly removed?: string;
};

type FormIndex = { readonly exact: ReadonlyMap<string, readonly Form[]>; readonly open: readonly Form[] };

type Candidate = { readonly found: Identified; readonly form: Form; readonly rank: number };

const clean = (sink: Sink): ((text: string) => string) => (sink === "prometheus" ? sanitizePrometheus : sanitizeStatsd);
const separator = (sink: Sink): string => (sink === "prometheus" ? "_" : ".");

/** Native names hold for Prometheus as they stand: nothing is replaced in them. */
function literal(row: MetricRow, sink: Sink): (text: string) => string {
  return row.naming === "native" ? (text) => text : clean(sink);
}

function indexOf(sink: Sink, forms: readonly Form[]): FormIndex {
  const exact = new Map<string, Form[]>();
  const open: Form[] = [];
  for (const form of forms) {
    if (form.parts.some((part) => typeof part !== "string")) {
      open.push(form);
      continue;
    }
    const name = literal(form.row, sink)(form.parts.join(separator(sink)));
    const same = exact.get(name);
    if (same) same.push(form);
    else exact.set(name, [form]);
  }
  return { exact, open };
}

const sinkRows = (sink: Sink): readonly MetricRow[] => allRows().filter((row) => row.sinks.includes(sink));

/** The forms that a sink writes with usual names: for DogStatsD with and without the host. */
function usualForms(sink: Sink): Form[] {
  return sinkRows(sink).flatMap((row): Form[] => {
    const parts = nameParts(row, sink);
    const hosted = parts.some((part) => typeof part !== "string" && part.hole === hostHole);
    const form: Form = { row, parts, rank: hosted ? 2 : 3 };
    if (sink !== "dogstatsd" || !hosted) return [form];
    const bare = parts.filter((part) => typeof part === "string" || part.hole !== hostHole);
    return [{ row, parts: bare, rank: 1, removed: hostHole }, form];
  });
}

/** The forms that DogStatsD writes when `node-name` equals an element of the key: that element is missing. */
function shortenedForms(): Form[] {
  return sinkRows("dogstatsd").flatMap((row) => {
    if (row.naming === "native") return [];
    const parts = nameParts(row, "dogstatsd");
    return parts.flatMap((part, index): Form[] => {
      if (typeof part !== "string" || parts.indexOf(part) !== index) return [];
      return [{ row, parts: parts.filter((_, at) => at !== index), rank: 5, removed: part }];
    });
  });
}

const usual = new Map<Sink, FormIndex>();
let shortened: FormIndex | undefined;

function usualIndex(sink: Sink): FormIndex {
  let index = usual.get(sink);
  if (!index) {
    index = indexOf(sink, usualForms(sink));
    usual.set(sink, index);
  }
  return index;
}

/** What a name can be on a sink: every form that spells it. */
function candidatesOf(name: string, sink: Sink, index: FormIndex, hint: Hint, suffix?: "_sum" | "_count"): Candidate[] {
  const found: Candidate[] = [];
  const add = (form: Form, values: Readonly<Record<string, string>>): void => {
    if (suffix !== undefined && prometheusType(form.row) !== "summary") return;
    const { [hostHole]: host, ...parts } = values;
    const labels = { ...parts, ...labelsFromTags(form.row, hint.tags ?? []) };
    const removed = form.removed === undefined || form.removed === hostHole ? {} : { removed: form.removed };
    const rest = { ...(host === undefined ? {} : { host }), ...(suffix === undefined ? {} : { suffix }), ...removed };
    const open = form.rank > 1 && Object.keys(values).length > 0;
    // a summary's part is likelier than a name that ends like one, unless nothing is left open
    const rank = !open
      ? suffix === undefined
        ? 0
        : 1
      : form.rank + (suffix === undefined && host === undefined ? 1 : 0);
    found.push({
      found: { row: form.row, labels, ...rest },
      form,
      rank: form.removed === undefined ? rank : form.rank,
    });
  };
  for (const form of index.exact.get(name) ?? []) add(form, {});
  const known = hint.host === undefined ? {} : { [hostHole]: hint.host };
  for (const form of index.open) {
    const values = matchName(form.parts, name, separator(sink), literal(form.row, sink), known);
    if (values !== undefined && !(hint.family === undefined && isMistake(name, form.row, values))) add(form, values);
  }
  return found;
}

let misspelt: ReadonlySet<string> | undefined;

/** Prometheus names as Dkron's documentation would have them, of rows that are written otherwise. */
function misspeltNames(): ReadonlySet<string> {
  const rows = allRows().filter((row) => row.documented !== undefined && row.documented !== row.key);
  return new Set(rows.map((row) => sanitizePrometheus(`dkron_${row.documented}`)));
}

/**
 * Whether what fills a part of the key is rather a mistake, where no wire shows that it is there: `…_total` and `…_bucket`
 * are what a wrong guess adds, and the documentation's names are not what a peer or an event is called.
 */
function isMistake(name: string, row: MetricRow, values: Readonly<Record<string, string>>): boolean {
  if (row.instrument === "gauge") return false;
  misspelt ??= misspeltNames();
  return misspelt.has(name) || Object.values(values).some((value) => /(^|_)(total|bucket)$/.test(value));
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

const stateScores = { exported: 2, compiledInNotExported: 1, absent: 0 };

/** How well a candidate fits what else is known: the more the better. */
function fitness({ found, form, rank }: Candidate, sink: Sink, hint: Hint): number {
  const { row, host } = found;
  let score = -rank;
  if (hint.type !== undefined && hint.type !== "untyped")
    score += hint.type === prometheusType(row) || hint.type === statsdType(row) ? 100 : -100;
  if (hint.host !== undefined && host !== undefined) score += clean(sink)(hint.host) === host ? 40 : -40;
  const cut = hint.nodeName ?? hint.host;
  if (sink === "dogstatsd" && cut !== undefined && form.removed !== undefined)
    score += form.removed === cut || (form.removed === hostHole && cut === (hint.host ?? cut)) ? 40 : -40;
  if (row.labels.length > 0 && hint.tags !== undefined) score += Object.keys(found.labels).length > 0 ? 10 : -10;
  return score + stateScores[availabilityState(row, hint.version ?? newestVersion())];
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
  const index = usualIndex(sink);
  if (sink !== "prometheus") {
    const usualCandidates = candidatesOf(name, sink, index, hint);
    if (sink === "statsd" || (usualCandidates.length > 0 && hint.nodeName === undefined))
      return best(usualCandidates, sink, hint);
    shortened ??= indexOf(sink, shortenedForms());
    return best([...usualCandidates, ...candidatesOf(name, sink, shortened, hint)], sink, hint);
  }
  const suffix = /_(sum|count)$/.exec(name)?.[0] as "_sum" | "_count" | undefined;
  const whole = hint.family === undefined || hint.family === name ? candidatesOf(name, sink, index, hint) : [];
  if (suffix === undefined || hint.family === name) return best(whole, sink, hint);
  const base = candidatesOf(name.slice(0, -suffix.length), sink, index, hint, suffix);
  return best([...whole, ...base], sink, hint);
}

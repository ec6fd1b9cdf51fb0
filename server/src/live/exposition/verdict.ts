// What Prometheus keeps of a scrape: target labels, refusals after parsing, samples that are dropped. Knows no bytes and no HTTP.
import { isWellFormed } from "./bytesText.ts";
import type { LabelPair, SeriesEntry } from "./entries.ts";
import type { Reading } from "./exposition.ts";
import { formatGoFloat } from "./numbers.ts";

export type TargetLabels = { readonly job: string; readonly instance: string };

export type StoredSeries = {
  /** Index of the entry. */
  readonly index: number;
  /** Labels in storage, the target's among them: no empty values, `job` and `instance` of the body as `exported_…`. */
  readonly labels: readonly LabelPair[];
  /** A label of the body had to make way for one of the target. */
  readonly exported: boolean;
};

export type Verdict = {
  /** The value that `up` gets: 0 where the scrape costs everything. A body can bring its own `up`, which wins. */
  readonly up: number;
  /** `scrape_samples_scraped`: series read, those before an error too. */
  readonly scraped: number;
  readonly stored: readonly StoredSeries[];
  /** Why nothing is stored although the body parses. */
  readonly error?: string;
};

/** How far a sample's own time may be from now: the head block takes an hour back, the scrape ten minutes ahead. */
const oldest = 60 * 60 * 1000;
const newest = 10 * 60 * 1000;

/**
 * What a scrape at `now` (ms) leaves in an empty Prometheus 3 with default settings (`scrapeLoop.append` in scrape/scrape.go). Any parse
 * error, label given twice or name that is none costs the whole scrape; a series given twice or a time out of bounds only the sample.
 */
export function judgeScrape(reading: Reading, target: TargetLabels, now: number): Verdict {
  const stored: StoredSeries[] = [];
  const lastTimes = new Map<string, number>();
  const own = new Map<string, number>();
  let scraped = 0;
  for (let index = 0; index < reading.sound; index++) {
    const entry = reading.entries[index];
    if (entry?.entry !== "series") continue;
    scraped++;
    const { labels, exported } = storedLabels(entry.labels, target);
    const error = refusalOf(labels);
    if (error !== undefined) return { up: 0, scraped, stored: [], error };
    const time = entry.timestamp === null ? now : Number(entry.timestamp);
    if (!isTakenAt(time, now)) continue;
    const identity = seriesIdentity(labels);
    const last = lastTimes.get(identity);
    if (last !== undefined && last >= time) continue;
    lastTimes.set(identity, time);
    stored.push({ index, labels, exported });
    if (last === undefined && entry.labels.length === 1) own.set(entry.labels[0]?.[1] ?? "", entry.value);
  }
  if (reading.errors.length > 0) return { up: 0, scraped, stored: [] };
  return { up: own.get("up") ?? 1, scraped: own.get("scrape_samples_scraped") ?? scraped, stored };
}

/** Whether a sample of this time is stored by a scrape at `now`; both in ms. */
export function isTakenAt(time: number, now: number): boolean {
  return time >= now - oldest && time <= now + newest;
}

/** The same text for the same labels and only for these. */
export function seriesIdentity(labels: readonly LabelPair[]): string {
  let text = "";
  for (const [name, value] of labels) text += `${name}\xff${value}\xff`;
  return text;
}

/**
 * The labels under which a series is stored (`mutateSampleLabels` with `honor_labels: false`): an empty value takes every label of its
 * name away, the target's labels take the place of the first of theirs, and what was there is kept as `exported_…`.
 */
export function storedLabels(
  labels: readonly LabelPair[],
  target: TargetLabels,
): { readonly labels: readonly LabelPair[]; readonly exported: boolean } {
  const has = (name: string): boolean => labels.some(([label]) => label === name);
  const empty = new Set(labels.filter(([, value]) => value === "").map(([name]) => name));
  const added = new Map<string, string>([
    ["instance", target.instance],
    ["job", target.job],
  ]);
  let exported = false;
  for (const name of ["job", "instance"]) {
    const value = labels.find(([label]) => label === name)?.[1] ?? "";
    if (value === "") continue;
    exported = true;
    let free = `exported_${name}`;
    while (added.has(free) || (has(free) && !empty.has(free))) free = `exported_${free}`;
    added.set(free, value);
  }
  const result: LabelPair[] = [];
  for (const [name, value] of labels) {
    const instead = added.get(name);
    if (instead !== undefined) {
      added.delete(name);
      result.push([name, instead]);
    } else if (!empty.has(name)) result.push([name, value]);
  }
  for (const pair of added) result.push(pair);
  return { labels: result.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)), exported };
}

/** Why a label set, sorted, costs the whole scrape; undefined: it does not. */
export function refusalOf(labels: readonly LabelPair[]): string | undefined {
  const name = labels.find(([label]) => label === "__name__")?.[1];
  if (name === undefined) return "A series has an empty metric name.";
  for (const [label, value] of labels) {
    if (label === "" || !isWellFormed(label)) return `A label name of \`${name}\` is empty or not UTF-8.`;
    if (!isWellFormed(value)) return "A metric name is not UTF-8.";
  }
  for (let index = 1; index < labels.length; index++) {
    const label = labels[index]?.[0];
    if (label === labels[index - 1]?.[0]) return `The label \`${label}\` of \`${name}\` is given twice.`;
  }
  return undefined;
}

/** A series as it is written in a query: for messages. */
export function seriesText(entry: SeriesEntry): string {
  const name = entry.labels.find(([label]) => label === "__name__")?.[1] ?? "";
  const labels = entry.labels
    .filter(([label]) => label !== "__name__")
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}${labels.length === 0 ? "" : `{${labels.join(", ")}}`} ${formatGoFloat(entry.value)}`;
}

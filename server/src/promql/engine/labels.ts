// Sets of labels as evaluation handles them: compared, cut down, written. Knows no samples.
import { quoteString } from "../syntax/quoting.ts";

/**
 * Names and values in turns, sorted by name, `__name__` among them; an empty value is no label. The same array stands for
 * the same set as long as it lives: what is made from it is kept beside it, so that the next evaluation finds it.
 */
export type Labels = readonly string[];

export const noLabels: Labels = [];

export function labelsFrom(record: Readonly<Record<string, string>>): Labels {
  const labels: string[] = [];
  for (const name of Object.keys(record).sort()) {
    const value = record[name];
    if (value) labels.push(name, value);
  }
  return labels;
}

export function toRecord(labels: Labels): Record<string, string> {
  const record: Record<string, string> = {};
  for (let at = 0; at < labels.length; at += 2) record[labels[at] as string] = labels[at + 1] as string;
  return record;
}

/** The value of a label, "" where it is absent. */
export function labelValue(labels: Labels, name: string): string {
  for (let at = 0; at < labels.length; at += 2) if (labels[at] === name) return labels[at + 1] as string;
  return "";
}

const separator = "\u00ff";
const keys = new WeakMap<Labels, string>();

/** The same text for equal sets and only for them. */
export function keyOf(labels: Labels): string {
  const known = keys.get(labels);
  if (known !== undefined) return known;
  const key = labels.join(separator);
  keys.set(labels, key);
  return key;
}

const nameless = new WeakMap<Labels, Labels>();
const bare = new WeakMap<Labels, Labels>();
const metadata: ReadonlySet<string> = new Set(["__name__", "__type__", "__unit__"]);

/** Without `__name__`: what series are matched and grouped by. */
export function withoutName(labels: Labels): Labels {
  return keptFrom(nameless, labels, (name) => name !== "__name__");
}

/** Without what says of which metric the values were: they are no longer. Source: schema/labels.go, `IsMetadataLabel`. */
export function withoutMetadata(labels: Labels): Labels {
  return keptFrom(bare, labels, (name) => !metadata.has(name));
}

function keptFrom(known: WeakMap<Labels, Labels>, labels: Labels, keeps: (name: string) => boolean): Labels {
  const before = known.get(labels);
  if (before) return before;
  const kept = filtered(labels, keeps);
  const rest = kept.length === labels.length ? labels : kept;
  known.set(labels, rest);
  return rest;
}

export function filtered(labels: Labels, keeps: (name: string) => boolean): Labels {
  const kept: string[] = [];
  for (let at = 0; at < labels.length; at += 2)
    if (keeps(labels[at] as string)) kept.push(labels[at] as string, labels[at + 1] as string);
  return kept;
}

/** With one label set; an empty value takes it away. */
export function withLabel(labels: Labels, name: string, value: string): Labels {
  const changed: string[] = [];
  let isPlaced = value === "";
  for (let at = 0; at < labels.length; at += 2) {
    const other = labels[at] as string;
    if (!isPlaced && other >= name) {
      changed.push(name, value);
      isPlaced = true;
    }
    if (other !== name) changed.push(other, labels[at + 1] as string);
  }
  if (!isPlaced) changed.push(name, value);
  return changed;
}

/** As Prometheus writes a set in its messages: `{__name__="up", job="dkron"}`. */
export function formatLabels(labels: Labels): string {
  const parts: string[] = [];
  for (let at = 0; at < labels.length; at += 2)
    parts.push(`${labels[at] as string}=${quoteString(labels[at + 1] as string)}`);
  return `{${parts.join(", ")}}`;
}

/** Order of whole sets, label by label. Source: model/labels, `Compare`. */
export function compareLabels(left: Labels, right: Labels): number {
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [a, b] = [left[at] as string, right[at] as string];
    if (a !== b) return a < b ? -1 : 1;
  }
  return left.length - right.length;
}

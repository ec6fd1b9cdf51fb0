// The ways in which each sink can write each row's name, indexed for the way back. Knows how names are made, not how one is chosen.
import { keptOnce } from "../kept.ts";
import { allRows } from "./metrics.ts";
import { hostHole, type NamePart, nameParts, sanitizePrometheus, sanitizeStatsd } from "./names.ts";
import type { MetricRow, Sink } from "./types.ts";

/**
 * What a form leaves open or out: nothing · the host that DogStatsD removed · the host, which stands in it ·
 * other parts alone · an element of the key that DogStatsD removed since it equals `node-name`.
 */
export type FormKind = "whole" | "hostRemoved" | "withHost" | "withParts" | "shortened";

export type NameForm = {
  readonly row: MetricRow;
  readonly kind: FormKind;
  readonly parts: readonly NamePart[];
  /** The element that is missing in a shortened form. */
  readonly removed?: string;
};

/** Forms by name where nothing is open, and the others to be matched one by one. */
export type FormIndex = {
  readonly exact: ReadonlyMap<string, readonly NameForm[]>;
  readonly open: readonly NameForm[];
  /** How every open form begins; "" where they begin in several ways. Tells most names of other programs at a glance. */
  readonly openStart: string;
};

export const separatorOf = (sink: Sink): string => (sink === "prometheus" ? "_" : ".");

/** What the sink does to each text of a name; a native metric's name stays as it is. */
export function cleanerOf(row: MetricRow, sink: Sink): (text: string) => string {
  if (row.naming === "native") return (text) => text;
  return sink === "prometheus" ? sanitizePrometheus : sanitizeStatsd;
}

const isHost = (part: NamePart): boolean => typeof part !== "string" && part.hole === hostHole;
const isOpen = (part: NamePart): boolean => typeof part !== "string";

/** The forms that a sink writes as long as `node-name` is no part of a key: for DogStatsD with and without the host. */
function usualForms(row: MetricRow, sink: Sink): NameForm[] {
  const parts = nameParts(row, sink);
  if (!parts.some(isHost)) return [{ row, parts, kind: parts.some(isOpen) ? "withParts" : "whole" }];
  const withHost: NameForm = { row, parts, kind: "withHost" };
  if (sink !== "dogstatsd") return [withHost];
  return [{ row, parts: parts.filter((part) => !isHost(part)), kind: "hostRemoved" }, withHost];
}

/** The forms that DogStatsD writes when `node-name` equals an element: the first one that is equal is missing. */
function shortenedForms(row: MetricRow): NameForm[] {
  if (row.naming === "native") return [];
  const parts = nameParts(row, "dogstatsd");
  return parts.flatMap((removed, index): NameForm[] => {
    if (typeof removed !== "string" || parts.indexOf(removed) !== index) return [];
    return [{ row, parts: parts.filter((_, at) => at !== index), kind: "shortened", removed }];
  });
}

const startOf = (row: MetricRow, sink: Sink, first: NamePart | undefined): string =>
  typeof first === "string" ? cleanerOf(row, sink)(first) : "";

function indexForms(sink: Sink, forms: readonly NameForm[]): FormIndex {
  const exact = new Map<string, NameForm[]>();
  const open: NameForm[] = [];
  for (const form of forms) {
    if (form.parts.some(isOpen)) {
      open.push(form);
      continue;
    }
    const name = cleanerOf(form.row, sink)(form.parts.join(separatorOf(sink)));
    const same = exact.get(name);
    if (same) same.push(form);
    else exact.set(name, [form]);
  }
  const starts = new Set(open.map(({ row, parts: [first] }) => startOf(row, sink, first)));
  return { exact, open, openStart: starts.size === 1 ? ([...starts][0] ?? "") : "" };
}

const rowsOf = (sink: Sink): readonly MetricRow[] => allRows().filter((row) => row.sinks.includes(sink));

const usual = new Map<Sink, FormIndex>();

/** The usual forms of a sink's rows; made when first asked for. */
export function usualIndex(sink: Sink): FormIndex {
  let index = usual.get(sink);
  if (!index) {
    const forms = rowsOf(sink).flatMap((row) => usualForms(row, sink));
    index = indexForms(sink, forms);
    usual.set(sink, index);
  }
  return index;
}

/** The shortened forms of DogStatsD; made when first asked for. */
export const shortenedIndex = keptOnce(
  (): FormIndex => indexForms("dogstatsd", rowsOf("dogstatsd").flatMap(shortenedForms)),
);

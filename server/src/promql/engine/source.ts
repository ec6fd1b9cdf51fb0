// Where evaluation gets its samples from: the one thing that it asks of the world. Knows no store.
import type { LabelMatcher, VectorSelector } from "../syntax/tree.ts";
import { regexpMatches } from "../types/regexps.ts";
import { type Labels, labelValue } from "./labels.ts";

/**
 * One series, oldest sample first; times in ms. `stale`: the times at which it had no sample though its source was
 * asked, where Prometheus stores a staleness marker.
 */
export type Series = {
  readonly labels: Labels;
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly stale: Float64Array;
};

export type Matcher = {
  readonly label: string;
  readonly matches: (value: string) => boolean;
  readonly equals?: string;
};

export type SeriesSource = {
  /** Every series that all matchers take, with its samples from `from` to `to` (ms, both included) at least. */
  select(matchers: readonly Matcher[], from: number, to: number): readonly Series[];
};

export const noTimes = new Float64Array(0);

export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  for (const { label, matches } of matchers) if (!matches(labelValue(labels, label))) return false;
  return true;
}

const known = new WeakMap<VectorSelector, readonly Matcher[]>();

/** The matchers of a selector, its name first. */
export function matchersOf(selector: VectorSelector): readonly Matcher[] {
  const before = known.get(selector);
  if (before) return before;
  const matchers = selector.matchers.map(makeMatcher);
  if (selector.name !== "") matchers.unshift(equal("__name__", selector.name));
  known.set(selector, matchers);
  return matchers;
}

const equal = (label: string, expected: string): Matcher => ({
  label,
  equals: expected,
  matches: (value) => value === expected,
});

function makeMatcher({ label, op, value: expected }: LabelMatcher): Matcher {
  switch (op) {
    case "!=":
      return { label, matches: (value) => value !== expected };
    case "=~":
      return { label, matches: remembered((value) => regexpMatches(expected, value)) };
    case "!~":
      return { label, matches: remembered((value) => !regexpMatches(expected, value)) };
    default:
      return equal(label, expected);
  }
}

const remembers = 10_000;

/** Labels have few values and many series: each value is matched against the pattern once. */
function remembered(test: (value: string) => boolean): (value: string) => boolean {
  const answers = new Map<string, boolean>();
  return (value) => {
    const before = answers.get(value);
    if (before !== undefined) return before;
    const answer = test(value);
    if (answers.size >= remembers) answers.clear();
    answers.set(value, answer);
    return answer;
  };
}

/** A source over series that are at hand, found by name. */
export function sourceOf(series: readonly Series[]): SeriesSource {
  const byName = new Map<string, Series[]>();
  for (const one of series) {
    const name = labelValue(one.labels, "__name__");
    const same = byName.get(name);
    if (same) same.push(one);
    else byName.set(name, [one]);
  }
  return {
    select: (matchers) => {
      const name = matchers.find(({ label, equals }) => label === "__name__" && equals !== undefined)?.equals;
      const candidates = name === undefined ? series : (byName.get(name) ?? []);
      return candidates.filter(({ labels }) => matchesAll(matchers, labels));
    },
  };
}

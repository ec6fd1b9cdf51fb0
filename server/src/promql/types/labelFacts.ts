// What is known of labels, as plain data: which are there, why, and the piece of text that decides. Knows no PromQL.
import type { Range } from "../../ranges.ts";

/** Whether the series of a result carry a label: all, perhaps some, none. */
export type Presence = "always" | "maybe" | "never";

/**
 * One label's fate. `reason` is a sentence without a full stop; `range` is the piece of the expression that decides.
 * `values`, where known, are all that it can have (an absent label has the value "", which is not listed).
 */
export type LabelFact = {
  readonly presence: Presence;
  readonly reason: string;
  readonly range: Range;
  readonly values: readonly string[] | undefined;
};

/** Labels of a set of series: those that something is known of, and what holds for every other. */
export type LabelFacts = { readonly named: ReadonlyMap<string, LabelFact>; readonly others: LabelFact };

export const METRIC_NAME = "__name__";

/** Labels that every scraped series has. */
export const targetLabels: ReadonlySet<string> = new Set(["instance", "job"]);

export function factOf(facts: LabelFacts, label: string): LabelFact {
  return facts.named.get(label) ?? facts.others;
}

export function labelFact(presence: Presence, reason: string, range: Range, values?: readonly string[]): LabelFact {
  return { presence, reason, range, values };
}

const noNames: LabelFacts["named"] = new Map();

/** No label at all. */
export function noLabels(reason: string, range: Range): LabelFacts {
  return { named: noNames, others: labelFact("never", reason, range) };
}

export function withFact(facts: LabelFacts, label: string, fact: LabelFact): LabelFacts {
  return { named: new Map(facts.named).set(label, fact), others: facts.others };
}

/** The labels without those of `labels`. */
export function without(facts: LabelFacts, labels: readonly string[], reason: string, range: Range): LabelFacts {
  const named = new Map(facts.named);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as string;
    if (factOf(facts, label).presence !== "never") named.set(label, labelFact("never", reason, range));
  }
  return { named, others: facts.others };
}

/** Of the labels only those of `labels`. */
export function only(facts: LabelFacts, labels: readonly string[], reason: string, range: Range): LabelFacts {
  const named = new Map<string, LabelFact>();
  const gone = labelFact("never", reason, range);
  for (let i = 0; i < labels.length; i++) named.set(labels[i] as string, factOf(facts, labels[i] as string));
  facts.named.forEach((fact, label) => {
    // Why a label was gone before says more than that it is not kept now.
    if (!named.has(label)) named.set(label, fact.presence === "never" ? fact : gone);
  });
  return { named, others: facts.others.presence === "never" ? facts.others : gone };
}

/** What two sides of a match agree on: a series is in the result only if both have the label with one value. */
export type Agreement = { readonly fact: LabelFact; readonly conflict: string | undefined };

export function agree(label: string, a: LabelFact, b: LabelFact): Agreement {
  const values = commonValues(a, b);
  if (a.presence === "never" || b.presence === "never") {
    const gone = a.presence === "never" ? a : b;
    const other = gone === a ? b : a;
    const conflict = other.presence === "always" ? `only one side has the label ${label}: ${gone.reason}` : undefined;
    return { fact: gone, conflict };
  }
  if (values && values.length === 0) {
    const conflict = `the sides have different values of the label ${label}`;
    return { fact: a, conflict: a.presence === "always" || b.presence === "always" ? conflict : undefined };
  }
  const surer = a.presence === "always" || b.presence !== "always" ? a : b;
  if (values === surer.values) return { fact: surer, conflict: undefined };
  return { fact: labelFact(surer.presence, surer.reason, surer.range, values), conflict: undefined };
}

function commonValues(a: LabelFact, b: LabelFact): readonly string[] | undefined {
  if (!a.values) return b.values;
  if (!b.values) return a.values;
  return a.values.filter((value) => b.values?.includes(value));
}

/** What holds for a series that comes from one of several sets. */
export function either(facts: readonly LabelFact[]): LabelFact {
  let whole = facts[0];
  if (!whole) throw new RangeError("no facts to choose from");
  for (let i = 1; i < facts.length; i++) whole = eitherOf(whole, facts[i] as LabelFact);
  return whole;
}

function eitherOf(a: LabelFact, b: LabelFact): LabelFact {
  const values = a.values && b.values && [...new Set([...a.values, ...b.values])];
  if (a.presence === b.presence) return labelFact(a.presence, a.reason, a.range, values);
  const lesser = a.presence === "never" || (a.presence === "maybe" && b.presence === "always") ? a : b;
  return labelFact("maybe", lesser.reason, lesser.range, values);
}

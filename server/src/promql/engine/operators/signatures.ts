// What series of two sides, or of one group, have in common: texts that are equal where the labels that count are. Knows no values.
import type { Grouping, VectorMatching } from "../../syntax/tree.ts";
import { filtered, keyOf, type Labels, labelValue, withoutName } from "../labels.ts";

const signatures = new WeakMap<VectorMatching, WeakMap<Labels, string>>();

/** By what a series matches one of the other side; without `on` or `ignoring` by all labels but the name. */
export function signatureOf(labels: Labels, matching: VectorMatching | undefined): string {
  if (!matching) return keyOf(withoutName(labels));
  let known = signatures.get(matching);
  if (!known) {
    known = new WeakMap();
    signatures.set(matching, known);
  }
  const before = known.get(labels);
  if (before !== undefined) return before;
  const signature = matching.on
    ? matching.labels.map(({ name }) => labelValue(labels, name)).join("\u00ff")
    : keyOf(matchedLabels(labels, matching));
  known.set(labels, signature);
  return signature;
}

/** The labels by which a series matches. */
export function matchedLabels(labels: Labels, matching: VectorMatching | undefined): Labels {
  if (!matching) return withoutName(labels);
  const names = matching.labels.map(({ name }) => name);
  return matching.on
    ? filtered(labels, (name) => names.includes(name))
    : filtered(labels, (name) => name !== "__name__" && !names.includes(name));
}

const groups = new WeakMap<Grouping, WeakMap<Labels, Labels>>();
const nothing: Labels = [];

/** The labels of the group that a series belongs to; without `by` or `without` there is one group. */
export function groupLabels(labels: Labels, grouping: Grouping | undefined): Labels {
  if (!grouping) return nothing;
  let known = groups.get(grouping);
  if (!known) {
    known = new WeakMap();
    groups.set(grouping, known);
  }
  const before = known.get(labels);
  if (before) return before;
  const names = grouping.labels.map(({ name }) => name);
  const group = grouping.without
    ? filtered(labels, (name) => name !== "__name__" && !names.includes(name))
    : filtered(labels, (name) => names.includes(name));
  known.set(labels, group);
  return group;
}

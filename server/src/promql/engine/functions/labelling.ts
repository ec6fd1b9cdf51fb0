// Functions that change labels or order: label_replace, label_join, sort and its kin. They leave values alone.
import type { Call, Expr } from "../../syntax/tree.ts";
import { expandReplacement, regexpError, regexpMatches } from "../../types/regexps.ts";
import { byValue } from "../kahan.ts";
import { compareLabels, keyOf, type Labels, labelValue, withLabel } from "../labels.ts";
import { duplicateMessage, fail, type Run, type Sample, type Vector } from "../run.ts";

/** The text of a string argument, "" where it is absent. */
export function textOf(expr: Expr | undefined): string {
  if (expr?.kind === "ParenExpr") return textOf(expr.expr);
  return expr?.kind === "StringLiteral" ? expr.value : "";
}

const isLabelName = (name: string): boolean => name !== "" && !/\p{Surrogate}/u.test(name);

function relabelled({ dropName, value }: Sample, labels: Labels, changed: string): Sample {
  return { labels, value, dropName: dropName && changed !== "__name__" };
}

/** Two series that became the same are an error where both have a sample. */
function unique(vector: Vector): Vector {
  const keys = new Set<string>();
  for (const { labels } of vector) {
    const key = keyOf(labels);
    if (keys.has(key)) fail(duplicateMessage);
    keys.add(key);
  }
  return vector;
}

/** Source: promql/functions.go, `evalLabelReplace`. */
export function labelReplace(run: Run, { args }: Call, at: number): Vector {
  const [operand, ...texts] = args;
  const [target = "", replacement = "", origin = "", pattern = ""] = texts.map(textOf);
  if (regexpError(pattern) !== undefined) fail(`invalid regular expression in label_replace(): ${pattern}`);
  if (!isLabelName(target)) fail(`invalid destination label name in label_replace(): ${target}`);
  const vector = operand ? run.vector(operand, at) : [];
  return unique(
    vector.map((sample) => {
      const value = labelValue(sample.labels, origin);
      if (!regexpMatches(pattern, value)) return sample;
      return relabelled(
        sample,
        withLabel(sample.labels, target, expandReplacement(pattern, value, replacement)),
        target,
      );
    }),
  );
}

/** Source: promql/functions.go, `evalLabelJoin`. */
export function labelJoin(run: Run, { args }: Call, at: number): Vector {
  const [operand, ...texts] = args;
  const [target = "", separator = "", ...origins] = texts.map(textOf);
  for (const origin of origins) if (!isLabelName(origin)) fail(`invalid source label name in label_join(): ${origin}`);
  if (!isLabelName(target)) fail(`invalid destination label name in label_join(): ${target}`);
  const vector = operand ? run.vector(operand, at) : [];
  return unique(
    vector.map((sample) => {
      const joined = origins.map((origin) => labelValue(sample.labels, origin)).join(separator);
      return relabelled(sample, withLabel(sample.labels, target, joined), target);
    }),
  );
}

/** NaN comes last either way. */
export function sorted(vector: Vector, isDescending: boolean): Vector {
  if (vector.length <= insertionLength) return sortedByInsertion(vector, isDescending);
  const order = (left: Sample, right: Sample): number => {
    if (isDescending || Number.isNaN(left.value) || Number.isNaN(right.value)) return byValue(right.value, left.value);
    return byValue(left.value, right.value);
  };
  return [...vector].sort(order);
}

/** Up to here Go sorts by insertion, which shows where values are NaN: each of them goes past the one before it. */
const insertionLength = 12;

function sortedByInsertion(vector: Vector, isDescending: boolean): Vector {
  const sorting = [...vector];
  for (let i = 1; i < sorting.length; i++) {
    const moved = sorting[i] as Sample;
    let at = i;
    for (; at > 0; at--) {
      const before = sorting[at - 1] as Sample;
      const passes = isDescending ? before.value < moved.value : before.value > moved.value;
      if (!passes && !Number.isNaN(before.value)) break;
      sorting[at] = before;
    }
    sorting[at] = moved;
  }
  return sorting;
}

export function sortedByLabels(vector: Vector, names: readonly string[], isDescending: boolean): Vector {
  const order = (left: Sample, right: Sample): number => {
    for (const name of names) {
      const by = naturalOrder(labelValue(left.labels, name), labelValue(right.labels, name));
      if (by !== 0) return by;
    }
    return compareLabels(left.labels, right.labels);
  };
  return [...vector].sort((left, right) => (isDescending ? -order(left, right) : order(left, right)));
}

const chunks = /\d+|\D+/g;

/** Digits within texts count as numbers: `4m5` is before `4m10`. */
function naturalOrder(left: string, right: string): number {
  if (left === right) return 0;
  const [a, b] = [left.match(chunks) ?? [], right.match(chunks) ?? []];
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [one, other] = [a[at] as string, b[at] as string];
    if (one === other) continue;
    const isNumeric = /^\d/.test(one) && /^\d/.test(other);
    if (isNumeric && Number(one) !== Number(other)) return Number(one) - Number(other);
    return one < other ? -1 : 1;
  }
  return a.length - b.length || (left < right ? -1 : 1);
}

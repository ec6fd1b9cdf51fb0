// Aggregations that make one series of each group. Knows no ranking, and nothing of how the operand comes about.
import { plainNumber } from "../../format/numberText.ts";
import type { AggregateExpr, Expr, Grouping } from "../../syntax/tree.ts";
import { isSameAtAllTimes } from "../invariance.ts";
import {
  add,
  addToMean,
  isQuantile,
  type Mean,
  meanOf,
  newMean,
  newSum,
  quantile,
  resultOf,
  type Sum,
} from "../kahan.ts";
import { keyOf, type Labels, withLabel } from "../labels.ts";
import { annotate, fail, type Run, type Sample, type Vector } from "../run.ts";
import { rank } from "./ranking.ts";
import { groupLabels } from "./signatures.ts";

type Group = { readonly labels: Labels; dropName: boolean };

/** What is gathered of a group: begun with its first value, told the others, asked once. */
type Gathering<T> = {
  readonly begin: (first: number) => T;
  readonly add: (state: T, value: number) => T;
  readonly end: (state: T) => number;
};

const plain = (
  begin: (first: number) => number,
  next: (state: number, value: number) => number,
): Gathering<number> => ({
  begin,
  add: next,
  end: (state) => state,
});

const sums: Gathering<Sum> = {
  begin: (first) => newSum(first),
  add: (state, value) => {
    add(state, value);
    return state;
  },
  end: resultOf,
};

const means: Gathering<Mean> = {
  begin: newMean,
  add: (state, value) => {
    addToMean(state, value);
    return state;
  },
  end: meanOf,
};

type Spread = { count: number; mean: number; squares: number };

/** Welford's way; a group that begins with no finite number has no variance. */
const spreads: Gathering<Spread> = {
  begin: (first) => ({ count: 1, mean: first, squares: Number.isFinite(first) ? 0 : Number.NaN }),
  add: (state, value) => {
    state.count++;
    const delta = value - state.mean;
    state.mean += delta / state.count;
    state.squares += delta * (value - state.mean);
    return state;
  },
  end: ({ squares, count }) => squares / count,
};

const counts = plain(
  () => 1,
  (state) => state + 1,
);
const ones = plain(
  () => 1,
  () => 1,
);
const minima = plain(
  (first) => first,
  (state, value) => (state > value || Number.isNaN(state) ? value : state),
);
const maxima = plain(
  (first) => first,
  (state, value) => (state < value || Number.isNaN(state) ? value : state),
);

/** Source: promql/engine.go, `aggregation`. */
export function aggregate(run: Run, expr: AggregateExpr, at: number): Vector {
  const { op, param } = expr;
  if (!expr.expr) fail("an aggregation without an operand");
  const vector = run.vector(expr.expr, at);
  const number = (): number => (param ? run.scalar(param, paramTime(run, expr, at)) : Number.NaN);
  switch (op) {
    case "sum":
      return gather(expr, vector, sums);
    case "avg":
      return gather(expr, vector, means);
    case "count":
      return gather(expr, vector, counts);
    case "group":
      return gather(expr, vector, ones);
    case "min":
      return gather(expr, vector, minima);
    case "max":
      return gather(expr, vector, maxima);
    case "stdvar":
      return gather(expr, vector, spreads);
    case "stddev":
      return gather(expr, vector, { ...spreads, end: (state) => Math.sqrt(spreads.end(state)) });
    case "quantile":
      return quantiles(run, expr, vector, number());
    case "count_values":
      return countValues(expr, vector, labelOf(param));
    default:
      return rank(run, expr, vector, number());
  }
}

/** An aggregation whose operand is the same at all times is evaluated once, at the first: so is its parameter. */
function paramTime(run: Run, { expr, param }: AggregateExpr, at: number): number {
  if (run.start === run.end || !expr || !param || param.kind === "NumberLiteral") return at;
  return isSameAtAllTimes(expr) ? run.start : at;
}

function gather<T>({ grouping }: AggregateExpr, vector: Vector, { begin, add: next, end }: Gathering<T>): Vector {
  const groups = new Map<string, Group & { state: T }>();
  for (const { labels: own, value, dropName } of vector) {
    const labels = groupLabels(own, grouping);
    const key = keyOf(labels);
    const group = groups.get(key);
    if (group) {
      group.state = next(group.state, value);
      group.dropName ||= dropName;
    } else groups.set(key, { labels, dropName, state: begin(value) });
  }
  const out: Sample[] = [];
  for (const { labels, dropName, state } of groups.values()) out.push({ labels, value: end(state), dropName });
  return out;
}

function quantiles(run: Run, expr: AggregateExpr, vector: Vector, q: number): Vector {
  const { param } = expr;
  if (param && !isQuantile(q))
    annotate(run, "warning", `quantile value should be between 0 and 1, got ${plainNumber(q)}`, param);
  const lists: Gathering<number[]> = {
    begin: (first) => [first],
    add: (state, value) => {
      state.push(value);
      return state;
    },
    end: (state) => quantile(q, state),
  };
  return gather(expr, vector, lists);
}

function labelOf(param: Expr | undefined): string {
  let expr = param;
  while (expr?.kind === "ParenExpr") expr = expr.expr;
  return expr?.kind === "StringLiteral" ? expr.value : "";
}

function countValues(expr: AggregateExpr, vector: Vector, label: string): Vector {
  const { grouping } = expr;
  if (label === "" || /\p{Surrogate}/u.test(label)) fail(`invalid label name "${label}"`);
  const counted = new Map<string, { readonly labels: Labels; count: number }>();
  for (const { labels: own, value } of vector) {
    const labels = labelsOfCount(own, grouping, label, plainNumber(value));
    const same = counted.get(keyOf(labels));
    if (same) same.count++;
    else counted.set(keyOf(labels), { labels, count: 1 });
  }
  return [...counted.values()].map(({ labels, count }) => ({ labels, value: count, dropName: false }));
}

/** The value's label is one of the group's, unless `without` names it. */
function labelsOfCount(own: Labels, grouping: Grouping | undefined, label: string, value: string): Labels {
  return grouping?.without
    ? groupLabels(withLabel(own, label, value), grouping)
    : withLabel(groupLabels(own, grouping), label, value);
}

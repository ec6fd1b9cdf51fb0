// Aggregations that keep some series of each group: topk, bottomk, limitk, limit_ratio. Knows nothing of how the operand comes about.
import { plainNumber } from "../../format/numberText.ts";
import type { AggregateExpr } from "../../syntax/tree.ts";
import { byValue } from "../kahan.ts";
import { keyOf } from "../labels.ts";
import { annotate, fail, type Run, type Sample, type Vector } from "../run.ts";
import { hashShare } from "./hashShare.ts";
import { groupLabels } from "./signatures.ts";

export function rank(run: Run, expr: AggregateExpr, vector: Vector, param: number): Vector {
  if (expr.op === "limit_ratio") return limitRatio(run, expr, vector, param);
  if (Number.isNaN(param)) fail("Parameter value is NaN");
  if (param <= -(2 ** 63)) fail(`Scalar value ${plainNumber(param)} underflows int64`);
  if (param >= 2 ** 63) fail(`Scalar value ${plainNumber(param)} overflows int64`);
  const count = Math.trunc(param);
  if (count < 1) return [];
  return [...groupsOf(expr, vector).values()].flatMap((group) => {
    if (expr.op === "topk") return best(group, count, (a, b) => -byValue(a, b));
    // NaN comes last here too.
    if (expr.op === "bottomk")
      return best(group, count, (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? -byValue(a, b) : a - b));
    return group.slice(0, count);
  });
}

function best(group: readonly Sample[], count: number, order: (a: number, b: number) => number): Vector {
  return [...group].sort((left, right) => order(left.value, right.value)).slice(0, count);
}

function groupsOf({ grouping }: AggregateExpr, vector: Vector): Map<string, Sample[]> {
  const groups = new Map<string, Sample[]>();
  for (const sample of vector) {
    const key = keyOf(groupLabels(sample.labels, grouping));
    const group = groups.get(key);
    if (group) group.push(sample);
    else groups.set(key, [sample]);
  }
  return groups;
}

/** A share of the series, the same ones each time; a negative ratio keeps those that its complement leaves out. */
function limitRatio(run: Run, expr: AggregateExpr, vector: Vector, param: number): Vector {
  if (Number.isNaN(param)) fail("Ratio value is NaN");
  const ratio = Math.min(1, Math.max(-1, param));
  if (ratio !== param)
    annotate(
      run,
      "warning",
      `ratio value should be between -1 and 1, got ${plainNumber(param)}, capping to ${plainNumber(ratio)}`,
      expr.param ?? expr,
    );
  if (ratio === 0) return [];
  return vector.filter(({ labels }) => {
    const share = hashShare(labels);
    return ratio > 0 ? share < ratio : share >= 1 + ratio;
  });
}

// What an alert compares with which limit: what checks ask that hold alerts of one name against each other.
import { keptOn } from "../../../kept.ts";
import type { Range } from "../../../ranges.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import { thresholdOf } from "../../analysis.ts";
import type { CheckContext } from "../../check.ts";
import { parsed } from "../../expression.ts";
import type { Rule } from "../../ruleFile.ts";

/** `compared` begins with the direction, `>` or `<`; `at` is the place of the limit in the scalar, `text` as it stands there. */
export type Condition = {
  readonly compared: string;
  readonly limit: number;
  readonly scalar: Scalar;
  readonly at: Range;
  readonly text: string;
};

type Kept = { readonly version: string; readonly condition: Condition | undefined };

/** Asked again at every keystroke. */
const kept = keptOn<Scalar, Kept>("scalar");

/** The condition of an alert; undefined where it is more than one comparison with a number. */
export function conditionOf({ kind, expr }: Rule, { prometheusVersion: version }: CheckContext): Condition | undefined {
  if (kind !== "alert" || !expr) return undefined;
  const before = kept.get(expr);
  if (before?.version === version) return before.condition;
  const condition = findCondition(expr, version);
  kept.set(expr, { version, condition });
  return condition;
}

function findCondition(expr: Scalar, version: string): Condition | undefined {
  const tree = parsed(expr, version).expr;
  const whole = tree?.kind === "BinaryExpr" ? thresholdOf(tree) : undefined;
  // Of equal signs each limit is another condition.
  if (!whole || whole.op === "==" || whole.op === "!=") return undefined;
  const series = expr.value.slice(whole.series.start, whole.series.end).replace(/\s+/g, " ");
  const { start, end } = whole.constant;
  return {
    compared: `${whole.op.charAt(0)} ${series}`,
    limit: whole.value,
    scalar: expr,
    at: { start, end },
    text: expr.value.slice(start, end),
  };
}

// alert/division: a division inside an aggregation: one divisor of zero makes the whole result NaN or infinite.
import type { BinaryExpr, Expr } from "../../../promql/syntax/tree.ts";
import { inferType } from "../../../promql/types/inferType.ts";
import { type Analysis, bare, textOf } from "../../analysis.ts";
import { placeOf } from "../../expression.ts";
import { expressionFix } from "../../expressionFix.ts";
import { alertCheck, isFilter } from "./shared.ts";

const poisoned: ReadonlySet<string> = new Set(["sum", "avg", "stddev", "stdvar"]);

export const alertDivision = alertCheck({
  id: "alert/division",
  level: "information",
  title: "A division inside an aggregation, by something that can be zero",
  needs: ["operator but limit"],
  look({ scalar, analysis }, report) {
    for (const node of analysis.binaries) {
      if (node.op !== "/" && node.op !== "%") continue;
      if (!isInsideAggregation(analysis, node) || !canBeZero(analysis, node.right)) continue;
      const { right } = node;
      const isVector = inferType(right) === "vector";
      report({
        range: placeOf(scalar, { start: node.opStart, end: node.opEnd }),
        message:
          "Where the divisor is zero this gives NaN or infinity. One such series spoils the whole aggregation, and a comparison with NaN is never true. Leave out zero divisors with `> 0` behind the divisor.",
        fixes: isVector
          ? [
              expressionFix(scalar, "Leave out zero divisors", [
                { range: right, text: `(${textOf(analysis, right)} > 0)` },
              ]),
            ]
          : [],
      });
    }
  },
});

/** Whether the result goes into an aggregation with nothing between that would drop NaN. */
function isInsideAggregation(analysis: Analysis, node: Expr): boolean {
  for (let above = analysis.parent(node); above; above = analysis.parent(above)) {
    if (above.kind === "AggregateExpr") return poisoned.has(above.op);
    if (isFilter(above) && above.op !== "!=") return false;
    // What `and` and `unless` take out may well be the zeros.
    if (above.kind === "BinaryExpr" && (above.op === "and" || above.op === "unless")) return false;
  }
  return false;
}

function canBeZero(analysis: Analysis, divisor: Expr): boolean {
  const node = bare(divisor);
  const { value, range } = analysis.quantity(node);
  if (value !== undefined) return value === 0;
  if ((range[0] !== null && range[0] > 0) || (range[1] !== null && range[1] < 0)) return false;
  if (inferType(node) === "scalar") return node.kind === "Call" && node.name === "scalar";
  return !dropsZero(node);
}

/** `x > 0`, `x != 0`: what comes through is not zero. */
function dropsZero(node: BinaryExpr | Expr): boolean {
  return isFilter(node) && (node.op === ">" || node.op === "!=");
}

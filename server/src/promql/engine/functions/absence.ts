// What `absent` and `absent_over_time` answer: one series with the labels that their selector demands. Knows no samples.
import type { Expr, VectorSelector } from "../../syntax/tree.ts";
import { type Labels, labelsFrom, noLabels } from "../labels.ts";

/** Labels that are demanded with `=`, and by no other matcher after that. Source: promql/functions.go, `createLabelsForAbsentFunction`. */
export function absentLabels(expr: Expr | undefined): Labels {
  const selector = selectorOf(expr);
  if (!selector) return noLabels;
  const wanted: Record<string, string> = {};
  const seen = new Set<string>();
  for (const { label, op, value } of selector.matchers) {
    if (label === "__name__") continue;
    if (op === "=" && !seen.has(label)) {
      wanted[label] = value;
      seen.add(label);
    } else delete wanted[label];
  }
  return labelsFrom(wanted);
}

function selectorOf(expr: Expr | undefined): VectorSelector | undefined {
  if (expr?.kind === "ParenExpr") return selectorOf(expr.expr);
  if (expr?.kind === "MatrixSelector") return selectorOf(expr.selector);
  return expr?.kind === "VectorSelector" ? expr : undefined;
}

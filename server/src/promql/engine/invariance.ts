// Which expressions have the same value at all times of a query, so that Prometheus evaluates them once. Knows no samples.
import type { Call, Expr } from "../syntax/tree.ts";

/** Functions that read the time of evaluation. Source: promql/functions.go, `AtModifierUnsafeFunctions`. */
const timeBound: ReadonlySet<string> = new Set([
  ..."days_in_month day_of_month day_of_week day_of_year end hour minute month year".split(" "),
  ..."predict_linear range start step time timestamp".split(" "),
]);

/** Whether Prometheus evaluates an expression once for all times. Source: promql/engine.go, `preprocessExprHelper`. */
export function isSameAtAllTimes(expr: Expr): boolean {
  switch (expr.kind) {
    case "VectorSelector":
    case "SubqueryExpr":
      return expr.at !== undefined;
    case "MatrixSelector":
      return expr.at !== undefined || isSameAtAllTimes(expr.selector);
    case "AggregateExpr":
      return expr.expr !== undefined && isSameAtAllTimes(expr.expr);
    case "BinaryExpr":
      return isSameAtAllTimes(expr.left) && isSameAtAllTimes(expr.right);
    case "Call":
      return isSameCall(expr);
    case "ParenExpr":
    case "UnaryExpr":
      return isSameAtAllTimes(expr.expr);
    default:
      return true;
  }
}

function isSameCall({ name, args }: Call): boolean {
  const isBound = name === "timestamp" ? args[0]?.kind !== "VectorSelector" : timeBound.has(name);
  return !isBound && args.every(isSameAtAllTimes);
}

// Whether the series of an expression are told apart by more than their names: known from the text alone. Knows no samples.
import type { Call, Expr } from "../syntax/tree.ts";
import { inferType } from "../types/inferType.ts";

const known = new WeakMap<Expr, boolean>();

/** True: no two of its series are the same without their names, whatever the samples. False: they may be. */
export function differsWithoutNames(expr: Expr): boolean {
  const before = known.get(expr);
  if (before !== undefined) return before;
  const differs = find(expr);
  known.set(expr, differs);
  return differs;
}

function find(expr: Expr): boolean {
  switch (expr.kind) {
    case "VectorSelector":
      return expr.name !== "";
    case "MatrixSelector":
      return differsWithoutNames(expr.selector);
    case "ParenExpr":
    case "SubqueryExpr":
    case "UnaryExpr":
      return differsWithoutNames(expr.expr);
    case "BinaryExpr": {
      const vectors = [expr.left, expr.right].filter((side) => inferType(side) !== "scalar");
      // Two vectors meet by labels without names, so that of a pair of the same ones an error was made already.
      const joins = expr.op === "or" || expr.group !== undefined;
      return vectors.length < 2 || !joins ? vectors.every(differsWithoutNames) : false;
    }
    case "Call":
      return differsAfterCall(expr);
    default:
      return false;
  }
}

/** Functions that give other labels, or labels of other series. */
const relabelling: ReadonlySet<string> = new Set(["info", "label_join", "label_replace", "histogram_quantiles"]);

function differsAfterCall({ name, args }: Call): boolean {
  if (relabelling.has(name) || name.startsWith("histogram_")) return false;
  return args.every((arg) => {
    const type = inferType(arg);
    return type === "scalar" || type === "string" || differsWithoutNames(arg);
  });
}

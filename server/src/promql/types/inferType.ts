// The value type of an expression. Knows the functions; reports nothing.
import type { Expr } from "../syntax/tree.ts";
import { functions, type ValueType } from "./functions.ts";

/**
 * The type as Prometheus' `Expr.Type`: by the outermost construct, whether or not the parts fit.
 * Undefined where that construct is missing or a function unknown.
 */
export function inferType(expr: Expr): ValueType | undefined {
  switch (expr.kind) {
    case "AggregateExpr":
    case "VectorSelector":
      return "vector";
    case "MatrixSelector":
    case "SubqueryExpr":
      return "matrix";
    case "NumberLiteral":
      return "scalar";
    case "StringLiteral":
      return "string";
    case "Call":
      return functions.get(expr.name)?.returns;
    case "ParenExpr":
    case "UnaryExpr":
      return inferType(expr.expr);
    case "BinaryExpr":
      return inferType(expr.left) === "scalar" && inferType(expr.right) === "scalar" ? "scalar" : "vector";
    case "Missing":
      return undefined;
  }
}

const documented: Readonly<Record<ValueType, string>> = {
  matrix: "range vector",
  scalar: "scalar",
  string: "string",
  vector: "instant vector",
};

/** A type in the words of the documentation: `instant vector`. */
export function documentedType(type: ValueType | undefined): string {
  return type === undefined ? "unknown" : documented[type];
}

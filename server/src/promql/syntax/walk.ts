// Visits the nodes of a tree. Knows only the tree.
import type { Expr } from "./tree.ts";

/** The operands of an expression in the order of the text; arguments of calls and aggregations as written. */
export function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "AggregateExpr":
    case "Call":
      return expr.args;
    case "BinaryExpr":
      return [expr.left, expr.right];
    case "MatrixSelector":
      return [expr.selector];
    case "ParenExpr":
    case "SubqueryExpr":
    case "UnaryExpr":
      return [expr.expr];
    case "Missing":
    case "NumberLiteral":
    case "StringLiteral":
    case "VectorSelector":
      return none;
  }
}

const none: readonly Expr[] = [];

/** Calls `visit` on each operand, as `children` would list them, together with what it is to know. */
export function eachChild<T>(expr: Expr, visit: (child: Expr, known: T) => void, known: T): void {
  switch (expr.kind) {
    case "AggregateExpr":
    case "Call":
      for (let i = 0; i < expr.args.length; i++) visit(expr.args[i] as Expr, known);
      return;
    case "BinaryExpr":
      visit(expr.left, known);
      visit(expr.right, known);
      return;
    case "MatrixSelector":
      visit(expr.selector, known);
      return;
    case "ParenExpr":
    case "SubqueryExpr":
    case "UnaryExpr":
      visit(expr.expr, known);
  }
}

/**
 * Calls `enter` on every node, parents first; `false` from it leaves out what is below that node.
 * `leave`, where given, is called after the children, also of nodes whose children were left out.
 */
export function walk(expr: Expr, enter: (node: Expr) => unknown, leave?: (node: Expr) => void): void {
  if (enter(expr) !== false) for (const child of children(expr)) walk(child, enter, leave);
  leave?.(expr);
}

/** The nodes that hold or touch `offset`, outermost first. */
export function pathTo(expr: Expr, offset: number): Expr[] {
  const path: Expr[] = [];
  let node: Expr | undefined = expr;
  while (node) {
    if (offset < node.start || offset > node.end) break;
    path.push(node);
    node = children(node).find((child) => child.start <= offset && offset <= child.end);
  }
  return path;
}

/** Calls that return something for the very reason that their argument has nothing. */
const ofNothing: ReadonlySet<string> = new Set(["absent", "absent_over_time", "scalar"]);

/** Whether an expression returns nothing wherever one of its nodes does. */
export function needs(expr: Expr, node: Expr): boolean {
  if (expr === node) return true;
  if (expr.kind === "Call" && ofNothing.has(expr.name)) return false;
  if (expr.kind !== "BinaryExpr") return children(expr).some((child) => needs(child, node));
  if (expr.op === "or" || expr.fill) return false;
  return needs(expr.left, node) || (expr.op !== "unless" && needs(expr.right, node));
}

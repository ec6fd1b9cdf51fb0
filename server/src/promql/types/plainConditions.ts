// Conditions as most alerts have them, known at a glance: series compared with a number, as they are scraped, by the second,
// summed up. What the algebra of labels says of these need not be found. Knows no metric.
import type { BinaryExpr, Expr, LabelMatcher, VectorSelector } from "../syntax/tree.ts";
import { isComparison } from "./constants.ts";
import { METRIC_NAME, targetLabels } from "./labelFacts.ts";

/**
 * What the algebra says of all of them, where nothing is known of their metrics: one alternative, which lives, depends on a
 * condition, and has no constant value. `series`: labels that no matcher names may be there, `instance` and `job` among them.
 */
export type PlainCondition = "series" | "other";

/** What an operand is, as bits; 0: none of these. */
const number = 1;
const series = 2;
/** With matchers: two such sides may contradict each other. */
const matched = 4;
/** Its labels are no longer those of the series, or it asks for one that every target has. */
const changed = 8;

/** The condition that an expression is; undefined for any other. */
export function plainCondition(expr: Expr): PlainCondition | undefined {
  if (expr.kind === "ParenExpr") return plainCondition(expr.expr);
  if (expr.kind !== "BinaryExpr" || !isComparison(expr.op) || !isUnmodified(expr)) return undefined;
  const left = shapeOf(expr.left);
  const right = shapeOf(expr.right);
  const compared = right === number ? left : left === number ? right : 0;
  if ((compared & series) === 0) return undefined;
  return (compared & changed) === 0 ? "series" : "other";
}

function isUnmodified({ bool, matching, group, fill }: BinaryExpr): boolean {
  return !bool && !matching && !group && !fill;
}

function shapeOf(expr: Expr): number {
  switch (expr.kind) {
    case "NumberLiteral":
      return number;
    case "ParenExpr":
      return shapeOf(expr.expr);
    case "VectorSelector":
      return ofSelector(expr);
    case "MatrixSelector":
      return shapeOf(expr.selector);
    case "Call":
      return expr.args.length === 1 && keepers.has(expr.name) ? shapeOf(expr.args[0] as Expr) & ~number : 0;
    case "AggregateExpr": {
      const inner = expr.expr && aggregators.has(expr.op) ? shapeOf(expr.expr) : 0;
      return (inner & series) !== 0 && (inner & changed) === 0 ? inner | changed : 0;
    }
    case "BinaryExpr":
      return arithmetic.has(expr.op) && isUnmodified(expr) ? ofSides(shapeOf(expr.left), shapeOf(expr.right)) : 0;
    default:
      return 0;
  }
}

/** Functions of one argument that keep the labels of its series and give any value. */
const keepers: ReadonlySet<string> = new Set([
  ...["abs", "ceil", "delta", "deriv", "floor", "idelta", "increase", "irate", "rate", "round"],
  ...["avg_over_time", "last_over_time", "max_over_time", "min_over_time", "sum_over_time"],
]);

const aggregators: ReadonlySet<string> = new Set(["avg", "count", "max", "min", "sum"]);

const arithmetic: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%"]);

function ofSides(left: number, right: number): number {
  if (left === 0 || right === 0) return 0;
  if (left === number || right === number) return left === right ? number : (left | right) & ~number;
  return ((left | right) & matched) === 0 ? left | right : 0;
}

function ofSelector({ name, matchers }: VectorSelector): number {
  if (name === "") return 0;
  let shape = series;
  for (let i = 0; i < matchers.length; i++) {
    const { label, op, valueStart } = matchers[i] as LabelMatcher;
    if (op === undefined || valueStart < 0 || label === METRIC_NAME) return 0;
    for (let j = 0; j < i; j++) if (matchers[j]?.label === label) return 0;
    shape |= targetLabels.has(label) ? matched | changed : matched;
  }
  return shape;
}

// A binary expression of any kind, by the types of its sides. Knows nothing of how the sides come about.
import type { BinaryExpr } from "../../syntax/tree.ts";
import { inferType } from "../../types/inferType.ts";
import { fail, type Run, type Vector } from "../run.ts";
import { calculate, compare, isComparison } from "./arithmetic.ts";
import { matchScalar, matchVectors } from "./matching.ts";
import { combineSets } from "./sets.ts";

export function binaryVector(run: Run, expr: BinaryExpr, at: number): Vector {
  const { left, op, right } = expr;
  if (inferType(left) === "scalar") return matchScalar(run, expr, run.vector(right, at), run.scalar(left, at), true);
  if (inferType(right) === "scalar") return matchScalar(run, expr, run.vector(left, at), run.scalar(right, at), false);
  const sides = [run.vector(left, at), run.vector(right, at)] as const;
  return op === "and" || op === "or" || op === "unless"
    ? combineSets(expr, ...sides)
    : matchVectors(run, expr, ...sides);
}

export function binaryScalar(run: Run, { left, op, right }: BinaryExpr, at: number): number {
  const [a, b] = [run.scalar(left, at), run.scalar(right, at)];
  if (op === "</" || op === ">/") fail(`operator "${op}" not allowed for Scalar operations`);
  return isComparison(op) ? Number(compare(op, a, b)) : calculate(op, a, b);
}

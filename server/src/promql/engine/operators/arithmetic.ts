// Operators on two numbers, as Go computes them. Knows no labels.
import type { BinaryOp } from "../../syntax/tree.ts";

/** `a ^ b`: unlike JavaScript's, 1 to any power is 1, and −1 to an infinite one too. Source: Go, `math.Pow`. */
export function power(a: number, b: number): number {
  if (a === 1 || (a === -1 && (b === Number.POSITIVE_INFINITY || b === Number.NEGATIVE_INFINITY))) return 1;
  return a ** b;
}

const comparisons: ReadonlySet<BinaryOp> = new Set(["!=", "<", "<=", "==", ">", ">="]);

export const isComparison = (op: BinaryOp): boolean => comparisons.has(op);

export function compare(op: BinaryOp, a: number, b: number): boolean {
  switch (op) {
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    default:
      return a >= b;
  }
}

export function calculate(op: BinaryOp, a: number, b: number): number {
  switch (op) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
    case "^":
      return power(a, b);
    case "atan2":
      return Math.atan2(a, b);
    default:
      return Number.NaN;
  }
}

// Arithmetic on values that are known before anything is evaluated. Knows no tree.
import type { BinaryOp } from "../syntax/tree.ts";

const comparisons: Partial<Record<BinaryOp, (a: number, b: number) => boolean>> = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

const arithmetic: Partial<Record<BinaryOp, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "^": (a, b) => a ** b,
  atan2: (a, b) => Math.atan2(a, b),
};

const comparing: ReadonlySet<string> = new Set(Object.keys(comparisons));

export function isComparison(op: BinaryOp): boolean {
  return comparing.has(op);
}

/** Whether a comparison of known values holds; undefined for other operators or where a value is unknown. */
export function compare(op: BinaryOp, a: number | undefined, b: number | undefined): boolean | undefined {
  return a === undefined || b === undefined ? undefined : comparisons[op]?.(a, b);
}

/** The value of an operator on known values; a comparison gives 0 or 1, as with `bool`. */
export function calculate(op: BinaryOp, a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  const holds = comparisons[op]?.(a, b);
  return holds === undefined ? arithmetic[op]?.(a, b) : Number(holds);
}

const unary: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  // What never changes has no change.
  changes: () => 0,
  delta: () => 0,
  deriv: () => 0,
  exp: Math.exp,
  floor: Math.floor,
  idelta: () => 0,
  increase: () => 0,
  irate: () => 0,
  ln: Math.log,
  log10: Math.log10,
  log2: Math.log2,
  rate: () => 0,
  resets: () => 0,
  sgn: Math.sign,
  sqrt: Math.sqrt,
};

/** The value of a function of one number, where it is one that can be known. */
export function apply(name: string, value: number | undefined): number | undefined {
  return value === undefined ? undefined : unary[name]?.(value);
}

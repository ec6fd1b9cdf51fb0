// `and`, `or`, `unless`: series kept or left out by what the other side has. Knows no arithmetic.
import type { BinaryExpr } from "../../syntax/tree.ts";
import type { Vector } from "../run.ts";
import { signatureOf } from "./signatures.ts";

export function combineSets({ op, matching }: BinaryExpr, left: Vector, right: Vector): Vector {
  const signatures = (side: Vector): Set<string> => new Set(side.map(({ labels }) => signatureOf(labels, matching)));
  const without = (side: Vector, other: Vector): Vector => {
    const taken = signatures(other);
    return side.filter(({ labels }) => !taken.has(signatureOf(labels, matching)));
  };
  if (op === "or") return left.length === 0 ? right : right.length === 0 ? left : [...left, ...without(right, left)];
  if (left.length === 0) return left;
  if (op === "unless") return right.length === 0 ? left : without(left, right);
  const wanted = signatures(right);
  return left.filter(({ labels }) => wanted.has(signatureOf(labels, matching)));
}

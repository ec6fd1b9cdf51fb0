// `eq`, `ne`, `lt`, `le`, `gt` and `ge`. Knows no other functions.
import { compareStrings } from "../go/bytes.ts";
import { sprint, sprintf } from "../go/format.ts";
import { type Maybe, typeName, unwrap } from "../go/values.ts";
import { FunctionFailure } from "./context.ts";

type BasicKind = "bool" | "complex" | "float" | "int" | "string" | "uint";

function basicKind(value: Maybe): BasicKind | undefined {
  switch (value?.kind) {
    case "bool":
    case "complex":
    case "float":
    case "int":
    case "string":
    case "uint":
      return value.kind;
    default:
      return undefined;
  }
}

function incompatible(left: Maybe, right: Maybe): FunctionFailure {
  return new FunctionFailure(`incompatible types for comparison: ${typeName(left)} and ${typeName(right)}`);
}

/** Whether the first equals one of the others. */
export function equalsAny(held: Maybe, others: readonly Maybe[]): boolean {
  if (others.length === 0) throw new FunctionFailure("missing argument for comparison");
  const left = unwrap(held);
  return others.some((other) => equals(left, unwrap(other)));
}

function equals(left: Maybe, right: Maybe): boolean {
  const kind = basicKind(left);
  if (kind !== basicKind(right)) {
    if (left === undefined || right === undefined) return false;
    if (isInteger(left) && isInteger(right)) return left.value === right.value;
    throw incompatible(left, right);
  }
  if (left === undefined || right === undefined) return isNil(left) === isNil(right);
  if (kind === undefined) return sameObject(left, right);
  if (left.kind === "complex" && right.kind === "complex") return left.re === right.re && left.im === right.im;
  return "value" in left && "value" in right && left.value === right.value;
}

function isInteger(value: Maybe): value is Extract<Maybe, { kind: "int" | "uint" }> {
  return value?.kind === "int" || value?.kind === "uint";
}

function isNil(value: Maybe): boolean {
  return value === undefined || (value.kind === "pointer" && value.target === undefined);
}

/** Maps, lists, structs, pointers. */
function sameObject(left: NonNullable<Maybe>, right: NonNullable<Maybe>): boolean {
  if (left.kind !== right.kind) {
    const types = `${typeName(left)}, ${typeName(right)}: ${sprint([right])}`;
    throw new FunctionFailure(`non-comparable types ${sprintf("%s", [left])}: ${types}`);
  }
  if (isNil(left) || isNil(right)) return isNil(left) === isNil(right);
  if (right.kind === "map" || right.kind === "slice" || (right.kind === "struct" && right.nanoseconds === undefined)) {
    throw new FunctionFailure(`non-comparable type ${sprintf("%s", [right])}: ${typeName(right)}`);
  }
  if (left.kind === "pointer" && right.kind === "pointer") return left.target === right.target;
  return left.kind === "struct" && right.kind === "struct" && left.nanoseconds === right.nanoseconds;
}

export function isLess(first: Maybe, second: Maybe): boolean {
  const left = unwrap(first);
  const right = unwrap(second);
  const invalid = new FunctionFailure("invalid type for comparison");
  if (basicKind(left) === undefined || basicKind(right) === undefined) throw invalid;
  if (isInteger(left) && isInteger(right)) return left.value < right.value;
  if (left?.kind !== right?.kind) throw incompatible(left, right);
  if (left?.kind === "float" && right?.kind === "float") return left.value < right.value;
  if (left?.kind === "string" && right?.kind === "string") return compareStrings(left.value, right.value) < 0;
  throw invalid;
}

/** Less or equal; `gt` is its opposite, so that nothing is less or equal to NaN and NaN is greater than all. */
export function isLessOrEqual(first: Maybe, second: Maybe): boolean {
  return isLess(first, second) || equalsAny(first, [second]);
}

// `len`, `index` and `slice`: what maps, lists and texts hold. Knows no other functions.
import { fromBytes, toBytes } from "../go/bytes.ts";
import {
  byteValue,
  indirect,
  lengthOf,
  type Maybe,
  sliceOf,
  stringOf,
  typeName,
  types,
  unwrap,
  zeroOf,
} from "../go/values.ts";
import { FunctionFailure } from "./context.ts";

export function lengthOrFail(argument: Maybe): number {
  const { value, isNil } = indirect(argument);
  if (isNil) throw new FunctionFailure("len of nil pointer");
  if (value === undefined) throw new FunctionFailure("reflect: call of reflect.Value.Type on zero Value");
  const length = lengthOf(value);
  if (length === undefined) throw new FunctionFailure(`len of type ${typeName(value)}`);
  return length;
}

/** A number from 0 to `limit`. */
function positionOf(index: Maybe, limit: number): number {
  if (index === undefined) throw new FunctionFailure("cannot index slice/array with nil");
  if (index.kind !== "int" && index.kind !== "uint") {
    throw new FunctionFailure(`cannot index slice/array with type ${typeName(index)}`);
  }
  if (index.value < 0n || index.value > BigInt(limit)) {
    throw new FunctionFailure(`index out of range: ${index.value}`);
  }
  return Number(index.value);
}

/** `index x 1 "a"` is `x[1]["a"]`. */
export function entryOf(container: Maybe, indexes: readonly Maybe[]): Maybe {
  let item = unwrap(container);
  if (item === undefined) throw new FunctionFailure("index of untyped nil");
  for (const index of indexes) item = oneEntry(item, unwrap(index));
  return item;
}

function oneEntry(container: Maybe, index: Maybe): Maybe {
  const { value, isNil } = indirect(container);
  if (isNil || value === undefined) throw new FunctionFailure("index of nil pointer");
  if (value.kind === "map") {
    if (index === undefined) throw new FunctionFailure("value is nil; should be of type string");
    if (index.kind !== "string" || index.type !== types.string) {
      throw new FunctionFailure(`value has type ${typeName(index)}; should be string`);
    }
    return value.entries.get(index.value) ?? zeroOf(value.type.element);
  }
  if (value.kind !== "string" && value.kind !== "slice") {
    throw new FunctionFailure(`can't index item of type ${typeName(value)}`);
  }
  const length = lengthOf(value) ?? 0;
  const at = positionOf(index, length);
  if (at === length) {
    const what = value.kind === "string" ? "string" : "slice";
    throw new FunctionFailure(`reflect: ${what} index out of range`);
  }
  return value.kind === "string" ? byteValue(toBytes(value.value)[at] ?? 0) : value.items[at];
}

/** `slice x 1 3` is `x[1:3]`; texts are cut between bytes. */
export function partOf(container: Maybe, indexes: readonly Maybe[]): Maybe {
  const item = unwrap(container);
  if (item === undefined) throw new FunctionFailure("slice of untyped nil");
  const { value, isNil } = indirect(item);
  if (isNil || value === undefined) throw new FunctionFailure("slice of nil pointer");
  if (indexes.length > 3) throw new FunctionFailure(`too many slice indexes: ${indexes.length}`);
  if (value.kind === "string" && indexes.length === 3) throw new FunctionFailure("cannot 3-index slice a string");
  if (value.kind !== "string" && value.kind !== "slice") {
    throw new FunctionFailure(`can't slice item of type ${typeName(value)}`);
  }
  const length = lengthOf(value) ?? 0;
  const capacity = value.kind === "slice" ? value.capacity : length;
  const given = indexes.map((index) => positionOf(index, capacity));
  const [start = 0, end = length, limit = capacity] = given;
  if (start > end) throw new FunctionFailure(`invalid slice index: ${start} > ${end}`);
  if (end > limit) throw new FunctionFailure(`invalid slice index: ${end} > ${limit}`);
  if (value.kind === "string") return stringOf(fromBytes(toBytes(value.value).slice(start, end)), value.type);
  return sliceOf(value.type, value.items.slice(start, end), limit - start);
}

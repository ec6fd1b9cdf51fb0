// The values that templates handle, with the types that Go knows them by. Knows neither templates nor how values print.
import { byteLength } from "./bytes.ts";

export type Kind =
  | "bool"
  | "int"
  | "uint"
  | "float"
  | "complex"
  | "string"
  | "map"
  | "slice"
  | "struct"
  | "pointer"
  | "interface";

/** `name` is what Go prints for the type; `element` what a map or list holds. */
export type GoType = { readonly name: string; readonly kind: Kind; readonly element?: GoType };

const type = (name: string, kind: Kind, element?: GoType): GoType =>
  element === undefined ? { name, kind } : { name, kind, element };

const any = type("interface {}", "interface");
const string = type("string", "string");
const uint8 = type("uint8", "uint");
const row = type("template.sample", "struct");
const rowPointer = type("*template.sample", "pointer", row);
const time = type("time.Time", "struct");
const duration = type("time.Duration", "int");

/** Every type that a value in a template of an alert can have. */
export const types = {
  any,
  string,
  uint8,
  row,
  rowPointer,
  time,
  duration,
  html: type("template.HTML", "string"),
  bool: type("bool", "bool"),
  int: type("int", "int"),
  int64: type("int64", "int"),
  uint64: type("uint64", "uint"),
  float: type("float64", "float"),
  complex: type("complex128", "complex"),
  labels: type("map[string]string", "map", string),
  args: type("map[string]interface {}", "map", any),
  rows: type("template.queryResult", "slice", rowPointer),
  bytes: type("[]uint8", "slice", uint8),
  timePointer: type("*time.Time", "pointer", time),
  durationPointer: type("*time.Duration", "pointer", duration),
  locationPointer: type("*time.Location", "pointer", type("time.Location", "struct")),
  month: type("time.Month", "int"),
  weekday: type("time.Weekday", "int"),
  data: type(
    "struct { Labels map[string]string; ExternalLabels map[string]string; ExternalURL string; Value interface {} }",
    "struct",
  ),
} as const;

export type Value =
  | { readonly kind: "bool"; readonly type: GoType; readonly value: boolean }
  | { readonly kind: "int" | "uint"; readonly type: GoType; readonly value: bigint }
  | { readonly kind: "float"; readonly type: GoType; readonly value: number }
  | { readonly kind: "complex"; readonly type: GoType; readonly re: number; readonly im: number }
  | { readonly kind: "string"; readonly type: GoType; readonly value: string }
  | { readonly kind: "map"; readonly type: GoType; readonly entries: ReadonlyMap<string, Value> }
  | { readonly kind: "slice"; readonly type: GoType; readonly items: readonly Value[]; readonly capacity: number }
  | StructValue
  | PointerValue
  | InterfaceValue;

/** A time is a struct whose fields can be printed but not reached; `nanoseconds` since 1970 in UTC. */
export type StructValue = {
  readonly kind: "struct";
  readonly type: GoType;
  readonly fields: ReadonlyMap<string, Value>;
  readonly nanoseconds?: bigint;
  /** What its `String` or `Error` method gives, where it has one and is no time. */
  readonly text?: string;
};

/** No target: nil. Two pointers are the same if their targets are one object. */
export type PointerValue = { readonly kind: "pointer"; readonly type: GoType; readonly target: Value | undefined };

/** A place that holds a value of any type; no `inner`: nil. */
export type InterfaceValue = { readonly kind: "interface"; readonly type: GoType; readonly inner: Value | undefined };

/** A value, or none at all: Go's untyped nil. */
export type Maybe = Value | undefined;

export const boolOf = (value: boolean): Value => ({ kind: "bool", type: types.bool, value });
export const intOf = (value: bigint | number, as: GoType = types.int): Value => ({
  kind: "int",
  type: as,
  value: BigInt.asIntN(64, BigInt(value)),
});
export const floatOf = (value: number): Value => ({ kind: "float", type: types.float, value });
export const stringOf = (value: string, as: GoType = types.string): Value => ({ kind: "string", type: as, value });
export const byteValue = (value: number): Value => ({ kind: "uint", type: types.uint8, value: BigInt(value) });
export const anyOf = (inner: Maybe): Value => ({
  kind: "interface",
  type: types.any,
  inner: inner?.kind === "interface" ? inner.inner : inner,
});
export const sliceOf = (as: GoType, items: readonly Value[], capacity = items.length): Value => ({
  kind: "slice",
  type: as,
  items,
  capacity,
});
export const pointerTo = (as: GoType, target: Maybe): Value => ({ kind: "pointer", type: as, target });

/** The fields, which only number verbs of `printf` show: nanoseconds, seconds since the year 1, no zone for UTC. */
export function timeOf(nanoseconds: bigint): Value {
  const rest = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = (nanoseconds - rest) / 1_000_000_000n + 62_135_596_800n;
  const fields = new Map<string, Value>([
    ["wall", { kind: "uint", type: types.uint64, value: rest }],
    ["ext", intOf(seconds, types.int64)],
    ["loc", pointerTo(types.locationPointer, undefined)],
  ]);
  return { kind: "struct", type: types.time, fields, nanoseconds };
}

export function labelsOf(labels: Readonly<Record<string, string>>): Value {
  const entries = new Map(Object.entries(labels).map(([name, value]) => [name, stringOf(value)]));
  return { kind: "map", type: types.labels, entries };
}

/** One row of a query's result. */
export function rowOf(labels: Readonly<Record<string, string>>, value: number): Value {
  const fields = new Map([
    ["Labels", labelsOf(labels)],
    ["Value", anyOf(floatOf(value))],
  ]);
  return pointerTo(types.rowPointer, { kind: "struct", type: types.row, fields });
}

/** The zero value of what a map holds: an empty text, or a nil. */
export function zeroOf(as: GoType | undefined): Value {
  if (as?.kind === "string") return stringOf("", as);
  return { kind: "interface", type: as ?? types.any, inner: undefined };
}

/** What a place of any type holds. */
export function unwrap(value: Maybe): Maybe {
  return value?.kind === "interface" ? value.inner : value;
}

/** Follows pointers and places of any type to the end; a nil on the way is returned as `isNil`. */
export function indirect(value: Maybe): { value: Maybe; isNil: boolean } {
  let at = value;
  while (at?.kind === "pointer" || at?.kind === "interface") {
    const inside: Maybe = at.kind === "pointer" ? at.target : at.inner;
    if (inside === undefined) return { value: at, isNil: true };
    at = inside;
  }
  return { value: at, isNil: false };
}

/** What `if` makes of a value: empty, zero and nil are false, NaN is true. */
export function isTrue(held: Maybe): boolean {
  const value = unwrap(held);
  switch (value?.kind) {
    case undefined:
      return false;
    case "bool":
      return value.value;
    case "int":
    case "uint":
      return value.value !== 0n;
    case "float":
      return value.value !== 0;
    case "complex":
      return value.re !== 0 || value.im !== 0;
    case "pointer":
      return value.target !== undefined;
    case "struct":
      return true;
    default:
      return lengthOf(value) !== 0;
  }
}

/** Bytes of a text, entries of a map or list; undefined for what has no length. */
export function lengthOf(value: Maybe): number | undefined {
  if (value?.kind === "string") return byteLength(value.value);
  if (value?.kind === "map") return value.entries.size;
  return value?.kind === "slice" ? value.items.length : undefined;
}

export function typeName(value: Maybe): string {
  return value === undefined ? "<nil>" : value.type.name;
}

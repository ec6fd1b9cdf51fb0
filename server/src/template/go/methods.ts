// The methods of times, durations, months, weekdays and zones that a template can call. Knows no templates.
import { toBytes } from "./bytes.ts";
import { ownText } from "./printer.ts";
import {
  addDate,
  clockOf,
  floorDivide,
  formatTime,
  inUnits,
  roundDuration,
  roundTime,
  second,
  timeBytes,
  timeSource,
  truncateDuration,
  truncateTime,
} from "./time.ts";
import {
  boolOf,
  byteValue,
  floatOf,
  type GoType,
  intOf,
  type Maybe,
  pointerTo,
  sliceOf,
  stringOf,
  timeOf,
  types,
  type Value,
} from "./values.ts";

/** `call` throws a `MethodFailure` where Go panics. A method with `refused` can't be called from a template. */
export type Method = {
  readonly parameters: readonly GoType[];
  readonly refused?: string;
  readonly call: (args: readonly Maybe[]) => Value;
};

export class MethodFailure extends Error {}

type Table<T> = Readonly<Record<string, (receiver: T) => Method>>;

const plain = (result: () => Value): Method => ({ parameters: [], call: result });
const refused = (why: string): Method => ({ parameters: [], refused: why, call: () => stringOf("") });
const intAt = (args: readonly Maybe[], index: number): bigint => {
  const value = args[index];
  return value?.kind === "int" ? value.value : 0n;
};
const timeAt = (args: readonly Maybe[], index: number): bigint => {
  const value = args[index];
  return value?.kind === "struct" ? (value.nanoseconds ?? 0n) : 0n;
};
const textAt = (args: readonly Maybe[], index: number): string => {
  const value = args[index];
  return value?.kind === "string" ? value.value : "";
};
const bytesOf = (bytes: readonly number[]): Value => sliceOf(types.bytes, bytes.map(byteValue));
const itemsAt = (args: readonly Maybe[], index: number): readonly Value[] => {
  const value = args[index];
  return value?.kind === "slice" ? value.items : [];
};
/** Bytes behind those of the first argument. */
const appending = (rest: readonly GoType[], bytes: (args: readonly Maybe[]) => readonly number[]): Method => ({
  parameters: [types.bytes, ...rest],
  call: (args) => sliceOf(types.bytes, [...itemsAt(args, 0), ...bytes(args).map(byteValue)]),
});

const onDuration = (change: (unit: bigint) => bigint): Method => ({
  parameters: [types.duration],
  call: (args) => intOf(change(intAt(args, 0)), types.duration),
});
const onTime = (parameters: readonly GoType[], change: (args: readonly Maybe[]) => bigint): Method => ({
  parameters,
  call: (args) => timeOf(change(args)),
});
const compare = (holds: (other: bigint) => boolean): Method => ({
  parameters: [types.time],
  call: (args) => boolOf(holds(timeAt(args, 0))),
});

/** UTC. Its fields can only be seen under a verb that the name of a zone has no text for. */
const location = pointerTo(types.locationPointer, {
  kind: "struct",
  type: { name: "time.Location", kind: "struct" },
  fields: new Map<string, Value>([
    ["name", stringOf("UTC")],
    ["zone", sliceOf({ name: "[]time.zone", kind: "slice" }, [])],
    ["tx", sliceOf({ name: "[]time.zoneTrans", kind: "slice" }, [])],
    ["extend", stringOf("")],
    ["cacheStart", intOf(0, types.int64)],
    ["cacheEnd", intOf(0, types.int64)],
    ["cacheZone", pointerTo({ name: "*time.zone", kind: "pointer" }, undefined)],
  ]),
});
const rfc3339 = "2006-01-02T15:04:05.999999999Z07:00";
const results = (name: string, count: number): Method =>
  refused(`function ${name} has ${count} return values; should be 1 or 2`);
const secondResult = (name: string, type: string): Method =>
  refused(`invalid function signature for ${name}: second return value should be error; is ${type}`);

const timeMethods: Table<bigint> = {
  Year: (at) => plain(() => intOf(clockOf(at).year)),
  Month: (at) => plain(() => intOf(clockOf(at).month, types.month)),
  Day: (at) => plain(() => intOf(clockOf(at).day)),
  Hour: (at) => plain(() => intOf(clockOf(at).hour)),
  Minute: (at) => plain(() => intOf(clockOf(at).minute)),
  Second: (at) => plain(() => intOf(clockOf(at).second)),
  Nanosecond: (at) => plain(() => intOf(clockOf(at).nanosecond)),
  Weekday: (at) => plain(() => intOf(clockOf(at).weekday, types.weekday)),
  YearDay: (at) => plain(() => intOf(clockOf(at).yearDay)),
  Unix: (at) => plain(() => intOf(floorDivide(at, second), types.int64)),
  UnixMilli: (at) => plain(() => intOf(floorDivide(at, 1_000_000n), types.int64)),
  UnixMicro: (at) => plain(() => intOf(floorDivide(at, 1000n), types.int64)),
  UnixNano: (at) => plain(() => intOf(at, types.int64)),
  String: (at) => plain(() => stringOf(formatTime(at, "2006-01-02 15:04:05.999999999 -0700 MST"))),
  GoString: (at) => plain(() => stringOf(timeSource(at))),
  IsZero: (at) => plain(() => boolOf(at === -62_135_596_800n * second)),
  IsDST: () => plain(() => boolOf(false)),
  UTC: (at) => plain(() => timeOf(at)),
  Local: (at) => plain(() => timeOf(at)),
  Location: () => plain(() => location),
  MarshalText: (at) => plain(() => bytesOf(toBytes(formatTime(at, rfc3339)))),
  MarshalJSON: (at) => plain(() => bytesOf(toBytes(`"${formatTime(at, rfc3339)}"`))),
  MarshalBinary: (at) => plain(() => bytesOf(timeBytes(at))),
  GobEncode: (at) => plain(() => bytesOf(timeBytes(at))),
  AppendText: (at) => appending([], () => toBytes(formatTime(at, rfc3339))),
  AppendBinary: (at) => appending([], () => timeBytes(at)),
  AppendFormat: (at) => appending([types.string], (args) => toBytes(formatTime(at, textAt(args, 1)))),
  Format: (at) => ({ parameters: [types.string], call: (args) => stringOf(formatTime(at, textAt(args, 0))) }),
  In: (at) => ({
    parameters: [types.locationPointer],
    call: ([zone]) => {
      if (zone?.kind === "pointer" && zone.target !== undefined) return timeOf(at);
      throw new MethodFailure("time: missing Location in call to Time.In");
    },
  }),
  Add: (at) => onTime([types.duration], (args) => at + intAt(args, 0)),
  AddDate: (at) =>
    onTime([types.int, types.int, types.int], (args) => addDate(at, intAt(args, 0), intAt(args, 1), intAt(args, 2))),
  Round: (at) => onTime([types.duration], (args) => roundTime(at, intAt(args, 0))),
  Truncate: (at) => onTime([types.duration], (args) => truncateTime(at, intAt(args, 0))),
  Sub: (at) => ({
    parameters: [types.time],
    call: (args) => {
      const difference = at - timeAt(args, 0);
      const limit = difference < 0n ? -(2n ** 63n) : 2n ** 63n - 1n;
      return intOf(BigInt.asIntN(64, difference) === difference ? difference : limit, types.duration);
    },
  }),
  After: (at) => compare((other) => at > other),
  Before: (at) => compare((other) => at < other),
  Equal: (at) => compare((other) => at === other),
  Compare: (at) => ({
    parameters: [types.time],
    call: (args) => intOf(at < timeAt(args, 0) ? -1 : at > timeAt(args, 0) ? 1 : 0),
  }),
  Date: () => results("Date", 3),
  Clock: () => results("Clock", 3),
  ISOWeek: () => secondResult("ISOWeek", "int"),
  Zone: () => secondResult("Zone", "int"),
  ZoneBounds: () => secondResult("ZoneBounds", "time.Time"),
};

const durationMethods: Table<bigint> = {
  Hours: (span) => plain(() => floatOf(inUnits(span, 3600n * second))),
  Minutes: (span) => plain(() => floatOf(inUnits(span, 60n * second))),
  Seconds: (span) => plain(() => floatOf(inUnits(span, second))),
  Milliseconds: (span) => plain(() => intOf(span / 1_000_000n, types.int64)),
  Microseconds: (span) => plain(() => intOf(span / 1000n, types.int64)),
  Nanoseconds: (span) => plain(() => intOf(span, types.int64)),
  Abs: (span) => plain(() => intOf(span === -(2n ** 63n) ? 2n ** 63n - 1n : span < 0n ? -span : span, types.duration)),
  Round: (span) => onDuration((unit) => roundDuration(span, unit)),
  Truncate: (span) => onDuration((unit) => truncateDuration(span, unit)),
};

/** The method of that name, bound to the value, pointers followed; undefined if there is none. */
export function methodOf(value: Value, name: string): Method | undefined {
  const receiver = value.kind === "pointer" ? value.target : value;
  if (receiver === undefined) return undefined;
  const text = ownText(receiver);
  if (receiver.type === types.time) return own(timeMethods, name)?.(timeAt([receiver], 0));
  if (text !== undefined && name === "String") return plain(() => stringOf(text));
  if (receiver.type === types.duration) return own(durationMethods, name)?.(intAt([receiver], 0));
  return undefined;
}

function own<T>(table: Table<T>, name: string): ((receiver: T) => Method) | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Names of the methods of times and durations, for completion. */
export const methodNames: Readonly<Record<"time" | "duration", readonly string[]>> = {
  time: Object.keys(timeMethods),
  duration: [...Object.keys(durationMethods), "String"],
};

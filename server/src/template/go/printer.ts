// Values to text by a verb, as Go's `fmt` prints them, bad verbs included. Knows no templates and no format strings.
import { compareStrings, fromBytes } from "./bytes.ts";
import { durationText, monthNames, timeSource, timeText, weekdayNames } from "./time.ts";
import { type Maybe, type StructValue, stringOf, typeName, types, type Value } from "./values.ts";
import {
  type Flags,
  formatFloating,
  formatHexText,
  formatInteger,
  formatQuoted,
  formatRune,
  formatText,
  padded,
} from "./verbs.ts";

/** What stands between `%!` and the verb: whether the methods of values are out of use. */
type Printing = { readonly flags: Flags; readonly erroring: boolean; readonly budget: { left: number } };

/** Values within values that are printed at most: maps that hold one another twice have no end otherwise. */
const mostValues = 200_000;

/** A value as an argument of `printf`. */
export function printArgument(argument: Maybe, verb: string, flags: Flags): string {
  return print({ flags, erroring: false, budget: { left: mostValues } }, argument, verb);
}

function print(printing: Printing, argument: Maybe, verb: string): string {
  const value = argument?.kind === "interface" ? argument.inner : argument;
  if (value === undefined) {
    return verb === "T" || verb === "v" ? padded(printing.flags, "<nil>") : `%!${verb}(<nil>)`;
  }
  if (verb === "T") return formatText(printing.flags, value.type.name);
  if (verb === "p") return printPointer(printing, value, verb);
  return printMethod(printing, value, verb) ?? printValue(printing, value, verb, 0);
}

/** `%!d(float64=42.5)`. The flags of the verb still hold for the value. */
function badVerb(printing: Printing, value: Maybe, verb: string): string {
  const shown =
    value === undefined ? "<nil>" : `${typeName(value)}=${print({ ...printing, erroring: true }, value, "v")}`;
  return `%!${verb}(${shown})`;
}

/** Times, durations, months and weekdays have a text of their own; undefined for what has none, or under a verb for numbers. */
function printMethod(printing: Printing, value: Value, verb: string): string | undefined {
  if (printing.erroring) return undefined;
  if (verb === "w") return badVerb(printing, value, verb);
  const target = value.kind === "pointer" ? value.target : value;
  if (printing.flags.sharpV) {
    return target?.type === types.time ? formatText(printing.flags, timeSource(nanosecondsOf(target))) : undefined;
  }
  if (!/^[vsxXq]$/.test(verb) || target === undefined) return undefined;
  const text = ownText(target);
  return text === undefined ? undefined : printString(printing, stringOf(text), text, verb);
}

function nanosecondsOf(value: Value): bigint {
  return value.kind === "struct" ? (value.nanoseconds ?? 0n) : 0n;
}

/** What a value's `String` method gives. */
export function ownText(value: Value): string | undefined {
  if (value.type === types.time) return timeText(nanosecondsOf(value));
  if (value.type.name === "time.Location") return "UTC";
  if (value.kind === "struct") return value.text;
  if (value.kind !== "int") return undefined;
  if (value.type === types.duration) return durationText(value.value);
  if (value.type === types.month) return monthNames[Number(value.value) - 1] ?? `%!Month(${value.value})`;
  if (value.type === types.weekday) return weekdayNames[Number(value.value)] ?? `%!Weekday(${value.value})`;
  return undefined;
}

/** Inside a map, list or struct. */
function printInner(printing: Printing, value: Value, verb: string): string {
  if (--printing.budget.left < 0) throw new Error("the text grows too long to be expanded here");
  if (value.kind === "interface") {
    if (value.inner === undefined) return printing.flags.sharpV ? `${value.type.name}(nil)` : "<nil>";
    return printInner(printing, value.inner, verb);
  }
  return printMethod(printing, value, verb) ?? printValue(printing, value, verb, 1);
}

function printValue(printing: Printing, value: Value, verb: string, depth: number): string {
  const { flags } = printing;
  switch (value.kind) {
    case "bool":
      return verb === "t" || verb === "v" ? padded(flags, String(value.value)) : badVerb(printing, value, verb);
    case "int":
    case "uint":
      return printInteger(printing, value, value.value, verb);
    case "float":
      return printFloat(printing, value, value.value, verb);
    case "complex":
      return printComplex(printing, value, verb);
    case "string":
      return printString(printing, value, value.value, verb);
    case "map":
      return printMap(printing, value, verb);
    case "slice":
      return printSlice(printing, value, verb, depth);
    case "struct":
      return printStruct(printing, value, verb);
    case "pointer": {
      const { target } = value;
      const shows = target?.kind === "struct" || target?.kind === "map" || target?.kind === "slice";
      if (depth === 0 && target !== undefined && shows) return `&${printInner(printing, target, verb)}`;
      return printPointer(printing, value, verb);
    }
    case "interface":
      return printInner(printing, value, verb);
  }
}

function printInteger(printing: Printing, value: Value, number: bigint, verb: string): string {
  const { flags } = printing;
  if (verb === "v" && flags.sharpV && value.kind === "uint") {
    return formatInteger({ ...flags, sharp: true }, number, "x");
  }
  if (verb === "v" || /^[dboOxX]$/.test(verb)) return formatInteger(flags, number, verb);
  return /^[cqU]$/.test(verb) ? formatRune(flags, number, verb) : badVerb(printing, value, verb);
}

function printFloat(printing: Printing, value: Value, number: number, verb: string): string {
  const { flags } = printing;
  if (verb === "v") return formatFloating(flags, number, "g", -1);
  if (/^[bgGxX]$/.test(verb)) return formatFloating(flags, number, verb, -1);
  return /^[feEF]$/.test(verb) ? formatFloating(flags, number, verb, 6) : badVerb(printing, value, verb);
}

function printComplex(printing: Printing, value: Value & { kind: "complex" }, verb: string): string {
  if (!/^[vbgGxXfFeE]$/.test(verb)) return badVerb(printing, value, verb);
  const real = printFloat(printing, value, value.re, verb);
  const imaginary = printFloat({ ...printing, flags: { ...printing.flags, plus: true } }, value, value.im, verb);
  return `(${real}${imaginary}i)`;
}

function printString(printing: Printing, value: Value, text: string, verb: string): string {
  const { flags } = printing;
  if (verb === "v") return flags.sharpV ? formatQuoted(flags, text) : formatText(flags, text);
  if (verb === "s") return formatText(flags, text);
  if (verb === "q") return formatQuoted(flags, text);
  return verb === "x" || verb === "X" ? formatHexText(flags, text, verb === "X") : badVerb(printing, value, verb);
}

/** Keys in the order of their bytes. */
export function sortedEntries(value: Value & { kind: "map" }): [string, Value][] {
  return [...value.entries].sort(([a], [b]) => compareStrings(a, b));
}

function printMap(printing: Printing, value: Value & { kind: "map" }, verb: string): string {
  const entries = sortedEntries(value).map(
    ([key, held]) => `${printInner(printing, stringOf(key), verb)}:${printInner(printing, held, verb)}`,
  );
  return printing.flags.sharpV ? `${value.type.name}{${entries.join(", ")}}` : `map[${entries.join(" ")}]`;
}

function printSlice(printing: Printing, value: Value & { kind: "slice" }, verb: string, depth: number): string {
  const { flags } = printing;
  if (value.type === types.bytes && /^[sqxX]$/.test(verb)) {
    const bytes = value.items.map((item) => (item.kind === "uint" ? Number(item.value) : 0));
    return printString(printing, value, fromBytes(bytes), verb);
  }
  const items = value.items.map((item) => printInner(printing, item, verb));
  if (!flags.sharpV) return `[${items.join(" ")}]`;
  const name = value.type === types.bytes && depth === 0 ? "[]byte" : value.type.name;
  // Only rows and bytes are ever made without any: another empty list is a nil.
  if (items.length === 0 && value.type !== types.rows && value.type !== types.bytes) return `${name}(nil)`;
  return `${name}{${items.join(", ")}}`;
}

function printStruct(printing: Printing, value: StructValue, verb: string): string {
  const { flags } = printing;
  const named = flags.plusV || flags.sharpV;
  const fields = [...value.fields].map(([name, held]) => (named ? `${name}:` : "") + printInner(printing, held, verb));
  return flags.sharpV ? `${value.type.name}{${fields.join(", ")}}` : `{${fields.join(" ")}}`;
}

/** Go prints an address, which is another one each time: here all of them are alike. */
const address = 0xc000000000n;

function printPointer(printing: Printing, value: Value, verb: string): string {
  const { flags } = printing;
  if (value.kind !== "pointer" && value.kind !== "map" && value.kind !== "slice") return badVerb(printing, value, verb);
  const isNil = value.kind === "pointer" && value.target === undefined;
  const hex = (leading: boolean): string => formatInteger({ ...flags, sharp: leading }, isNil ? 0n : address, "x");
  if (verb === "v") {
    if (flags.sharpV) return `(${value.type.name})(${isNil ? "nil" : hex(true)})`;
    return isNil ? padded(flags, "<nil>") : hex(!flags.sharp);
  }
  if (verb === "p") return hex(!flags.sharp);
  if (/^[bodxX]$/.test(verb)) return formatInteger(flags, isNil ? 0n : address, verb);
  return badVerb(printing, value, verb);
}

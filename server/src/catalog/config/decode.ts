// What Dkron's decoder makes of a value of the file, and its words where it refuses it, by version.
// Follows mapstructure's weak mode behind viper's two hooks (texts to durations, texts to lists). Knows no key.
import { compareVersions } from "../versions.ts";
import { parseGoBool, parseGoDuration, parseGoInteger } from "./goText.ts";
import { type GoValue, goDecimal, goPrint, goSource, goTypeName } from "./goValue.ts";

/** Types of Dkron's struct fields. */
export type Target = "bool" | "int" | "uint16" | "duration" | "string" | "strings" | "string-map";

/** A decoded value. Durations are nanoseconds; integers fit their field, wrapped around where Go wraps. */
export type Decoded = boolean | number | string | readonly string[] | ReadonlyMap<string, string>;

/** Where inside a list or map the fault is; empty for the value itself. */
export type Inside = readonly (number | string)[];

export type DecodeError = {
  /** The decoder's own words, one row of its list: `'ui' expected type 'bool', got unconvertible type …`. */
  readonly row: string;
  readonly inside: Inside;
};

export type DecodeResult = { readonly value: Decoded | undefined; readonly errors: readonly DecodeError[] };

/** Generations of the decoder, told apart by their words. */
type Wording = "mapstructure-1" | "mapstructure-2.2" | "mapstructure-2.4";

function wordingOf(version: string): Wording {
  if (compareVersions(version, "4.0.5") < 0) return "mapstructure-1";
  return compareVersions(version, "4.0.9") < 0 ? "mapstructure-2.2" : "mapstructure-2.4";
}

const goTypes: Record<Target, string> = {
  bool: "bool",
  int: "int",
  uint16: "uint16",
  duration: "time.Duration",
  string: "string",
  strings: "[]string",
  "string-map": "map[string]string",
};

/** A struct field: what the decoder calls it in its messages, its type, and, for a bool, whether it is true by default. */
export type Field = { readonly name: string; readonly target: Target; readonly on?: boolean };

/** The value that the field gets; undefined, without error, where the value is null: the default stays. */
export function decode({ name, target, on }: Field, value: GoValue, version: string): DecodeResult {
  if (value.kind === "nil") return { value: undefined, errors: [] };
  const wording = wordingOf(version);
  if (target === "bool" && wording === "mapstructure-2.2" && !isScalar(value))
    return refused(sourceForBool(name, value, on));
  if (target === "strings") return decodeStrings(name, value, wording);
  if (target === "string-map") return decodeMap(name, value, wording);
  return decodeScalar(name, value, target, wording);
}

type ScalarTarget = "bool" | "int" | "uint16" | "duration" | "string";

function decodeScalar(name: string, value: GoValue, target: ScalarTarget, wording: Wording): DecodeResult {
  switch (value.kind) {
    case "string":
      return fromText(name, value.value, target, wording);
    case "bool":
      return done(
        target === "bool" ? value.value : target === "string" ? (value.value ? "1" : "0") : Number(value.value),
      );
    case "int":
      return done(fromInteger(value.value, target));
    case "float":
      return done(fromFloat(value.value, target));
    default:
      return refused(unconvertible(name, value, target, wording));
  }
}

function fromText(name: string, text: string, target: ScalarTarget, wording: Wording): DecodeResult {
  if (target === "string") return done(text);
  if (target === "duration") {
    const read = parseGoDuration(text);
    return read.ok ? done(read.value) : refused(badDuration(name, read.error, wording));
  }
  if (text === "") return done(target === "bool" ? false : 0);
  if (target === "bool") {
    const read = parseGoBool(text);
    return read.ok ? done(read.value) : refused(badText(name, "bool", "bool", "ParseBool", text, read.error, wording));
  }
  const signed = target === "int";
  const read = parseGoInteger(text, signed ? 64 : 16, signed);
  if (read.ok) return done(Number(read.value));
  const kind = signed ? "int" : "uint";
  return refused(badText(name, kind, target, signed ? "ParseInt" : "ParseUint", text, read.error, wording));
}

function fromInteger(value: bigint, target: ScalarTarget): Decoded {
  if (target === "bool") return value !== 0n;
  if (target === "string") return String(value);
  return Number(target === "uint16" ? BigInt.asUintN(16, value) : BigInt.asIntN(64, value));
}

function fromFloat(value: number, target: ScalarTarget): Decoded {
  if (target === "bool") return value !== 0;
  if (target === "string") return goDecimal(value);
  const whole = Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : -(2n ** 63n);
  return Number(target === "uint16" ? BigInt.asUintN(16, whole) : BigInt.asIntN(64, whole));
}

/** A text is cut at its commas, anything but a list stands for a list of one. */
function decodeStrings(name: string, value: GoValue, wording: Wording): DecodeResult {
  if (value.kind === "string") return done(value.value === "" ? [] : value.value.split(","));
  if (value.kind === "map" && value.entries.size === 0) return done([]);
  const items = value.kind === "list" ? value.items : [value];
  const texts: string[] = [];
  const errors: DecodeError[] = [];
  for (const [index, item] of items.entries()) {
    const result = item.kind === "nil" ? done("") : decodeScalar(`${name}[${index}]`, item, "string", wording);
    if (typeof result.value === "string") texts.push(result.value);
    for (const { row } of result.errors) errors.push({ row, inside: value.kind === "list" ? [index] : [] });
  }
  return { value: errors.length > 0 ? undefined : texts, errors };
}

function decodeMap(name: string, value: GoValue, wording: Wording): DecodeResult {
  if (value.kind === "list") return decodeMapFromList(name, value.items, wording);
  if (value.kind === "time") return done(new Map());
  if (value.kind !== "map") return refused(notAMap(name, value, wording));
  const texts = new Map<string, string>();
  const errors: DecodeError[] = [];
  for (const [key, item] of value.entries) {
    const result = item.kind === "nil" ? done("") : decodeScalar(`${name}[${key}]`, item, "string", wording);
    if (typeof result.value === "string") texts.set(key, result.value);
    for (const { row } of result.errors) errors.push({ row, inside: [key] });
  }
  return { value: errors.length > 0 ? undefined : texts, errors };
}

/** A list of maps is taken for one map; the first item that is none ends it. */
function decodeMapFromList(name: string, items: readonly GoValue[], wording: Wording): DecodeResult {
  const texts = new Map<string, string>();
  for (const [index, item] of items.entries()) {
    if (item.kind === "nil") continue;
    const result = decodeMap(`${name}[${index}]`, item, wording);
    if (result.errors.length > 0)
      return {
        value: undefined,
        errors: result.errors.map(({ row, inside }) => ({ row, inside: [index, ...inside] })),
      };
    for (const [key, text] of result.value as ReadonlyMap<string, string>) texts.set(key, text);
  }
  return done(texts);
}

const done = (value: Decoded): DecodeResult => ({ value, errors: [] });
const refused = (row: string): DecodeResult => ({ value: undefined, errors: [{ row, inside: [] }] });

function unconvertible(name: string, value: GoValue, target: Target, wording: Wording): string {
  const type = goTypeName(value);
  if (wording === "mapstructure-2.4")
    return `'${name}' expected type '${goTypes[target]}', got unconvertible type '${type}'`;
  return `'${name}' expected type '${goTypes[target]}', got unconvertible type '${type}', value: '${goPrint(value)}'`;
}

const isScalar = ({ kind }: GoValue): boolean => kind !== "list" && kind !== "map" && kind !== "time";

/** 4.0.5 to 4.0.8 print the field's present value for its type, and the value as source. */
function sourceForBool(name: string, value: GoValue, on = false): string {
  const source = goSource(value);
  return `'${name}' expected type '%!s(bool=${on})', got unconvertible type '${source}', value: '${source}'`;
}

function notAMap(name: string, value: GoValue, wording: Wording): string {
  if (wording === "mapstructure-2.4") return unconvertible(name, value, "string-map", wording);
  return `'${name}' expected a map, got '${goTypeName(value)}'`;
}

function badText(
  name: string,
  kind: string,
  type: string,
  parser: string,
  text: string,
  error: string,
  wording: Wording,
): string {
  if (wording === "mapstructure-2.4") return `'${name}' cannot parse value as '${type}': strconv.${parser}: ${error}`;
  return `cannot parse '${name}' as ${kind}: strconv.${parser}: parsing ${JSON.stringify(text)}: ${error}`;
}

/** The newest decoder leaves the value out: it cuts Go's message behind its last blank, or behind "unknown unit". */
function badDuration(name: string, error: string, wording: Wording): string {
  if (wording !== "mapstructure-2.4") return `error decoding '${name}': ${error}`;
  if (error.startsWith("time: unknown unit ")) return `'${name}' time: unknown unit`;
  return `'${name}' ${error.slice(0, error.lastIndexOf(" "))}`;
}

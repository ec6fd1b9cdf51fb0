// Functions on numbers: the `humanize…` family, times and durations. Knows no texts but numbers as text.
import { formatFloat } from "../go/floats.ts";
import { floatError, parseFloat64 } from "../go/parseNumber.ts";
import { quote } from "../go/quote.ts";
import { inUnits, second, timeText } from "../go/time.ts";
import { type Maybe, typeName, types, unwrap } from "../go/values.ts";
import { FunctionFailure } from "./context.ts";

/** A number of any kind, a text that is one, or a duration in seconds. */
export function numberOf(argument: Maybe): number {
  const value = unwrap(argument);
  if (value?.kind === "float") return value.value;
  if (value?.kind === "int") {
    if (value.type === types.int || value.type === types.int64) return Number(value.value);
    if (value.type === types.duration) return inUnits(value.value, second);
  }
  if (value?.kind === "string" && value.type === types.string) {
    const parsed = parseFloat64(value.value);
    if ("value" in parsed) return parsed.value;
    throw new FunctionFailure(floatError(value.value, parsed.error));
  }
  throw new FunctionFailure(`can't convert ${typeName(value)} to float`);
}

/** `%.4g` */
function short(value: number): string {
  return formatFloat(value, "g", 4);
}

const large = ["k", "M", "G", "T", "P", "E", "Z", "Y"];
const small = ["m", "u", "n", "p", "f", "a", "z", "y"];
const binary = ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"];

/** Divides step by step, in floats, while the number is past the step. */
function scaledDown(value: number, step: number, prefixes: readonly string[]): string {
  let number = value;
  let prefix = "";
  for (const next of prefixes) {
    if (Math.abs(number) < step) break;
    prefix = next;
    number /= step;
  }
  return short(number) + prefix;
}

function scaledUp(value: number): string {
  let number = value;
  let prefix = "";
  for (const next of small) {
    if (Math.abs(number) >= 1) break;
    prefix = next;
    number *= 1000;
  }
  return short(number) + prefix;
}

export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return short(value);
  return Math.abs(value) >= 1 ? scaledDown(value, 1000, large) : scaledUp(value);
}

export function humanize1024(value: number): string {
  return Math.abs(value) <= 1 || !Number.isFinite(value) ? short(value) : scaledDown(value, 1024, binary);
}

export function humanizePercentage(value: number): string {
  return `${short(value * 100)}%`;
}

/** Days, hours and minutes are counted in whole seconds, cut off; under a minute four digits. */
export function humanizeDuration(value: number): string {
  if (!Number.isFinite(value)) return short(value);
  if (value === 0) return `${short(value)}s`;
  if (Math.abs(value) < 1) return `${scaledUp(value)}s`;
  const sign = value < 0 ? "-" : "";
  const size = Math.abs(value);
  // Past 64 bits common processors give the lowest number.
  const whole = size < 2 ** 63 ? BigInt(Math.trunc(size)) : -(2n ** 63n);
  const minutes = `${(whole / 60n) % 60n}m ${whole % 60n}s`;
  const hours = `${(whole / 3600n) % 24n}h ${minutes}`;
  if (whole / 86_400n !== 0n) return `${sign}${whole / 86_400n}d ${hours}`;
  if (whole / 3600n !== 0n) return sign + hours;
  return sign + (whole / 60n !== 0n ? minutes : `${short(size)}s`);
}

/** Nanoseconds since 1970, cut to whole milliseconds as Prometheus keeps times. */
export function toTime(value: number): bigint {
  if (!Number.isFinite(value)) throw new FunctionFailure("value is NaN or Inf");
  const nanoseconds = value * 1e9;
  if (nanoseconds > 2 ** 63 || nanoseconds < -(2 ** 63)) {
    const shown = formatFloat(value, "g", -1);
    throw new FunctionFailure(`${shown} cannot be represented as a nanoseconds timestamp since it overflows int64`);
  }
  return (BigInt(Math.trunc(nanoseconds)) / 1_000_000n) * 1_000_000n;
}

export function humanizeTimestamp(value: number): string {
  return Number.isFinite(value) ? timeText(toTime(value)) : short(value);
}

/** Nanoseconds; what is past 64 bits becomes the lowest number, as on common processors. */
export function toDuration(value: number): bigint {
  const nanoseconds = value * 1e9;
  const fits = nanoseconds >= -(2 ** 63) && nanoseconds < 2 ** 63;
  return fits ? BigInt(Math.trunc(nanoseconds)) : -(2n ** 63n);
}

const unitSizes = new Map<string, bigint>([
  ["y", 365n * 86_400n * second],
  ["w", 7n * 86_400n * second],
  ["d", 86_400n * second],
  ["h", 3600n * second],
  ["m", 60n * second],
  ["s", second],
  ["ms", second / 1000n],
]);
const unitNames = [...unitSizes.keys()];
const outOfRange = "duration out of range";

/** A Prometheus duration, with a minus sign or without, as seconds. */
export function parseDuration(text: string): number {
  const negative = text.startsWith("-");
  const size = durationSize(negative ? text.slice(1) : text);
  return Number(negative ? -size : size) / Number(second);
}

function durationSize(text: string): bigint {
  if (text === "0") return 0n;
  if (text === "") throw new FunctionFailure("empty duration string");
  const invalid = `not a valid duration string: ${quote(text)}`;
  let total = 0n;
  let last = -1;
  let rest = text;
  while (rest !== "") {
    const [piece = "", digits = "", unit = ""] = /^(\d*)([^\d]*)/.exec(rest) ?? [];
    if (digits === "" || unit === "" || BigInt(digits) >= 2n ** 64n) throw new FunctionFailure(invalid);
    const unitSize = unitSizes.get(unit);
    if (unitSize === undefined) {
      throw new FunctionFailure(`unknown unit ${quote(unit)} in duration ${quote(text)}`);
    }
    if (unitNames.indexOf(unit) <= last) throw new FunctionFailure(invalid);
    last = unitNames.indexOf(unit);
    if (BigInt(digits) > 2n ** 63n / unitSize) throw new FunctionFailure(outOfRange);
    total += BigInt(digits) * unitSize;
    if (total >= 2n ** 63n) throw new FunctionFailure(outOfRange);
    rest = rest.slice(piece.length);
  }
  return total;
}

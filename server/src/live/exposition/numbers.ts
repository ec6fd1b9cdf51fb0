// Numbers as Go reads and writes them: values of samples, and the bounds in `le` and `quantile`. Knows no format.
import { readDecimal } from "./decimals.ts";

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const infinite = /^([+-]?)inf(?:inity)?$/i;
const hexadecimal = /^([+-]?)0x([\da-f]*)(?:\.([\da-f]*))?p([+-]?\d+)$/i;

/**
 * The value of a sample: Go's `ParseFloat` without hexadecimal and underscores (`parseFloat` of Prometheus' textparse).
 * NaN has no sign; out of range is no number. Undefined: not a number.
 */
export function parseValue(text: string): number | undefined {
  if (decimal.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  const sign = infinite.exec(text)?.[1];
  if (sign !== undefined) return sign === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^nan$/i.test(text) ? Number.NaN : undefined;
}

const scratch = new Float64Array(1);

/** The value in the bytes. Undefined: not a number. */
export function parseValueBytes(bytes: Buffer, from: number, to: number): number | undefined {
  if (readDecimal(bytes, from, to, scratch, 0) === to) return scratch[0];
  if (to - from === 3 && isNaNWord(bytes, from)) return Number.NaN;
  return parseValue(bytes.toString("latin1", from, to));
}

/** `NaN`, as Go writes it: what half of all summaries say. */
export function isNaNWord(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0x4e && bytes[at + 1] === 0x61 && bytes[at + 2] === 0x4e;
}

/** All that Go's `ParseFloat` takes: also hexadecimal floats and underscores between digits. Undefined: not a number. */
export function parseGoFloat(text: string): number | undefined {
  if (!text.includes("_")) return parseHexadecimal(text) ?? parseValue(text);
  if (!underscoresSeparateDigits(text)) return undefined;
  const plain = text.replaceAll("_", "");
  return parseHexadecimal(plain) ?? (decimal.test(plain) ? parseValue(plain) : undefined);
}

/** Each underscore has a digit on both sides; a base prefix counts as a digit in front (`underscoreOK` of Go's strconv). */
function underscoresSeparateDigits(text: string): boolean {
  const [, prefix = "", digits = ""] = /^[+-]?(0[xbo])?(.*)$/is.exec(text) ?? [];
  const digit = prefix.toLowerCase() === "0x" ? "[\\da-f]" : "\\d";
  const before = prefix === "" ? `(?<!${digit})` : `(?<!${digit}|^)`;
  return !new RegExp(`${before}_|_(?!${digit})`, "i").test(digits);
}

/** `0x1.8p-1`. Digits beyond a double's 53 bits are rounded once here and once by the power, if that leaves the normal range. */
function parseHexadecimal(text: string): number | undefined {
  const match = hexadecimal.exec(text);
  if (!match) return undefined;
  const [, sign, whole = "", fraction = "", power] = match;
  if (whole === "" && fraction === "") return undefined;
  const value = Number(BigInt(`0x0${whole}${fraction}`)) * 2 ** (Number(power) - 4 * fraction.length);
  if (!Number.isFinite(value)) return undefined;
  return sign === "-" ? -value : value;
}

/** As Go's `strconv.FormatFloat(value, 'g', -1, 64)`: shortest, with an exponent from `1e+06` up and below `0.0001`. */
export function formatGoFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  const digits = mantissa.replace(/[-.]/g, "");
  if (exponent < -4 || exponent >= 6) return `${mantissa}e${signed(exponent)}`;
  return plainDigits(value < 0 ? "-" : "", digits, exponent);
}

const signed = (exponent: number): string =>
  `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;

function plainDigits(sign: string, digits: string, exponent: number): string {
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, "0");
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** A bound as OpenMetrics wants it (`1.0`, `+Inf`), which Prometheus makes of `le` and `quantile` in either format. */
export function formatOpenMetricsFloat(value: number): string {
  if (value === 0) return "0.0";
  const text = formatGoFloat(value);
  return /[.eIN]/.test(text) ? text : `${text}.0`;
}

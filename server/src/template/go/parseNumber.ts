// Texts to numbers as Go's `strconv` reads them. Knows no templates.
import { quote } from "./quote.ts";

const maxInt64 = 2n ** 63n - 1n;
const maxUint64 = 2n ** 64n - 1n;

/** Underscores only between digits, or between a base prefix and a digit. */
function underscoresFit(text: string): boolean {
  if (!text.includes("_")) return true;
  const digits = text.replace(/^[+-]/, "").replace(/^0[xX]/, "0");
  const marked = digits.replace(/^0[bBoO]/, "0");
  return !/^_|_$|__|_[^0-9a-fA-F]|[^0-9a-fA-F]_/.test(/^[+-]?0[xX]/.test(text) ? marked : marked.replace(/[eE]/g, "."));
}

/** Unsigned integer of any of Go's forms (`10`, `0x1F`, `0b1`, `0o7`, `017`, `1_000`); undefined if it is none or past 64 bits. */
export function parseUint(text: string): bigint | undefined {
  const plain = text.replaceAll("_", "");
  if (!/^(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/.test(plain)) return undefined;
  if (!underscoresFit(text)) return undefined;
  const value = BigInt(/^0[0-7]/.test(plain) ? `0o${plain.slice(1)}` : plain.toLowerCase());
  return value > maxUint64 ? undefined : value;
}

/** As `parseUint` with an optional sign, within 64 bits. */
export function parseInt64(text: string): bigint | undefined {
  const sign = /^[+-]/.test(text) ? text[0] : "";
  const size = parseUint(text.slice(sign === "" ? 0 : 1));
  if (size === undefined) return undefined;
  const value = sign === "-" ? -size : size;
  return value > maxInt64 || value < -maxInt64 - 1n ? undefined : value;
}

const decimalFloat = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const hexFloat = /^([+-]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([+-]?[0-9]+)$/;

function hexValue(sign: string, whole: string, fraction: string, exponent: string): number {
  const mantissa = BigInt(`0x0${whole}${fraction}`);
  const scale = Number(exponent) - 4 * fraction.length;
  if (mantissa === 0n) return sign === "-" ? -0 : 0;
  // In two steps, for a power of two alone may be past what a number holds.
  const half = Math.trunc(scale / 2);
  const value = Number(mantissa) * 2 ** half * 2 ** (scale - half);
  return sign === "-" ? -value : value;
}

export type ParsedFloat = { readonly value: number } | { readonly error: "invalid syntax" | "value out of range" };

/** Decimals, exponents, hexadecimal floats with `p`, infinities and NaN in any case. No blanks. */
export function parseFloat64(text: string): ParsedFloat {
  if (/^[+-]?inf(?:inity)?$/i.test(text)) return { value: text.startsWith("-") ? -Infinity : Infinity };
  if (/^nan$/i.test(text)) return { value: Number.NaN };
  const plain = text.replaceAll("_", "");
  const hex = hexFloat.exec(plain);
  const digits = hex !== null && (hex[2] ?? "") + (hex[3] ?? "") !== "";
  if ((!digits && !decimalFloat.test(plain)) || !underscoresFit(text)) return { error: "invalid syntax" };
  const value = hex !== null ? hexValue(hex[1] ?? "", hex[2] ?? "", hex[3] ?? "", hex[4] ?? "0") : Number(plain);
  return Number.isFinite(value) ? { value } : { error: "value out of range" };
}

/** Go's sentence for a text that `parseFloat64` refuses. */
export function floatError(text: string, error: string): string {
  return `strconv.ParseFloat: parsing ${quote(text)}: ${error}`;
}

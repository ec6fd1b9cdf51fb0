// The flags of a formatting verb and what they do to numbers and texts: width, precision, sign, padding. Knows no values.
import { toBytes } from "./bytes.ts";
import { formatFloat } from "./floats.ts";
import { canBackquote, quote, quoteRune, unicodeName } from "./quote.ts";

/** `sharpV` and `plusV` are `#` and `+` once the verb is `v`. */
export type Flags = {
  width: number | undefined;
  precision: number | undefined;
  minus: boolean;
  plus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  plusV: boolean;
  sharpV: boolean;
};

export function noFlags(): Flags {
  return {
    width: undefined,
    precision: undefined,
    minus: false,
    plus: false,
    sharp: false,
    space: false,
    zero: false,
    plusV: false,
    sharpV: false,
  };
}

/** Fills up to the width, counted in code points. */
export function padded(flags: Flags, text: string): string {
  const missing = (flags.width ?? 0) - [...text].length;
  if (missing <= 0) return text;
  if (flags.minus) return text + " ".repeat(missing);
  return (flags.zero ? "0" : " ").repeat(missing) + text;
}

function truncated(flags: Flags, text: string): string {
  return flags.precision === undefined ? text : [...text].slice(0, flags.precision).join("");
}

export function formatText(flags: Flags, text: string): string {
  return padded(flags, truncated(flags, text));
}

export function formatQuoted(flags: Flags, text: string): string {
  const cut = truncated(flags, text);
  return padded(flags, flags.sharp && canBackquote(cut) ? `\`${cut}\`` : quote(cut, flags.plus));
}

/** The bytes of a text as hexadecimal digits. */
export function formatHexText(flags: Flags, text: string, upper: boolean): string {
  const bytes = toBytes(text).slice(0, flags.precision);
  if (bytes.length === 0) return (flags.zero && !flags.minus ? "0" : " ").repeat(flags.width ?? 0);
  const prefix = flags.sharp ? "0x" : "";
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, "0"));
  const plain = flags.space ? digits.map((pair) => prefix + pair).join(" ") : prefix + digits.join("");
  return padded(flags, upper ? plain.toUpperCase() : plain);
}

const radices = new Map([
  ["b", 2],
  ["o", 8],
  ["O", 8],
  ["x", 16],
  ["X", 16],
]);

/** `%d` and its kin; a precision is the least number of digits. */
export function formatInteger(flags: Flags, value: bigint, verb: string): string {
  const size = value < 0n ? -value : value;
  let least = flags.precision ?? 0;
  const fillsZeros = flags.precision === undefined && flags.zero && !flags.minus && flags.width !== undefined;
  const signed = value < 0n || flags.plus || flags.space;
  if (fillsZeros) least = (flags.width ?? 0) - (signed ? 1 : 0);
  if (flags.precision === 0 && value === 0n) return padded({ ...flags, zero: false }, "");
  let digits = size.toString(radices.get(verb) ?? 10).padStart(least, "0");
  if (verb === "X") digits = digits.toUpperCase();
  if (flags.sharp) {
    if (verb === "b") digits = `0b${digits}`;
    if ((verb === "o" || verb === "O") && !digits.startsWith("0")) digits = `0${digits}`;
    if (verb === "x" || verb === "X") digits = `0${verb}${digits}`;
  }
  if (verb === "O") digits = `0o${digits}`;
  const sign = value < 0n ? "-" : flags.plus ? "+" : flags.space ? " " : "";
  return padded({ ...flags, zero: false }, sign + digits);
}

function runeOf(value: bigint): number {
  const code = value < 0n || value > 0x10ffffn ? 0xfffd : Number(value);
  return code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
}

/** `%c`, `%q` and `%U` of a number. */
export function formatRune(flags: Flags, value: bigint, verb: string): string {
  if (verb === "c") return padded(flags, String.fromCodePoint(runeOf(value)));
  if (verb === "q") return padded(flags, quoteRune(runeOf(value), flags.plus));
  const unsigned = BigInt.asUintN(64, value);
  const least = Math.max(flags.precision ?? 4, 4);
  const name = `U+${unsigned.toString(16).toUpperCase().padStart(least, "0")}`;
  const shown = flags.sharp && unsigned <= 0x10ffffn ? (/ '.+'$/su.exec(unicodeName(Number(unsigned)))?.[0] ?? "") : "";
  return padded({ ...flags, zero: false }, name + shown);
}

/** `#` keeps the point and, for `%g`, the zeros behind it. */
function withPoint(number: string, verb: string, precision: number): string {
  const [, sign = "", body = "", tail = ""] = /^([+\- ]?)(.*?)((?:[eE][+-]\d+|[pP][+-]\d+)?)$/.exec(number) ?? [];
  if (verb === "b") return number;
  let missing = 0;
  if (/[gGx]/.test(verb)) {
    // The x of a hexadecimal prefix counts as a digit too.
    const digits = body.replace(".", "");
    const counted = digits === "0" ? 1 : digits.replace(/^0+/, "").length;
    missing = (precision < 0 ? 6 : precision) - counted;
  }
  return `${sign}${body}${body.includes(".") ? "" : "."}${"0".repeat(Math.max(missing, 0))}${tail}`;
}

/** `verb` is one of `e E f F g G x X b`; `precision` is the verb's own where none is asked for. */
export function formatFloating(flags: Flags, value: number, verb: string, precision: number): string {
  const asked = flags.precision ?? precision;
  let number = formatFloat(value, verb === "F" ? "f" : verb, asked);
  if (!/^[+-]/.test(number)) number = `+${number}`;
  if (flags.space && number[0] === "+" && !flags.plus) number = ` ${number.slice(1)}`;
  if (!Number.isFinite(value)) {
    // An infinity always has its sign, NaN only where one is asked for.
    const bare = Number.isNaN(value) && !flags.space && !flags.plus;
    return padded({ ...flags, zero: false }, bare ? number.slice(1) : number);
  }
  if (flags.sharp) number = withPoint(number, verb, asked);
  if (!flags.plus && number[0] === "+") return padded(flags, number.slice(1));
  const width = flags.width ?? 0;
  if (flags.zero && !flags.minus && width > number.length) {
    return (number[0] ?? "") + "0".repeat(width - number.length) + number.slice(1);
  }
  return padded(flags, number);
}

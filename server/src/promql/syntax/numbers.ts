// Numbers and durations as Prometheus reads and writes them. Knows no token.
import { quoteString } from "./quoting.ts";

/** A value, or Prometheus' words for why there is none. */
export type Parsed = { readonly value: number; readonly error: string | undefined };

const decimal = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const zeroOctal = /^0[0-7_]+$/;
const misplacedUnderscore = /(?:^|[^0-9a-f])_|_(?:[^0-9a-f]|$)/i;

/**
 * The value of a number token. Integers are read as Go literals, so `017` is 15 and `08` is 8; `_` separates digits.
 * Source: promql/parser/parse.go, `number` (`strconv.ParseInt` with base 0, then `strconv.ParseFloat`).
 */
export function parseNumber(text: string): Parsed {
  const first = text.charCodeAt(0);
  if (first > 57)
    return { value: first === 73 || first === 105 ? Number.POSITIVE_INFINITY : Number.NaN, error: undefined };
  if (first === 48 && text.length > 1) return parseZeroPrefixed(text);
  return parseDecimal(text, text.includes("_") ? withoutUnderscores(text) : text);
}

function parseDecimal(text: string, digits: string): Parsed {
  const value = decimal.test(digits) ? Number(digits) : Number.NaN;
  if (Number.isNaN(value)) return { value: 0, error: floatError(text, "invalid syntax") };
  if (value === Number.POSITIVE_INFINITY) return { value, error: floatError(text, "value out of range") };
  return { value, error: undefined };
}

/** Text without digit separators; as it is where one is misplaced, which then is no number. */
function withoutUnderscores(text: string): string {
  return misplacedUnderscore.test(text) ? text : text.replaceAll("_", "");
}

function parseZeroPrefixed(text: string): Parsed {
  if (/^0x/i.test(text)) {
    const digits = /^0x_?[0-9a-f](?:_?[0-9a-f])*$/i.test(text) ? text.slice(2).replaceAll("_", "") : "";
    const value = digits === "" ? undefined : BigInt(`0x${digits}`);
    // Past 63 bits Go tries a hexadecimal float, which would need an exponent `p`.
    if (value === undefined || value >= 1n << 63n) return { value: 0, error: floatError(text, "invalid syntax") };
    return { value: Number(value), error: undefined };
  }
  const digits = text.includes("_") ? withoutUnderscores(text) : text;
  if (zeroOctal.test(text) && !digits.includes("_")) {
    const value = BigInt(`0o${digits}`);
    if (value < 1n << 63n) return { value: Number(value), error: undefined };
  }
  return parseDecimal(text, digits);
}

function floatError(text: string, what: string): string {
  return `error parsing number: strconv.ParseFloat: parsing ${quoteString(text)}: ${what}`;
}

type Unit = { readonly name: string; readonly nanoseconds: bigint; readonly order: number };

const units: ReadonlyMap<string, Unit> = new Map(
  (
    [
      ["ms", 1_000_000n],
      ["s", 1_000_000_000n],
      ["m", 60_000_000_000n],
      ["h", 3_600_000_000_000n],
      ["d", 86_400_000_000_000n],
      ["w", 604_800_000_000_000n],
      ["y", 31_536_000_000_000_000n],
    ] as const
  ).map(([name, nanoseconds], index) => [name, { name, nanoseconds, order: 7 - index }]),
);

const LONGEST_NANOSECONDS = (1n << 63n) - 1n;

/** The durations that nearly every query has. */
const simpleDuration = /^(\d{1,6})(ms|[smhdw])$/;
const simpleSeconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/**
 * Seconds of a duration such as `1h30m`: whole numbers with units from large to small, each once.
 * Source: prometheus/common model/time.go, `ParseDuration`.
 */
export function parseDuration(text: string): Parsed {
  const simple = simpleDuration.exec(text);
  if (simple) {
    const count = Number(simple[1]);
    const unit = simple[2] ?? "";
    return { value: unit === "ms" ? count / 1000 : count * (simpleSeconds[unit] ?? 0), error: undefined };
  }
  if (text === "0") return { value: 0, error: undefined };
  return parseCompoundDuration(text);
}

function parseCompoundDuration(text: string): Parsed {
  const bad = (error: string): Parsed => ({ value: 0, error });
  if (text === "") return bad("empty duration string");
  const quoted = quoteString(text);
  let total = 0n;
  let lastOrder = 0;
  let rest = text;
  while (rest !== "") {
    const part = /^(\d+)(\D+)/.exec(rest);
    if (!part?.[1] || !part[2] || BigInt(part[1]) >= 1n << 64n) return bad(`not a valid duration string: ${quoted}`);
    const unit = units.get(part[2]);
    if (!unit) return bad(`unknown unit ${quoteString(part[2])} in duration ${quoted}`);
    if (unit.order <= lastOrder) return bad(`not a valid duration string: ${quoted}`);
    lastOrder = unit.order;
    const count = BigInt(part[1]);
    total += count * unit.nanoseconds;
    if (count > (1n << 63n) / unit.nanoseconds || total > LONGEST_NANOSECONDS) return bad("duration out of range");
    rest = rest.slice(part[0].length);
  }
  const seconds = total / 1_000_000_000n;
  return { value: Number(seconds) + Number(total % 1_000_000_000n) / 1e9, error: undefined };
}

/** Whether so many seconds are no duration: more than 2^63 nanoseconds, about 292 years. */
export function isDurationOutOfRange(seconds: number): boolean {
  return seconds > 2 ** 63 / 1e9 || seconds < -(2 ** 63) / 1e9;
}

const steps: readonly (readonly [unit: string, milliseconds: number, onlyWhole: boolean])[] = [
  ["y", 31_536_000_000, true],
  ["w", 604_800_000, true],
  ["d", 86_400_000, false],
  ["h", 3_600_000, false],
  ["m", 60_000, false],
  ["s", 1000, false],
  ["ms", 1, false],
];

/**
 * Seconds as Prometheus writes them: `1h30m`; years and weeks only when nothing is left over; less than 1 ms is `0s`.
 * A negative duration has a leading `-`. Source: prometheus/common model/time.go, `Duration.String`.
 */
export function formatDuration(seconds: number): string {
  // The least number of 64 bits, which is its own opposite: hence two signs.
  if (Number.isNaN(seconds)) return "--106751d23h47m16s854ms";
  if (seconds < 0) return `-${formatDuration(-seconds)}`;
  let left = Math.trunc(Math.round(seconds * 1e9) / 1e6);
  if (left === 0) return "0s";
  let out = "";
  for (const [unit, size, onlyWhole] of steps) {
    if (onlyWhole && left % size !== 0) continue;
    const count = Math.floor(left / size);
    if (count === 0) continue;
    out += `${count}${unit}`;
    left -= count * size;
  }
  return out;
}

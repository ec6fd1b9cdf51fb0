// Decimal numbers in bytes to the nearest double, without making a text of them. Knows plain numbers only: what else there is (long
// ones, infinities, mistakes) is left to numbers.ts.

/** Powers of ten that a double holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
const greatestPower = 22;

/** Digits kept in each of two whole numbers: the first significant ones, and those behind them. */
const fullHead = 100_000_000;
const mostTail = 9;

/**
 * Reads the number that begins at `from` into `values[place]` and gives the byte behind it; −1 if it is none, or not so plain that its
 * double is certain. It stops at the first byte that is no part of a number, and before `to`.
 */
export function readDecimal(bytes: Uint8Array, from: number, to: number, values: Float64Array, place: number): number {
  let at = from;
  const isNegative = at < to && bytes[at] === 0x2d;
  if (isNegative) at++;
  const first = at;
  let head = 0;
  let tail = 0;
  let tailDigits = 0;
  let point = -1;
  for (; at < to; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit >= 0 && digit <= 9) {
      if (head < fullHead) head = head * 10 + digit;
      else {
        if (++tailDigits > mostTail) return -1;
        tail = tail * 10 + digit;
      }
    } else if (digit === -2 && point < 0) point = at;
    else break;
  }
  if (at - first === (point < 0 ? 0 : 1)) return -1;
  let scale = point < 0 ? 0 : point + 1 - at;
  if (at < to && ((bytes[at] as number) | 0x20) === 0x65) {
    const exponentFrom = at + 1;
    at = behindExponent(bytes, exponentFrom, to);
    if (at < 0) return -1;
    scale += smallExponent(bytes, exponentFrom, at);
  }
  const value = scaled(head, tail, tailDigits, scale);
  if (Number.isNaN(value)) return -1;
  values[place] = isNegative ? -value : value;
  return at;
}

/** Behind `+06`, `5` …: a sign perhaps, and one to three digits; −1 for anything else. */
function behindExponent(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  if (at < to && (bytes[at] === 0x2b || bytes[at] === 0x2d)) at++;
  const first = at;
  while (at < to && (bytes[at] as number) >= 0x30 && (bytes[at] as number) <= 0x39) at++;
  return at > first && at - first <= 3 ? at : -1;
}

function smallExponent(bytes: Uint8Array, from: number, to: number): number {
  let exponent = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit >= 0) exponent = exponent * 10 + digit;
  }
  return bytes[from] === 0x2d ? -exponent : exponent;
}

/** The double nearest to `(head · 10^tailDigits + tail) · 10^scale`; NaN: not known for certain. */
function scaled(head: number, tail: number, tailDigits: number, scale: number): number {
  if (tailDigits <= 6) {
    // At most 15 digits and a small power of ten are exact, so that only the last operation rounds.
    const mantissa = head * (powers[tailDigits] as number) + tail;
    if (scale === 0) return mantissa;
    if (scale < 0) return scale < -greatestPower ? Number.NaN : mantissa / (powers[-scale] as number);
    return scale > greatestPower ? Number.NaN : mantissa * (powers[scale] as number);
  }
  const power = -scale - tailDigits;
  if (power < 0 || power > greatestPower) return Number.NaN;
  return quotient(head, tail / (powers[tailDigits] as number), powers[power] as number);
}

/**
 * The double nearest to `(whole + part) / divisor`, `part` being below 1 and `whole` of nine digits: a quotient and what it lacks, which
 * is known to 78 binary places of the quotient. NaN where that is too few to tell which of two doubles is the nearer.
 */
function quotient(whole: number, part: number, divisor: number): number {
  const rough = whole / divisor;
  const lack = (remainder(whole, rough, divisor) + part) / divisor;
  const doubt = rough * 2 ** -76;
  const least = rough + (lack - doubt);
  return least === rough + (lack + doubt) ? least : Number.NaN;
}

/** `whole − rough · divisor` without any rounding: Dekker's product of halves. */
function remainder(whole: number, rough: number, divisor: number): number {
  const roughHigh = upperHalf(rough);
  const roughLow = rough - roughHigh;
  const divisorHigh = upperHalf(divisor);
  const divisorLow = divisor - divisorHigh;
  const product = rough * divisor;
  const error =
    roughHigh * divisorHigh - product + roughHigh * divisorLow + roughLow * divisorHigh + roughLow * divisorLow;
  return whole - product - error;
}

/** The upper 26 bits of a double's 53. */
function upperHalf(value: number): number {
  const moved = value * 134_217_729;
  return moved - (moved - value);
}

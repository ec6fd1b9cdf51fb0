// How Go reads texts as booleans, numbers, durations and keys, and what it says where it cannot. Knows no key of Dkron.

/** What a text is, or the words of Go's error. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

const ok = <T>(value: T): Read<T> => ({ ok: true, value });
const bad = <T>(error: string): Read<T> => ({ ok: false, error });

/** Go's `strconv.ParseBool`. */
export function parseGoBool(text: string): Read<boolean> {
  if (/^(?:1|t|T|true|TRUE|True)$/.test(text)) return ok(true);
  if (/^(?:0|f|F|false|FALSE|False)$/.test(text)) return ok(false);
  return bad("invalid syntax");
}

/**
 * Go's `strconv.ParseInt(text, 0, bits)`, or `ParseUint` if not `signed`: prefixes 0x, 0o, 0b and 0, `_` between digits.
 * As Go does it reads from the left, so a number that is too large is out of range whatever follows.
 */
export function parseGoInteger(text: string, bits: number, signed: boolean): Read<bigint> {
  const [, sign = "", body = ""] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (sign !== "" && !signed) return bad("invalid syntax");
  const { base, digits } = baseOf(body);
  if (digits === "") return bad("invalid syntax");
  const ceiling = 2n ** BigInt(bits);
  let size = 0n;
  for (const character of digits) {
    if (character === "_") continue;
    const digit = Number.parseInt(character, 36);
    if (!(digit < base) || !/[0-9a-z]/i.test(character)) return bad("invalid syntax");
    size = size * BigInt(base) + BigInt(digit);
    if (size >= ceiling) return bad("value out of range");
  }
  if (!/^(?:0[xob]_?)?[0-9a-f]+(?:_[0-9a-f]+)*$/i.test(body)) return bad("invalid syntax");
  const value = sign === "-" ? -size : size;
  if (signed && (value >= ceiling / 2n || value < -ceiling / 2n)) return bad("value out of range");
  return ok(value);
}

function baseOf(body: string): { base: number; digits: string } {
  const prefix = /^0([xob])(?=.)/i.exec(body)?.[1]?.toLowerCase();
  if (prefix) return { base: prefix === "x" ? 16 : prefix === "o" ? 8 : 2, digits: body.slice(2) };
  return body.startsWith("0") && body.length > 1 ? { base: 8, digits: body.slice(1) } : { base: 10, digits: body };
}

/** A Go int in full: a number beyond 2^53 is taken for the end of its range. */
export function goInteger(value: number): string {
  return String(BigInt.asIntN(64, BigInt(Math.min(value, 2 ** 63 - 1024))) + (value >= 2 ** 63 - 1024 ? 1023n : 0n));
}

const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Go's `time.ParseDuration`: nanoseconds, or its message with the text quoted. */
export function parseGoDuration(text: string): Read<number> {
  const quoted = goQuote(text);
  const [, sign = "", start = ""] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (start === "0") return ok(0);
  if (start === "") return bad(`time: invalid duration ${quoted}`);
  let total = 0;
  for (let rest = start; rest !== ""; ) {
    const number = /^(?:\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined || Number.parseInt(number, 10) > 2 ** 63) return bad(`time: invalid duration ${quoted}`);
    rest = rest.slice(number.length);
    const unit = /^[^.\d]*/.exec(rest)?.[0] ?? "";
    if (unit === "") return bad(`time: missing unit in duration ${quoted}`);
    const size = nanoseconds[unit];
    if (size === undefined) return bad(`time: unknown unit ${goQuote(unit)} in duration ${quoted}`);
    total += Number(number) * size;
    rest = rest.slice(unit.length);
  }
  if (total > 2 ** 63) return bad(`time: invalid duration ${quoted}`);
  return ok(sign === "-" ? -total : total);
}

/** A text as package `time` quotes it: whatever is not printable ASCII byte by byte. */
function goQuote(text: string): string {
  const bytes = [...new TextEncoder().encode(text)].map((byte) => {
    if (byte === 34 || byte === 92) return `\\${String.fromCharCode(byte)}`;
    return byte < 32 || byte >= 128 ? `\\x${byte.toString(16).padStart(2, "0")}` : String.fromCharCode(byte);
  });
  return `"${bytes.join("")}"`;
}

/** A duration in the largest unit that keeps it a whole number, for example `1m30s` as `90s`; the input is nanoseconds. */
export function durationInWords(value: number): string {
  for (const unit of ["h", "m", "s", "ms", "us"]) {
    const size = nanoseconds[unit] ?? 1;
    if (value !== 0 && value % size === 0) return `${value / size}${unit}`;
  }
  return `${value}ns`;
}

/** Length in bytes of what standard base64 with padding encodes, or Go's message; line breaks are skipped as Go does. */
export function base64Length(text: string): Read<number> {
  const characters = [...text].flatMap((character, index) => (/[\r\n]/.test(character) ? [] : [{ character, index }]));
  const corrupt = (at: number): Read<number> => bad(`illegal base64 data at input byte ${at}`);
  const end = byteLength(text);
  let bytes = 0;
  for (let i = 0; i < characters.length; i += 4) {
    const group = characters.slice(i, i + 4);
    const wrong = group.findIndex(({ character }) => !/[A-Za-z0-9+/]/.test(character));
    if (wrong === -1 && group.length === 4) {
      bytes += 3;
      continue;
    }
    if (wrong === -1) return corrupt(end - group.length);
    const at = group[wrong];
    if (at?.character !== "=" || wrong < 2) return corrupt(byteAt(text, at?.index ?? 0));
    if (wrong === 2 && group.length < 4) return corrupt(end);
    const second = group[3];
    if (wrong === 2 && second?.character !== "=") return corrupt(byteAt(text, second?.index ?? 0) - 1);
    const after = characters[i + 4];
    if (after) return corrupt(byteAt(text, after.index));
    bytes += wrong - 1;
  }
  return ok(bytes);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function byteAt(text: string, character: number): number {
  return byteLength([...text].slice(0, character).join(""));
}

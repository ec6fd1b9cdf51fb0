// Where a quoted string ends and what is wrong inside it. Knows no token.
import { isBrokenRune, isHexDigit } from "./characters.ts";
import { describeRune } from "./quoting.ts";

const BACKSLASH = 92;
const BACKQUOTE = 96;
const NEWLINE = 10;

/** Either the end of the string token, or what Prometheus says of it. */
export type ScannedString = number | string;

/** Scans the string whose opening quote is at `start`; `'`, `"` take Go's escapes, `` ` `` takes none. */
export function scanString(text: string, start: number): ScannedString {
  const quote = text.charCodeAt(start);
  return quote === BACKQUOTE ? scanRaw(text, start) : scanQuoted(text, start, quote);
}

function scanRaw(text: string, start: number): ScannedString {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKQUOTE) return i + 1;
    if (code >= 0xd800) {
      if (isBrokenRune(text, i)) return "invalid UTF-8 rune";
      if (code < 0xe000) i++;
    }
  }
  return "unterminated raw string";
}

/** What means itself in either quotes. The engine's own search is fast from the first call on. */
const ordinary = /[\t !#-&(-[\]-~]*/y;

function scanQuoted(text: string, start: number, quote: number): ScannedString {
  for (let i = start + 1; i < text.length; i++) {
    ordinary.lastIndex = i;
    ordinary.test(text);
    i = ordinary.lastIndex;
    const code = text.charCodeAt(i);
    if (code === quote) return i + 1;
    if (code === NEWLINE) break;
    if (code === BACKSLASH) {
      const end = scanEscape(text, i + 1, quote);
      if (typeof end === "string") return end;
      i = end - 1;
    } else if (code >= 0xd800) {
      if (isBrokenRune(text, i)) return "invalid UTF-8 rune";
      if (code < 0xe000) i++;
    }
  }
  return "unterminated quoted string";
}

type Escape = { readonly digits: number; readonly base: 8 | 16; readonly max: number; readonly skip: number };

const octal: Escape = { digits: 3, base: 8, max: 255, skip: 0 };
const numeric: Readonly<Record<string, Escape>> = {
  x: { digits: 2, base: 16, max: 255, skip: 1 },
  u: { digits: 4, base: 16, max: 0x10ffff, skip: 1 },
  U: { digits: 8, base: 16, max: 0x10ffff, skip: 1 },
};

/** Scans what stands behind a backslash, from its letter at `at`. */
function scanEscape(text: string, at: number, quote: number): ScannedString {
  const letter = text[at];
  if (letter === undefined) return "escape sequence not terminated";
  if ("abfnrtv\\".includes(letter) || letter.charCodeAt(0) === quote) return at + 1;
  const sequence = letter >= "0" && letter <= "7" ? octal : numeric[letter];
  if (sequence === undefined) return `unknown escape sequence ${describeRune(text, at)}`;
  const first = at + sequence.skip;
  for (let i = first; i < first + sequence.digits; i++) {
    if (i >= text.length) return "escape sequence not terminated";
    const code = text.charCodeAt(i);
    const fits = sequence.base === 8 ? code >= 48 && code <= 55 : isHexDigit(code);
    if (!fits) return `illegal character ${describeRune(text, i)} in escape sequence`;
  }
  const end = first + sequence.digits;
  const value = Number.parseInt(text.slice(first, end), sequence.base);
  if (value > sequence.max || (value >= 0xd800 && value < 0xe000)) {
    return "escape sequence is an invalid Unicode code point";
  }
  return end;
}

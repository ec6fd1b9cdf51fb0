// Go's ways of writing strings and characters: `%q` of messages, quoted strings of the language. Knows no token.
import { isNewerThanGo } from "../../newPoints.ts";

const BACKSLASH = 92;
/** A byte that is no UTF-8 (from `"\xff"`) is kept as a lone surrogate of this block, the byte in its low eight bits. */
const RAW_BYTE = 0xdc00;

const simpleEscapes: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
};

const plain = /^[ !#-[\]-~]*$/;

function isPrintable(character: string): boolean {
  // Made here, when it is needed: putting these classes together takes a millisecond of each start.
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character) && !isNewerThanGo(character.codePointAt(0) ?? 0);
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, "0");
}

function quoteCharacter(character: string, quote: string): string {
  if (character === quote || character === "\\") return `\\${character}`;
  if (isPrintable(character)) return character;
  const simple = simpleEscapes[character];
  if (simple !== undefined) return simple;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  if (code >= RAW_BYTE + 0x80 && code <= RAW_BYTE + 0xff) return `\\x${hex(code - RAW_BYTE, 2)}`;
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

/** A string as Go's `strconv.Quote` writes it. */
export function quoteString(value: string): string {
  if (plain.test(value)) return `"${value}"`;
  let out = '"';
  for (const character of value) out += quoteCharacter(character, '"');
  return `${out}"`;
}

/** A character as Go's `%q` writes it, in single quotes; the end of the text is U+FFFD to Go. */
export function quoteRune(text: string, index: number): string {
  const code = text.codePointAt(index);
  if (code === undefined || (code >= 0xd800 && code <= 0xdfff)) return "'\ufffd'";
  return `'${quoteCharacter(String.fromCodePoint(code), "'")}'`;
}

/** A character as Go's `%#U` writes it: `U+0063 'c'`, the quoted part only where it can be printed. */
export function describeRune(text: string, index: number): string {
  let code = text.codePointAt(index) ?? 0xfffd;
  if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
  const character = String.fromCodePoint(code);
  const name = `U+${hex(code, 4).toUpperCase()}`;
  return isPrintable(character) ? `${name} '${character}'` : name;
}

/** Length in bytes of UTF-8, which is how Prometheus counts. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Bytes as text; those that are no UTF-8 become lone surrogates, so that they can be written as `\xNN` again. */
function decodeBytes(bytes: readonly number[]): string {
  try {
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    return decodeBroken(bytes);
  }
}

function decodeBroken(bytes: readonly number[]): string {
  let out = "";
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] ?? 0;
    const width = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    try {
      out += utf8.decode(Uint8Array.from(bytes.slice(i, i + width)));
      i += width;
    } catch {
      out += String.fromCharCode(RAW_BYTE + first);
      i += 1;
    }
  }
  return out;
}

const escapedLetters: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

/**
 * The value of a string token that the lexer let pass: `text[start..end]` with its quotes.
 * Escapes are Go's; `\xNN` and octal ones are bytes of UTF-8, as in Go.
 */
export function unquote(text: string, start: number, end: number): string {
  const body = text.slice(start + 1, end - 1);
  if (text[start] === "`" || !body.includes("\\")) return body;
  const bytes: number[] = [];
  for (let i = 0; i < body.length; ) {
    if (body.charCodeAt(i) !== BACKSLASH) {
      const next = body.indexOf("\\", i);
      const stop = next < 0 ? body.length : next;
      for (const byte of encoder.encode(body.slice(i, stop))) bytes.push(byte);
      i = stop;
      continue;
    }
    i += readEscape(body, i + 1, bytes);
  }
  return decodeBytes(bytes);
}

/** Appends the bytes of the escape whose letter is at `at`; gives its length with the backslash. */
function readEscape(body: string, at: number, bytes: number[]): number {
  const letter = body[at] ?? "";
  const digits = letter === "x" ? 2 : letter === "u" ? 4 : letter === "U" ? 8 : 0;
  if (digits > 0) {
    const code = Number.parseInt(body.slice(at + 1, at + 1 + digits), 16);
    if (digits === 2) bytes.push(code);
    else for (const byte of encoder.encode(String.fromCodePoint(code))) bytes.push(byte);
    return digits + 2;
  }
  if (letter >= "0" && letter <= "7") {
    bytes.push(Number.parseInt(body.slice(at, at + 3), 8));
    return 4;
  }
  bytes.push(escapedLetters[letter] ?? letter.charCodeAt(0));
  return 2;
}

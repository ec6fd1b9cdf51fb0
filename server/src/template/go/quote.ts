// Go's quoted strings, both ways: decoding literals with a map of offsets, and what `%q` writes. Knows no templates.
import { byteOf, codePoint, isLooseByte, looseByte, normalized } from "./bytes.ts";
import { isPrint } from "./unicode.ts";

/** A literal decoded. `offsets[i]` is where in the literal the UTF-16 unit `i` of `value` is written; one more for the end. */
export type Decoded = { readonly value: string; readonly offsets: readonly number[] };

const simpleEscapes = new Map([
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\\", "\\"],
]);

type Unit = { readonly text: string; readonly code: number; readonly end: number };

/** One character of a literal, escaped or not, and where it ends; undefined if it is malformed. */
export function unquoteChar(source: string, index: number, quote: string): Unit | undefined {
  const first = source[index];
  if (first === undefined || first === quote) return undefined;
  if (first !== "\\") {
    const code = codePoint(source, index);
    return { text: String.fromCodePoint(code), code, end: index + (code > 0xffff ? 2 : 1) };
  }
  const kind = source[index + 1] ?? "";
  const simple = simpleEscapes.get(kind) ?? (kind === quote ? quote : undefined);
  if (simple !== undefined) return { text: simple, code: simple.charCodeAt(0), end: index + 2 };
  const digits = kind === "x" ? 2 : kind === "u" ? 4 : kind === "U" ? 8 : 0;
  if (digits > 0) return hexEscape(source, index + 2, digits);
  const octal = /^[0-7]{3}/.exec(source.slice(index + 1, index + 4))?.[0];
  const code = octal === undefined ? 256 : Number.parseInt(octal, 8);
  return code > 255 ? undefined : { text: looseByte(code), code, end: index + 4 };
}

function hexEscape(source: string, start: number, digits: number): Unit | undefined {
  const written = source.slice(start, start + digits);
  if (written.length < digits || !/^[0-9a-fA-F]+$/.test(written)) return undefined;
  const code = Number.parseInt(written, 16);
  if (digits === 2) return { text: looseByte(code), code, end: start + 2 };
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return { text: String.fromCodePoint(code), code, end: start + digits };
}

/** Value of a `"…"` or raw literal, quotes included in `source`; undefined if an escape is malformed. */
export function unquote(source: string): string | undefined {
  if (source[0] === "`") return source.slice(1, -1).replaceAll("\r", "");
  if (!source.includes("\\")) return source.slice(1, -1);
  let value = "";
  for (let i = 1; i < source.length - 1; ) {
    const unit = unquoteChar(source, i, '"');
    if (unit === undefined) return undefined;
    value += unit.text;
    i = unit.end;
  }
  return normalized(value);
}

/** As `unquote`, with the way back to the source. Malformed escapes stand for themselves. */
export function decodeLiteral(source: string): Decoded {
  const raw = source[0] === "`";
  let value = "";
  const offsets: number[] = [];
  const closed = source.length > 1 && source.endsWith(source[0] ?? "");
  const stop = closed ? source.length - 1 : source.length;
  for (let i = 1; i < stop; ) {
    const unit = raw ? undefined : unquoteChar(source, i, '"');
    const text = unit?.text ?? source[i] ?? "";
    const end = unit?.end ?? i + 1;
    if (!(raw && text === "\r")) {
      for (let k = 0; k < text.length; k++) offsets.push(unit?.text === source.slice(i, end) ? i + k : i);
      value += text;
    }
    i = end;
  }
  offsets.push(stop);
  return { value, offsets };
}

const shortEscapes = new Map([
  [7, "\\a"],
  [8, "\\b"],
  [12, "\\f"],
  [10, "\\n"],
  [13, "\\r"],
  [9, "\\t"],
  [11, "\\v"],
  [92, "\\\\"],
]);

function quotedPoint(code: number, quote: string, ascii: boolean): string {
  if (code === quote.charCodeAt(0)) return `\\${quote}`;
  if (isLooseByte(code)) return `\\x${byteOf(code).toString(16).padStart(2, "0")}`;
  const short = shortEscapes.get(code);
  if (short !== undefined) return short;
  if (isPrint(code) && (code < 0x80 || !ascii)) return String.fromCodePoint(code);
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

/** `"…"` as `%q` writes it; `ascii` as `%+q`. */
export function quote(text: string, ascii = false): string {
  let quoted = '"';
  for (const point of text) quoted += quotedPoint(codePoint(point, 0), '"', ascii);
  return `${quoted}"`;
}

/** `'x'` as `%q` writes a number. */
export function quoteRune(code: number, ascii = false): string {
  return `'${quotedPoint(code, "'", ascii)}'`;
}

/** Whether a back-quoted literal can hold the text on one line, for `%#q`. */
export function canBackquote(text: string): boolean {
  return !/[\u0000-\u0008\u000a-\u001f`\u007f\ufeff\udc80-\udcff](?![\udc00-\udfff])/.test(text);
}

/** `U+0041 'A'`, the quoted character only where it can be printed. */
export function unicodeName(code: number): string {
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return isPrint(code) ? `${name} '${String.fromCodePoint(code)}'` : name;
}

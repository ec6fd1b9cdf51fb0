// What js-yaml takes and the scanner of Go's YAML packages (v2 and v3 alike) refuses. Knows no chunks but the one it notes errors in.
import type { Draft } from "./draft.ts";
import { describeReason } from "./syntaxError.ts";
import type { Scalar, YamlNode } from "./tree.ts";

/** Escapes of one letter that js-yaml knows and Go does not; and the parts that are no escapes, so that `\\/` is none. */
const escapes = /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/g;

/** Go's longest key on one line, in bytes. */
const longestKey = 1024;

/** Notes what Go cannot read in a scalar; `inFlow`: it stands between brackets, and `column` is that of the block around them. */
export function refuseScalar(chunk: Draft, { style, raw, rawStart }: Scalar, inFlow: boolean, column: number): void {
  if (style === "double" && raw.includes("\\")) refuseEscapes(chunk, raw, rawStart);
  if (style !== "plain" || !inFlow) return;
  refuseInFlow(chunk, raw, rawStart);
  if (/[\r\n]/.test(raw)) refuseLines(chunk, raw, rawStart, column);
}

/** In flow style a plain value cannot begin with `:` or hold a `?` for Go's parsers, as YAML 1.1 has it. */
function refuseInFlow(chunk: Draft, raw: string, start: number): void {
  if (raw.startsWith(":")) {
    const message =
      "Between brackets a `:` parts a key from its value, so this cannot be read; put the value in quotes.";
    chunk.errors.push({ code: "flow", message, start, end: start + raw.length });
  }
  const at = raw.indexOf("?");
  if (at === -1) return;
  const message = "Between brackets Go's parsers do not take `?` for a part of a plain value; put the value in quotes.";
  chunk.errors.push({ code: "flow", message, start: start + at, end: start + at + 1 });
}

/** A comment ends a plain value, and a tab on a further line of it must not stand where the block around is indented. */
function refuseLines(chunk: Draft, raw: string, start: number, column: number): void {
  const comment = raw.search(/(?<=\s)#/);
  const tab = new RegExp(`(?<=[\\r\\n] {0,${Math.max(0, column)}})\\t`).exec(raw)?.index ?? -1;
  if (comment >= 0) {
    const message = "A comment ends the value above, which cannot go on behind it; remove the comment, or use quotes.";
    chunk.errors.push({ code: "flow", message, start: start + comment, end: start + comment + 1 });
  }
  if (tab >= 0 && column >= 0)
    chunk.errors.push({ ...describeReason("tab characters"), start: start + tab, end: start + tab + 1 });
}

/** Between brackets, too, a key without `? ` and its colon stand on one line for Go's parsers. */
export function refuseKeyOfLines(chunk: Draft, written: string, start: number): void {
  if (!/[\r\n]/.test(written)) return;
  const message = "A key must be followed by `:` on its line, between brackets too; write `key: value`.";
  chunk.errors.push({ code: "colon", message, start, end: start + written.trimEnd().length });
}

/** Notes a colon with a bracket right behind it: in `{a:[b]}` it belongs to the key for Go's parsers. */
export function refuseTightKey(chunk: Draft, key: YamlNode, colon: number): void {
  if (key.kind !== "scalar" || key.style !== "plain" || key.end !== colon) return;
  const message = "A blank is missing behind this `:`; without it Go's parsers take it for a part of the key.";
  chunk.errors.push({ code: "flow", message, start: colon, end: colon + 1 });
}

/** Notes a character in the name of an anchor or alias that Go's parsers do not know there. */
export function refuseName(chunk: Draft, name: string, start: number): void {
  const at = /[^\w-]/.exec(name)?.index ?? -1;
  // At these the name ends, and something else begins.
  if (at < 0 || /[?:,[\]{}]/.test(name.charAt(at))) return;
  const message =
    "Go's parsers take letters, digits, `_` and `-` in the name of an anchor, and nothing else; write another name.";
  chunk.errors.push({ code: "property", message, start: start + at, end: start + at + 1 });
}

function refuseEscapes(chunk: Draft, raw: string, rawStart: number): void {
  for (const { 0: text, 1: four, 2: eight, 3: letter, index } of raw.matchAll(escapes)) {
    const code = four ?? eight;
    const isCharacter = code === undefined || isScalarValue(Number.parseInt(code, 16));
    if (letter !== "/" && isCharacter) continue;
    const message = isCharacter
      ? "Go's parsers know no escape `\\/`; write `/`."
      : `\`${text}\` is no character of its own for Go's parsers; write the character, or \`\\U\` with its whole number.`;
    const start = rawStart + index;
    chunk.errors.push({ code: "escape", message, start, end: start + text.length });
  }
}

/** A Unicode code point that is no half of a surrogate pair. */
export function isScalarValue(code: number): boolean {
  return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
}

/** Notes a key that is too long to be one. */
export function refuseLongKey(chunk: Draft, key: Scalar): void {
  if (key.end - key.start <= longestKey) return;
  const message = `A key may be ${longestKey} bytes long at most; put a longer one behind \`? \`.`;
  chunk.errors.push({ code: "colon", message, start: key.start, end: key.end });
}

/** Notes a directive, `%…` in front of `---`, that Go does not know. */
export function refuseDirective(chunk: Draft, line: string, start: number): void {
  if (/^%(?:YAML[ \t]+1\.1|TAG)(?=[ \t]|$)/.test(line)) return;
  const message = line.startsWith("%YAML")
    ? "Go's parsers read YAML 1.1 and refuse files that say another version; remove the line."
    : "Go's parsers know no such directive; remove the line.";
  chunk.errors.push({ code: "directive", message, start, end: start + line.length });
}

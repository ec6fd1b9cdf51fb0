// What could be written at a cursor between `[ ]` or `{ }`: read from the opening bracket on, in broken text too.
import { isBreak } from "../lines.ts";
import type { Range } from "../ranges.ts";
import { isBlankOrBreak, quoteEnd, unquoted } from "./scan.ts";
import type { ScalarStyle } from "./tree.ts";

/** A part of a slot; `path` counts from the value that the bracket opens. */
export type FlowPlace = {
  readonly kind: "key" | "value" | "item" | "comment";
  readonly path: readonly (string | number)[];
  readonly style: ScalarStyle | undefined;
  readonly range: Range;
  readonly keys: readonly string[];
  readonly colon: boolean;
};

/** A bracket that is open at the cursor. */
type Open = { readonly isMapping: boolean; index: number; key: string | undefined; keys: string[] };

type Token = { readonly start: number; readonly end: number; readonly text: string };

/** The place at `offset` inside the brackets that begin at `from`. */
export function flowPlace(text: string, from: number, offset: number): FlowPlace {
  const open: Open[] = [];
  let last: Token | undefined;
  let at = from;
  while (at < offset) {
    const token = tokenAt(text, at, text.length);
    if (token.end > offset || (token.end === offset && !isPunctuation(token.text))) break;
    if (!isPunctuation(token.text)) last = token;
    else {
      step(open, token.text, last);
      last = undefined;
    }
    at = token.end;
  }
  const top = open.at(-1) ?? { isMapping: false, index: 0, key: undefined, keys: [] };
  const path = open.slice(0, -1).map(partOf);
  const token = tokenAround(text, at, offset);
  const style = token && styleOf(token.text);
  const range = token ? { start: token.start, end: token.end } : { start: offset, end: offset };
  if (token?.text.startsWith("#")) return { kind: "comment", path, style: undefined, range, keys: [], colon: false };
  const place = { style, range, keys: [], colon: false };
  if (!top.isMapping) return { ...place, kind: "item", path: [...path, top.index] };
  if (top.key !== undefined) return { ...place, kind: "value", path: [...path, top.key] };
  const { keys, colon } = keysBehind(text, range.end);
  return { ...place, kind: "key", path, keys: [...top.keys, ...keys], colon };
}

function partOf(open: Open): string | number {
  return open.isMapping ? (open.key ?? "") : open.index;
}

function step(open: Open[], sign: string, last: Token | undefined): void {
  const top = open.at(-1);
  if (sign === "[" || sign === "{") open.push({ isMapping: sign === "{", index: 0, key: undefined, keys: [] });
  else if (sign === "]" || sign === "}") open.pop();
  else if (sign === ":" && top?.isMapping && last) top.key = unquoted(last.text);
  else if (sign === "," && top) {
    const key = top.key ?? (last && unquoted(last.text));
    if (top.isMapping && key !== undefined) top.keys.push(key);
    top.key = undefined;
    top.index++;
  }
}

/** Keys of the same mapping behind the cursor, and whether a colon follows at once. */
function keysBehind(text: string, from: number): { keys: string[]; colon: boolean } {
  const keys: string[] = [];
  let depth = 0;
  let last: Token | undefined;
  let colon = false;
  let isFirst = true;
  for (let at = from; at < text.length && depth >= 0 && keys.length < 1000; ) {
    const token = tokenAt(text, at, text.length);
    const { text: sign } = token;
    if (sign === "[" || sign === "{") depth++;
    else if (sign === "]" || sign === "}") depth--;
    else if (sign === ":" && depth === 0) {
      if (isFirst) colon = true;
      else if (last) keys.push(unquoted(last.text));
    }
    if (sign.trim() !== "") isFirst = false;
    last = isPunctuation(sign) ? undefined : token;
    at = token.end;
    if (at - from > 4000) break;
  }
  return { keys, colon };
}

/** What is being written at the cursor: a token that it touches. */
function tokenAround(text: string, at: number, offset: number): Token | undefined {
  const token = tokenAt(text, at, text.length);
  const touches = token.start <= offset && offset <= token.end && token.text !== "";
  return touches && !isPunctuation(token.text) ? token : undefined;
}

function styleOf(written: string): ScalarStyle {
  return written.startsWith('"') ? "double" : written.startsWith("'") ? "single" : "plain";
}

function isPunctuation(written: string): boolean {
  return /^[[\]{},:]$/.test(written) || written === "";
}

/** The token that begins at `from` or behind blanks: a bracket, comma or colon, quoted text, a comment, or a run of plain text. */
function tokenAt(text: string, from: number, limit: number): Token {
  let start = from;
  while (start < limit && isBlankOrBreak(text.charCodeAt(start))) start++;
  const code = text.charCodeAt(start);
  const make = (end: number): Token => ({ start, end, text: text.slice(start, end) });
  if (start >= limit) return { start: from, end: limit, text: "" };
  if (code === 34 || code === 39) {
    const end = quoteEnd(text, start, limit);
    return make(end < 0 ? lineLimit(text, start, limit) : end);
  }
  if (code === 35) return make(lineLimit(text, start, limit));
  if (isSign(text, start, limit)) return make(start + 1);
  let end = start;
  for (let at = start; at < limit && !isBreak(text.charCodeAt(at)) && !isSign(text, at, limit); at++) {
    if (text.charCodeAt(at) === 35 && isBlankOrBreak(text.charCodeAt(at - 1))) break;
    if (!isBlankOrBreak(text.charCodeAt(at))) end = at + 1;
  }
  return make(Math.max(end, start + 1));
}

function lineLimit(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && !isBreak(text.charCodeAt(at))) at++;
  return at;
}

/** A bracket or comma; a colon where a blank or a sign follows it, or a quote stands before. */
function isSign(text: string, at: number, limit: number): boolean {
  const char = text.charAt(at);
  if (/[[\]{},]/.test(char)) return true;
  if (char !== ":") return false;
  return at + 1 >= limit || /[\s,[\]{}]/.test(text.charAt(at + 1)) || /["']/.test(text.charAt(at - 1));
}

// Tolerant looks at raw text: where a key's colon is, where quotes and brackets close. Works on broken text; knows no tree.
import { isBreak } from "../lines.ts";

/**
 * Offset of the `:` behind a key that begins at `from`, or -1. The key is plain or quoted, with an anchor or tag before it, or an alias;
 * it ends on its line. `end` is the line's end.
 */
export function keyColon(text: string, from: number, end: number): number {
  let at = skipProperties(text, from, end);
  const code = text.charCodeAt(at);
  if (at >= end) return -1;
  if (code === 34 || code === 39) {
    at = quoteEnd(text, at, end);
    if (at < 0) return -1;
    while (at < end && isBlank(text.charCodeAt(at))) at++;
    return text.charCodeAt(at) === 58 && isBlankOrEnd(text, at + 1, end) ? at : -1;
  }
  if (code === 42) {
    while (at < end && !isBlank(text.charCodeAt(at))) at++;
    while (at < end && isBlank(text.charCodeAt(at))) at++;
    return text.charCodeAt(at) === 58 && isBlankOrEnd(text, at + 1, end) ? at : -1;
  }
  if (cannotBeginKey(code)) return -1;
  if ((code === 45 || code === 63 || code === 58) && isBlankOrEnd(text, at + 1, end)) return -1;
  for (; at < end; at++) {
    const next = text.charCodeAt(at);
    if (next === 58 && isBlankOrEnd(text, at + 1, end)) return at;
    if (next === 35 && at > from && isBlank(text.charCodeAt(at - 1))) return -1;
  }
  return -1;
}

/** `#`, `|`, `>`, `%`, `@`, backtick, brackets and the comma. */
function cannotBeginKey(code: number): boolean {
  return (
    code === 35 ||
    code === 124 ||
    code === 62 ||
    code === 37 ||
    code === 64 ||
    code === 96 ||
    code === 44 ||
    code === 91 ||
    code === 93 ||
    code === 123 ||
    code === 125
  );
}

/** Behind anchors and tags and the blanks after them. */
export function skipProperties(text: string, from: number, end: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (at >= end || (code !== 38 && code !== 33)) return at;
    while (at < end && !isBlank(text.charCodeAt(at))) at++;
    while (at < end && isBlank(text.charCodeAt(at))) at++;
  }
}

/** Offset behind the quote that closes the one at `from`, or -1 where there is none before `end`. */
export function quoteEnd(text: string, from: number, end: number): number {
  const quote = text.charCodeAt(from);
  for (let at = from + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 92 && quote === 34) at++;
    else if (code === quote) {
      if (quote === 39 && text.charCodeAt(at + 1) === 39) at++;
      else return at + 1;
    }
  }
  return -1;
}

/** Where a flow collection or a quoted scalar ends, or what is open: `opener` is the offset of the innermost thing not closed. */
export type Extent = { readonly end: number } | { readonly opener: number };

/** Extent of the quoted scalar or flow collection that begins at `from`. Brackets of the wrong kind close as well. */
export function extentOf(text: string, from: number, limit: number): Extent {
  const open: number[] = [];
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 91 || code === 123) open.push(at);
    else if (code === 93 || code === 125) {
      open.pop();
      if (open.length === 0) return { end: at + 1 };
    } else if ((code === 34 || code === 39) && canOpenQuote(text, at, from)) {
      const end = quoteEnd(text, at, limit);
      if (end < 0) return { opener: at };
      if (open.length === 0) return { end };
      at = end - 1;
    } else if (code === 35 && at > from && isBlankOrBreak(text.charCodeAt(at - 1))) {
      while (at + 1 < limit && !isBreak(text.charCodeAt(at + 1))) at++;
    }
  }
  return { opener: open.at(-1) ?? from };
}

/** In flow style a quote opens only where a node can begin; inside a plain scalar it is a character. */
function canOpenQuote(text: string, at: number, from: number): boolean {
  let before = at - 1;
  while (before >= from && isBlankOrBreak(text.charCodeAt(before))) before--;
  if (before < from) return true;
  const code = text.charCodeAt(before);
  if (code === 91 || code === 123 || code === 44) return true;
  return code === 58 || (code === 63 && before < at - 1);
}

/** A key as it is meant: the escapes of double quotes are left alone. */
export function unquoted(key: string): string {
  const quote = key[0];
  if ((quote !== '"' && quote !== "'") || key.length < 2 || key.at(-1) !== quote) return key;
  const inner = key.slice(1, -1);
  return quote === "'" ? inner.replaceAll("''", "'") : inner;
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

export function isBlankOrBreak(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

function isBlankOrEnd(text: string, at: number, end: number): boolean {
  return at >= end || isBlankOrBreak(text.charCodeAt(at));
}

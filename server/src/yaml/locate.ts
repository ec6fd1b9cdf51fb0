// Where a failure of js-yaml is to be shown: the character to blame rather than the one where reading stopped. Knows no tree.
import type { Range } from "../ranges.ts";
import { unclosed } from "./continued.ts";
import { lineEnd, lineTable } from "./lineTable.ts";
import { isBlank, isBlankOrBreak } from "./scan.ts";
import { type Described, describeReason } from "./syntaxError.ts";

/** `start` and `end` are absolute; `open`: the text ended before a quote or bracket was closed. */
export type Located = Described & { readonly start: number; readonly end: number; readonly open: boolean };

/** Place and words for what js-yaml said of the text between two offsets; `at` is relative to the first. */
export function locateFailure(
  text: string,
  from: number,
  to: number,
  { reason, at }: { readonly reason: string; readonly at: number },
): Located {
  if (/^unexpected end of the (stream|document) within a (single|double|flow)/.test(reason)) {
    const found = unclosed(text, lineTable(text, from, to, 0));
    if (found) return { ...unclosedAt(text, to, found), open: true };
  }
  const position = Math.min(from + at, to);
  const tab = tabBefore(text, from, position);
  if (tab) return { ...describeReason("tab characters"), ...tab, open: false };
  const { start, end } = around(text, from, to, position);
  const open = /^unexpected end of the stream/.test(reason);
  return { ...describeReason(reason, text.charAt(start)), start, end, open };
}

/** A quote in brackets is shown from the bracket on where both stand on one line. */
function unclosedAt(text: string, to: number, { value, opener }: { value: number; opener: number }): Described & Range {
  const end = lineEnd(text, opener, to);
  if (!/["']/.test(text.charAt(opener))) {
    return { ...describeReason("unexpected end of the stream within a flow"), start: opener, end: opener + 1 };
  }
  const start = lineEnd(text, value, to) === end ? value : opener;
  return {
    ...describeReason("unexpected end of the stream within a single quoted"),
    start,
    end: trimmed(text, opener, end),
  };
}

/** The tab that leads the line of `position`, if nothing but blanks stands before the position. */
function tabBefore(text: string, from: number, position: number): Range | undefined {
  let start = position;
  while (start > from && isBlank(text.charCodeAt(start - 1))) start--;
  if (start > from && !isBlankOrBreak(text.charCodeAt(start - 1))) return undefined;
  let end = start;
  while (isBlank(text.charCodeAt(end))) end++;
  const tab = text.slice(start, end).indexOf("\t");
  return tab < 0 || end < position ? undefined : { start: start + tab, end };
}

/** From the position to the end of its line; at a line's end, the last character before it. */
function around(text: string, from: number, to: number, position: number): { start: number; end: number } {
  const lineTo = lineEnd(text, position, to);
  const end = trimmed(text, position, lineTo);
  if (end > position) return { start: position, end };
  if (lineTo > position) return { start: position, end: lineTo };
  let start = position;
  while (start > from && isBlankOrBreak(text.charCodeAt(start - 1))) start--;
  return start > from ? { start: start - 1, end: start } : { start: from, end: Math.min(from + 1, to) };
}

function trimmed(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && isBlank(text.charCodeAt(end - 1))) end--;
  return end;
}

// Where a failure of js-yaml is to be shown: the character to blame rather than the one where reading stopped. Knows no tree.
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
    const opener = unclosed(text, lineTable(text, from, to, 0));
    if (opener >= 0) {
      const quote = text.charAt(opener) === '"' || text.charAt(opener) === "'";
      const described = describeReason(`unexpected end of the stream within a ${quote ? "single quoted" : "flow"}`);
      const end = quote ? trimmed(text, opener, lineEnd(text, opener, to)) : opener + 1;
      return { ...described, start: opener, end, open: true };
    }
  }
  const position = Math.min(from + at, to);
  const { start, end } = around(text, from, to, position);
  const open = /^unexpected end of the stream/.test(reason);
  return { ...describeReason(reason, text.charAt(start)), start, end, open };
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

// Changes to a text as data, and what a text is after them. Pure algebra.
import type { Range } from "./ranges.ts";

/** Put `text` in place of `range`; an empty range inserts, an empty text deletes. */
export type Edit = { readonly range: Range; readonly text: string };

/** The text after all edits; they speak of the text before, and must not overlap. Throws RangeError if they do. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  let out = "";
  let at = 0;
  for (const { range, text: inserted } of ordered) {
    if (range.start < at) throw new RangeError(`edits overlap at offset ${range.start}`);
    out += text.slice(at, range.start) + inserted;
    at = range.end;
  }
  return out + text.slice(at);
}

/** The edit that makes one text another. */
export function editBetween(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  return { range: { start, end: before.length - same }, text: after.slice(start, after.length - same) };
}

/** Edits of one text, from its end to its start, as one that does the same. */
export function asOne(text: string, edits: readonly Edit[]): Edit {
  const [first, last] = [edits[edits.length - 1], edits[0]];
  if (!first || !last) throw new RangeError("no edits");
  const range = { start: first.range.start, end: last.range.end };
  const inside = edits.map((edit) => ({
    range: { start: edit.range.start - range.start, end: edit.range.end - range.start },
    text: edit.text,
  }));
  // Of several insertions at one place the last of the list comes first, as it would one after the other.
  return { range, text: applyEdits(text.slice(range.start, range.end), inside.reverse()) };
}

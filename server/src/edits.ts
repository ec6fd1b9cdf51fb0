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

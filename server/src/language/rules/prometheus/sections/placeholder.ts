// Lines that hold nothing but `...` or `…`, indented or behind a dash: what snippets write for lines left out. Judges nothing.
import type { Range } from "../../../../ranges.ts";

/** `range`: the dots; `line`: the whole line with its end. A `...` without indentation ends a YAML document and is none. */
export type Placeholder = { readonly range: Range; readonly line: Range };

const pattern = /^([ \t]+(?:- +)?|- +)(\.\.\.|\u2026)[ \t]*(?:#.*)?(?:\r?\n|$)/gm;

export function placeholderLines(text: string): Placeholder[] {
  return [...text.matchAll(pattern)].map(({ index, 0: whole, 1: before = "", 2: dots = "" }) => {
    const start = index + before.length;
    return { range: { start, end: start + dots.length }, line: { start: index, end: index + whole.length } };
  });
}

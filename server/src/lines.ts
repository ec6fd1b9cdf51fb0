// Offsets to lines and back. A line ends behind "\n", "\r\n" or a lone "\r". Pure algebra.
import type { Edit } from "./edits.ts";

/** Zero-based line and UTF-16 column, as the Language Server Protocol counts them. */
export type Position = { readonly line: number; readonly character: number };

/** Offsets at which lines begin; the first is 0. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes("\r")) {
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** The line starts of `after`, the text that an edit has made of the one with these: lines above stay, lines below move. */
export function editedLineStarts(starts: readonly number[], { range, text }: Edit, after: string): number[] {
  // The line that is edited may end in front of it, between a "\r" and a "\n": it is read anew as a whole, with its neighbours.
  const first = Math.max(0, lineAt(starts, range.start) - 1);
  const last = Math.min(starts.length, lineAt(starts, range.end) + 2);
  const from = starts[first] ?? 0;
  const shift = text.length - (range.end - range.start);
  const to = last < starts.length ? (starts[last] ?? 0) + shift : after.length;
  const edited = starts.slice(0, first);
  for (const start of lineStarts(after.slice(from, to))) edited.push(from + start);
  // What begins behind the last line break of the stretch is the first line that moved.
  if (last < starts.length && edited.at(-1) === to) edited.pop();
  for (let i = last; i < starts.length; i++) edited.push((starts[i] ?? 0) + shift);
  return edited;
}

/** Index of the line that holds `offset`; offsets past the end belong to the last line. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function positionAt(starts: readonly number[], offset: number): Position {
  const line = lineAt(starts, offset);
  return { line, character: offset - (starts[line] ?? 0) };
}

/** Offset of a position; a line past the end gives the start of the last line. The column is not clamped. */
export function offsetAt(starts: readonly number[], position: Position): number {
  return (starts[Math.min(position.line, starts.length - 1)] ?? 0) + position.character;
}

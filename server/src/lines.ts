// Offsets to lines and back. A line ends behind "\n", "\r\n" or a lone "\r". Pure algebra.
import type { Edit } from "./edits.ts";

/** Zero-based line and UTF-16 column, as the Language Server Protocol counts them. */
export type Position = { readonly line: number; readonly character: number };

/**
 * Offsets at which the lines of a text begin; the first is 0. Those from line `moved` on begin `by` further on than
 * `written` says: who types on one line moves all below it at every keystroke, and nobody reads them all.
 */
export type LineStarts = { readonly written: readonly number[]; readonly moved: number; readonly by: number };

export function lineStarts(text: string): LineStarts {
  return unmoved(startsIn(text));
}

const unmoved = (written: readonly number[]): LineStarts => ({ written, moved: written.length, by: 0 });

function startsIn(text: string): number[] {
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

export function lineCount({ written }: LineStarts): number {
  return written.length;
}

/** Where a line begins; undefined past the last. */
export function startOfLine({ written, moved, by }: LineStarts, line: number): number | undefined {
  const start = written[line];
  return start === undefined || line < moved ? start : start + by;
}

/** The line starts of `after`, the text that an edit has made of the one with these: lines above stay, lines below move. */
export function editedLineStarts(starts: LineStarts, { range, text }: Edit, after: string): LineStarts {
  const line = lineAt(starts, range.start);
  const shift = text.length - (range.end - range.start);
  // Behind a "\r" it matters whether a "\n" comes next.
  const stays = lineAt(starts, range.end) === line && !/[\r\n]/.test(text) && after.charCodeAt(range.start - 1) !== 13;
  if (!stays) return unmoved(rewritten(settled(starts), { range, text }, after));
  if (starts.by !== 0 && starts.moved !== line + 1) return { written: settled(starts), moved: line + 1, by: shift };
  return { written: starts.written, moved: line + 1, by: starts.by + shift };
}

function settled({ written, moved, by }: LineStarts): readonly number[] {
  return by === 0 ? written : written.map((start, line) => (line < moved ? start : start + by));
}

function rewritten(starts: readonly number[], { range, text }: Edit, after: string): readonly number[] {
  // The line that is edited may end in front of it, between a "\r" and a "\n": it is read anew as a whole, with its neighbours.
  const before = unmoved(starts);
  const first = Math.max(0, lineAt(before, range.start) - 1);
  const last = Math.min(starts.length, lineAt(before, range.end) + 2);
  const from = starts[first] ?? 0;
  const shift = text.length - (range.end - range.start);
  const to = last < starts.length ? (starts[last] ?? 0) + shift : after.length;
  const edited = starts.slice(0, first);
  for (const start of startsIn(after.slice(from, to))) edited.push(from + start);
  // What begins behind the last line break of the stretch is the first line that moved.
  if (last < starts.length && edited.at(-1) === to) edited.pop();
  for (let i = last; i < starts.length; i++) edited.push((starts[i] ?? 0) + shift);
  return edited;
}

/** Index of the line that holds `offset`; offsets past the end belong to the last line. */
export function lineAt(starts: LineStarts, offset: number): number {
  const { written, moved, by } = starts;
  let low = 0;
  let high = written.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    // As startOfLine has it: this is asked for every place of every finding.
    if ((written[middle] ?? 0) + (middle < moved ? 0 : by) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function positionAt(starts: LineStarts, offset: number): Position {
  const line = lineAt(starts, offset);
  return { line, character: offset - (startOfLine(starts, line) ?? 0) };
}

/**
 * Offset of a position in the text with these lines, as the protocol reads one: a column past the end of its line stands
 * for that end, a line past the last one for the end of the text.
 */
export function offsetAt(text: string, starts: LineStarts, { line, character }: Position): number {
  const start = startOfLine(starts, line);
  if (start === undefined) return text.length;
  let offset = Math.min(start + character, startOfLine(starts, line + 1) ?? text.length);
  while (offset > start && isBreak(text.charCodeAt(offset - 1))) offset--;
  return offset;
}

/** Whether a UTF-16 unit breaks a line. */
export function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

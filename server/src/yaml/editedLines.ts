// What an edit does to the lines of a text, as far as it decides where chunks begin and end. Knows no chunks.

import type { Edit } from "../edits.ts";
import { isBreak } from "../lines.ts";
import {
  behindBreak,
  blankLine,
  commentLine,
  contentLine,
  dashLine,
  isBlankAt,
  type LineTable,
  lineCount,
  lineEnd,
  lineTable,
  skipSpaces,
  textLine,
} from "./lineTable.ts";
import { keyColon } from "./scan.ts";

const unbounded = Number.POSITIVE_INFINITY;

/**
 * The lines that an edit brings, takes or makes other lines of: all behind an offset, which is the same before and after.
 * They belong to an entry whose column is less than the least of theirs, and to nothing else; infinite where there are none.
 */
export type Inner = { readonly column: number; readonly from: number };

/**
 * The line that an edit begins in is none of them where it keeps its column, its kind and its dashes. Undefined where one
 * of them may have a place of its own in the structure.
 */
export function innerLines(before: string, { range, text: inserted }: Edit, after: string): Inner | undefined {
  const removed = before.slice(range.start, range.end);
  if (/[\r\ufeff]/.test(inserted) || /[\r\ufeff]/.test(removed)) return undefined;
  // Between "\r" and "\n" an edit makes two line breaks of one.
  if (before.charCodeAt(range.start - 1) === 13) return undefined;
  let start = range.start;
  while (start > 0 && !isBreak(before.charCodeAt(start - 1))) start--;
  const isKept = lineShape(before, start) === lineShape(after, start);
  const taken = leastColumn(before, start, range.end, isKept);
  const brought = leastColumn(after, start, range.start + inserted.length, isKept);
  if (taken === undefined || brought === undefined) return undefined;
  return { column: Math.min(taken, brought), from: isKept ? range.start + 1 : start };
}

/** The least column of the lines from the one at `start`, or below it, down to the one with `end`; blank ones have none. */
function leastColumn(text: string, start: number, end: number, isBelow: boolean): number | undefined {
  const from = isBelow ? behindBreak(text, lineEnd(text, start, text.length), text.length) : start;
  if (end < from) return unbounded;
  const table = lineTable(text, from, behindBreak(text, lineEnd(text, end, text.length), text.length), 0);
  if (table.keyed.at(-1) !== 0) return undefined;
  let least = unbounded;
  for (let line = 0; line < lineCount(table); line++) {
    const kind = table.kind[line];
    if (kind === blankLine) continue;
    if (kind !== commentLine && kind !== textLine && kind !== dashLine) return undefined;
    least = Math.min(least, table.column[line] as number);
  }
  return least;
}

/** Column and kind of what a line begins with, behind each of its dashes too, and whether a key stands there. */
function lineShape(text: string, start: number): string {
  const end = lineEnd(text, start, text.length);
  const table = lineTable(text, start, behindBreak(text, end, text.length), 0);
  if (table.kind.length === 0) return "";
  let at = table.first[0] ?? start;
  let shape = `${table.column[0]}:${table.kind[0]}`;
  let isDash = table.kind[0] === dashLine;
  while (isDash) {
    at = skipSpaces(text, at + 1, end);
    isDash = text.charCodeAt(at) === 45 && isBlankAt(text, at + 1, end);
    shape += `:${at - start}${at < end && text.charCodeAt(at) === 35 ? "#" : ""}`;
  }
  return `${shape}:${keyColon(text, at, end) >= 0}:${text.charCodeAt(at) === 63 && isBlankAt(text, at + 1, end)}`;
}

/** Whether lines stay inside an entry at a column, `table` being its lines now: its first line and its end are where they were. */
export function stayInside({ column, from }: Inner, table: LineTable, entry: number): boolean {
  if (column <= entry || column === unbounded) return column > entry;
  const count = lineCount(table);
  const head = contentLine(table, 0, count);
  if (head === count || from <= (table.first[head] as number)) return false;
  // Comments at the end that stand as far left as the entry itself belong to the next one.
  for (let line = count - 1; table.kind[line] === blankLine || table.kind[line] === commentLine; line--)
    if (table.kind[line] === commentLine && (table.column[line] as number) <= entry) return false;
  return true;
}

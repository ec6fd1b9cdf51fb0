// A text as lines that have a column and a kind: all that decides where chunks begin and end. Knows no nodes.
import { keyColon } from "./scan.ts";

export const blankLine = 0;
export const commentLine = 1;
/** Begins with `- `. */
export const dashLine = 2;
/** Begins with `: `: the value of a `? key`. */
export const colonLine = 3;
export const textLine = 4;
/** Goes on with what the line before began, whatever its column: a tab leads it, or brackets or quotes are open. */
export const continuedLine = 5;
/** `---` */
export const openingLine = 6;
/** `...` */
export const closingLine = 7;
/** `%…`, of meaning only in front of a document. */
export const directiveLine = 8;
/** Begins with `? `: a key whose value is the `: ` line below. */
export const questionLine = 9;

/** Parallel arrays, one element a line. */
export type LineTable = {
  /** Offset in the text at which each line begins; one more element than lines: the end. */
  readonly start: number[];
  /** Offset of the first character that is no space. */
  readonly first: number[];
  /** Spaces before it; for the first line the column given counts in. */
  readonly column: number[];
  readonly kind: number[];
  /** How many lines above it have the form `- key:`. */
  readonly keyed: number[];
};

/** Lines of `text` between two offsets; `pad` is the column at which the first of them begins. */
export function lineTable(text: string, from: number, to: number, pad: number): LineTable {
  const table: LineTable = { start: [], first: [], column: [], kind: [], keyed: [0] };
  const { start: starts, first: firsts, column: columns, kind: kinds, keyed: keyeds } = table;
  const hasReturns = text.indexOf("\r", from) >= 0;
  let keyed = 0;
  for (let start = from; start < to; ) {
    const end = hasReturns ? lineEnd(text, start, to) : feedAfter(text, start, to);
    let first = start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;
    const origin = first;
    let code = text.charCodeAt(first);
    while (code === 32 && first < end) code = text.charCodeAt(++first);
    const column = first - origin + (start === from ? pad : 0);
    // Most lines begin with a letter.
    const kind = code >= 65 && first < end ? textLine : kindOf(text, first, end, column);
    if (kind === dashLine && isKeyed(text, first, end)) keyed++;
    starts.push(start);
    firsts.push(first);
    columns.push(column);
    kinds.push(kind);
    keyeds.push(keyed);
    start = hasReturns ? behindBreak(text, end, to) : Math.min(end + 1, to);
  }
  starts.push(to);
  return table;
}

/** Offset of the line break that ends the line, or `to`. The engine's own search is fast from the first call on. */
export function lineEnd(text: string, from: number, to: number): number {
  const end = feedAfter(text, from, to);
  const lone = text.slice(from, end).indexOf("\r");
  return lone < 0 ? end : from + lone;
}

function feedAfter(text: string, from: number, to: number): number {
  const feed = text.indexOf("\n", from);
  return feed < 0 || feed > to ? to : feed;
}

export function behindBreak(text: string, end: number, to: number): number {
  if (end >= to) return to;
  return text.charCodeAt(end) === 13 && end + 1 < to && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
}

/** Number of lines in a table. */
export function lineCount(table: LineTable): number {
  return table.kind.length;
}

/** The first line with more than blanks or a comment, or `to`. */
export function contentLine(table: LineTable, from: number, to: number): number {
  let line = from;
  while (line < to && (table.kind[line] === blankLine || table.kind[line] === commentLine)) line++;
  return line;
}

function kindOf(text: string, first: number, end: number, column: number): number {
  if (first === end) return blankLine;
  switch (text.charCodeAt(first)) {
    case 9: {
      let at = first;
      while (at < end && (text.charCodeAt(at) === 9 || text.charCodeAt(at) === 32)) at++;
      if (at === end) return blankLine;
      return text.charCodeAt(at) === 35 ? commentLine : continuedLine;
    }
    case 35:
      return commentLine;
    case 45:
      if (column === 0 && isMarker(text, first, end, "---")) return openingLine;
      return isBlankAt(text, first + 1, end) ? dashLine : textLine;
    case 46:
      return column === 0 && isMarker(text, first, end, "...") ? closingLine : textLine;
    case 58:
      return isBlankAt(text, first + 1, end) ? colonLine : textLine;
    case 63:
      return isBlankAt(text, first + 1, end) ? questionLine : textLine;
    case 37:
      return column === 0 ? directiveLine : textLine;
    default:
      return textLine;
  }
}

function isMarker(text: string, first: number, end: number, marker: string): boolean {
  return text.startsWith(marker, first) && first + 3 <= end && isBlankAt(text, first + 3, end);
}

/** Whether a blank or the line's end stands there. */
export function isBlankAt(text: string, at: number, end: number): boolean {
  return at >= end || text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9;
}

function isKeyed(text: string, dash: number, end: number): boolean {
  let at = dash;
  while (text.charCodeAt(at) === 45 && isBlankAt(text, at + 1, end)) at = skipSpaces(text, at + 1, end);
  return keyColon(text, at, end) >= 0;
}

export function skipSpaces(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) === 32) at++;
  return at;
}

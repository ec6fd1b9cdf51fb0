// Quotes and brackets that go on over several lines, where Go's parsers let the lines stand at any column. Knows no tree.
import { isBreak } from "../lines.ts";
import {
  blankLine,
  closingLine,
  commentLine,
  continuedLine,
  dashLine,
  directiveLine,
  type LineTable,
  lineCount,
  lineEnd,
  openingLine,
  skipSpaces,
} from "./lineTable.ts";
import { extentOf, isBlank, keyColon, skipProperties } from "./scan.ts";

/** Where a value of several lines begins and ends, in text offsets and in lines. */
type Stretch = { readonly start: number; readonly end: number; readonly lastLine: number };

/** How far a value may go on, in UTF-16 units, from its first line that is not indented deeper than its key. */
const longestDeficit = 2000;

/** How much text may be looked at in vain, in UTF-16 units: a text full of brackets that are never closed must not take long. */
const longestSearch = 1_000_000;

/** `guess`: whether a line that looks like an entry is taken for one, as whoever forgot to close a value means it. */
type Search = { left: number; readonly guess: boolean };

/**
 * The table with the lines marked that go on with a value although their column says otherwise, or nothing where there
 * are none. js-yaml refuses such lines, Go's parsers take them: `targets: [` with the `]` below the key is common.
 * To Go a value goes on up to the quote or bracket that closes it, whatever its lines look like; `guess` stops earlier.
 * Without it there is nothing either where a value of the first document, which is all that most read, is never closed,
 * or more stands behind it: Go refuses that.
 */
export function withContinued(text: string, table: LineTable, guess: boolean): LineTable | undefined {
  const kind = [...table.kind];
  const copy = { ...table, kind };
  let marked = false;
  let refused = false;
  const search = { left: longestSearch, guess };
  const first = endOfFirst(table);
  eachValue(text, copy, (line, column, value) => {
    const stretch = stretchOf(text, copy, line, column, value, search);
    if (!stretch) {
      if (guess || line >= first) return line;
      refused = true;
      return lineCount(copy);
    }
    for (let i = line + 1; i <= stretch.lastLine; i++) {
      if ((copy.column[i] ?? 0) <= column && kind[i] !== blankLine) marked = true;
      kind[i] = continuedLine;
    }
    return stretch.lastLine;
  });
  return marked && !refused ? copy : undefined;
}

/** The line behind the first document. */
function endOfFirst({ kind }: LineTable): number {
  let begun = false;
  for (const [line, one] of kind.entries()) {
    if (one === closingLine || (one === openingLine && begun)) return line;
    if (one !== blankLine && one !== commentLine && one !== directiveLine) begun = true;
  }
  return kind.length;
}

/** The text with values of several lines on one, of the same length: js-yaml then does not ask for their indentation. */
export function withoutBreaks(text: string, table: LineTable): string {
  let out = "";
  let from = 0;
  const search = { left: longestSearch, guess: false };
  eachValue(text, table, (line, column, value) => {
    const stretch = stretchOf(text, table, line, column, value, search);
    if (!stretch) return line;
    out += text.slice(from, stretch.start) + flattened(text.slice(stretch.start, stretch.end));
    from = stretch.end;
    return stretch.lastLine;
  });
  return out + text.slice(from);
}

/** The first value that is never closed: where it begins, and the innermost quote or bracket that is open. */
export function unclosed(text: string, table: LineTable): { value: number; opener: number } | undefined {
  let found: { value: number; opener: number } | undefined;
  const end = table.start[lineCount(table)] ?? text.length;
  eachValue(text, table, (line, _, value) => {
    const extent = extentOf(text, value, end);
    if ("opener" in extent) {
      found ??= { value, opener: extent.opener };
      return lineCount(table);
    }
    let last = line;
    while ((table.start[last + 1] ?? end) < extent.end) last++;
    return last;
  });
  return found;
}

/** Breaks and comments as blanks; of a quoted text only the breaks. */
function flattened(value: string): string {
  const blanks = (match: string): string => " ".repeat(match.length);
  if (!/^[[{]/.test(value)) return value.replace(/[\r\n]/g, " ");
  return value
    .replace(/"(?:[^"\\]|\\[\s\S])*"|'[^']*'|(?<=\s)#[^\r\n]*/g, (part) => (part[0] === "#" ? blanks(part) : part))
    .replace(/[\r\n\t]/g, " ");
}

/** Calls `take` for each quoted or bracketed value that does not end on its line; it answers the last line that it took. */
function eachValue(
  text: string,
  table: LineTable,
  take: (line: number, column: number, value: number) => number,
): void {
  for (let line = 0; line < lineCount(table); line++) {
    const kind = table.kind[line];
    if (kind === blankLine || kind === commentLine || kind === continuedLine) continue;
    const end = lineEnd(text, table.first[line] ?? 0, table.start[line + 1] ?? text.length);
    const { column, value } = valueStart(text, table, line, end);
    const code = text.charCodeAt(value);
    if (value >= end) continue;
    if (code === 124 || code === 62) line = blockEnd(table, line, column);
    else if (code === 34 || code === 39 || code === 91 || code === 123) {
      const extent = extentOf(text, value, end);
      if ("opener" in extent) line = take(line, column, value);
    }
  }
}

/** Where the last value on a line begins, and the column of the entry that it belongs to. */
export function valueStart(
  text: string,
  table: LineTable,
  line: number,
  end: number,
): { column: number; value: number } {
  let at = table.first[line] ?? 0;
  let column = table.column[line] ?? 0;
  for (;;) {
    const code = text.charCodeAt(at);
    if ((code !== 45 && code !== 63 && code !== 58) || (at + 1 < end && !isBlank(text.charCodeAt(at + 1)))) break;
    const next = skipSpaces(text, at + 1, end);
    if (next >= end) return { column, value: end };
    const inner = skipProperties(text, next, end);
    if (keyColon(text, next, end) < 0 && !(text.charCodeAt(next) === 45 && isBlank(text.charCodeAt(next + 1))))
      return { column, value: inner };
    column += next - at;
    at = next;
  }
  const colon = keyColon(text, at, end);
  if (colon < 0) return { column, value: skipProperties(text, at, end) };
  return { column, value: skipProperties(text, skipSpaces(text, colon + 1, end), end) };
}

/** The last line of a block scalar whose header stands on `line`. */
export function blockEnd(table: LineTable, line: number, column: number): number {
  let last = line;
  for (let i = line + 1; i < lineCount(table); i++) {
    if (table.kind[i] === blankLine) continue;
    if ((table.column[i] ?? 0) <= column) break;
    last = i;
  }
  return last;
}

/** The value that begins at `value`, if it is closed cleanly and before the text looks like something else. */
function stretchOf(
  text: string,
  table: LineTable,
  line: number,
  column: number,
  value: number,
  search: Search,
): Stretch | undefined {
  const limit = searchLimit(text, table, line, column, value, search);
  const extent = extentOf(text, value, limit);
  if ("opener" in extent) {
    search.left -= limit - value;
    return undefined;
  }
  let at = extent.end;
  while (isBlank(text.charCodeAt(at))) at++;
  const clean = at >= text.length || isBreak(text.charCodeAt(at)) || text.charCodeAt(at) === 35;
  if (!clean) return undefined;
  let lastLine = line;
  while (lastLine + 1 < lineCount(table) && (table.start[lastLine + 1] ?? 0) < extent.end) lastLine++;
  return { start: value, end: extent.end, lastLine };
}

/** How far a value that begins at `value` may go: to a marker, and by a guess no further than to what looks like something else. */
function searchLimit(
  text: string,
  table: LineTable,
  line: number,
  column: number,
  value: number,
  { left, guess }: Search,
): number {
  const bracket = /[[{]/.test(text.charAt(value));
  let limit = Math.min(table.start[lineCount(table)] ?? text.length, value + Math.max(0, left));
  for (let i = line + 1; i < lineCount(table); i++) {
    const kind = table.kind[i];
    const start = table.start[i] ?? 0;
    if (start > limit) break;
    if (kind === openingLine || kind === closingLine) return Math.min(limit, start);
    if (!guess || kind === blankLine || (kind === commentLine && bracket)) continue;
    if ((table.column[i] ?? 0) > column) continue;
    if (looksLikeEntry(text, table, i, bracket)) return Math.min(limit, start);
    limit = Math.min(limit, start + longestDeficit);
  }
  return limit;
}

/** Whether a line that should be deeper opens an entry of its own; after a comma or bracket it may be one of JSON. */
function looksLikeEntry(text: string, table: LineTable, line: number, bracket: boolean): boolean {
  if (table.kind[line] === dashLine) return true;
  const first = table.first[line] ?? 0;
  const end = lineEnd(text, first, table.start[line + 1] ?? text.length);
  if (keyColon(text, first, end) < 0) return false;
  if (!bracket) return true;
  let before = first - 1;
  while (before >= 0 && /\s/.test(text.charAt(before))) before--;
  return !/[,{[]/.test(text.charAt(before));
}

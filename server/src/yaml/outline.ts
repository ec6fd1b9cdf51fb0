// What lines open above a place, told by their columns: keys and dashes that enclose it, and its sibling keys. Works on broken text.
import { isBlankAt, lineEnd, skipSpaces } from "./lineTable.ts";
import { isBlank, keyColon, skipProperties, unquoted } from "./scan.ts";

/** A key or a dash that encloses a place. */
export type Opening = {
  /** The key, or the index of the item. */
  readonly part: string | number;
  readonly column: number;
  /** Absolute range of what is written behind the `:` or `-` on its line, anchor and tag left out; empty where nothing is. */
  readonly value: number;
  readonly valueEnd: number;
  /** Offset at which its line begins. */
  readonly line: number;
};

/** A dash, without `key`, or a key on a line; `behind` is the offset behind the `-` or `:`. */
type Mark = { readonly column: number; readonly key: string | undefined; readonly behind: number };

/** The openings around the line at `start` whose text begins at `column`, with a dash or not; outermost first. */
export function openingsAbove(text: string, start: number, column: number, isDash: boolean): Opening[] {
  const found: Opening[] = [];
  let need = column;
  /** A dash may stand at the very column of the key that it belongs to. */
  let orSame = isDash;
  let next = lineBefore(text, start);
  while (next >= 0 && (need > 0 || orSame)) {
    const line = next;
    next = lineBefore(text, line);
    if (skipSpaces(text, line, text.length) - line > need) continue;
    const end = lineEnd(text, line, text.length);
    if (isMarker(text, line, end)) break;
    const marks = marksOf(text, line, end);
    const last = marks.at(-1);
    for (const mark of marks.toReversed()) {
      const isKey = mark.key !== undefined;
      if (mark.column > need || (mark.column === need && !(isKey && orSame))) continue;
      const items = isKey ? undefined : itemsAbove(text, line, mark.column);
      const part = mark.key ?? items?.count ?? 0;
      // What stands between the item and its list's key are other items: a file may have thousands.
      if (items) next = items.above;
      const value = skipProperties(text, skipBlanks(text, mark.behind, end), end);
      const inner = isKey || last === mark;
      found.push({ part, column: mark.column, value, valueEnd: inner ? plainEnd(text, value, end) : value, line });
      need = mark.column;
      orSame = !isKey;
    }
  }
  return found.reverse();
}

/** Column of the keys below an opening, as its first line of content has it; undefined where there is none deeper than it. */
export function childColumn(text: string, { line, column, part }: Opening): number | undefined {
  const marks = marksOf(text, line, lineEnd(text, line, text.length));
  const beside = typeof part === "number" ? marks.find((mark) => mark.column > column) : undefined;
  if (beside) return beside.column;
  for (let below = lineAfter(text, line); below >= 0; below = lineAfter(text, below)) {
    const end = lineEnd(text, below, text.length);
    const first = skipSpaces(text, below, end);
    if (first === end || text.charCodeAt(first) === 35) continue;
    return first - below > column && keyColon(text, first, end) >= 0 ? first - below : undefined;
  }
  return undefined;
}

/** Column of the first line with content below the one that holds `from`; 0 at the bottom. */
export function columnBelow(text: string, from: number): number {
  for (let line = lineAfter(text, from); line >= 0; line = lineAfter(text, line)) {
    const end = lineEnd(text, line, text.length);
    const first = skipSpaces(text, line, end);
    if (first < end) return first - line;
  }
  return 0;
}

/** How many items of the same sequence begin above the line at `start`. */
export function itemIndex(text: string, start: number, column: number): number {
  return itemsAbove(text, start, column).count;
}

/** How many items stand above a line, and the line above them all that their sequence belongs to; -1: none. */
type Items = { readonly count: number; readonly above: number };

/** The last answer for each column, with the text above its line: whoever types asks for the same ones at each key. */
const lastItems = new Map<number, Items & { readonly head: string }>();
const mostColumns = 8;

/** The items of the same sequence above a line. */
function itemsAbove(text: string, start: number, column: number): Items {
  const head = text.slice(0, start);
  const last = lastItems.get(column);
  if (last?.head === head) return last;
  if (lastItems.size >= mostColumns) lastItems.clear();
  const items = { ...countItems(head, start, column), head };
  lastItems.set(column, items);
  return items;
}

function countItems(text: string, start: number, column: number): Items {
  let count = 0;
  let line = lineBefore(text, start);
  for (; line >= 0; line = lineBefore(text, line)) {
    if (skipSpaces(text, line, text.length) - line > column) continue;
    const end = lineEnd(text, line, text.length);
    if (isMarker(text, line, end)) break;
    const marks = marksOf(text, line, end);
    if (marks.some((mark) => mark.column === column && mark.key === undefined)) count++;
    if (marks.some((mark) => mark.column < column || (mark.column === column && mark.key !== undefined))) break;
  }
  return { count, above: line };
}

/** Keys of the mapping that a line at `start` belongs to by the column of its text; its own is left out. */
export function siblingKeys(text: string, start: number, column: number, dash: boolean): string[] {
  const above: string[] = [];
  for (let line = lineBefore(text, start); line >= 0 && !dash; line = lineBefore(text, line)) {
    const end = lineEnd(text, line, text.length);
    const marks = marksOf(text, line, end);
    const own = marks.find((mark) => mark.column === column && mark.key !== undefined);
    if (own?.key !== undefined) above.push(own.key);
    if (isMarker(text, line, end) || marks.some((mark) => mark.column < column)) break;
  }
  above.reverse();
  for (let line = lineAfter(text, start); line >= 0; line = lineAfter(text, line)) {
    const end = lineEnd(text, line, text.length);
    const first = skipSpaces(text, line, end);
    if (first === end || text.charCodeAt(first) === 35) continue;
    if (first - line < column || isMarker(text, line, end)) break;
    const mark = marksOf(text, line, end)[0];
    if (mark?.column === column && mark.key !== undefined) above.push(mark.key);
  }
  return above;
}

/** Dashes and key that a line begins with; none on blank lines and comments. */
function marksOf(text: string, line: number, end: number): Mark[] {
  const marks: Mark[] = [];
  let at = skipSpaces(text, line, end);
  while (text.charCodeAt(at) === 45 && isBlankAt(text, at + 1, end)) {
    marks.push({ column: at - line, key: undefined, behind: at + 1 });
    at = skipSpaces(text, at + 1, end);
  }
  const colon = keyColon(text, at, end);
  if (colon < 0) return marks;
  const key = unquoted(text.slice(skipProperties(text, at, colon), colon).trim());
  marks.push({ column: at - line, key, behind: colon + 1 });
  return marks;
}

function isMarker(text: string, line: number, end: number): boolean {
  const isOne = text.startsWith("---", line) || text.startsWith("...", line);
  return isOne && line + 3 <= end && isBlankAt(text, line + 3, end);
}

/** Start of the line above the one that begins at `start`; -1 at the top. */
function lineBefore(text: string, start: number): number {
  if (start === 0) return -1;
  let end = start - 1;
  if (text.charCodeAt(end) === 10 && end > 0 && text.charCodeAt(end - 1) === 13) end--;
  const feed = end === 0 ? 0 : text.lastIndexOf("\n", end - 1) + 1;
  const lone = text.slice(feed, end).lastIndexOf("\r");
  return lone < 0 ? feed : feed + lone + 1;
}

/** Start of the line below the one that holds `from`; -1 at the bottom. */
function lineAfter(text: string, from: number): number {
  const end = lineEnd(text, from, text.length);
  if (end >= text.length) return -1;
  return text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Where plain text ends: before a comment and the blanks around. */
export function plainEnd(text: string, from: number, limit: number): number {
  let end = from;
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 35 && (at === from || isBlank(text.charCodeAt(at - 1)))) break;
    if (!isBlank(code)) end = at + 1;
  }
  return end;
}

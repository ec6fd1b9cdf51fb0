// What could be written at a cursor: read from the lines around it alone, so that half-typed and broken text is no obstacle.
import { isBreak } from "../lines.ts";
import type { Range } from "../ranges.ts";
import { type FlowPlace, flowPlace } from "./flowSlot.ts";
import { isBlankAt, lineEnd, skipSpaces } from "./lineTable.ts";
import { childColumn, columnBelow, itemIndex, type Opening, openingsAbove, plainEnd, siblingKeys } from "./outline.ts";
import { extentOf, isBlank, keyColon, quoteEnd, skipProperties, unquoted } from "./scan.ts";
import type { ScalarStyle } from "./tree.ts";

/** Keys and indexes from the document's root. */
export type SlotPath = readonly (string | number)[];

export type Slot = {
  /**
   * `key`: a key of the mapping at `path`. `value`: the value at `path`, whose last part is its key.
   * `item`: the item at `path`, whose last part is its index: a scalar, or the first key of a mapping. `comment`: nothing.
   */
  readonly kind: "key" | "value" | "item" | "comment";
  readonly path: SlotPath;
  /** Style of the scalar that the cursor is in; undefined where nothing is written yet. */
  readonly style: ScalarStyle | undefined;
  /** Absolute range of what is written in the slot, on the cursor's line, quotes included; empty at the cursor where nothing is. */
  readonly range: Range;
  /** Keys that the mapping of a `key` slot has already, without the one under the cursor. */
  readonly keys: readonly string[];
  /** Column of a key here: that of its siblings, else the one where the cursor's text begins. */
  readonly column: number;
  /** Inside `[ ]` or `{ }`. */
  readonly flow: boolean;
  /** Behind a `- ` on the same line. */
  readonly dash: boolean;
  /** Whether the `:` of a `key` slot is written already. */
  readonly colon: boolean;
  /** A `key` slot that is empty so far and stands below a bare `key:`: a scalar or a list could be meant as well. */
  readonly bare: boolean;
};

/** The slot at an absolute offset. */
export function slotAt(text: string, offset: number): Slot {
  let start = offset;
  while (start > 0 && !isBreak(text.charCodeAt(start - 1))) start--;
  const end = lineEnd(text, offset, text.length);
  const first = skipSpaces(text, start, end);
  const isEmpty = text.slice(first, end).trim() === "";
  const column = isEmpty ? offset - start : first - start;
  const openings = openingsAbove(text, start, column, !isEmpty && isDash(text, first, end));
  const inside =
    insideOpening(text, openings, offset, start, isEmpty) ?? (isEmpty ? inBlock(text, offset, start) : undefined);
  if (inside) return inside;
  if (isEmpty) return blankSlot(text, offset, start, openings);
  return lineSlot({ text, offset, start, end, first, openings });
}

/** A blank line belongs to a block scalar as well where the text below goes on with it. */
function inBlock(text: string, offset: number, start: number): Slot | undefined {
  const openings = openingsAbove(text, start, columnBelow(text, offset), false);
  const slot = insideOpening(text, openings, offset, start, true);
  return slot?.style === "literal" || slot?.style === "folded" ? slot : undefined;
}

/** On a blank line the cursor's column says whose key could stand there; the key goes to the column of its siblings. */
function blankSlot(text: string, offset: number, start: number, found: readonly Opening[]): Slot {
  const openings = [...found];
  let column = offset - start;
  for (let last = openings.at(-1); last && last.value < last.valueEnd; last = openings.at(-1)) {
    if (typeof last.part === "number") break;
    column = last.column;
    openings.pop();
  }
  const parent = openings.at(-1);
  if (parent) column = childColumn(text, parent) ?? column;
  const keys = siblingKeys(text, start, column, false);
  const bare = keys.length === 0 && typeof parent?.part === "string";
  return { ...nothing, kind: "key", path: pathOf(openings), range: { start: offset, end: offset }, keys, column, bare };
}

type Line = {
  readonly text: string;
  readonly offset: number;
  readonly start: number;
  readonly end: number;
  /** Where the line's text begins. */
  readonly first: number;
  readonly openings: readonly Opening[];
};

const nothing = { style: undefined, keys: [], flow: false, dash: false, colon: false, bare: false };

function isDash(text: string, at: number, end: number): boolean {
  return text.charCodeAt(at) === 45 && isBlankAt(text, at + 1, end);
}

function pathOf(openings: readonly Opening[]): (string | number)[] {
  return openings.map((opening) => opening.part);
}

/** The slot where the cursor's line goes on with a value that a line above began. */
function insideOpening(
  text: string,
  openings: readonly Opening[],
  offset: number,
  start: number,
  isEmpty: boolean,
): Slot | undefined {
  for (let i = 0; i < openings.length; i++) {
    const { value, valueEnd } = openings[i] as Opening;
    if (value >= valueEnd) continue;
    const path = pathOf(openings.slice(0, i + 1));
    const kind = typeof path.at(-1) === "number" ? "item" : "value";
    const column = skipSpaces(text, start, text.length) - start;
    const line = { start: isEmpty ? offset : start + column, end: lineEnd(text, offset, text.length) };
    const place = { ...nothing, path, range: line, column };
    const code = text.charCodeAt(value);
    if (code === 124 || code === 62) return { ...place, kind, style: code === 124 ? "literal" : "folded" };
    if (code === 34 || code === 39) {
      if (quoteEnd(text, value, offset) < 0) return { ...place, kind, style: code === 34 ? "double" : "single" };
    } else if (code === 91 || code === 123) {
      if ("opener" in extentOf(text, value, offset)) return inFlow(flowPlace(text, value, offset), path, column);
    } else if (i === openings.length - 1 && !isEmpty) return { ...place, kind, style: "plain" };
  }
  return undefined;
}

function inFlow(place: FlowPlace, path: SlotPath, column: number): Slot {
  return { ...nothing, ...place, path: [...path, ...place.path], column, flow: true };
}

/** The slot on a line that stands for itself. */
function lineSlot(line: Line): Slot {
  const { text, offset, start, end } = line;
  const openings = [...line.openings];
  let at = line.first;
  let dash = false;
  while (isDash(text, at, end) && at < offset) {
    const column = at - start;
    openings.push({ part: dash ? 0 : itemIndex(text, start, column), column, value: end, valueEnd: end, line: start });
    const next = skipSpaces(text, at + 1, end);
    at = next < end ? Math.min(next, offset) : offset;
    dash = true;
  }
  const path = pathOf(openings);
  if (inComment(text, at, offset, end)) {
    return { ...nothing, kind: "comment", path, range: { start: offset, end: offset }, column: at - start };
  }
  const colon = keyColon(text, at, end);
  if (colon >= 0 && offset > colon) return valueSlot(line, path, at, colon, dash);
  return keySlot(line, openings, at, colon, dash);
}

function keySlot(line: Line, openings: readonly Opening[], at: number, colon: number, dash: boolean): Slot {
  const { text, offset, start, end } = line;
  const written = plainEnd(text, at, colon >= 0 ? colon : end);
  const range = written > at ? { start: at, end: written } : { start: offset, end: offset };
  const path = pathOf(openings);
  const code = text.charCodeAt(at);
  if (colon < 0 && (code === 91 || code === 123) && at < offset) {
    return inFlow(flowPlace(text, at, offset), path, at - start);
  }
  const style = written > at ? styleOf(code) : undefined;
  const keys = siblingKeys(text, start, at - start, dash);
  const base = { ...nothing, path, style, range, keys, column: at - start, dash, colon: colon >= 0 };
  if (dash && colon < 0) return { ...base, kind: "item" };
  const parent = openings.at(-1);
  const bare = colon < 0 && keys.length === 0 && typeof parent?.part === "string";
  return { ...base, kind: "key", bare };
}

function valueSlot(line: Line, path: SlotPath, at: number, colon: number, dash: boolean): Slot {
  const { text, offset, start, end } = line;
  const key = unquoted(text.slice(skipProperties(text, at, colon), colon).trim());
  let value = colon + 1;
  while (value < end && isBlank(text.charCodeAt(value))) value++;
  const bare = skipProperties(text, value, end);
  if (bare <= offset) value = bare;
  const code = text.charCodeAt(value);
  const slot = { ...nothing, kind: "value" as const, path: [...path, key], column: at - start, dash };
  if (value >= end || offset < value || code === 35) return { ...slot, range: { start: offset, end: offset } };
  if (code === 91 || code === 123) {
    if ("opener" in extentOf(text, value, offset)) return inFlow(flowPlace(text, value, offset), slot.path, at - start);
    return { ...slot, range: { start: value, end } };
  }
  if (code === 34 || code === 39) {
    const close = quoteEnd(text, value, end);
    return {
      ...slot,
      style: styleOf(code),
      range: { start: value, end: close < 0 ? plainEnd(text, value, end) : close },
    };
  }
  const style = code === 124 || code === 62 ? undefined : "plain";
  return { ...slot, style, range: { start: value, end: plainEnd(text, value, end) } };
}

function styleOf(code: number): ScalarStyle {
  return code === 34 ? "double" : code === 39 ? "single" : "plain";
}

/** Whether the offset stands behind a `#` that opens a comment; quoted text from `from` on holds none. */
function inComment(text: string, from: number, offset: number, end: number): boolean {
  for (let at = from; at < offset; at++) {
    const code = text.charCodeAt(at);
    const begins = at === from || isBlank(text.charCodeAt(at - 1)) || /[[{,]/.test(text.charAt(at - 1));
    if (code === 35 && (at === from || isBlank(text.charCodeAt(at - 1)))) return true;
    if ((code === 34 || code === 39) && begins) {
      const close = quoteEnd(text, at, end);
      if (close < 0) return false;
      at = close - 1;
    }
  }
  return false;
}

// Between a scalar's decoded value and the text that it is written in: offset by offset, in every style. Knows no tree.
import type { Range } from "../ranges.ts";
import { isBlank } from "./scan.ts";
import type { Scalar } from "./tree.ts";

/**
 * A run of the value and where it is written, both from the start of `value` and `raw`. Equal lengths: unit by unit.
 * Else one escape, or one line break of two units, that stands for the whole run.
 */
type Piece = { readonly value: number; readonly raw: number; readonly length: number; readonly width: number };

const known = new WeakMap<Scalar, readonly Piece[]>();

/** Absolute text offset of the unit at `offset` of the value; the end of the value gives the end of the last unit. */
export function textOffset(scalar: Scalar, offset: number): number {
  const origin = scalar.chunk.base + scalar.rawStart;
  if (isVerbatim(scalar)) return origin + clamp(offset, scalar.value.length);
  if (hasShortEscapes(scalar)) return origin + rawOfShort(scalar, clamp(offset, scalar.value.length));
  const pieces = piecesOf(scalar);
  const piece = lastWhere(pieces, (candidate) => candidate.value <= offset);
  if (!piece) return origin;
  const inside = offset - piece.value;
  if (inside >= piece.length) return origin + piece.raw + piece.width;
  return origin + piece.raw + (piece.length === piece.width ? inside : 0);
}

/** Absolute text range of a range of the value: from the first unit's start to the last unit's end, without what folding dropped behind. */
export function textRange(scalar: Scalar, range: Range): Range {
  const start = textOffset(scalar, range.start);
  if (range.end <= range.start) return { start, end: start };
  const last = range.end - 1;
  if (isVerbatim(scalar)) return { start, end: textOffset(scalar, last) + 1 };
  if (hasShortEscapes(scalar)) {
    const raw = rawOfShort(scalar, clamp(last, scalar.value.length));
    return { start, end: Math.max(start, scalar.chunk.base + scalar.rawStart + endOfUnit(scalar.raw, raw)) };
  }
  const piece = lastWhere(piecesOf(scalar), (candidate) => candidate.value <= last);
  if (!piece) return { start, end: start };
  const width = piece.length === piece.width ? last - piece.value + 1 : piece.width;
  const end = scalar.chunk.base + scalar.rawStart + piece.raw + Math.min(width, piece.width);
  return { start, end: Math.max(start, end) };
}

/** Offset in the value of what is written at the absolute text offset; what decodes to nothing belongs to what follows it. */
export function valueOffset(scalar: Scalar, offset: number): number {
  const raw = offset - scalar.chunk.base - scalar.rawStart;
  if (isVerbatim(scalar)) return clamp(raw, scalar.value.length);
  const pieces = piecesOf(scalar);
  const piece = lastWhere(pieces, (candidate) => candidate.raw <= raw);
  if (!piece) return 0;
  const inside = raw - piece.raw;
  if (inside >= piece.width) return piece.value + piece.length;
  return piece.value + (piece.length === piece.width ? inside : 0);
}

/** The decoded value put together from its pieces; it equals `value`, which a test holds. */
export function piecesOf(scalar: Scalar): readonly Piece[] {
  let pieces = known.get(scalar);
  if (!pieces) {
    pieces = scalar.style === "literal" || scalar.style === "folded" ? blockPieces(scalar) : flowPieces(scalar);
    known.set(scalar, pieces);
  }
  return pieces;
}

function isVerbatim(scalar: Scalar): boolean {
  return scalar.raw === scalar.value;
}

/** Whether it stands in double quotes on one line, and every escape in it is of two characters that stand for one unit. */
function hasShortEscapes({ style, raw }: Scalar): boolean {
  return style === "double" && !otherThanShort.test(raw);
}

const otherThanShort = /[\n\r]|\\[xuU]/;

/** Where a unit is written, from the start of `raw`. */
function rawOfShort({ raw }: Scalar, offset: number): number {
  let escapes = 0;
  for (let at = raw.indexOf("\\"); at >= 0 && at - escapes < offset; at = raw.indexOf("\\", at + 2)) escapes++;
  return offset + escapes;
}

/** Where the unit ends that is written at an offset of `raw`; behind the last one there is none. */
function endOfUnit(raw: string, at: number): number {
  return Math.min(raw.length, raw.charCodeAt(at) === 92 ? at + 2 : at + 1);
}

function clamp(offset: number, length: number): number {
  return Math.max(0, Math.min(offset, length));
}

/** The last piece that holds; the predicate is true for a prefix of the pieces. */
function lastWhere(pieces: readonly Piece[], holds: (piece: Piece) => boolean): Piece | undefined {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(pieces[middle] as Piece)) low = middle + 1;
    else high = middle;
  }
  return pieces[low - 1];
}

/** Collects pieces; neighbours that go on unit by unit become one. */
class Pieces {
  readonly list: Piece[] = [];
  #value = 0;

  add(raw: number, length: number, width: number): void {
    if (length === 0) return;
    const last = this.list.at(-1);
    const joins = last && length === width && last.length === last.width && last.raw + last.width === raw;
    if (joins) this.list[this.list.length - 1] = { ...last, length: last.length + length, width: last.width + width };
    else this.list.push({ value: this.#value, raw, length, width });
    this.#value += length;
  }
}

const breaks = /[\n\r]/g;
const breaksAndEscapes = /[\n\r\\]/g;
const breaksAndQuotes = /[\n\r']/g;

/** Plain and quoted styles: escapes, doubled quotes, folded lines. */
function flowPieces({ raw, style }: Scalar): Piece[] {
  const pieces = new Pieces();
  let from = 0;
  let to = 0;
  let at = 0;
  const special = style === "double" ? breaksAndEscapes : style === "single" ? breaksAndQuotes : breaks;
  const copy = (end: number): void => pieces.add(from, end - from, end - from);
  while (at < raw.length) {
    const code = raw.charCodeAt(at);
    if (code === 10 || code === 13) {
      copy(to);
      at = from = to = fold(raw, at, pieces);
    } else if (code === 92 && style === "double") {
      copy(at);
      const next = raw.charCodeAt(at + 1);
      if (next === 10 || next === 13) at = fold(raw, at + 1, undefined);
      else at = escapeSequence(raw, at, pieces);
      from = to = at;
    } else if (code === 39 && style === "single") {
      copy(at);
      pieces.add(at, 1, 2);
      at = from = to = at + 2;
    } else {
      special.lastIndex = at;
      const next = special.exec(raw)?.index ?? raw.length;
      let end = next;
      while (end > at && isBlank(raw.charCodeAt(end - 1))) end--;
      if (end > at) to = end;
      at = next;
    }
  }
  copy(style === "plain" ? to : raw.length);
  return pieces.list;
}

/** Goes over a line break and the blank lines behind it: one break is a space, of more the first is dropped. */
function fold(raw: string, from: number, pieces: Pieces | undefined): number {
  const breaks: number[] = [];
  let at = from;
  for (; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (code === 10 || code === 13) {
      breaks.push(at);
      at += breakWidth(raw, at) - 1;
    } else if (code !== 32 && code !== 9) break;
  }
  const kept = breaks.length === 1 ? breaks : breaks.slice(1);
  for (const position of kept) pieces?.add(position, 1, breakWidth(raw, position));
  return at;
}

/** Goes over one escape sequence. */
function escapeSequence(raw: string, at: number, pieces: Pieces): number {
  const digits = { x: 2, u: 4, U: 8 }[raw.charAt(at + 1)];
  if (digits === undefined) {
    pieces.add(at, 1, 2);
    return at + 2;
  }
  const units = Number.parseInt(raw.slice(at + 2, at + 2 + digits), 16) > 0xffff ? 2 : 1;
  pieces.add(at, units, 2 + digits);
  return at + 2 + digits;
}

/** Width of the line break at `at`; 0 at the end of the text. */
function breakWidth(raw: string, at: number): number {
  if (at >= raw.length) return 0;
  return raw.charCodeAt(at) === 13 && raw.charCodeAt(at + 1) === 10 ? 2 : 1;
}

/** Literal and folded styles: indentation is cut, breaks are kept, folded or chomped. */
function blockPieces({ raw, style, indent, chomping }: Scalar): Piece[] {
  const pieces = new Pieces();
  const cut = Math.max(indent, 0);
  /** Breaks since the last line with text, and whether its own is the first of them. */
  let breaks: number[] = [];
  let hasText = false;
  let deeper = false;
  const keep = (list: readonly number[]): void => {
    for (const position of list) pieces.add(position, 1, breakWidth(raw, position));
  };
  for (let start = 0; start < raw.length; ) {
    let end = start;
    while (end < raw.length && raw.charCodeAt(end) !== 10 && raw.charCodeAt(end) !== 13) end++;
    let column = 0;
    while (column < cut && raw.charCodeAt(start + column) === 32) column++;
    if (indent >= 0 && start + column < end) {
      const first = raw.charCodeAt(start + cut);
      const wasDeeper = deeper;
      deeper = first === 32 || first === 9;
      const folds = style === "folded" && hasText && !deeper && !wasDeeper && breaks.length > 1;
      keep(folds ? breaks.slice(1) : breaks);
      pieces.add(start + cut, end - start - cut, end - start - cut);
      breaks = [];
      hasText = true;
    }
    breaks.push(end);
    start = end + breakWidth(raw, end);
  }
  if (chomping === "keep") keep(breaks);
  else if (chomping === "clip" && hasText) keep(breaks.slice(0, 1));
  return pieces.list;
}

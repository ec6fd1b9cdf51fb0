// A text in another language where it stands in a document: decoded, with the cursor in it, and the way back to the file.
// Works on half-typed text too. Knows neither PromQL nor templates.
import { type Range, shift } from "../ranges.ts";
import { resolveAlias } from "../yaml/alias.ts";
import { textRange, valueOffset } from "../yaml/offsets.ts";
import type { Slot } from "../yaml/slot.ts";
import { endOf, type Scalar, type ScalarStyle, startOf } from "../yaml/tree.ts";
import type { Document } from "./document.ts";
import { nodeAtPath } from "./rulePath.ts";

export type Embedded = {
  /** As decoded. */
  readonly text: string;
  /** Offset of the cursor in `text`. */
  readonly cursor: number;
  /** How it is written; `promql` files are literal. */
  readonly style: ScalarStyle;
  /** Where a piece of the text stands in the file. */
  readonly place: (piece: Range) => Range;
  /** Where the whole value stands in the file, quotes included. */
  readonly range: Range;
};

/** The value that a slot of kind `value` or `item` is in. */
export function embeddedAt(document: Document, offset: number, slot: Slot): Embedded {
  const node = resolveAlias(document.yaml, nodeAtPath(document.yaml, slot.path, offset));
  const known = node?.kind === "scalar" ? inScalar(document, node, offset) : undefined;
  return known ?? onLine(document.text, offset, slot);
}

/** The text of a file that holds nothing else. */
export function wholeText({ text }: Document, offset: number): Embedded {
  return { text, cursor: offset, style: "literal", place: (piece) => piece, range: { start: 0, end: text.length } };
}

/** Blanks behind the last word are no part of a scalar, but a cursor may well stand behind them. */
function inScalar({ text }: Document, scalar: Scalar, offset: number): Embedded | undefined {
  const { value, style } = scalar;
  const range = { start: startOf(scalar), end: Math.max(endOf(scalar), offset) };
  const quoted = style === "single" || style === "double";
  if (offset < range.start || (quoted && offset >= endOf(scalar))) return undefined;
  const place = (piece: Range): Range => textRange(scalar, piece);
  if (offset <= endOf(scalar)) return { text: value, cursor: valueOffset(scalar, offset), style, place, range };
  const body = value.replace(/\n+$/, "");
  const behind = text.slice(endOf(scalar), offset);
  if (quoted || behind.trim() !== "") return undefined;
  const by = endOf(scalar) - body.length;
  return {
    text: body + behind,
    cursor: body.length + behind.length,
    style,
    place: (piece) => (piece.start < body.length ? place(piece) : shift(piece, by)),
    range,
  };
}

/** What is written on the cursor's line, where the YAML around it cannot be read yet; escapes stay as they are. */
function onLine(text: string, offset: number, { style = "plain", range }: Slot): Embedded {
  const first = text.charAt(range.start);
  const open = (style === "double" || style === "single") && (first === '"' || first === "'") ? 1 : 0;
  const start = Math.min(range.start + open, offset);
  const written = text.slice(start, Math.max(range.end, offset));
  const body = open === 1 && written.length > 1 && written.endsWith(first) && start + written.length > offset;
  const place = (piece: Range): Range => shift(piece, start);
  return {
    text: body ? written.slice(0, -1) : written,
    cursor: offset - start,
    style,
    place,
    range: { start: range.start, end: Math.max(range.end, offset) },
  };
}

// Turns js-yaml's events of one stretch of text into positioned nodes. Knows nothing of chunks but the one it fills.

import {
  type CollectionStyle,
  type Event,
  getScalarValue,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
} from "js-yaml";
import { isBreak } from "../lines.ts";
import type { Draft } from "./draft.ts";
import { type Gaps, gapBetween, isBlankOrEnd, lineStart, skipBlank } from "./gaps.ts";
import {
  refuseDirective,
  refuseKeyOfLines,
  refuseLongKey,
  refuseName,
  refuseScalar,
  refuseTightKey,
} from "./goReader.ts";
import type { Alias, Document, Item, Pair, Property, Scalar, ScalarStyle, YamlNode } from "./tree.ts";

export type BuiltDocument = Pick<Document, "start" | "end" | "root" | "explicit">;

type Builder = Gaps & {
  readonly events: readonly Event[];
  /** Index of the next event. */
  next: number;
  /** Offset in `source` behind the last token taken; behind a block scalar, where the next line begins. */
  at: number;
  /** Column of the innermost block collection that is open; -1 where there is none. */
  column: number;
};

const DOCUMENT = 1;
const SEQUENCE = 2;
const MAPPING = 3;
const SCALAR = 4;
const ALIAS = 5;
const POP = 6;
const FLOW: CollectionStyle = 2;

const styles: readonly (ScalarStyle | undefined)[] = [undefined, "plain", "single", "double", "literal", "folded"];
const chompings = [undefined, "clip", "strip", "keep"] as const;

/** Nodes of all documents in `source`, placed in `chunk`; its comments, anchors and aliases are added to it. */
export function buildDocuments(source: string, events: readonly Event[], chunk: Draft, pad: number): BuiltDocument[] {
  const builder: Builder = {
    source,
    events,
    chunk,
    pad,
    next: 0,
    at: 0,
    end: 0,
    flow: 0,
    column: -1,
    tabsBehind: Infinity,
  };
  const documents: BuiltDocument[] = [];
  while (builder.next < events.length) documents.push(document(builder));
  skipEndMarkers(builder, builder.at);
  return documents;
}

function document(b: Builder): BuiltDocument {
  const event = b.events[b.next++];
  if (event?.type !== DOCUMENT) throw new Error("js-yaml: a document was expected");
  let start = skipEndMarkers(b, b.at);
  b.at = start;
  if (event.explicitStart) start = skipDirectives(b, start);
  if (event.explicitStart) take(b, start + 3);
  const root = node(b, b.at);
  b.next++;
  const end = Math.max(start, b.end);
  if (event.explicitEnd) take(b, skipBlank(b, b.at) + 3);
  return { start: start - b.pad, end: end - b.pad, root, explicit: event.explicitStart };
}

/** Goes over blanks, comments and `...` that end nothing, and keeps the comments. */
function skipEndMarkers(b: Builder, from: number): number {
  let at = skipBlank(b, from);
  while (isEndMarker(b.source, at)) at = skipBlank(b, at + 3);
  return at;
}

/** A `...` that ends nothing, in front of a document or behind the last. */
function isEndMarker(source: string, at: number): boolean {
  return (
    source.startsWith("...", at) &&
    isBlankOrEnd(source.charCodeAt(at + 3)) &&
    (at === 0 || isBreak(source.charCodeAt(at - 1)))
  );
}

/** Offset of the `---` that ends the directives. */
function skipDirectives(b: Builder, from: number): number {
  let at = from;
  while (b.source.charCodeAt(at) === 37) {
    const start = at;
    while (at < b.source.length && !isBreak(b.source.charCodeAt(at))) at++;
    refuseDirective(b.chunk, b.source.slice(start, at).trimEnd(), start - b.pad);
    at = skipBlank(b, at);
  }
  return at;
}

/** One node. `empty` is where it stands when nothing is written. */
function node(b: Builder, empty: number): YamlNode {
  const event = b.events[b.next++];
  switch (event?.type) {
    case SEQUENCE:
      return sequence(b, event);
    case MAPPING:
      return mapping(b, event);
    case SCALAR:
      return scalar(b, event, empty);
    case ALIAS:
      return alias(b, event.anchorStart, event.anchorEnd);
    default:
      throw new Error("js-yaml: a node was expected");
  }
}

function sequence(b: Builder, event: SequenceEvent): YamlNode {
  const { anchor, tag } = properties(b, event);
  const flow = event.style === FLOW;
  const items: Item[] = [];
  if (flow) take(b, event.start + 1);
  const leave = enter(b, event.start, flow);
  while (b.events[b.next]?.type !== POP) {
    if (flow && items.length > 0) comma(b);
    const dash = skipBlank(b, b.at);
    if (!flow) take(b, dash + 1);
    const value = node(b, b.at);
    const start = flow ? outerStart(value) : dash - b.pad;
    items.push({
      kind: "item",
      chunk: b.chunk,
      start,
      end: b.end - b.pad,
      dash: flow ? undefined : dash - b.pad,
      value,
    });
  }
  b.next++;
  if (flow) close(b);
  leave();
  const start = event.start - b.pad;
  return anchored(b, { kind: "sequence", chunk: b.chunk, start, end: b.end - b.pad, anchor, tag, flow, items });
}

function mapping(b: Builder, event: MappingEvent): YamlNode {
  const { anchor, tag } = properties(b, event);
  const flow = event.style === FLOW;
  const braces = flow && hasBraces(b, event);
  const pairs: Pair[] = [];
  if (braces) take(b, event.start + 1);
  const leave = enter(b, event.start, flow);
  while (b.events[b.next]?.type !== POP) {
    if (braces && pairs.length > 0) comma(b);
    pairs.push(pair(b));
    if (!flow) refuseNoKey(b, pairs.at(-1));
  }
  b.next++;
  if (braces) close(b);
  leave();
  const start = braces ? event.start - b.pad : (pairs[0]?.start ?? event.start - b.pad);
  return anchored(b, {
    kind: "mapping",
    chunk: b.chunk,
    start,
    end: b.end - b.pad,
    anchor,
    tag,
    flow,
    pairs,
    kept: undefined,
  });
}

/** In block style the colon of a `? key` stands at its column, that of another key on its line; others are an outer pair's. */
function isOwnColon(source: string, start: number, colon: number, explicit: boolean): boolean {
  const line = lineStart(source, colon);
  return explicit ? colon - line === start - lineStart(source, start) : line === lineStart(source, start);
}

/** Notes which collection is open; the answer closes it. */
function enter(b: Builder, start: number, flow: boolean): () => void {
  const { column } = b;
  if (flow) b.flow++;
  else b.column = start - lineStart(b.source, start);
  return () => {
    if (flow) b.flow--;
    b.column = column;
  };
}

/** js-yaml takes `: value` for a pair without a key, Go's parsers do not. */
function refuseNoKey(b: Builder, found: Pair | undefined): void {
  if (found?.key.kind !== "empty" || found.key.anchor || found.key.tag || found.colon !== found.start) return;
  const message = "A key is missing in front of this `:`; write `key: value`, or remove the colon.";
  b.chunk.errors.push({ code: "colon", message, start: found.start, end: found.start + 1 });
}

/** In `[a: b]` the mapping has none; it may begin with the brace of its key. */
function hasBraces(b: Builder, event: MappingEvent): boolean {
  if (b.source.charCodeAt(event.start) !== 123) return false;
  const first = b.events[b.next];
  return !(first?.type === MAPPING && first.start === event.start);
}

function pair(b: Builder): Pair {
  const start = skipBlank(b, b.at);
  b.at = start;
  const explicit = b.source.charCodeAt(start) === 63 && isBlankOrEnd(b.source.charCodeAt(start + 1));
  if (explicit) take(b, start + 1);
  const key = node(b, b.at);
  if (!explicit && key.kind === "scalar") refuseLongKey(b.chunk, key);
  const colon = skipBlank(b, b.at);
  const written = b.source.charCodeAt(colon) === 58 && (b.flow > 0 || isOwnColon(b.source, start, colon, explicit));
  if (written && b.flow > 0 && !explicit) refuseKeyOfLines(b.chunk, b.source.slice(start, colon), start - b.pad);
  if (written && b.flow > 0 && /[[{]/.test(b.source.charAt(colon + 1))) refuseTightKey(b.chunk, key, colon - b.pad);
  if (written) take(b, colon + 1);
  const value = node(b, b.at);
  return {
    kind: "pair",
    chunk: b.chunk,
    start: start - b.pad,
    end: b.end - b.pad,
    key,
    colon: written ? colon - b.pad : undefined,
    value,
  };
}

function scalar(b: Builder, event: ScalarEvent, empty: number): YamlNode {
  const { anchor, tag } = properties(b, event);
  const { chunk, pad, source } = b;
  if (event.valueStart < 0) {
    const at = Math.max(empty, b.at) - pad;
    return anchored(b, { kind: "empty", chunk, start: at, end: at, anchor, tag });
  }
  const style = styles[event.style] ?? "plain";
  const raw = source.slice(event.valueStart, event.valueEnd);
  let start = event.valueStart;
  let end = event.valueEnd;
  if (style === "single" || style === "double") {
    start--;
    end++;
  } else if (style !== "plain") {
    start = skipBlank(b, b.at);
    gapBetween(b, start, event.valueStart);
    end = trimmedEnd(source, headerEnd(source, start), event.valueEnd);
  }
  b.end = end;
  b.at = Math.max(end, event.valueEnd);
  b.tabsBehind = style === "plain" ? b.column : Infinity;
  const value = event.fast ? raw : getScalarValue(source, event);
  const found: Scalar = {
    kind: "scalar",
    chunk,
    start: start - pad,
    end: end - pad,
    anchor,
    tag,
    style,
    value,
    raw,
    rawStart: event.valueStart - pad,
    indent: event.indent,
    chomping: chompings[event.chomping] ?? "clip",
    kept: undefined,
  };
  refuseScalar(chunk, found, b.flow > 0, b.column);
  return anchored(b, found);
}

/** Behind `|`, `>` with their indicators. */
function headerEnd(source: string, start: number): number {
  let at = start + 1;
  while (/[-+0-9]/.test(source.charAt(at))) at++;
  return at;
}

/** The end without the line breaks and blank lines before it, but not before `floor`. */
function trimmedEnd(source: string, floor: number, end: number): number {
  let at = end;
  while (at > floor && isBlankOrEnd(source.charCodeAt(at - 1))) at--;
  return at <= floor ? floor : at;
}

function alias(b: Builder, start: number, end: number): YamlNode {
  skipBlank(b, b.at);
  take(b, end);
  const { chunk, pad, source } = b;
  const name = source.slice(start, end);
  refuseName(chunk, name, start - pad);
  const found: Alias = {
    kind: "alias",
    chunk,
    start: start - 1 - pad,
    end: end - pad,
    anchor: undefined,
    tag: undefined,
    name,
  };
  chunk.aliases.push(found);
  return found;
}

type Properties = { anchor: Property | undefined; tag: Property | undefined };

function properties(b: Builder, event: ScalarEvent | SequenceEvent | MappingEvent): Properties {
  let anchor: Property | undefined;
  let tag: Property | undefined;
  if (event.anchorStart >= 0) {
    anchor = property(b, event.anchorStart - 1, event.anchorEnd);
    refuseName(b.chunk, anchor.text.slice(1), anchor.start + 1);
  }
  if (event.tagStart >= 0) tag = property(b, event.tagStart, event.tagEnd);
  if (anchor || tag) {
    const first = Math.min(anchor ? anchor.start : Infinity, tag ? tag.start : Infinity) + b.pad;
    skipBlank(b, b.at);
    take(b, Math.max(b.at, first, event.anchorEnd, event.tagEnd));
  }
  return { anchor, tag };
}

/** Goes behind a token that ends at `end`. */
function take(b: Builder, end: number): void {
  b.at = end;
  b.end = end;
  b.tabsBehind = Infinity;
}

function property(b: Builder, start: number, end: number): Property {
  return { text: b.source.slice(start, end), start: start - b.pad, end: end - b.pad };
}

function anchored(b: Builder, found: YamlNode): YamlNode {
  if (found.anchor) b.chunk.anchored.push(found);
  return found;
}

/** Start of a node with its anchor and tag. */
function outerStart(found: YamlNode): number {
  return Math.min(found.start, found.anchor?.start ?? found.start, found.tag?.start ?? found.start);
}

function comma(b: Builder): void {
  const at = skipBlank(b, b.at);
  if (b.source.charCodeAt(at) === 44) take(b, at + 1);
}

/** Behind the bracket that closes a flow collection; a comma may stand before it. */
function close(b: Builder): void {
  comma(b);
  take(b, skipBlank(b, b.at) + 1);
}

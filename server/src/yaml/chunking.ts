// Splits a text into chunks by indentation and reads each on its own, so that an error or an edit costs only its own chunk.
import { type Draft, emptyChunk } from "./draft.ts";
import { type Failure, maxDepth, readLeaf } from "./leaf.ts";
import {
  blankLine,
  colonLine,
  commentLine,
  contentLine,
  continuedLine,
  dashLine,
  isBlankAt,
  type LineTable,
  lineEnd,
  questionLine,
  skipSpaces,
} from "./lineTable.ts";
import { locateFailure } from "./locate.ts";
import { keyColon, skipProperties } from "./scan.ts";
import { describeReason } from "./syntaxError.ts";
import type { Chunk, Item, Level, Pair, Reading, YamlNode } from "./tree.ts";

/** A chunk longer than this is split where it can be, though it could be read in one go. UTF-16 units. */
export const longChunk = 3000;

/** Lines `from` to `to` of the table, from offset `start` (which may lie inside the first line, at column `pad`) to `end`. */
export type Span = {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly pad: number;
};

/** The text that is read, its lines, and the chunks of an earlier reading by what they were read from. */
export type Context = {
  readonly text: string;
  readonly table: LineTable;
  readonly reuse:
    | ((span: Span, reading: Pick<Reading, "level" | "depth" | "pad" | "stray">) => Chunk | undefined)
    | undefined;
};

/** Beyond so many broken entries the rest of a collection is left unread: what it holds is no YAML, and reading it would take long. */
const mostBroken = 200;

/** The chunks of a collection: one an entry, which together cover the span. */
export function readLevel(context: Context, span: Span, level: Level, depth: number): Chunk[] {
  const children: Chunk[] = [];
  let broken = 0;
  for (const entry of entrySpans(context.table, span, level)) {
    if (broken === mostBroken) {
      children.push(unreadRest({ ...entry, end: span.end }));
      break;
    }
    const child = readEntry(context, entry, level, depth, entry.stray);
    if (hasErrors(child)) broken++;
    children.push(child);
  }
  return children;
}

/** Whether one more broken child could make `readLevel` stop before the last of them. */
export function isNearLimit(children: readonly Chunk[]): boolean {
  return children.filter(hasErrors).length >= mostBroken - 1;
}

function hasErrors(chunk: Chunk): boolean {
  return chunk.errors.length > 0 || chunk.children.some(hasErrors);
}

function unreadRest(span: Span): Chunk {
  const chunk = emptyChunk(span, {});
  const message =
    "Too much above could not be read, so the rest of this block is left out; correct the errors above first.";
  chunk.errors.push({ code: "syntax", message, start: 0, end: Math.min(1, chunk.length) });
  return chunk;
}

type EntrySpan = Span & { readonly stray: boolean };

/** An entry begins on a line at the level's column, or left of it, and takes the comments above that stand there too. */
function* entrySpans(table: LineTable, span: Span, level: Level): Generator<EntrySpan> {
  let current: { line: number; stray: boolean } | undefined;
  let lead = -1;
  /** Kind of the last line at the level's column: a `? ` line waits for its `: `. */
  let opener = -1;
  const upTo = (to: number): EntrySpan => {
    const { line, stray } = current as { line: number; stray: boolean };
    const isFirst = line === span.from;
    const start = isFirst ? span.start : (table.start[line] as number);
    const end = to === span.to ? span.end : (table.start[to] as number);
    return { from: line, to, start, end, pad: isFirst ? span.pad : 0, stray };
  };
  for (let line = span.from; line < span.to; line++) {
    const kind = table.kind[line] as number;
    const column = table.column[line] as number;
    if (kind === blankLine) continue;
    if (kind === commentLine) {
      if (lead < 0 && column <= level.column) lead = line;
      continue;
    }
    const answers = kind === colonLine && opener === questionLine && column === level.column;
    if (column <= level.column) opener = kind;
    if (column <= level.column && !answers && opensEntry(kind, column, level)) {
      const from = lead < 0 ? line : lead;
      if (current) yield upTo(from);
      const stray = column < level.column || (level.kind === "sequence" && kind !== dashLine);
      current = { line: current ? from : span.from, stray };
    }
    lead = -1;
  }
  if (current) yield upTo(span.to);
}

/** Of a line that stands no further right than its level. */
function opensEntry(kind: number, column: number, level: Level): boolean {
  if (kind === continuedLine) return false;
  if (column < level.column || level.kind === "sequence") return true;
  return kind !== dashLine;
}

/** Reads one entry: in one go where that is cheap and works, else its head and the entries below it. */
export function readEntry(context: Context, span: Span, level: Level, depth: number, stray: boolean): Chunk {
  const reading = { level, depth, pad: span.pad, stray };
  const reused = context.reuse?.(span, reading);
  if (reused) return reused;
  const head = contentLine(context.table, span.from, span.to);
  const isLong = span.end - span.start > longChunk || keyedBelow(context.table, head, span.to) > 0;
  if (isLong && depth < maxDepth) {
    const split = splitEntry(context, span, reading, head, false);
    if (split) return split;
  }
  const chunk = emptyChunk(span, reading);
  const leaf = readLeaf(context.text.slice(span.start, span.end), span.pad, depth, chunk);
  if (leaf.ok) {
    takeEntries(chunk, leaf.documents[0]?.root, leaf.documents.length);
    return chunk;
  }
  const tooDeep = /^nesting/.test(leaf.failure.reason);
  const split = tooDeep ? undefined : splitEntry(context, span, reading, head, true);
  return split ?? brokenEntry(context, span, reading, head, leaf.failure);
}

/** Number of `- key:` lines below the head's. */
function keyedBelow(table: LineTable, head: number, to: number): number {
  return head + 1 >= to ? 0 : (table.keyed[to] as number) - (table.keyed[head + 1] as number);
}

/** What js-yaml found in an entry's text must be what the level consists of. */
function takeEntries(chunk: Draft, root: YamlNode | undefined, documents: number): void {
  const { level, stray } = chunk.reading;
  if (!root || !level) return;
  const fits = documents === 1 && root.kind === level.kind && !root.flow && !root.anchor && !root.tag;
  if (fits && root.kind === "mapping") chunk.entries.push(...root.pairs);
  else if (fits && root.kind === "sequence") chunk.entries.push(...root.items);
  else if (root.kind === "empty" && !root.anchor && !root.tag) return;
  else if (level.kind === "mapping" && root.kind !== "mapping" && root.kind !== "sequence") {
    chunk.entries.push(halfTyped(chunk, root));
    chunk.errors.push({ ...describeReason("expected ':' after a mapping key"), start: root.start, end: root.end });
    return;
  }
  if (!fits || stray) chunk.errors.push(strayError(chunk, root, level));
}

function halfTyped(chunk: Chunk, key: YamlNode): Pair {
  const value: YamlNode = { kind: "empty", chunk, start: key.end, end: key.end, anchor: undefined, tag: undefined };
  return { kind: "pair", chunk, start: key.start, end: key.end, key, colon: undefined, value };
}

function strayError(chunk: Draft, root: YamlNode, level: Level): Draft["errors"][number] {
  const first = root.kind === "mapping" && !root.flow ? (root.pairs[0]?.key ?? root) : root;
  const reason =
    level.kind === "sequence" ? "bad indentation of a sequence entry" : "bad indentation of a mapping entry";
  const end = root.kind === "sequence" ? first.start + 1 : first.end;
  return { ...describeReason(reason), start: first.start, end: Math.min(end, chunk.length) };
}

/** Head and children, where the head is a bare `key:` or `-` and what follows is a block collection. */
function splitEntry(
  context: Context,
  span: Span,
  reading: Partial<Reading> & { level: Level; depth: number },
  head: number,
  forced: boolean,
): Chunk | undefined {
  const below = bodyOf(context, span, reading.level, head, forced);
  if (!below) return undefined;
  const { body, level } = below;
  const probe = emptyChunk({ ...span, end: body.start }, {});
  if (!readHead(context.text, probe)) return undefined;
  const { table } = context;
  const kept = [table.start, table.first, table.column, table.kind].map((list) => list[body.from] as number);
  if (body.pad > 0) enterLine(context, body);
  const children = readLevel(context, body, level, reading.depth + 1);
  if (body.pad > 0)
    [table.start, table.first, table.column, table.kind].forEach((list, i) => {
      list[body.from] = kept[i] as number;
    });
  return composeEntry(context.text, span, body.start, children, { ...reading, forced });
}

/** Lets the table say of a line what stands behind its dash: `- name: x` holds the first entry of a mapping. */
function enterLine({ text, table }: Context, body: Span): void {
  const end = lineEnd(text, body.start, body.end);
  table.start[body.from] = body.start;
  table.first[body.from] = body.start;
  table.column[body.from] = body.pad;
  table.kind[body.from] = text.charCodeAt(body.start) === 45 && isBlankAt(text, body.start + 1, end) ? dashLine : 4;
}

type Below = { readonly body: Span; readonly level: Level };

/** Where the collection below an entry's head begins, and its level. `forced`: its first line may be half-typed. */
function bodyOf(context: Context, span: Span, level: Level, head: number, forced: boolean): Below | undefined {
  const { text, table } = context;
  if (head >= span.to) return undefined;
  const first = table.first[head] as number;
  const end = lineEnd(text, first, span.end);
  let rest = first + 1;
  if (level.kind === "mapping") {
    const colon = keyColon(text, first, end);
    if (colon < 0) return undefined;
    rest = colon + 1;
  } else {
    if (table.kind[head] !== dashLine) return undefined;
    const inner = skipSpaces(text, rest, end);
    const column = (table.column[head] as number) + inner - first;
    const nested =
      levelAt(text, inner, end, column) ?? (forced ? levelAfter(context, head, span.to, inner, column) : undefined);
    if (nested) {
      const body = { from: head, to: span.to, start: inner, end: span.end, pad: nested.column };
      return { body, level: nested };
    }
  }
  if (!isBare(text, rest, end)) return undefined;
  const from = contentLine(table, head + 1, span.to);
  if (from >= span.to || table.kind[from] === continuedLine) return undefined;
  const column = table.column[from] as number;
  const lowest = level.kind === "mapping" && table.kind[from] === dashLine ? level.column : level.column + 1;
  if (column < lowest) return undefined;
  const nested = levelOfLine(context, from, span.to, forced);
  if (!nested) return undefined;
  const start = table.start[head + 1] as number;
  return { body: { from: head + 1, to: span.to, start, end: span.end, pad: 0 }, level: nested };
}

/** The block collection that begins on a line. `forced`: the line may be half-typed. */
export function levelOfLine(context: Context, line: number, to: number, forced: boolean): Level | undefined {
  const { text, table } = context;
  const first = table.first[line] as number;
  const column = table.column[line] as number;
  const found = levelAt(text, first, lineEnd(text, first, text.length), column);
  return found ?? (forced ? levelAfter(context, line, to, first, column) : undefined);
}

/** A mapping whose first key is half-typed: plain text, and a key at its column in a line below. */
function levelAfter(
  { text, table }: Context,
  line: number,
  to: number,
  first: number,
  column: number,
): Level | undefined {
  if (!/[\p{L}\p{N}_]/u.test(text.charAt(first))) return undefined;
  for (let below = line + 1; below < to; below++) {
    const kind = table.kind[below];
    if (kind === blankLine || kind === commentLine || (table.column[below] as number) > column) continue;
    const at = table.first[below] as number;
    const isKey = table.column[below] === column && keyColon(text, at, lineEnd(text, at, text.length)) >= 0;
    return isKey ? { kind: "mapping", column } : undefined;
  }
  return undefined;
}

/** The block collection whose first entry begins at `at`, if one does. */
export function levelAt(text: string, at: number, end: number, column: number): Level | undefined {
  if (at >= end) return undefined;
  if (text.charCodeAt(at) === 45 && isBlankAt(text, at + 1, end)) return { kind: "sequence", column };
  return keyColon(text, at, end) < 0 ? undefined : { kind: "mapping", column };
}

/** Whether nothing but anchor, tag and comment stands on the rest of the line. */
export function isBare(text: string, from: number, end: number): boolean {
  let at = from;
  while (isBlankAt(text, at, end) && at < end) at++;
  at = skipProperties(text, at, end);
  return at >= end || (text.charCodeAt(at) === 35 && isBlankAt(text, at - 1, end));
}

/** Reads the text before the first child into `chunk`: one entry with an empty value. */
function readHead(text: string, chunk: Draft): Pair | Item | undefined {
  const leaf = readLeaf(text.slice(chunk.base, chunk.base + chunk.length), chunk.reading.pad, 0, chunk);
  if (!leaf.ok || leaf.documents.length !== 1) return undefined;
  const root = leaf.documents[0]?.root;
  const entries = root?.kind === "mapping" ? root.pairs : root?.kind === "sequence" ? root.items : [];
  return entries.length === 1 && entries[0]?.value.kind === "empty" ? entries[0] : undefined;
}

/** The chunk of an entry whose value's entries are `children`. Its head is known to be readable. */
export function composeEntry(
  text: string,
  span: Span,
  bodyStart: number,
  children: readonly Chunk[],
  reading: Partial<Reading>,
): Chunk {
  const open = children.some((child) => child.reading.open);
  const chunk = emptyChunk(span, { ...reading, pad: span.pad, head: bodyStart - span.start, open });
  chunk.length = bodyStart - span.start;
  const entry = readHead(text, chunk);
  chunk.length = span.end - span.start;
  chunk.children = [...children];
  if (!entry) return chunk;
  const value = collectionOf(chunk, children, entry.value);
  chunk.anchored = chunk.anchored.map((node) => (node === entry.value ? value : node));
  const end = value.end;
  if (reading.stray)
    chunk.errors.push(strayError(chunk, entry.kind === "pair" ? entry.key : value, reading.level as Level));
  if (reading.level?.kind === (entry.kind === "pair" ? "mapping" : "sequence"))
    chunk.entries.push({ ...entry, value, end });
  return chunk;
}

/** The node that the children's entries make up, with the anchor and tag of the empty value that the head showed. */
export function collectionOf(chunk: Chunk, children: readonly Chunk[], head: YamlNode): YamlNode {
  const pairs: Pair[] = [];
  const items: Item[] = [];
  let first: Pair | Item | undefined;
  let last: Pair | Item | undefined;
  // One walk: an edit composes anew what is around it, and a sequence has items by the thousand.
  for (let i = 0; i < children.length; i++) {
    const entries = children[i]?.entries ?? [];
    for (let j = 0; j < entries.length; j++) {
      const entry = entries[j] as Pair | Item;
      first ??= entry;
      last = entry;
      if (entry.kind === "pair") pairs.push(entry);
      else items.push(entry);
    }
  }
  const kind = children[0]?.reading.level?.kind;
  const { anchor, tag } = head;
  if (!first || !last) {
    const start = (children[0]?.base ?? chunk.base) - chunk.base;
    return { kind: "broken", chunk, start, end: chunk.length, anchor, tag };
  }
  const start = first.start + first.chunk.base - chunk.base;
  const end = last.end + last.chunk.base - chunk.base;
  const flow = false;
  if (kind === "mapping") return { kind, chunk, start, end, anchor, tag, flow, pairs, kept: undefined };
  return { kind: "sequence", chunk, start, end, anchor, tag, flow, items };
}

/** An entry that can neither be read nor split: its key or dash is kept, its value is unknown. */
function brokenEntry(
  { text, table }: Context,
  span: Span,
  reading: Partial<Reading> & { level: Level },
  head: number,
  failure: Failure,
): Chunk {
  const found = locateFailure(text, span.start, span.end, failure);
  const chunk = emptyChunk(span, { ...reading, open: found.open });
  const first = table.first[head] ?? span.start;
  const end = lineEnd(text, first, span.end);
  const isDash = table.kind[head] === dashLine;
  const mark = isDash ? first : keyColon(text, first, end);
  const { code, message } = found;
  if (mark >= 0 && isDash === (reading.level.kind === "sequence")) {
    chunk.length = mark + 1 - span.start;
    const entry = readHead(text, chunk);
    chunk.length = span.end - span.start;
    if (entry) chunk.entries.push(withBroken(chunk, entry, text.slice(span.start, span.end).trimEnd().length));
  }
  chunk.errors.push({ code, message, start: found.start - span.start, end: found.end - span.start });
  return chunk;
}

function withBroken(chunk: Chunk, entry: Pair | Item, end: number): Pair | Item {
  const start = Math.min(entry.end + 1, end);
  const value: YamlNode = { kind: "broken", chunk, start, end, anchor: undefined, tag: undefined };
  return { ...entry, value, end };
}

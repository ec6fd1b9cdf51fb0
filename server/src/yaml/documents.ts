// The top of the chunk tree: the file as documents, and each document as the entries of its root.

import { type Context, collectionOf, isBare, levelOfLine, readLevel, type Span } from "./chunking.ts";
import { emptyChunk } from "./draft.ts";
import { readLeaf } from "./leaf.ts";
import {
  blankLine,
  closingLine,
  commentLine,
  contentLine,
  continuedLine,
  directiveLine,
  lineCount,
  lineEnd,
  openingLine,
} from "./lineTable.ts";
import { locateFailure } from "./locate.ts";
import type { Chunk, Document, YamlFile, YamlNode } from "./tree.ts";

/** All chunks of the text. */
export function readFile(context: Context): YamlFile {
  const { text } = context;
  const read = documentSpans(context).map((span) => readDocument(context, span));
  return composeFile(text, read);
}

/** The file of documents that cover the text. A chunk without a document holds comments, or `...` alone. */
export function composeFile(text: string, read: readonly DocumentChunk[]): YamlFile {
  const chunk = emptyChunk(
    { start: 0, end: text.length, pad: 0 },
    { open: read.some(({ chunk }) => chunk.reading.open) },
  );
  chunk.children = read.map((one) => one.chunk);
  return {
    text,
    documents: read.flatMap((one) => (one.document ? [one.document] : [])),
    chunk,
    whole: false,
    versions: { kept: undefined },
    kept: undefined,
  };
}

/** `document` is missing where the chunk holds none. */
export type DocumentChunk = { readonly chunk: Chunk; readonly document: Document | undefined };

/** A document begins at `---`, with the directives and comments above it, or behind `...`. */
function documentSpans({ table, text }: Context): Span[] {
  const starts = [0];
  const count = lineCount(table);
  let hasContent = false;
  let lead = -1;
  for (let line = 0; line < count; line++) {
    const kind = table.kind[line] as number;
    if (kind === openingLine) {
      if (hasContent) starts.push(line);
      hasContent = true;
      lead = -1;
    } else if (kind === closingLine) {
      lead = line + 1;
      hasContent = true;
    } else if (kind !== blankLine && kind !== commentLine) {
      if (lead >= 0) {
        starts.push(lead);
        hasContent = false;
        lead = -1;
      }
      if (kind !== directiveLine || hasContent) hasContent = true;
    }
  }
  return starts.map((from, index) => {
    const to = starts[index + 1] ?? count;
    return { from, to, start: table.start[from] ?? 0, end: table.start[to] ?? text.length, pad: 0 };
  });
}

function readDocument(context: Context, span: Span): DocumentChunk {
  const split = splitDocument(context, span, false);
  if (split) return split;
  const { text } = context;
  const chunk = emptyChunk(span, {});
  const leaf = readLeaf(text.slice(span.start, span.end), 0, 0, chunk);
  if (leaf.ok) {
    const built = leaf.documents[0];
    return { chunk, document: built && { chunk, ...built } };
  }
  const forced = /^nesting/.test(leaf.failure.reason) ? undefined : splitDocument(context, span, true);
  if (forced) return forced;
  const found = locateFailure(text, span.start, span.end, leaf.failure);
  const { code, message } = found;
  const broken = emptyChunk(span, { open: found.open });
  broken.errors.push(...chunk.errors, { code, message, start: found.start - span.start, end: found.end - span.start });
  const end = span.end - span.start;
  const root: YamlNode = { kind: "broken", chunk: broken, start: 0, end, anchor: undefined, tag: undefined };
  return { chunk: broken, document: { chunk: broken, start: 0, end, root, explicit: false } };
}

/** A document whose root is a block collection and whose head is at most directives, `---`, an anchor and a tag. */
function splitDocument(context: Context, span: Span, forced: boolean): DocumentChunk | undefined {
  const { text, table } = context;
  let headEnd = span.start;
  let line = contentLine(table, span.from, span.to);
  while (line < span.to && table.kind[line] === directiveLine) line = contentLine(table, line + 1, span.to);
  let bodyLine = span.from;
  if (table.kind[line] === openingLine) {
    const marker = table.first[line] as number;
    if (!isBare(text, marker + 3, lineEnd(text, marker, span.end))) return undefined;
    bodyLine = line + 1;
    headEnd = table.start[bodyLine] as number;
  }
  // A %TAG directive says what tags below mean, so its document is read in one go.
  if (/^%TAG/m.test(text.slice(span.start, headEnd))) return undefined;
  const first = contentLine(table, bodyLine, span.to);
  if (first >= span.to || table.kind[first] === continuedLine || table.kind[first] === closingLine) return undefined;
  let last = span.to;
  while (last > first && table.kind[last - 1] !== closingLine) last--;
  const tail = last > first ? last - 1 : span.to;
  const level = levelOfLine(context, first, span.to, forced);
  if (!level) return undefined;
  const end = tail < span.to ? (table.start[tail] as number) : span.end;
  const body = { from: bodyLine, to: tail, start: headEnd, end, pad: 0 };
  return composeDocument(text, span, body.start, end, readLevel(context, body, level, 0), forced);
}

/** The document whose root's entries are `children`; they cover the text from `bodyStart` to `bodyEnd`. */
export function composeDocument(
  text: string,
  span: Span,
  bodyStart: number,
  bodyEnd: number,
  children: readonly Chunk[],
  forced: boolean,
): DocumentChunk | undefined {
  const open = children.some((child) => child.reading.open);
  const chunk = emptyChunk(span, { head: bodyStart - span.start, open, forced });
  const head = readLeaf(text.slice(span.start, bodyStart), 0, 0, chunk);
  if (!head.ok || head.documents.length > 1) return undefined;
  const built = head.documents[0];
  const above = built?.root ?? { kind: "empty" as const, chunk, start: 0, end: 0, anchor: undefined, tag: undefined };
  if (above.kind !== "empty") return undefined;
  const tail = emptyChunk({ ...span, start: bodyEnd }, {});
  const foot = readLeaf(text.slice(bodyEnd, span.end), 0, 0, tail);
  if (!foot.ok) return undefined;
  const by = bodyEnd - span.start;
  chunk.comments.push(
    ...tail.comments.map((comment) => ({ ...comment, start: comment.start + by, end: comment.end + by })),
  );
  chunk.children = [...children];
  const root = collectionOf(chunk, children, above);
  chunk.anchored = chunk.anchored.map((node) => (node === above ? root : node));
  const start = built ? built.start : root.start;
  return {
    chunk,
    document: { chunk, start, end: Math.max(root.end, start), root, explicit: built?.explicit ?? false },
  };
}

// Makes the chunk tree of an edited text from the one before: reads only what the edit touched, moves the rest.
import type { Edit } from "../edits.ts";
import { type Context, composeEntry, isNearLimit, longChunk, readEntry, type Span } from "./chunking.ts";
import { composeDocument, composeFile, type DocumentChunk } from "./documents.ts";
import { type Inner, innerLines, stayInside } from "./editedLines.ts";
import { lineCount, lineTable } from "./lineTable.ts";
import type { Chunk, Reading, YamlFile } from "./tree.ts";

/**
 * The file after an edit that leaves every line's place in the structure as it was, or brings and takes lines inside one
 * entry: the chunk with the edit is read anew, the chunks around it are put together again. Undefined where the edit may
 * do more than that.
 */
export function updateInPlace(file: YamlFile, edit: Edit, text: string): YamlFile | undefined {
  const { range } = edit;
  const inner = file.chunk.reading.open ? undefined : innerLines(file.text, edit, text);
  if (!inner) return undefined;
  const index = childAt(file.chunk.children, range.start, range.end);
  const old = file.chunk.children[index];
  const document = old && file.documents.find((one) => one.chunk === old);
  if (!old || !document || old.children.length === 0 || old.reading.forced) return undefined;
  const by = edit.text.length - (range.end - range.start);
  const made = updateDocument(old, { ...edit, inner }, text, by);
  if (!made || made.chunk.reading.open) return undefined;
  const documents = new Map(file.documents.map((one) => [one.chunk, one]));
  const kept: DocumentChunk[] = file.chunk.children.map((chunk) => ({ chunk, document: documents.get(chunk) }));
  kept[index] = made;
  moveAll(file.chunk.children, index + 1, by);
  return composeFile(text, kept);
}

type InnerEdit = Edit & { readonly inner: Inner };

function updateDocument(old: Chunk, edit: InnerEdit, text: string, by: number): DocumentChunk | undefined {
  const children = updateChildren(old, edit, text, by);
  if (!children) return undefined;
  const last = children.at(-1) as Chunk;
  const end = last.base + last.length;
  return composeDocument(text, spanOf(old, by), old.base + old.reading.head, end, children, false);
}

/** The children after the edit, moved where they must be; undefined, with nothing moved, where the edit is not inside one of them. */
function updateChildren(parent: Chunk, edit: InnerEdit, text: string, by: number): Chunk[] | undefined {
  const index = childAt(parent.children, edit.range.start, edit.range.end);
  const old = parent.children[index];
  if (!old || isNearLimit(parent.children)) return undefined;
  const made = updateEntry(old, edit, text, by);
  if (!made || made.reading.open) return undefined;
  moveAll(parent.children, index + 1, by);
  const children = [...parent.children];
  children[index] = made;
  return children;
}

function updateEntry(old: Chunk, edit: InnerEdit, text: string, by: number): Chunk | undefined {
  const { level, depth, pad, stray, forced, head } = old.reading;
  if (!level) return undefined;
  const span = spanOf(old, by);
  const long = old.length > longChunk;
  if (old.children.length > 0 && !forced && long === span.end - span.start > longChunk) {
    const children = updateChildren(old, edit, text, by);
    return children && composeEntry(text, span, old.base + head, children, { level, depth, stray, forced });
  }
  const table = lineTable(text, span.start, span.end, pad);
  if (!stayInside(edit.inner, table, level.column)) return undefined;
  const context: Context = { text, table, reuse: undefined };
  return readEntry(context, { ...span, to: lineCount(table) }, level, depth, stray);
}

function spanOf(chunk: Chunk, by: number): Span {
  return { from: 0, to: 0, start: chunk.base, end: chunk.base + chunk.length + by, pad: chunk.reading.pad };
}

/** Index of the chunk that holds the whole stretch and does not end where it ends, but at the end of the list; -1 if none does. */
function childAt(children: readonly Chunk[], start: number, end: number): number {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle] as Chunk).base <= start) low = middle + 1;
    else high = middle;
  }
  const found = children[low - 1];
  if (!found) return -1;
  const limit = found.base + found.length;
  return end < limit || (end === limit && low === children.length) ? low - 1 : -1;
}

function moveAll(children: readonly Chunk[], from: number, by: number): void {
  if (by === 0) return;
  for (let i = from; i < children.length; i++) move(children[i] as Chunk, by);
}

function move(chunk: Chunk, by: number): void {
  chunk.base += by;
  for (const child of chunk.children) move(child, by);
}

/** Looks up chunks of `file` that lie outside the edit by what they were read from, and moves them where they are now. */
export function reuseOf(file: YamlFile, { range, text: inserted }: Edit): NonNullable<Context["reuse"]> {
  const by = inserted.length - (range.end - range.start);
  const behind = range.start + inserted.length;
  const byStart = new Map<number, Chunk[]>();
  collect(file.chunk, byStart);
  return (span, reading) => {
    const outside = span.end <= range.start || span.start >= behind;
    if (!outside) return undefined;
    const shift = span.start >= behind ? by : 0;
    const found = byStart.get(span.start - shift)?.find((chunk) => isSame(chunk, span, reading));
    if (found && found.base !== span.start) move(found, span.start - found.base);
    return found;
  };
}

function collect(chunk: Chunk, byStart: Map<number, Chunk[]>): void {
  for (const child of chunk.children) {
    if (child.reading.level) {
      const same = byStart.get(child.base);
      if (same) same.push(child);
      else byStart.set(child.base, [child]);
    }
    collect(child, byStart);
  }
}

type Wanted = Pick<Reading, "level" | "depth" | "pad" | "stray">;

function isSame(chunk: Chunk, span: Span, { level, depth, pad, stray }: Wanted): boolean {
  const { reading } = chunk;
  return (
    chunk.length === span.end - span.start &&
    reading.level?.kind === level?.kind &&
    reading.level?.column === level?.column &&
    reading.depth === depth &&
    reading.pad === pad &&
    reading.stray === stray
  );
}

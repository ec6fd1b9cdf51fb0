// What a client's changes make of a document: many in one message, as when lines are indented or a word is replaced
// everywhere, as few edits that do the same. Knows no other document.
import type { Position, TextDocumentContentChangeEvent } from "vscode-languageserver";
import { applyEdits, asOne, type Edit, editBetween } from "../edits.ts";
import { changeDocument, type Document, openDocument } from "../language/document.ts";
import { editedLineStarts } from "../lines.ts";
import { fromRange, toRange } from "./convert.ts";

export type Change = TextDocumentContentChangeEvent;

/** Lines that are indented or commented out together are closer to each other than this, in UTF-16 units. */
const near = 400;

/** With more places than this that are far apart, it is cheaper to read anew what is in between. */
const mostPlaces = 16;

/** The document after changes each of which speaks of the text as the one before left it. */
export function changed(document: Document, changes: readonly Change[], version: number): Document {
  const edits = changes.length > 1 ? editsOf(document, changes) : undefined;
  if (edits) return changeDocument(document, gathered(document.text, edits), version);
  if (changes.length > mostPlaces) return changeDocument(document, [sumOf(document, changes)], version);
  let after = document;
  for (const change of changes)
    after =
      "range" in change
        ? changeDocument(after, [editOf(after, change)], version)
        : openDocument(after.uri, after.languageId, version, change.text);
  return after;
}

/** The changes as edits of the document, where all of them speak of its text: editors send them from its end to its start. */
function editsOf(document: Document, changes: readonly Change[]): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  let next: Position | undefined;
  for (const change of changes) {
    if (!("range" in change) || (next && isBehind(change.range.end, next))) return undefined;
    const edit = editOf(document, change);
    next = toRange(document, edit.range).start;
    edits.push(edit);
  }
  return edits;
}

/** `a` as it is written: a column past the end of a line may be there in the text in between. */
function isBehind(a: Position, b: Position): boolean {
  return a.line > b.line || (a.line === b.line && a.character > b.character);
}

/** Edits of one text, from its end to its start, as a few that do the same: near ones, or if there are many all, are one. */
function gathered(text: string, edits: readonly Edit[]): readonly Edit[] {
  const places: Edit[][] = [];
  for (const edit of edits) {
    const place = places.at(-1);
    const last = place?.at(-1);
    if (place && last && last.range.start - edit.range.end <= near) place.push(edit);
    else places.push([edit]);
  }
  return (places.length > mostPlaces ? [edits] : places).map((place) => asOne(text, place));
}

/** What all changes together do, found without reading what is between them. */
function sumOf(document: Document, changes: readonly Change[]): Edit {
  let { text, lineStarts } = document;
  for (const change of changes) {
    const edit = editOf({ text, lineStarts }, change);
    text = applyEdits(text, [edit]);
    lineStarts = editedLineStarts(lineStarts, edit, text);
  }
  return editBetween(document.text, text);
}

/** A change without a range puts its text in place of all. */
function editOf(document: Pick<Document, "text" | "lineStarts">, change: Change): Edit {
  const range = "range" in change ? fromRange(document, change.range) : { start: 0, end: document.text.length };
  return { range, text: change.text };
}

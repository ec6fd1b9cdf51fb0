// What a client's changes make of a document: many in one message, as when lines are indented or a word is replaced
// everywhere, as few edits that do the same. Knows no other document.
import type { Position, TextDocumentContentChangeEvent } from "vscode-languageserver";
import { applyEdits, type Edit, editBetween, gathered, mostPlaces } from "../edits.ts";
import { changeDocument, type Document, openDocument } from "../language/document.ts";
import { editedLineStarts, lineStarts } from "../lines.ts";
import { fromRange, toRange } from "./convert.ts";

export type Change = TextDocumentContentChangeEvent;

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

/** What all changes together do, found without reading what is between them. */
function sumOf(document: Document, changes: readonly Change[]): Edit {
  let { text, lineStarts: starts } = document;
  for (const change of changes) {
    const edit = "range" in change ? editOf({ text, lineStarts: starts }, change) : whole(text, change);
    text = applyEdits(text, [edit]);
    starts = "range" in change ? editedLineStarts(starts, edit, text) : lineStarts(text);
  }
  return editBetween(document.text, text);
}

const whole = (text: string, change: Change): Edit => ({ range: { start: 0, end: text.length }, text: change.text });

function editOf(document: Pick<Document, "text" | "lineStarts">, change: Extract<Change, { range: unknown }>): Edit {
  return { range: fromRange(document, change.range), text: change.text };
}

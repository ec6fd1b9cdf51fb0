// Finds the open document and the place that a request is about, and guards the answer. Knows no request and no feature.
import type { Connection } from "vscode-languageserver";
import type { Document } from "../language/document.ts";
import type { Range } from "../ranges.ts";
import { fromRange } from "./convert.ts";
import { guarded } from "./guarded.ts";
import type { Session } from "./session.ts";

export type Position = { line: number; character: number };
export type In = { textDocument: { uri: string } };
type At = In & { position: Position };
type Within = In & { range: { start: Position; end: Position } };

/** Handlers for open documents; nothing is answered for others, and a handler that fails is logged by its method. */
export function answersIn(connection: Connection, session: Session) {
  const inside =
    <Params extends In, Answer>(method: string, answer: (document: Document, params: Params) => Answer) =>
    (params: Params): Promise<Answer | null> =>
      guarded(connection.console, `textDocument/${method}`, null as Answer | null, () => {
        const document = session.documents.get(params.textDocument.uri);
        return document ? answer(document, params) : null;
      })();
  const at = <Params extends At, Answer>(
    method: string,
    answer: (document: Document, offset: number, params: Params) => Answer,
  ) => inside(method, (document, params: Params) => answer(document, offsetIn(document, params.position), params));
  const within = <Answer>(method: string, answer: (document: Document, range: Range) => Answer) =>
    inside(method, (document, { range }: Within) => answer(document, fromRange(document, range)));
  return { inside, at, within };
}

export function offsetIn(document: Document, position: Position): number {
  return fromRange(document, { start: position, end: position }).start;
}

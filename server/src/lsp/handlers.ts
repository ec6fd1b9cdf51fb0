// One row a request: what the protocol asks, and which feature answers. Knows nothing of how.
import { type CodeActionParams, type Connection, MarkupKind } from "vscode-languageserver";
import type { Document } from "../language/document.ts";
import { languageService } from "../language/languageService.ts";
import { fixAllKind } from "./capabilities.ts";
import { fromRange, toCodeAction, toCompletion, toFixAll, toHover } from "./convert.ts";
import { guarded } from "./guarded.ts";
import type { Session } from "./session.ts";

type Position = { line: number; character: number };
type At = { textDocument: { uri: string }; position: Position };

export function handleRequests(connection: Connection, session: Session): void {
  const offset = (document: Document, position: Position): number =>
    fromRange(document, { start: position, end: position }).start;
  const open = (params: { textDocument: { uri: string } }): Document | undefined =>
    session.documents.get(params.textDocument.uri);
  /** A handler for a place in an open document; nothing is answered for others. */
  const at =
    <Answer>(answer: (document: Document, offset: number) => Answer) =>
    (params: At): Answer | undefined => {
      const document = open(params);
      return document && answer(document, offset(document, params.position));
    };

  const { console } = connection;
  connection.onCompletion(
    guarded(
      console,
      "textDocument/completion",
      undefined,
      at((document, offset) =>
        languageService
          .completion(document, offset, session.currentContextOf(document.uri))
          .map((item) => toCompletion(document, item, session.snippets)),
      ),
    ),
  );
  connection.onCompletionResolve((item) => {
    const text = typeof item.data === "string" ? languageService.describe(item.data, session.context) : undefined;
    if (text !== undefined) item.documentation = { kind: MarkupKind.Markdown, value: text };
    return item;
  });
  connection.onHover(
    guarded(
      console,
      "textDocument/hover",
      undefined,
      at((document, offset) =>
        toHover(document, languageService.hover(document, offset, session.currentContextOf(document.uri))),
      ),
    ),
  );
  connection.onCodeAction(
    guarded(console, "textDocument/codeAction", [], (params: CodeActionParams) => {
      const document = open(params);
      if (!document) return [];
      const findings = session.findings(document);
      const only = params.context.only;
      const wanted = (kind: string): boolean =>
        only === undefined || only.some((prefix) => kind === prefix || kind.startsWith(`${prefix}.`));
      const range = fromRange(document, params.range);
      return [
        ...(wanted("quickfix")
          ? languageService
              .codeActions(document, findings, range)
              .map(({ finding, fix }) => toCodeAction(document, finding, fix))
          : []),
        ...(wanted(fixAllKind) && only !== undefined ? toFixAll(document, languageService.fixAll(findings)) : []),
      ];
    }),
  );
}

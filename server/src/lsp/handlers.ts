// One row a request: what the protocol asks, and which feature answers. Knows nothing of how.
import { type CodeAction, type CodeActionParams, type Connection, MarkupKind } from "vscode-languageserver";
import type { Document } from "../language/document.ts";
import { languageService as service } from "../language/languageService.ts";
import { answersIn, type In, offsetIn, type Position } from "./answering.ts";
import { fixAllKind } from "./capabilities.ts";
import { fromRange, toCodeAction, toCompletions, toFixAll, toHover, toRange, toTextEdit } from "./convert.ts";
import { toFold, toSelection, toSignatureHelp, toSymbol, toTokenData } from "./convertPlaces.ts";
import type { Hints } from "./hints.ts";
import type { Lenses } from "./lenses.ts";
import { handleNames } from "./nameHandlers.ts";
import type { Session } from "./session.ts";
import type { WorkspaceIndex } from "./workspaceIndex.ts";

/** Those that are kept in mind, to be asked for again. */
type Answers = { readonly lenses: Lenses; readonly hints: Hints; readonly index: WorkspaceIndex };

export function handleRequests(connection: Connection, session: Session, { lenses, hints, index }: Answers): void {
  const { inside, at, within } = answersIn(connection, session);
  const context = ({ uri }: Document) => session.currentContextOf(uri);
  const { languages } = connection;

  connection.onCompletion(
    at("completion", (document, offset) =>
      toCompletions(document, service.completion(document, offset, context(document)), session.snippets),
    ),
  );
  connection.onCompletionResolve((item) => {
    const text = typeof item.data === "string" ? service.describe(item.data, session.context) : undefined;
    if (text !== undefined) item.documentation = { kind: MarkupKind.Markdown, value: text };
    return item;
  });
  connection.onHover(
    at("hover", (document, offset) => toHover(document, service.hover(document, offset, context(document)))),
  );
  connection.onSignatureHelp(
    at("signatureHelp", (document, offset) =>
      toSignatureHelp(service.signatureHelp(document, offset, context(document))),
    ),
  );
  connection.onCodeAction(
    inside("codeAction", (document, params: CodeActionParams) => codeActions(document, params, session)),
  );
  connection.onDocumentSymbol(
    inside("documentSymbol", (document) =>
      service.documentSymbols(document).map((symbol) => toSymbol(document, symbol)),
    ),
  );
  connection.onFoldingRanges(inside("foldingRange", (document) => service.folding(document).map(toFold)));
  connection.onSelectionRanges(
    inside("selectionRange", (document, { positions }: In & { positions: Position[] }) =>
      positions.map((position) =>
        toSelection(document, service.selectionRanges(document, offsetIn(document, position), context(document))),
      ),
    ),
  );
  connection.onDocumentLinks(
    inside("documentLink", (document) =>
      service
        .documentLinks(document, session.workspace)
        .map(({ range, ...link }) => ({ ...link, range: toRange(document, range) })),
    ),
  );
  connection.onDocumentFormatting(
    inside("formatting", (document) =>
      service.formatting(document, context(document)).map((edit) => toTextEdit(document, edit)),
    ),
  );
  connection.onDocumentRangeFormatting(
    within("rangeFormatting", (document, range) =>
      service.formatting(document, context(document), range).map((edit) => toTextEdit(document, edit)),
    ),
  );
  connection.onCodeLens(inside("codeLens", (document) => lenses.answer(document)));
  languages.inlayHint.on(within("inlayHint", (document, range) => hints.answer(document, range)));
  const noTokens = { data: [] };
  languages.semanticTokens.on(async (params) => (await fullTokens(params)) ?? noTokens);
  languages.semanticTokens.onRange(async (params) => (await rangeTokens(params)) ?? noTokens);
  const fullTokens = inside("semanticTokens/full", (document) => ({
    data: toTokenData(document, service.semanticTokens(document, session.contextOf(document.uri))),
  }));
  const rangeTokens = within("semanticTokens/range", (document, range) => ({
    data: toTokenData(document, service.semanticTokens(document, session.contextOf(document.uri), range)),
  }));
  handleNames(connection, session, index, at);
}

function codeActions(document: Document, params: CodeActionParams, session: Session): CodeAction[] {
  const findings = session.findings(document);
  const { only } = params.context;
  const wanted = (kind: string): boolean =>
    only === undefined || only.some((prefix) => kind === prefix || kind.startsWith(`${prefix}.`));
  const range = fromRange(document, params.range);
  const fixes = wanted("quickfix") ? service.codeActions(document, findings, range) : [];
  return [
    ...fixes.map(({ finding, fix }) => toCodeAction(document, finding, fix)),
    ...(wanted(fixAllKind) && only !== undefined ? toFixAll(document, service.fixAll(findings)) : []),
  ];
}

// What the server can do, as the protocol says it. One row a feature; handlers.ts has the other half.
import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver";
import { tokenTypes } from "../language/answers.ts";

/** Kind of the action that applies all safe fixes of a file, also on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.dkronMetrics`;

/** The editor's own names for ours, so that every theme has a colour for them. */
function tokenName(type: (typeof tokenTypes)[number]): string {
  return type === "metric" ? "variable" : type === "label" ? "property" : type === "variable" ? "parameter" : type;
}

/** `pull`: the client asks for diagnostics itself; otherwise they are pushed to it. */
export function capabilities(pull: boolean): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    completionProvider: {
      resolveProvider: true,
      triggerCharacters: ["{", "(", '"', "=", ",", " ", "[", "$", ".", ":", "-"],
    },
    hoverProvider: true,
    signatureHelpProvider: { triggerCharacters: ["(", ","] },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentLinkProvider: {},
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    inlayHintProvider: true,
    codeLensProvider: {},
    semanticTokensProvider: {
      legend: { tokenTypes: tokenTypes.map(tokenName), tokenModifiers: [] },
      full: true,
      range: true,
    },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(pull && {
      diagnosticProvider: { identifier: "dkron-metrics", interFileDependencies: true, workspaceDiagnostics: true },
    }),
  };
}

// What the server can do, as the protocol says it. One row a feature; handlers.ts has the other half.
import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver";

/** Kind of the action that applies all safe fixes of a file, also on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.dkronMetrics`;

/** `pull`: the client asks for diagnostics itself; otherwise they are pushed to it. */
export function capabilities(pull: boolean): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    completionProvider: {
      resolveProvider: true,
      triggerCharacters: ["{", "(", '"', "=", ",", " ", "[", "$", ".", ":", "-"],
    },
    hoverProvider: true,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(pull && {
      diagnosticProvider: { identifier: "dkron-metrics", interFileDependencies: true, workspaceDiagnostics: true },
    }),
  };
}

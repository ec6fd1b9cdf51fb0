// Shows an alerting rule where it is written, beside the panel. Only in files that are open already: a view names no others.
import * as vscode from "vscode";
import type { ViewMessage } from "./messages.ts";

type Show = Extract<ViewMessage, { type: "showRule" }>;

export async function showRule({ file, rule }: Show): Promise<void> {
  const document = vscode.workspace.textDocuments.find(
    ({ uri }) => uri.toString() === vscode.Uri.parse(file).toString(),
  );
  if (!document) return;
  const line = lineOf(document, rule);
  const selection = document.lineAt(line).range;
  const seen = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  await vscode.window.showTextDocument(document, {
    viewColumn: seen?.viewColumn ?? vscode.ViewColumn.One,
    selection: new vscode.Range(selection.end, selection.end),
  });
}

/** The line that gives the alert its name, whichever way it is quoted; the first line where there is none. */
function lineOf(document: vscode.TextDocument, rule: string): number {
  const lines = document.getText().split("\n");
  const found = lines.findIndex((text) => {
    const name = /^\s*(?:-\s+)?["']?alert["']?\s*:\s*["']?([^"'#]*?)["']?\s*(?:#.*)?$/.exec(text)?.[1];
    return name === rule;
  });
  return Math.max(0, found);
}

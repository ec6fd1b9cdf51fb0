// Puts an expression from the panel into a rule: at the cursor of an open rule file, else into a new one.
import * as vscode from "vscode";

export async function insertRule(expression: string): Promise<void> {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.languageId === "prometheus-rules");
  if (editor) {
    await vscode.window.showTextDocument(editor.document, editor.viewColumn);
    await editor.insertSnippet(new vscode.SnippetString(rule(expression, indentOf(editor))));
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: "prometheus-rules", content: "" });
  const created = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  await created.insertSnippet(
    new vscode.SnippetString(`groups:\n  - name: \${1:dkron}\n    rules:\n${rule(expression, "      ")}\n`),
  );
}

const indentOf = (editor: vscode.TextEditor): string =>
  /^\s*/.exec(editor.document.lineAt(editor.selection.active.line).text)?.[0] ?? "";

function rule(expression: string, indent: string): string {
  const text = new vscode.SnippetString().appendText(expression).value;
  return [
    `- alert: \${2:NewAlert}`,
    `  expr: ${text} > \${3:0}`,
    `  for: \${4:5m}`,
    "  labels:",
    `    severity: \${5:warning}$0`,
  ]
    .map((line) => `${indent}${line}`)
    .join("\n");
}

// What the tests of the suite share: opening files of the sample workspace, and waiting for what an editor shows later.
import * as vscode from "vscode";

/** The extension under test. */
export const extensionId = "dkron-metrics.dkron-metrics";

/** Opens a file of the workspace in an editor. */
export async function openSample(path: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error("the suite needs the sample workspace open");
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, path));
}

/** Opens a text that is in no file, under a language. */
export async function openText(language: string, content: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
}

/**
 * Asks until the answer is one that `good` accepts, and gives it back.
 * After `limitMs` the test fails with what the last answer was.
 */
export async function eventually<T>(
  ask: () => T | Thenable<T>,
  good: (answer: T) => boolean,
  limitMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`still not as expected: ${JSON.stringify(answer)?.slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The position after the first occurrence of a text. */
export function endOf(document: vscode.TextDocument, text: string): vscode.Position {
  const start = document.getText().indexOf(text);
  if (start < 0) throw new Error(`"${text}" is not in ${document.uri.path}`);
  return document.positionAt(start + text.length);
}

/** Labels of what completion offers at a position, asked until `wanted` is among them. */
export async function completions(
  document: vscode.TextDocument,
  at: vscode.Position,
  wanted: string,
): Promise<string[]> {
  return eventually(
    async () => {
      const ask = "vscode.executeCompletionItemProvider";
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(ask, document.uri, at);
      return items.map(({ label }) => (typeof label === "string" ? label : label.label));
    },
    (labels) => labels.includes(wanted),
  );
}

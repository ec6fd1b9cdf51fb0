// What a line above a recording rule does when it is clicked: shows the places that use the rule. Knows no server.
import * as vscode from "vscode";

/** `position` is the protocol's: plain numbers. */
export async function showReferences(uri: string, position: { line: number; character: number }): Promise<void> {
  const place = new vscode.Position(position.line, position.character);
  const target = vscode.Uri.parse(uri);
  const found = await vscode.commands.executeCommand<vscode.Location[]>(
    "vscode.executeReferenceProvider",
    target,
    place,
  );
  await vscode.commands.executeCommand("editor.action.showReferences", target, place, found ?? []);
}

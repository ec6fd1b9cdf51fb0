// Writes what the view made, a picture or a table, where the user says.
import * as vscode from "vscode";
import type { ViewMessage } from "./messages.ts";

type Save = Extract<ViewMessage, { type: "save" }>;

const kinds: Record<Save["kind"], string> = { csv: "CSV", json: "JSON", png: "PNG picture", svg: "SVG picture" };

/** `content` is text; of a PNG it is base64. */
export async function saveExport({ name, kind, content }: Save): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = `${name.replace(/[^\w.-]+/g, "-").slice(0, 80)}.${kind}`;
  const target = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, file) }),
    filters: { [kinds[kind]]: [kind] },
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, Buffer.from(content, kind === "png" ? "base64" : "utf8"));
}

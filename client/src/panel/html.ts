// The page of the live panel: a strict content policy and two files, nothing inline. Knows no message.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** Folder of the view's bundle below the extension. */
export const viewFolder = "dist/view";

export function panelHtml(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64");
  const file = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, viewFolder, name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; img-src ${webview.cspSource} data:`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file("main.css")}">
<title>Dkron Live Metrics</title>
</head>
<body>
<div id="root"></div>
<script nonce="${nonce}" src="${file("main.js")}"></script>
</body>
</html>`;
}

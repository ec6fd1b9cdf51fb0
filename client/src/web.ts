// Entry of the extension in a browser's own host (vscode.dev): editing and checking. What needs a machine says so.
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { CatalogueTree } from "./catalogueTree.ts";
import { documentSelector } from "./documentSelector.ts";

import { showReferences } from "./references.ts";
import { openSample } from "./sampleRules.ts";

/** The browser's; the project is typed for node, whose globals lack them. */
declare const Worker: new (address: string) => ConstructorParameters<typeof LanguageClient>[2];

/** Commands that need a process or a socket. */
const machineOnly = [
  "openLiveMetrics",
  "startEmitter",
  "stopEmitter",
  "showEmitter",
  "playScenario",
  "setCredentials",
  "forgetCredentials",
  "recordSession",
  "replaySession",
];

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("Dkron Metrics", { log: true });
  // A worker may not be made from an address of the extension's own, so that it is made from the text.
  const script = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, "dist/web/server.js"));
  const address = URL.createObjectURL(new Blob([script as never], { type: "text/javascript" }));
  const worker = new Worker(address);
  const client = new LanguageClient("dkronMetrics", "Dkron Metrics", worker, {
    documentSelector,
    outputChannel: output,
  });
  context.subscriptions.push(
    output,
    client,
    new CatalogueTree(() => import("./catalogue.ts")),
    { dispose: () => URL.revokeObjectURL(address) },
    vscode.commands.registerCommand("dkronMetrics.showReferences", showReferences),
    vscode.commands.registerCommand("dkronMetrics.openSample", openSample),
    vscode.commands.registerCommand("dkronMetrics.showOutput", () => output.show()),
    vscode.commands.registerCommand("dkronMetrics.restartServer", () => client.stop().then(() => client.start())),
    ...machineOnly.map((name) => vscode.commands.registerCommand(`dkronMetrics.${name}`, needsMachine)),
  );
  client.start().catch((error: unknown) => output.error(`The language server did not start: ${error}`));
}

function needsMachine(): void {
  void vscode.window.showInformationMessage(
    "This needs a machine of its own: open the folder in VS Code on your computer, or on a remote one.",
  );
}

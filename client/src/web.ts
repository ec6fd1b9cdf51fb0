// Entry of the extension in a browser's own host (vscode.dev): editing and checking. What needs a machine says so.
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { CatalogueTree } from "./catalogueTree.ts";
import { registerCommands } from "./commands.ts";
import type { Commands } from "./commandTable.ts";
import { openDashboard } from "./dashboardCommands.ts";
import { documentSelector } from "./documentSelector.ts";

/** The browser's; the project is typed for node, whose globals lack them. */
declare const Worker: new (address: string) => ConstructorParameters<typeof LanguageClient>[2];

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
    registerCommands(async () => ({ commands: commandsOf(client) }), output),
  );
  client.start().catch((error: unknown) => output.error(`The language server did not start: ${error}`));
}

/** What needs a process or a socket says so. */
function commandsOf(client: LanguageClient): Commands {
  return {
    openLiveMetrics: needsMachine,
    startEmitter: needsMachine,
    stopEmitter: needsMachine,
    showEmitter: needsMachine,
    playScenario: needsMachine,
    setCredentials: needsMachine,
    forgetCredentials: needsMachine,
    recordSession: needsMachine,
    replaySession: needsMachine,
    createGrafanaDashboard: () => openDashboard({ client }, "grafana"),
    createGraphiteDashboard: () => openDashboard({ client }, "graphite"),
    createDatadogDashboard: () => openDashboard({ client }, "datadog"),
    createAlertRules: () => openDashboard({ client }, "rules"),
    restartServer: () => client.stop().then(() => client.start()),
  };
}

function needsMachine(): void {
  void vscode.window.showInformationMessage(
    "This needs a machine of its own: open the folder in VS Code on your computer, or on a remote one.",
  );
}

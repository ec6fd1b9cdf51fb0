// Entry of the extension in a desktop or remote host: builds the parts and hands them to the editor.
// It wires, nothing else, and waits for nothing.
import * as vscode from "vscode";
import { CatalogueTree } from "./catalogueTree.ts";
import { registerCommands } from "./commands.ts";
import { serveCredentials } from "./credentials.ts";
import { EmitterHost } from "./emitterHost.ts";
import { ServerConnection } from "./languageClient.ts";
import { LivePanels, viewType } from "./panel/livePanel.ts";
import { SessionRecorder } from "./recordCommands.ts";
import { Status } from "./status.ts";

export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("Dkron Metrics", { log: true });
  const server = new ServerConnection(context.asAbsolutePath("dist/server.js"), output);
  const emitter = new EmitterHost(output);
  const panels = new LivePanels({ server, emitter, extension: context.extensionUri });
  const recorder = new SessionRecorder(server);
  context.subscriptions.push(
    output,
    server,
    emitter,
    panels,
    recorder,
    new Status(server),
    new CatalogueTree(),
    registerCommands({ server, emitter, panels, output, secrets: context.secrets, recorder }),
    serveCredentials(context.secrets, server),
    vscode.window.registerWebviewPanelSerializer(viewType, panels),
  );
  server.start();
  emitter.startIfAsked();
}

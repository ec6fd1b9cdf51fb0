// What does the extension's work: language server, emitter, panel, recorder, status. A file of its own in the package, loaded
// after activation.
import type * as vscode from "vscode";
import { type Commands, commandsOf } from "./commandTable.ts";
import { serveCredentials } from "./credentials.ts";
import { EmitterHost } from "./emitterHost.ts";
import { ServerConnection } from "./languageClient.ts";
import { LivePanels } from "./panel/livePanel.ts";
import { SessionRecorder } from "./recordCommands.ts";
import { Status } from "./status.ts";

export type Parts = {
  readonly commands: Commands;
  readonly panels: LivePanels;
  readonly loadCatalogue: () => Promise<typeof import("./catalogue.ts")>;
};

/** Starts all of it and waits for nothing. It ends with the extension. */
export function startParts(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): Parts {
  const server = new ServerConnection(context.asAbsolutePath("dist/server.js"), output);
  const emitter = new EmitterHost(output);
  const panels = new LivePanels({ server, emitter, extension: context.extensionUri });
  const recorder = new SessionRecorder(server);
  const { secrets } = context;
  context.subscriptions.push(server, emitter, panels, recorder, new Status(server), serveCredentials(secrets, server));
  server.start();
  emitter.startIfAsked();
  return {
    commands: commandsOf({ server, emitter, panels, secrets, recorder }),
    panels,
    loadCatalogue: () => import("./catalogue.ts"),
  };
}

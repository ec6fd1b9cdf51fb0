// Entry of the extension in a desktop or remote host: registers what the editor may ask for, and loads what answers a moment
// later, so that no window waits for it. It wires, nothing else.
import * as vscode from "vscode";
import { CatalogueTree } from "./catalogueTree.ts";
import { registerCommands } from "./commands.ts";
import { viewType } from "./panel/viewType.ts";
import type { Parts } from "./parts.ts";

export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("Dkron Metrics", { log: true });
  const parts = latter(context, output);
  context.subscriptions.push(
    output,
    new CatalogueTree(async () => (await parts()).loadCatalogue()),
    registerCommands(parts, output),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel) => (await parts()).panels.deserializeWebviewPanel(panel),
    }),
  );
  setImmediate(() => void parts().catch(() => undefined)); // Why it failed has been written down.
}

/** The parts, loaded and started at the first call, and ended with the extension even if that comes first. */
function latter(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): () => Promise<Parts> {
  let started: Promise<Parts> | undefined;
  let isOver = false;
  context.subscriptions.push({
    dispose: () => {
      isOver = true;
    },
  });
  const start = async (): Promise<Parts> => {
    const { startParts } = await import("./parts.ts");
    if (isOver) throw new Error("The extension has ended.");
    return startParts(context, output);
  };
  return () => {
    started ??= start().catch((error: unknown) => {
      output.error(`Dkron Metrics did not start: ${error instanceof Error ? error.message : error}`);
      throw error;
    });
    return started;
  };
}

// Starts and restarts the language server as a process of its own and keeps its output. Knows no feature.
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, State, TransportKind } from "vscode-languageclient/node";
import type { Frame } from "../../server/src/live/frames.ts";
import { liveFrame, workspaceTrusted } from "../../server/src/protocol.ts";
import { documentSelector } from "./documentSelector.ts";

/** Globs of files that the server wants to hear about when they change outside the editor. */
const watched = "**/*.{yml,yaml,rules}";

/**
 * The client with its server process. `start` returns at once: nothing may wait for the server during activation.
 * Dispose stops the process.
 */
export class ServerConnection implements vscode.Disposable {
  readonly client: LanguageClient;
  readonly output: vscode.LogOutputChannel;
  readonly #trust: vscode.Disposable;
  readonly #frames = new vscode.EventEmitter<{ readonly view: string; readonly frame: Frame }>();
  /** Every frame for any view: the client itself has one listener for a notification, and there are several. */
  readonly onFrame = this.#frames.event;

  constructor(serverModule: string, output: vscode.LogOutputChannel) {
    this.output = output;
    const options: LanguageClientOptions = {
      documentSelector,
      outputChannel: output,
      initializationOptions: () => ({ trusted: vscode.workspace.isTrusted }),
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher(watched) },
      diagnosticPullOptions: { onChange: true, onSave: true, onTabs: true },
    };
    const run = { module: serverModule, transport: TransportKind.ipc };
    this.#trust = vscode.workspace.onDidGrantWorkspaceTrust(() =>
      this.client.sendNotification(workspaceTrusted, { trusted: true }),
    );
    this.client = new LanguageClient("dkronMetrics", "Dkron Metrics", { run, debug: run }, options);
    this.client.onNotification(liveFrame, (frame) => this.#frames.fire(frame));
  }

  start(): void {
    this.ready().catch((error: unknown) => this.output.error(`The language server did not start: ${error}`));
  }

  /** Settles when the server answers; rejects where it cannot be started. */
  ready(): Promise<void> {
    return this.client.start();
  }

  async restart(): Promise<void> {
    await (this.client.state === State.Running ? this.client.restart() : this.client.start());
  }

  dispose(): void {
    this.#trust.dispose();
    this.#frames.dispose();
    void this.client.dispose();
  }
}

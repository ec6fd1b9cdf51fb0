// The host half of the live panel: owns the webview and routes messages between it, the server and the emitter.
// The data stays in the server process; a view that is hidden is sent nothing and asks again when shown.
import * as vscode from "vscode";
import { State } from "vscode-languageclient/node";
import {
  attachView,
  detachView,
  readExecutions,
  readHistory,
  readLast,
  retrySources,
  watchSeries,
} from "../../../server/src/protocol.ts";
import type { EmitterHost } from "../emitterHost.ts";
import type { ServerConnection } from "../languageClient.ts";
import { agentUrl, concernsLink, linkSettings } from "../liveSettings.ts";
import { panelHtml, viewFolder } from "./html.ts";
import { insertRule } from "./insertRule.ts";
import type { HostMessage, ViewCommand, ViewMessage } from "./messages.ts";
import { saveExport } from "./saveExport.ts";
import { showRule } from "./showRule.ts";
import { viewType } from "./viewType.ts";

/** What the panel needs of the rest of the extension. */
export type PanelParts = {
  readonly server: ServerConnection;
  readonly emitter: EmitterHost;
  readonly extension: vscode.Uri;
};

const commands: Record<ViewCommand, string> = {
  startEmitter: "dkronMetrics.startEmitter",
  stopEmitter: "dkronMetrics.stopEmitter",
  openSettings: "dkronMetrics.openSettings",
  trust: "workbench.trust.manage",
  setCredentials: "dkronMetrics.setCredentials",
  restartServer: "dkronMetrics.restartServer",
  showOutput: "dkronMetrics.showOutput",
};

/** Opens the panel, one for each window, and brings it back after a reload. Dispose closes it. */
export class LivePanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #parts: PanelParts;
  #current: LivePanel | undefined;

  constructor(parts: PanelParts) {
    this.#parts = parts;
  }

  open(): void {
    if (this.#current) {
      this.#current.reveal();
      return;
    }
    this.#adopt(
      vscode.window.createWebviewPanel(viewType, "Dkron Live Metrics", besideTheText(), {
        enableScripts: true,
        enableFindWidget: true,
      }),
    );
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#current?.dispose();
    this.#adopt(panel);
  }

  dispose(): void {
    this.#current?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const current = new LivePanel(panel, this.#parts);
    this.#current = current;
    panel.onDidDispose(() => {
      current.dispose();
      if (this.#current === current) this.#current = undefined;
    });
  }
}

/** Who writes a rule goes on writing: with the focus in the panel, the next file opened would cover it. */
function besideTheText(): { viewColumn: vscode.ViewColumn; preserveFocus: boolean } {
  return { viewColumn: vscode.ViewColumn.Beside, preserveFocus: vscode.window.activeTextEditor !== undefined };
}

class LivePanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #parts: PanelParts;
  readonly #subscriptions: vscode.Disposable[] = [];
  /** Series that the view draws at present. */
  #watched: readonly number[] = [];
  #ready = false;

  constructor(panel: vscode.WebviewPanel, parts: PanelParts) {
    this.#panel = panel;
    this.#parts = parts;
    const { webview } = panel;
    panel.iconPath = vscode.Uri.joinPath(parts.extension, "client/media/icon.png");
    webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(parts.extension, viewFolder)] };
    this.#subscriptions.push(
      webview.onDidReceiveMessage((message: ViewMessage) => this.#receive(message)),
      panel.onDidChangeViewState(() => this.#visibilityChanged()),
      parts.server.onFrame(({ view, frame }) => {
        if (view === viewType && panel.visible) this.#post({ type: "frame", frame });
      }),
      parts.server.client.onDidChangeState(({ newState }) => this.#serverChanged(newState)),
      parts.emitter.onChange(() => this.#post({ type: "emitter", state: parts.emitter.state() })),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (concernsLink(event)) void this.#attach();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#attach()),
    );
    webview.html = panelHtml(webview, parts.extension);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions.splice(0)) subscription.dispose();
    void this.#ask(() => this.#parts.server.client.sendRequest(detachView, { view: viewType }));
    this.#panel.dispose();
  }

  async #receive(message: ViewMessage): Promise<void> {
    const { client } = this.#parts.server;
    switch (message.type) {
      case "ready":
        this.#ready = true;
        return this.#attach();
      case "watch":
        this.#watched = message.ids;
        return this.#watch();
      case "history": {
        const history = await this.#ask(() => client.sendRequest(readHistory, message.ask));
        if (history) this.#post({ type: "history", request: message.request, history });
        return;
      }
      case "last": {
        const last = await this.#ask(() => client.sendRequest(readLast, message.ids ? { ids: message.ids } : {}));
        if (last) this.#post({ type: "last", request: message.request, last });
        return;
      }
      case "executions": {
        const { source, job } = message;
        const executions = await this.#ask(() => client.sendRequest(readExecutions, { source, job }));
        if (Array.isArray(executions)) this.#post({ type: "executions", job, executions });
        return;
      }
      case "texts":
        return this.#post({ type: "texts", texts: (await import("./metricTexts.ts")).metricTexts(message.rows) });
      case "families": {
        const { familyTexts } = await import("./metricTexts.ts");
        return this.#post({ type: "families", families: familyTexts(message.version) });
      }
      case "retry":
        return void (await this.#ask(() => client.sendRequest(retrySources, undefined)));
      case "command":
        return void (await vscode.commands.executeCommand(commands[message.command]));
      case "play":
        return this.#parts.emitter.play(message.scenario);
      case "useInRule":
        return insertRule(message.expression);
      case "showRule":
        return showRule(message);
      case "save":
        return saveExport(message);
    }
  }

  /** Starts over: tells the view where it stands and has the server send everything from the beginning. */
  async #attach(): Promise<void> {
    if (!this.#ready) return;
    this.#post({ type: "hello", agentUrl: agentUrl(), trusted: vscode.workspace.isTrusted });
    this.#post({ type: "emitter", state: this.#parts.emitter.state() });
    if (!vscode.workspace.isTrusted) return;
    const { server } = this.#parts;
    await this.#ask(async () => {
      await server.ready();
      await server.client.sendRequest(attachView, { view: viewType, settings: linkSettings() });
      await this.#watch();
    });
  }

  async #watch(): Promise<void> {
    const ids = this.#watched;
    const visible = this.#panel.visible;
    await this.#ask(() => this.#parts.server.client.sendRequest(watchSeries, { view: viewType, ids, visible }));
  }

  /** A hidden view loses its script: when shown again it says `ready` anew. */
  #visibilityChanged(): void {
    if (!this.#panel.visible) this.#ready = false;
    void this.#watch();
  }

  /** A server that has started again knows nothing of this view. */
  #serverChanged(state: State): void {
    if (state === State.Running) void this.#attach();
    else this.#post({ type: "offline", reason: state === State.Stopped ? "It has ended." : "It is starting." });
  }

  #post(message: HostMessage): void {
    if (this.#panel.visible) void this.#panel.webview.postMessage(message);
  }

  /** A request to the server; where it fails the view is told why instead of waiting for ever. */
  async #ask<Answer>(request: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await request();
    } catch (error) {
      this.#post({ type: "offline", reason: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }
}

// Hosts the emitter in the extension: starts it from the settings, says where it is, and plays scenarios.
import * as vscode from "vscode";
import type { Scenario } from "../../server/src/catalog/scenario/scenario.ts";
import { parseAddress } from "./emitter/addresses.ts";
import type { Emitter, EmitterOptions } from "./emitter/emitter.ts";
import type { Replay } from "./emitter/replay/replay.ts";
import { scenarios } from "./emitter/scenario/library.ts";
import type { EmitterState } from "./panel/messages.ts";

export class EmitterHost implements vscode.Disposable {
  readonly #output: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onChange = this.#changed.event;
  #emitter: Emitter | undefined;
  #session: { readonly replay: Replay; readonly address: string | undefined } | undefined;

  constructor(output: vscode.LogOutputChannel) {
    this.#output = output;
  }

  state(): EmitterState {
    if (this.#session)
      return { running: true, replays: true, address: this.#session.address, scenario: undefined, scenarios: [] };
    const state = this.#emitter?.state;
    return {
      running: state?.running ?? false,
      address: state?.servers[0]?.url,
      scenario: state?.scenario,
      scenarios: scenarios().map(({ name, about }) => ({ name, about })),
    };
  }

  /** Starts it with the window where the setting asks for it; never in a workspace that is not trusted. */
  startIfAsked(): void {
    const asked = vscode.workspace.getConfiguration("dkronMetrics").get("emitter.autoStart", false);
    if (!asked) return;
    if (vscode.workspace.isTrusted) void this.start();
    else void once(vscode.workspace.onDidGrantWorkspaceTrust).then(() => this.start());
  }

  async start(): Promise<void> {
    if (this.#emitter?.state.running) return this.show();
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage("The emitter opens a port: trust this workspace first.");
      return;
    }
    await this.#endSession();
    try {
      // Loaded when used: a window that never asks for it must not pay for it at its start.
      const { Emitter } = await import("./emitter/emitter.ts");
      const emitter = new Emitter(options());
      emitter.on(() => this.#changed.fire());
      this.#emitter = emitter;
      const { servers, version } = await emitter.start();
      this.#output.info(`The emitter stands in for Dkron ${version} at ${servers.map(({ url }) => url).join(", ")}`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#output.error(reason);
      void vscode.window.showErrorMessage(`The emitter did not start. ${reason}`);
    }
    this.#changed.fire();
  }

  /** Plays a recorded session in the emitter's place, at its address. */
  async replay(folder: string, speed: number): Promise<void> {
    await this.stop();
    if (!vscode.workspace.isTrusted) return;
    try {
      const { http = parseAddress("127.0.0.1:8080", "http"), statsd, dogstatsd } = options();
      const { readFolder } = await import("./emitter/replay/folder.ts");
      const { Replay } = await import("./emitter/replay/replay.ts");
      const replay = new Replay(readFolder(folder), {
        http,
        speed,
        ...(statsd && { statsd }),
        ...(dogstatsd && { dogstatsd }),
      });
      const servers = await replay.start();
      this.#session = { replay, address: servers[0]?.url };
      void vscode.window.showInformationMessage(`The session plays at ${servers.map(({ url }) => url).join(", ")}`);
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
    this.#changed.fire();
  }

  async stop(): Promise<void> {
    await this.#endSession();
    await this.#emitter?.stop();
    this.#changed.fire();
  }

  async #endSession(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.replay.stop();
  }

  /** Says what runs, with what can be done about it at hand. */
  async show(): Promise<void> {
    const { running, replays, address, scenario } = this.state();
    const does = replays ? "playing a recorded session" : scenario ? `playing "${scenario}"` : "living its usual life";
    const text = running ? `The emitter answers at ${address}, ${does}.` : "The emitter is stopped.";
    const choices = running ? ["Open Live Metrics", "Play Scenario", "Stop"] : ["Start"];
    const choice = await vscode.window.showInformationMessage(text, ...choices);
    if (choice === "Open Live Metrics") await vscode.commands.executeCommand("dkronMetrics.openLiveMetrics");
    if (choice === "Play Scenario") await this.pick();
    if (choice === "Stop") await this.stop();
    if (choice === "Start") await this.start();
  }

  /** Lets the user choose a scenario and plays it, starting the emitter if need be. */
  async pick(): Promise<void> {
    const own = await vscode.workspace.findFiles("**/*.dkron-scenario.{yml,yaml}", "**/node_modules/**", 50);
    const items = [
      ...scenarios().map(({ name, about }) => ({ label: name, detail: about, file: undefined })),
      ...own.map((file) => ({ label: vscode.workspace.asRelativePath(file), detail: "A scenario of your own", file })),
    ];
    const chosen = await vscode.window.showQuickPick(items, { title: "Play a scenario", matchOnDetail: true });
    if (!chosen) return;
    if (!this.#emitter?.state.running) await this.start();
    const { file, label } = chosen;
    await this.#tryToPlay(async () => {
      if (!file) return label;
      const { readScenario } = await import("./emitter/scenario/file.ts");
      return readScenario(file.fsPath);
    });
  }

  async play(scenario: string): Promise<void> {
    await this.#tryToPlay(async () => scenario);
  }

  async #tryToPlay(scenario: () => Promise<string | Scenario>): Promise<void> {
    try {
      this.#emitter?.play(await scenario());
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
    this.#changed.fire();
  }

  dispose(): void {
    void this.#session?.replay.stop();
    void this.#emitter?.stop();
    this.#changed.dispose();
  }
}

function options(): EmitterOptions {
  const settings = vscode.workspace.getConfiguration("dkronMetrics.emitter");
  const version = settings.get("dkronVersion", "latest");
  const statsd = settings.get("statsdAddress", "");
  const dogstatsd = settings.get("dogstatsdAddress", "");
  const servers = settings.get("servers", 3);
  return {
    servers,
    workers: servers > 1 ? 1 : 0,
    http: parseAddress(settings.get("httpAddress", "127.0.0.1:8080"), "dkronMetrics.emitter.httpAddress"),
    ...(version !== "latest" && { version }),
    ...(statsd !== "" && { statsd: parseAddress(statsd, "dkronMetrics.emitter.statsdAddress") }),
    ...(dogstatsd !== "" && { dogstatsd: parseAddress(dogstatsd, "dkronMetrics.emitter.dogstatsdAddress") }),
  };
}

function once(event: vscode.Event<void>): Promise<void> {
  return new Promise((resolve) => {
    const subscription = event(() => {
      subscription.dispose();
      resolve();
    });
  });
}

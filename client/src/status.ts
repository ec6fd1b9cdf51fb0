// The state in words: a status bar item for the live link and a language status item for the server and the version.
import * as vscode from "vscode";
import { State } from "vscode-languageclient/node";
import {
  type AlertStateFrame,
  type Frame,
  type GroupAlertsFrame,
  groupKey,
  type SourceFrame,
} from "../../server/src/live/frames.ts";
import { versionOf } from "./agentVersion.ts";
import { documentSelector } from "./documentSelector.ts";
import type { ServerConnection } from "./languageClient.ts";
import { agentUrl } from "./liveSettings.ts";

/** Without a frame for that long nobody looks at the agent any more, and the settings are all that is known. */
const silence = 15_000;

const kinds: Record<SourceFrame["kind"], string> = {
  scrape: "Scrape of",
  api: "HTTP API at",
  statsd: "StatsD listener at",
  dogstatsd: "DogStatsD listener at",
  prometheus: "Prometheus API at",
};

/** Both items. Listens to what the panel is sent and asks for nothing itself. Dispose takes them away. */
export class Status implements vscode.Disposable {
  readonly #bar = vscode.window.createStatusBarItem("dkronMetrics.live", vscode.StatusBarAlignment.Right, 100);
  readonly #language = vscode.languages.createLanguageStatusItem("dkronMetrics.server", documentSelector);
  readonly #server: ServerConnection;
  readonly #parts: vscode.Disposable;
  readonly #sources = new Map<string, SourceFrame>();
  readonly #alerts = new Map<string, GroupAlertsFrame>();
  #timer: NodeJS.Timeout | undefined;

  constructor(server: ServerConnection) {
    this.#server = server;
    this.#bar.name = "Dkron Live Metrics";
    this.#bar.command = "dkronMetrics.openLiveMetrics";
    this.#language.name = "Dkron Metrics";
    this.#parts = vscode.Disposable.from(
      this.#bar,
      this.#language,
      server.client.onDidChangeState(() => this.#showServer()),
      server.onFrame(({ frame }) => this.#take(frame)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration("dkronMetrics")) return;
        this.#showServer();
        this.#showLink();
      }),
    );
    this.#showServer();
    this.#showLink();
    this.#bar.show();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#parts.dispose();
  }

  #take({ full, sources, removedSources, ruleAlerts }: Frame): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#forget(), silence);
    if (full) for (const known of [this.#sources, this.#alerts]) known.clear();
    for (const source of sources ?? []) this.#sources.set(source.id, source);
    for (const id of removedSources ?? []) this.#sources.delete(id);
    for (const told of ruleAlerts ?? []) this.#alerts.set(groupKey(told.file, told.group), told);
    if (sources || removedSources || ruleAlerts) this.#showLink();
  }

  #forget(): void {
    this.#sources.clear();
    this.#alerts.clear();
    this.#showLink();
  }

  #showLink(): void {
    const { text, tooltip, warns } = linkText([...this.#sources.values()]);
    const known = [...this.#alerts.values()].flatMap((group) => group.alerts);
    const alerts = alertText(known);
    this.#bar.text = text + alerts.text;
    this.#bar.tooltip = tooltip + alerts.tooltip;
    const isLoud = warns || known.some(({ state }) => state === "firing");
    this.#bar.backgroundColor = isLoud ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
  }

  #showServer(): void {
    const { state } = this.#server.client;
    const version = versionOf(vscode.workspace.getConfiguration("dkronMetrics").get("agentVersion", "latest"));
    this.#language.text = `Dkron ${version}`;
    this.#language.busy = state === State.Starting;
    this.#language.severity =
      state === State.Stopped ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    this.#language.detail =
      state === State.Stopped ? "The language server is not running" : "The version that files are checked against";
    this.#language.command =
      state === State.Stopped
        ? { command: "dkronMetrics.restartServer", title: "Restart" }
        : { command: "dkronMetrics.openSettings", title: "Settings" };
  }
}

/** What the status bar says of the sources that are known; none: only where the panel would connect to. */
function linkText(sources: readonly SourceFrame[]): { text: string; tooltip: string; warns: boolean } {
  const host = agentUrl().replace(/^https?:\/\//, "");
  if (sources.length === 0)
    return {
      text: "$(pulse) Dkron",
      tooltip: `Open live metrics of ${host}: connects while they are open.`,
      warns: false,
    };
  const troubled = sources.filter(({ state }) => state.phase === "failing" || state.phase === "stale");
  const version = sources.find(({ kind, version: known }) => kind !== "prometheus" && known !== undefined)?.version;
  const isLive = sources.some(({ state }) => state.phase === "live");
  const name = version === undefined ? "Dkron" : `Dkron ${version}`;
  const icon = troubled.length > 0 ? "$(warning)" : isLive ? "$(pulse)" : "$(sync~spin)";
  const lines = sources.map(({ kind, address, state }) => `${kinds[kind]} ${address}: ${stateText(state)}`);
  return { text: `${icon} ${name}`, tooltip: lines.join("\n"), warns: troubled.length > 0 };
}

function stateText(state: SourceFrame["state"]): string {
  return "reason" in state ? `${state.phase}: ${state.reason}` : state.phase;
}

/** How many alerts of the open rule files fire, or will: nothing where none does. */
function alertText(alerts: readonly AlertStateFrame[]): { text: string; tooltip: string } {
  const urgent = alerts.filter(({ state }) => state === "firing" || state === "pending");
  const firing = urgent.filter(({ state }) => state === "firing").length;
  if (urgent.length === 0) return { text: "", tooltip: "" };
  const said = firing > 0 ? `${firing} firing` : `${urgent.length} pending`;
  const lines = urgent.slice(0, 10).map(({ rule, state, annotations }) => {
    return `${rule}: ${state}${annotations.summary ? `, ${annotations.summary}` : ""}`;
  });
  return { text: ` $(bell${firing > 0 ? "-dot" : ""}) ${said}`, tooltip: `\n${lines.join("\n")}` };
}

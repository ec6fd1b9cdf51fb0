// The commands of the extension: one row each, from its name to the part that does it.
import * as vscode from "vscode";
import { forgetCredentials, setCredentials } from "./credentials.ts";
import { openDashboard } from "./dashboardCommands.ts";
import type { EmitterHost } from "./emitterHost.ts";
import type { ServerConnection } from "./languageClient.ts";
import type { LivePanels } from "./panel/livePanel.ts";
import { replaySession, type SessionRecorder } from "./recordCommands.ts";
import { showReferences } from "./references.ts";
import { openSample } from "./sampleRules.ts";

export type Parts = {
  readonly server: ServerConnection;
  readonly emitter: EmitterHost;
  readonly panels: LivePanels;
  readonly output: vscode.LogOutputChannel;
  readonly secrets: vscode.SecretStorage;
  readonly recorder: SessionRecorder;
};

export function registerCommands({ server, emitter, panels, output, secrets, recorder }: Parts): vscode.Disposable {
  const commands: Record<string, (...args: never[]) => unknown> = {
    openLiveMetrics: () => panels.open(),
    startEmitter: () => emitter.start(),
    stopEmitter: () => emitter.stop(),
    showEmitter: () => emitter.show(),
    playScenario: () => emitter.pick(),
    openSettings: () => vscode.commands.executeCommand("workbench.action.openSettings", "dkronMetrics"),
    setCredentials: () => setCredentials(secrets),
    forgetCredentials: () => forgetCredentials(secrets),
    createGrafanaDashboard: () => openDashboard(server, "grafana"),
    createGraphiteDashboard: () => openDashboard(server, "graphite"),
    createDatadogDashboard: () => openDashboard(server, "datadog"),
    createAlertRules: () => openDashboard(server, "rules"),
    recordSession: () => recorder.toggle(),
    replaySession: () => replaySession(emitter),
    showReferences,
    openSample,
    restartServer: () => server.restart(),
    showOutput: () => output.show(),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`dkronMetrics.${name}`, run)),
  );
}

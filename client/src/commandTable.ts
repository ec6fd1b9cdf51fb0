// The commands that need the extension's parts: one row each, from its name to the part that does it.
import type * as vscode from "vscode";
import { forgetCredentials, setCredentials } from "./credentials.ts";
import { openDashboard } from "./dashboardCommands.ts";
import type { EmitterHost } from "./emitterHost.ts";
import type { ServerConnection } from "./languageClient.ts";
import type { LivePanels } from "./panel/livePanel.ts";
import { replaySession, type SessionRecorder } from "./recordCommands.ts";

export type CommandParts = {
  readonly server: ServerConnection;
  readonly emitter: EmitterHost;
  readonly panels: LivePanels;
  readonly secrets: vscode.SecretStorage;
  readonly recorder: SessionRecorder;
};

/** Every host has a row for each. */
export type Commands = Readonly<Record<keyof ReturnType<typeof commandsOf>, () => unknown>>;

export function commandsOf({ server, emitter, panels, secrets, recorder }: CommandParts) {
  return {
    openLiveMetrics: () => panels.open(),
    startEmitter: () => emitter.start(),
    stopEmitter: () => emitter.stop(),
    showEmitter: () => emitter.show(),
    playScenario: () => emitter.pick(),
    setCredentials: () => setCredentials(secrets),
    forgetCredentials: () => forgetCredentials(secrets),
    createGrafanaDashboard: () => openDashboard(server, "grafana"),
    createGraphiteDashboard: () => openDashboard(server, "graphite"),
    createDatadogDashboard: () => openDashboard(server, "datadog"),
    createAlertRules: () => openDashboard(server, "rules"),
    recordSession: () => recorder.toggle(),
    replaySession: () => replaySession(emitter),
    restartServer: () => server.restart(),
  };
}

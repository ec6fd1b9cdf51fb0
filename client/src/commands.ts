// The names of the extension's commands: a few answer by themselves, the others once the parts that they need are loaded.
import * as vscode from "vscode";
import type { Commands } from "./commandTable.ts";
import { showReferences } from "./references.ts";
import { openSample } from "./sampleRules.ts";

const late: Readonly<Record<keyof Commands, true>> = {
  openLiveMetrics: true,
  startEmitter: true,
  stopEmitter: true,
  showEmitter: true,
  playScenario: true,
  setCredentials: true,
  forgetCredentials: true,
  createGrafanaDashboard: true,
  createGraphiteDashboard: true,
  createDatadogDashboard: true,
  createAlertRules: true,
  recordSession: true,
  replaySession: true,
  restartServer: true,
};

export function registerCommands(
  parts: () => Promise<{ readonly commands: Commands }>,
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  const names = Object.keys(late) as (keyof Commands)[];
  const commands: Record<string, (...args: never[]) => unknown> = {
    ...Object.fromEntries(names.map((name) => [name, async () => (await parts()).commands[name]()])),
    openSettings: () => vscode.commands.executeCommand("workbench.action.openSettings", "dkronMetrics"),
    showReferences,
    openSample,
    showOutput: () => output.show(),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`dkronMetrics.${name}`, run)),
  );
}

// Records what a live agent says into a folder, and plays such a folder as if it were an agent.
import * as vscode from "vscode";
import { attachView, detachView, startRecording, stopRecording } from "../../server/src/protocol.ts";
import type { EmitterHost } from "./emitterHost.ts";
import type { ServerConnection } from "./languageClient.ts";
import { linkSettings } from "./liveSettings.ts";

/** The recorder is a view of its own: it goes on when the panel is closed. */
const view = "dkronMetrics.recorder";

/** Begins a session, or ends the one that runs; a status bar item shows that one runs. Dispose ends it. */
export class SessionRecorder implements vscode.Disposable {
  readonly #server: ServerConnection;
  readonly #item = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Left);
  #recording = false;

  constructor(server: ServerConnection) {
    this.#server = server;
    this.#item.text = "$(record) Recording Dkron";
    this.#item.tooltip = "What the agent says is being recorded: click to stop";
    this.#item.command = "dkronMetrics.recordSession";
  }

  async toggle(): Promise<void> {
    try {
      await (this.#recording ? this.#stop() : this.#start());
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }

  dispose(): void {
    this.#item.dispose();
  }

  async #start(): Promise<void> {
    if (!vscode.workspace.isTrusted) throw new Error("Nothing is connected from a workspace that is not trusted.");
    const folder = await chooseFolder("Record into this folder");
    if (!folder) return;
    const target = vscode.Uri.joinPath(folder, `dkron-${new Date().toISOString().replace(/[:.]/g, "-")}`);
    const { client } = this.#server;
    await client.sendRequest(attachView, { view, settings: linkSettings() });
    await client.sendRequest(startRecording, { folder: target.fsPath });
    this.#recording = true;
    this.#item.show();
  }

  async #stop(): Promise<void> {
    const { client } = this.#server;
    this.#recording = false;
    this.#item.hide();
    const kept = await client.sendRequest(stopRecording, undefined);
    await client.sendRequest(detachView, { view });
    if (!kept) return;
    const text = `Recorded ${kept.bodies} scrapes, ${kept.answers} answers and ${kept.packets} packets into ${kept.folder}`;
    const choice = await vscode.window.showInformationMessage(text, "Reveal");
    if (choice === "Reveal") await vscode.commands.executeCommand("revealFileInOS", vscode.Uri.file(kept.folder));
  }
}

/** Plays a recorded folder in the emitter's place. */
export async function replaySession(emitter: EmitterHost): Promise<void> {
  const folder = await chooseFolder("Replay this session");
  if (!folder) return;
  const speeds = { "As it was": 1, "Five times as fast": 5, "Twenty times as fast": 20 };
  const speed = await vscode.window.showQuickPick(Object.keys(speeds), { title: "How fast?" });
  if (speed !== undefined) await emitter.replay(folder.fsPath, speeds[speed as keyof typeof speeds]);
}

async function chooseFolder(openLabel: string): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({ canSelectFiles: false, canSelectFolders: true, openLabel });
  return chosen?.[0];
}

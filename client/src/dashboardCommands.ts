// Commands that make a dashboard or a rule file for the agent's version and open it as a new, unsaved file.
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type DashboardName, makeDashboard } from "../../server/src/protocol.ts";

/** The client of the server, whichever host it runs in. */
type Asks = { readonly client: Pick<BaseLanguageClient, "sendRequest"> };

const languages: Record<DashboardName, string> = {
  grafana: "json",
  graphite: "json",
  datadog: "json",
  rules: "prometheus-rules",
};

export async function openDashboard({ client }: Asks, name: DashboardName): Promise<void> {
  const { text, version } = await client.sendRequest(makeDashboard, { name });
  const document = await vscode.workspace.openTextDocument({ language: languages[name], content: text });
  await vscode.window.showTextDocument(document);
  vscode.window.setStatusBarMessage(`Made for Dkron ${version}`, 5_000);
}

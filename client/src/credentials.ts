// Credentials for agents and Prometheus servers: kept in the editor's secret storage, by origin, and nowhere else.
import * as vscode from "vscode";
import { askCredentials, type Credentials } from "../../server/src/protocol.ts";
import type { ServerConnection } from "./languageClient.ts";
import { agentUrl } from "./liveSettings.ts";

const keyOf = (origin: string): string => `credentials:${origin}`;

/** Answers the server when a source may need credentials. */
export function serveCredentials(secrets: vscode.SecretStorage, { client }: ServerConnection): vscode.Disposable {
  return client.onRequest(askCredentials, async ({ origin }): Promise<Credentials | null> => {
    const kept = vscode.workspace.isTrusted ? await secrets.get(keyOf(origin)) : undefined;
    return kept === undefined ? null : (JSON.parse(kept) as Credentials);
  });
}

/** Asks the user for the credentials of an origin and keeps them. */
export async function setCredentials(secrets: vscode.SecretStorage): Promise<void> {
  const origin = await askOrigin("Credentials for which server?");
  if (origin === undefined) return;
  const scheme = await vscode.window.showQuickPick(["User and password", "Bearer token"], { title: origin });
  if (scheme === undefined) return;
  const credentials = scheme === "Bearer token" ? await askToken(origin) : await askUser(origin);
  if (credentials) await secrets.store(keyOf(origin), JSON.stringify(credentials));
}

export async function forgetCredentials(secrets: vscode.SecretStorage): Promise<void> {
  const origin = await askOrigin("Forget the credentials of which server?");
  if (origin !== undefined) await secrets.delete(keyOf(origin));
}

async function askOrigin(title: string): Promise<string | undefined> {
  const given = await vscode.window.showInputBox({
    title,
    value: agentUrl(),
    validateInput: (text) =>
      originOf(text) === undefined ? "Write a URL such as https://dkron.example:8080" : undefined,
  });
  return given === undefined ? undefined : originOf(given);
}

function originOf(text: string): string | undefined {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? new URL(text).origin : undefined;
}

async function askUser(title: string): Promise<Credentials | undefined> {
  const user = await vscode.window.showInputBox({ title, prompt: "User" });
  if (user === undefined) return undefined;
  const password = await vscode.window.showInputBox({ title, prompt: "Password", password: true });
  return password === undefined ? undefined : { scheme: "basic", user, password };
}

async function askToken(title: string): Promise<Credentials | undefined> {
  const token = await vscode.window.showInputBox({ title, prompt: "Bearer token", password: true });
  return token === undefined ? undefined : { scheme: "bearer", token };
}

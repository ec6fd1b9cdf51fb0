// The emitter inside the editor: started with the sample workspace, stopped and started by command, seen over HTTP.
import { ok } from "node:assert";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { eventually } from "./sample.ts";

/** What the agent of the workspace's settings answers at /metrics; undefined when nothing listens there. */
async function scrape(): Promise<string | undefined> {
  const agent = vscode.workspace.getConfiguration("dkronMetrics").get<string>("agent.url");
  try {
    return await (await fetch(`${agent}/metrics`)).text();
  } catch {
    return undefined;
  }
}

const answers = (body: string | undefined): boolean => body?.includes("dkron_job_executions_succeeded_total") ?? false;

describe("the emitter", () => {
  it("starts with a workspace whose settings say so, and speaks as an agent does", async () => {
    const body = await eventually(scrape, answers);
    ok(body?.includes("# TYPE dkron_job_executions_succeeded_total counter"));
    ok(body?.includes("go_goroutines "));
  });

  it("stops and starts by command", async () => {
    await vscode.commands.executeCommand("dkronMetrics.stopEmitter");
    await eventually(scrape, (body) => body === undefined);
    await vscode.commands.executeCommand("dkronMetrics.startEmitter");
    await eventually(scrape, answers);
  });
});

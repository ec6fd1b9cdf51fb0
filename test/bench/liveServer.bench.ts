// What a scrape of 10,000 series a second costs whoever types meanwhile: completions of the language server as it is shipped, without a
// link and with one, from the first scrape on. Prints figures beside the bars, asserts nothing.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { bodyOf } from "./agentBody.ts";
import { LspClient } from "./lspClient.ts";

const root = resolve(import.meta.dirname, "../..");

/** Serves a body from a thread of its own, and gives the port. The same one each time: counters that fall would be events. */
async function agent(series: number): Promise<{ readonly port: number; readonly stop: () => Promise<unknown> }> {
  const code = `
    const { createServer } = process.getBuiltinModule("node:http");
    const { parentPort, workerData } = process.getBuiltinModule("node:worker_threads");
    const server = createServer((request, response) => {
      if (request.url !== "/metrics") return response.writeHead(404).end();
      response.writeHead(200, { "Content-Type": "text/plain; version=0.0.4" }).end(workerData);
    });
    server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));`;
  const worker = new Worker(code, { eval: true, workerData: bodyOf(series, 1) });
  const port = await new Promise<number>((done) => worker.once("message", done));
  return { port, stop: () => worker.terminate() };
}

/** Rules of eight lines each, 10,000 lines of them. */
function ruleFile(): string {
  const rules = Array.from(
    { length: 1250 },
    (_, index) => `      - alert: DkronJobFails${index}
        expr: max by (job_name) (increase(dkron_job_executions_failed_total{job_name="job-${index}"}[10m])) > 3
        for: 5m
        labels:
          severity: warning
        annotations:
          summary: "Job {{ $labels.job_name }} fails"
          description: It failed within ten minutes.`,
  );
  return ["groups:", "  - name: generated", "    rules:", ...rules, ""].join("\n");
}

const textDocument = { uri: "file:///bench.rules.yml" };
const line = 3 + 8 * 700 + 1;

/** How long each completion took, ms: by the wall, and of the server's main thread, with what it did for others meanwhile. */
type Taken = { readonly wall: number[]; readonly thread: number[] };

/** Types a letter and takes it out again, ten times a second, and asks for a completion right after each. */
async function type(client: LspClient, seconds: number, version: { last: number }): Promise<Taken> {
  const character = "        expr: max by (job_name) (increase(dkron_job_executions_failed_total".length;
  const start = { line, character };
  const taken: Taken = { wall: [], thread: [] };
  for (let key = 0; key < seconds * 10; key++) {
    const isTyped = version.last++ % 2 === 0;
    const end = isTyped ? start : { line, character: character + 1 };
    client.notify("textDocument/didChange", {
      textDocument: { ...textDocument, version: version.last },
      contentChanges: [{ range: { start, end }, text: isTyped ? "x" : "" }],
    });
    const ran = client.mainThread();
    const began = performance.now();
    await client.request("textDocument/completion", { textDocument, position: start });
    taken.wall.push(performance.now() - began);
    taken.thread.push(client.mainThread() - ran);
    await sleep(Math.max(0, 100 - (performance.now() - began)));
  }
  return taken;
}

const at = (taken: readonly number[], share: number): string =>
  (taken.toSorted((one, other) => one - other)[Math.ceil(taken.length * share) - 1] ?? 0).toFixed(1);

function say(what: string, { wall, thread }: Taken, cpu: number): void {
  const figures = ([wall, thread] as const).map((taken) => `${at(taken, 0.5)}/${at(taken, 0.95)}/${at(taken, 1)}`);
  console.log(
    `${what.padEnd(54)} wall ${figures[0]?.padEnd(20)} main thread ${figures[1]?.padEnd(18)} ${cpu.toFixed(0).padStart(4)} ms CPU a second`,
  );
}

async function measure(series: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "dkm-bench-"));
  writeFileSync(join(folder, "empty.yml"), "");
  const { port, stop } = await agent(series);
  const client = new LspClient([join(root, "dist/server.js"), "--stdio"]);
  const version = { last: 1 };
  const timed = async (what: string, seconds: number): Promise<void> => {
    const before = client.cpu();
    const taken = await type(client, seconds, version);
    say(what, taken, (client.cpu() - before) / seconds);
  };
  try {
    await client.initialize(folder);
    client.notify("dkronMetrics/trusted", { trusted: true });
    const ready = client.diagnostics();
    client.notify("textDocument/didOpen", {
      textDocument: { ...textDocument, languageId: "prometheus-rules", version: 1, text: ruleFile() },
    });
    await ready;
    await type(client, 3, version);
    await timed("completion on 10,000 lines of rules, no link", 6);
    const source = { kind: "scrape", id: "agent", url: `http://127.0.0.1:${port}`, interval: 1000, timeout: 5000 };
    const sources = [{ ...source, maxBytes: 64_000_000, allowSelfSigned: false, everyServer: false, job: "dkron" }];
    const settings = { sources, history: 3_600_000, maxSeries: 50_000, maxBytes: 512_000_000 };
    const attached = client.request("dkronMetrics/live/attach", { view: "bench", settings });
    await timed(`… the first seconds of a link to ${series} series`, 3);
    await attached;
    const ids = Array.from({ length: 400 }, (_, index) => index + 1);
    await client.request("dkronMetrics/live/watch", { view: "bench", ids, visible: true });
    await timed(`… while ${series} series are scraped each second`, 10);
    const { ids: known } = (await client.request("dkronMetrics/live/last", {})) as { ids: number[] };
    console.log(`${"".padEnd(54)} ${known.length} series known, ${client.memory().toFixed(0)} MB resident`);
  } finally {
    await client.stop();
    await stop();
    rmSync(folder, { recursive: true });
  }
}

export async function run(): Promise<void> {
  if (process.platform !== "linux") {
    console.log("The costs of a process are read from /proc: this bench runs on Linux only.");
    return;
  }
  console.log("a completion right after a keystroke: median/p95/longest in ms; bar: p95 15 ms");
  for (const series of [10_000, 100_000]) await measure(series);
}

// The web entry: it bundles without node, and in a worker it answers as the other entries do.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterEach, expect, test } from "vitest";
import { yamlForEsbuild } from "../../.scripts/yaml-modules.mjs";

const root = join(import.meta.dirname, "../..");
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** What a web worker has and node's worker lacks. */
const scope = `
const { parentPort } = require("node:worker_threads");
globalThis.self = globalThis;
globalThis.addEventListener = () => {};
globalThis.onmessage = null;
parentPort.on("message", (data) => globalThis.onmessage?.({ data }));
globalThis.postMessage = (message) => parentPort.postMessage(message);

`;

type Message = { id?: number; method?: string; params?: { diagnostics: { code: string }[] }; result?: unknown };

test("the server in a worker checks a rule file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "dkron-web-"));
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  const outfile = join(folder, "server.js");
  await build({
    entryPoints: [join(root, "server/src/browser.ts")],
    outfile,
    bundle: true,
    format: "iife",
    platform: "browser",
    mainFields: ["browser", "module", "main"],
    external: ["node:*"],
    plugins: [yamlForEsbuild],
    logLevel: "silent",
    banner: { js: scope },
  });
  writeFileSync(join(folder, "package.json"), "{}");
  const worker = new Worker(outfile);
  endings.push(() => worker.terminate());
  const messages: Message[] = [];
  const failure = new Promise<never>((_, reject) => worker.on("error", reject));
  worker.on("message", (message: Message) => messages.push(message));
  const answer = async (holds: (message: Message) => boolean): Promise<Message> => {
    for (;;) {
      const found = messages.find(holds);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const send = (message: object): void => worker.postMessage({ jsonrpc: "2.0", ...message });
  send({ id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
  await Promise.race([failure, answer(({ id }) => id === 1)]);
  send({ method: "initialized", params: {} });
  const text =
    "groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: dkron_job_executions_faild_total > 1\n";
  send({
    method: "textDocument/didOpen",
    params: { textDocument: { uri: "file:///a.rules.yml", languageId: "yaml", version: 1, text } },
  });
  const told = await Promise.race([failure, answer(({ method }) => method === "textDocument/publishDiagnostics")]);
  expect(told.params?.diagnostics.map(({ code }) => code)).toContain("metric/unknown");
});

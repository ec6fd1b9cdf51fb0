// A recorded session is in the form that a replay plays: what comes out is what went in.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { Emitter } from "../../client/src/emitter/emitter.ts";
import { readFolder } from "../../client/src/emitter/replay/folder.ts";
import { Replay } from "../../client/src/emitter/replay/replay.ts";
import { parseAnswers, parseMoments } from "../../server/src/catalog/recordingFormat.ts";
import { Link } from "../../server/src/live/link.ts";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const loopback = { host: "127.0.0.1", port: 0 };
const limits = { history: 60_000, maxSeries: 5_000, maxBytes: 50_000_000 };

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("what is recorded of an agent is what its replay answers", async () => {
  const folder = mkdtempSync(join(tmpdir(), "dkron-recording-"));
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  const emitter = new Emitter({ http: loopback, seed: 1, version: "4.1.2" });
  endings.push(() => emitter.stop());
  const url = (await emitter.start()).servers[0]?.url ?? "";
  const http = { url, timeout: 5_000, maxBytes: 10_000_000, allowSelfSigned: false };
  const link = new Link({
    settings: {
      sources: [
        { kind: "scrape", id: "agent", interval: 200, everyServer: false, job: "dkron", ...http },
        { kind: "api", id: "api", interval: 300, ...http },
      ],
      ...limits,
    },
    trusted: true,
    credentials: async () => ({ scheme: "bearer", token: "secret-token" }),
  });
  endings.push(() => link.close());
  link.subscribe(() => {});
  await link.record(folder);
  const bodies = () => readdirSync(folder).filter((name) => name.endsWith(".prom"));
  await until(() => bodies().length >= 4);
  const kept = await link.stopRecording();
  expect(kept?.bodies).toBeGreaterThanOrEqual(4);

  const moments = parseMoments(readFileSync(join(folder, "moments.json"), "utf8"));
  expect(moments.version).toBe("4.1.2");
  const answers = parseAnswers(readFileSync(join(folder, "api.jsonl"), "utf8"));
  expect(answers.map(({ request }) => request)).toContain("GET /v1/members");
  // By them a replay knows the agent's clock.
  for (const { headers } of answers) expect(Date.parse(headers.Date ?? "")).toBeGreaterThan(0);
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name), "utf8"), name).not.toContain("secret-token");

  const replay = new Replay(readFolder(folder), { http: loopback });
  endings.push(() => replay.stop());
  const [server] = await replay.start();
  const body = await (await fetch(`${server?.url}/metrics`)).text();
  const first = readFileSync(join(folder, moments.moments[0]?.file ?? ""), "utf8");
  expect(body).toBe(first);
});

test("a folder that can't be made is an error, and nothing is recorded", async () => {
  const link = new Link({ settings: { sources: [], ...limits }, trusted: true, credentials: async () => undefined });
  endings.push(() => link.close());
  await expect(link.record("/dev/null/x")).rejects.toThrow();
  expect(await link.stopRecording()).toBeUndefined();
});

// A foreign judge: Etsy's statsd gets the same packets as our receiver, and both must have the same counters, gauges and timers.
import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { expect, onTestFinished, test } from "vitest";
import { Aggregator } from "../../server/src/live/statsd/aggregator.ts";
import { readPacket } from "../../server/src/live/statsd/packet.ts";
import { Store } from "../../server/src/live/store/store.ts";
import { limits, listen } from "./loopback.ts";
import { readJsonLines, sharedPath } from "./shared.ts";

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Node 23 and later have taken away a function that the daemon calls. */
const withOldNode = `data:text/javascript,${encodeURIComponent('import util from "node:util"; util.log ??= () => {};')}`;

/** Runs the daemon; gives its ports once its management port answers. */
async function startEtsy(): Promise<{ port: number; management: number }> {
  const folder = mkdtempSync(join(tmpdir(), "etsy-"));
  const [port, management] = [await freePort(), await freePort()];
  const file = join(folder, "config.js");
  writeFileSync(
    file,
    JSON.stringify({
      port,
      mgmt_port: management,
      address: "127.0.0.1",
      mgmt_address: "127.0.0.1",
      flushInterval: 600_000,
      backends: [],
    }),
  );
  const stats = createRequire(import.meta.url).resolve("statsd/stats.js");
  const daemon = spawn(process.execPath, ["--import", withOldNode, stats, file], { stdio: "ignore" });
  onTestFinished(() => {
    daemon.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  for (;;) {
    const answer = await ask(management, "health").catch(() => "");
    if (answer.includes("up")) return { port, management };
    if (daemon.exitCode !== null) throw new Error(`Etsy's statsd ended with code ${daemon.exitCode}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What the management port answers, up to its END. */
function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(`${command}\n`));
    socket.on("data", (part) => {
      said += part;
      if (/END\n\n|health: /.test(said)) socket.end();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(said.replace(/END\n\n$/, "")));
  });
}

async function numbers(port: number, command: string): Promise<Record<string, number>> {
  const found = runInNewContext(`(${await ask(port, command)})`) as Record<string, number>;
  return Object.fromEntries(Object.entries(found).filter(([name]) => !name.startsWith("statsd.")));
}

function ours(packets: readonly string[]): { counters: Record<string, number>; gauges: Record<string, number> } {
  const names = new Map<number, { name: string; role: string; type: string }>();
  const store = new Store(limits, {
    added: (info) => names.set(info.id, info),
    removed: () => {},
    column: () => {},
    event: () => {},
  });
  const aggregator = new Aggregator({
    sink: "statsd",
    signedGauges: "delta",
    intake: store.intake("s", 1000),
    maxMetrics: 10_000,
  });
  for (const packet of packets)
    readPacket(Buffer.from(packet), { sample: (sample) => aggregator.add(sample), bad: () => {}, other: () => {} });
  aggregator.flush(1000, true);
  const { ids, values } = store.last();
  const pick = (role: string): Record<string, number> =>
    Object.fromEntries(
      ids.flatMap((id, index) =>
        names.get(id)?.role === role ? [[names.get(id)?.name ?? "", values[index] as number]] : [],
      ),
    );
  return { counters: pick("total"), gauges: pick("value") };
}

test("Etsy's statsd has the same counters and gauges after a real agent's packets and some odd ones", async () => {
  const path = sharedPath("recordings", "4.1.2", "solo", "statsd.jsonl");
  const recorded = path === undefined ? [] : readJsonLines<[number, string]>(path).map(([, payload]) => payload);
  const odd = ["x:10|g\nx:-5|g\nx:+1|g\n", "y:-5|g", "c:1|c|@0.1\nc:2|c", "m:1|c:2|c", "neg:-3|c"];
  const packets = [...recorded, ...odd];
  const { port, management } = await startEtsy();
  const socket = createSocket("udp4");
  for (const packet of packets) await new Promise((resolve) => socket.send(packet, port, "127.0.0.1", resolve));
  await new Promise<void>((resolve) => socket.close(resolve));
  const mine = ours(packets);
  await expect.poll(async () => (await numbers(management, "counters")).neg).toBe(-3);
  const theirs = { counters: await numbers(management, "counters"), gauges: await numbers(management, "gauges") };
  expect(mine).toEqual(theirs);
  expect(mine.gauges).toMatchObject({ x: 6, y: -5 });
});

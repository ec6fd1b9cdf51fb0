// What the link costs: reading scrapes, storing them, StatsD lines, floods of packets. Prints figures beside the bars, asserts nothing.
import { createSocket } from "node:dgram";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Worker } from "node:worker_threads";
import { SteadyReader } from "../../server/src/live/exposition/steadyReader.ts";
import { HttpClient, isFault } from "../../server/src/live/sources/http.ts";
import { Aggregator } from "../../server/src/live/statsd/aggregator.ts";
import { kernelDrops } from "../../server/src/live/statsd/kernelDrops.ts";
import { readPacket } from "../../server/src/live/statsd/packet.ts";
import type { SeriesTraits } from "../../server/src/live/store/intake.ts";
import { Store } from "../../server/src/live/store/store.ts";
import { bodyOf } from "./agentBody.ts";

const say = (what: string, figure: string, bar: string): void =>
  console.log(`${what.padEnd(58)} ${figure.padEnd(34)} bar: ${bar}`);

/** Median of the CPU-bound time of a call, ms. */
function median(rounds: number, action: (round: number) => void): number {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    action(round);
    taken.push(performance.now() - began);
  }
  return taken.sort((one, other) => one - other)[rounds >> 1] ?? 0;
}

function parse(): void {
  for (const series of [200, 2000, 10_000, 100_000]) {
    const bodies = [bodyOf(series, 1), bodyOf(series, 2)];
    const size = bodies[0]?.length ?? 0;
    const makeReader = (): SteadyReader => {
      let next = 0;
      return new SteadyReader(() => next++);
    };
    const reader = makeReader();
    for (let round = 0; round < 20; round++) reader.read(bodies[round & 1] as Buffer, "text");
    const steady = median(Math.max(11, 1_000_000 / series), (round) =>
      reader.read(bodies[round & 1] as Buffer, "text"),
    );
    const cold = median(Math.max(9, 300_000 / series), () => makeReader().read(bodies[0] as Buffer, "text"));
    const speed = (time: number): string => `${(size / time / 1000).toFixed(0)} MB/s`;
    say(
      `parse ${series} series (${(size / 1024).toFixed(0)} KB), again`,
      `${steady.toFixed(3)} ms, ${speed(steady)}`,
      "400 MB/s; npm 50-70, none correct",
    );
    say(
      `parse ${series} series, by a reader that knows none`,
      `${cold.toFixed(2)} ms, ${speed(cold)}`,
      "prototype 63-155 MB/s",
    );
  }
}

const gauge: SeriesTraits = { type: "gauge", role: "value", cumulative: false, family: "m", expires: false };
const quiet = { added: () => {}, removed: () => {}, column: () => {}, event: () => {} };
const roomy = { history: 3_600_000, maxSeries: 200_000, maxBytes: 2 ** 30 };

async function scrape(series: number): Promise<void> {
  const bodies = [bodyOf(series, 1), bodyOf(series, 2)];
  let served = 0;
  const worker = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/plain" }).end(bodies[served++ & 1]);
  });
  await new Promise<void>((resolve) => worker.listen(0, "127.0.0.1", resolve));
  const base = new URL(`http://127.0.0.1:${(worker.address() as AddressInfo).port}`);
  const client = new HttpClient({ base, timeout: 5000, maxBytes: 1e8, allowSelfSigned: false, accept: "text/plain" });
  const intake = new Store(roomy, quiet).intake("s", 1000);
  const reader = new SteadyReader(({ labels }) => intake.handle({ name: "m", labels }, () => gauge));
  const taken: number[][] = [];
  for (let round = 0; round < 120; round++) {
    const began = performance.now();
    const answer = await client.get({ endpoint: "metrics" });
    if (isFault(answer)) throw new Error(answer.fault);
    const got = performance.now();
    const { count, handles, values } = reader.read(answer.body, "text");
    const parsed = performance.now();
    intake.open(round);
    intake.putAll(handles, values, count);
    intake.close("complete");
    const stored = performance.now();
    if (round >= 20) taken.push([got - began, parsed - got, stored - parsed, stored - began]);
  }
  client.close();
  worker.close();
  const middle = (column: number): string =>
    (taken.map((row) => row[column] ?? 0).sort((one, other) => one - other)[50] ?? 0).toFixed(2);
  say(
    `GET + parse + store, ${series} series`,
    `${middle(3)} ms (${middle(0)} + ${middle(1)} + ${middle(2)})`,
    series === 10_000 ? "3 ms" : "",
  );
}

function store(): void {
  const series = 2000;
  const block = new Store(roomy, quiet);
  const intake = block.intake("s", 1000);
  const handles = Int32Array.from({ length: series }, (_, index) =>
    intake.handle({ name: `m${index}`, labels: [] }, () => gauge),
  );
  const values = new Float64Array(series);
  const before = block.bytes;
  const time = median(2000, (round) => {
    values.fill(round + 0.5);
    intake.open(round);
    intake.putAll(handles, values, series);
    intake.close("complete");
  });
  say(
    "store, 2,000 series × 1 h at 1 s",
    `${((time / series) * 1e6).toFixed(1)} ns, ${(before / series / 3601).toFixed(1)} B a sample`,
    "4-5 ns, 8 B",
  );
}

const statsdLine = (index: number): string => `dkron.grpc.call_number_${index % 100}:${(index * 7.25).toFixed(6)}|ms`;
const dogLine = (index: number): string => `dkron.scheduler.job_add:1|c|#env:test,team:ops,job:job-${index % 100}`;

function lines(): void {
  for (const [what, line] of [
    ["StatsD", statsdLine],
    ["DogStatsD", dogLine],
  ] as const) {
    const packet = Buffer.from(Array.from({ length: 30 }, (_, index) => line(index)).join("\n"));
    const aggregator = new Aggregator({
      sink: "dogstatsd",
      signedGauges: "value",
      intake: new Store(roomy, quiet).intake("s", 1000),
      maxMetrics: 1000,
    });
    const sink = { sample: aggregator.add.bind(aggregator), bad: () => {}, other: () => {} };
    const time = median(30, () => {
      for (let round = 0; round < 1000; round++) readPacket(packet, sink);
      aggregator.flush(Date.now(), true);
    });
    say(
      `${what} line, read and added up (packets of ${packet.length} bytes)`,
      `${((time / 30_000) * 1e6).toFixed(0)} ns`,
      "npm statsd 1,300-1,800 ns",
    );
  }
}

/** Sends `rate` packets a second for `seconds` from a thread of its own, in bursts of 2 ms; gives how many went out. */
function flood(port: number, rate: number, packet: string, seconds: number): Promise<number> {
  const code = `
    const { createSocket } = process.getBuiltinModule("node:dgram");
    const { parentPort } = process.getBuiltinModule("node:worker_threads");
    const socket = createSocket({ type: "udp4", sendBufferSize: 4194304 });
    const packet = Buffer.from(${JSON.stringify(packet)});
    socket.connect(${port}, "127.0.0.1", () => {
      const began = performance.now();
      let sent = 0;
      const burst = () => {
        const elapsed = performance.now() - began;
        if (elapsed >= ${seconds * 1000}) return setTimeout(() => { socket.close(); parentPort.postMessage(sent); }, 50);
        const due = Math.min(elapsed * ${rate / 1000}, sent + 2000);
        while (sent < due) { socket.send(packet); sent++; }
        setImmediate(burst);
      };
      burst();
    });`;
  return new Promise((resolve, reject) => {
    const worker = new Worker(code, { eval: true });
    worker.once("message", (sent: number) => {
      void worker.terminate();
      resolve(sent);
    });
    worker.once("error", reject);
  });
}

async function receive(rate: number, packet: string, bar: string): Promise<void> {
  const aggregator = new Aggregator({
    sink: "dogstatsd",
    signedGauges: "value",
    intake: new Store(roomy, quiet).intake("s", 1000),
    maxMetrics: 1000,
  });
  const sink = { sample: aggregator.add.bind(aggregator), bad: () => {}, other: () => {} };
  const socket = createSocket("udp4");
  let received = 0;
  let read = 0;
  socket.on("message", (bytes) => {
    received++;
    read += readPacket(bytes, sink);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  socket.setRecvBufferSize(4 * 2 ** 20);
  const { port } = socket.address();
  const cpu = process.cpuUsage();
  const seconds = 2;
  const sent = await flood(port, rate, packet, seconds);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const drops = kernelDrops(port, 4);
  const used = process.cpuUsage(cpu);
  socket.close();
  const share = (((sent - received) / sent) * 100).toFixed(2);
  const each = (used.user + used.system) / received;
  say(
    `flood, ${rate} packets/s wished, ${Math.round(sent / 2)} sent, ${packet.length} bytes`,
    `${share} % lost (${drops} in the kernel), ${Math.round(read / seconds / 1000)}k lines/s, ${each.toFixed(1)} µs CPU with the sender`,
    bar,
  );
}

export async function run(): Promise<void> {
  parse();
  store();
  for (const series of [200, 2000, 10_000]) await scrape(series);
  lines();
  for (const rate of [50_000, 100_000, 200_000])
    await receive(rate, dogLine(1), "0 lost at 200,000/s; npm statsd loses 0.6-27 % at 50,000");
  const full = Array.from({ length: 30 }, (_, index) => statsdLine(index).slice(0, 45)).join("\n");
  await receive(30_000, full, "0 lost at 900,000 lines/s");
}

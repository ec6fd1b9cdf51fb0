// StatsD and DogStatsD: the grammar of lines, what adds up to what, and the names of real agents, against packets that agents and clients sent.
import { createSocket } from "node:dgram";
import fc from "fast-check";
import { StatsD } from "hot-shots";
import { describe, expect, onTestFinished, test } from "vitest";
import type { SeriesInfo, SourceFrame, SourceSettings } from "../../server/src/live/frames.ts";
import type { Link } from "../../server/src/live/link.ts";
import { Aggregator } from "../../server/src/live/statsd/aggregator.ts";
import { dropsIn, kernelDrops } from "../../server/src/live/statsd/kernelDrops.ts";
import { readPacket, type StatsdSample } from "../../server/src/live/statsd/packet.ts";
import { Store } from "../../server/src/live/store/store.ts";
import { limits, linkTo, nextFrame, sourceIn } from "./loopback.ts";
import { readJsonLines, sharedPath } from "./shared.ts";

/** What a packet says, as text. */
function read(packet: string | Buffer): string[] {
  const said: string[] = [];
  const slice = ({ bytes }: StatsdSample, from: number, to: number): string => bytes.toString("utf8", from, to);
  readPacket(Buffer.from(packet), {
    sample: (sample) => {
      const value = sample.type === "s" ? slice(sample, sample.valueFrom, sample.valueTo) : sample.value;
      const tags = sample.tagsTo > sample.tagsFrom ? ` #${slice(sample, sample.tagsFrom, sample.tagsTo)}` : "";
      const rate = sample.rate === 1 ? "" : ` @${sample.rate}`;
      const time = sample.time === 0 ? "" : ` T${sample.time}`;
      said.push(`${slice(sample, sample.nameFrom, sample.nameTo)} ${sample.type} ${value}${rate}${tags}${time}`);
    },
    bad: (reason, line) => said.push(`${reason}: ${line}`),
    other: () => said.push("other"),
  });
  return said;
}

describe("lines", () => {
  test.each<[line: string, ...said: string[]]>([
    ["a.b:1|c", "a.b c 1"],
    ["a.b:1.000000|c\n", "a.b c 1"],
    ["a:-5.000000|g", "a g -5"],
    ["a:+5|g", "a g 5"],
    ["a:3.5|ms|@0.1", "a ms 3.5 @0.1"],
    ["a:1|h|#env:test,job:x", "a h 1 #env:test,job:x"],
    ["a:1|d|@0.5|#t:u:v", "a d 1 @0.5 #t:u:v"],
    ["a:1|d|#t:u|@0.5", "a d 1 @0.5 #t:u"],
    ["a:1:2:3|d|#t", "a d 1 #t", "a d 2 #t", "a d 3 #t"],
    ["a:1|c:2|g", "a c 1", "a g 2"],
    ["a:1|c|@0.5:2|ms", "a c 1 @0.5", "a ms 2"],
    ["a:9|g|#x:y|T1656581400", "a g 9 #x:y T1656581400"],
    ["a:9|c|#x:y|c:ci-1234|e:it-false,pn-p", "a c 9 #x:y"],
    ["users:who@x|s", "users s who@x"],
    ["a:1e3|c", "a c 1000"],
    ["x:1|c\r\ny:2|c\r\n", "x c 1", "y c 2"],
    ["\n\n", ...[]],
    ["ä.ö:1|c", "ä.ö c 1"],
    ["_e{5,4}:title|text|#t:u", "other"],
    ["_sc|Redis|2|#t:u", "other"],
    ["_e_count:1|c", "_e_count c 1"],
    ["a", "noValue: a"],
    ["a|c", "noValue: a|c"],
    [":1|c", "noName: :1|c"],
    ["a:|c", "noValue: a:|c"],
    ["a:1", "noType: a:1"],
    ["a:1|", "noType: a:1|"],
    ["a:1|x", "unknownType: a:1|x"],
    ["a:1|kv", "keyValue: a:1|kv"],
    ["a:one|c", "badNumber: a:one|c"],
    ["a:NaN|g", "badNumber: a:NaN|g"],
    ["a:+Inf|g", "badNumber: a:+Inf|g"],
    ["a:1|c|@0", "badRate: a:1|c|@0"],
    ["a:1|c|@2", "badRate: a:1|c|@2"],
    ["a:1|c|@x", "badRate: a:1|c|@x"],
    ["good:1|c\nbad\ngood:2|c", "good c 1", "noValue: bad", "good c 2"],
  ])("%j", (line, ...said) => {
    expect(read(line)).toEqual(said);
  });

  test("no bytes make it throw, and each line is said to be something", () => {
    const bytes = fc.array(
      fc.constantFrom(..."a:1|c#@.,\n-Tgms_e{".split("").map((byte) => byte.charCodeAt(0)), 0, 255),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(bytes, (packet) => {
        const buffer = Buffer.from(packet);
        const lines = buffer
          .toString("latin1")
          .split("\n")
          .filter((line) => line.replace(/\r$/, "") !== "").length;
        expect(readPacket(buffer, { sample: () => {}, bad: () => {}, other: () => {} })).toBe(lines);
      }),
      { numRuns: 3000 },
    );
  });
});

/** An aggregator over a store of its own, with packets in and the values of the last flush out. */
function makeSubject(signedGauges: "delta" | "value" = "value", maxMetrics = 100) {
  const infos = new Map<number, SeriesInfo>();
  const store = new Store(
    { ...limits },
    { added: (info) => infos.set(info.id, info), removed: () => {}, column: () => {}, event: () => {} },
  );
  const aggregator = new Aggregator({ sink: "dogstatsd", signedGauges, intake: store.intake("s", 1000), maxMetrics });
  let now = 1000;
  return {
    aggregator,
    send: (packet: string) =>
      readPacket(Buffer.from(packet), { sample: (sample) => aggregator.add(sample), bad: () => {}, other: () => {} }),
    flush: (heard = true): Record<string, unknown> => {
      now += 1000;
      aggregator.flush(now, heard);
      const { ids, values } = store.last();
      const text = (id: number): string => {
        const { name, labels } = infos.get(id) as SeriesInfo;
        return [name, ...Object.entries(labels).map(([label, value]) => `${label}=${value}`)].join(" ");
      };
      return Object.fromEntries(ids.map((id, index) => [text(id), values[index]]));
    },
  };
}

describe("aggregation", () => {
  test("counters add up over their life, with their sampling rate", () => {
    const { send, flush } = makeSubject();
    send("a:1|c\na:2|c|@0.5\na:1|c|#x:y");
    expect(flush()).toEqual({ a: 5, "a x=y": 1 });
    send("a:1|c");
    expect(flush()).toEqual({ a: 6, "a x=y": 1 });
  });

  test("a signed gauge is a change for Etsy and a value for DogStatsD and Dkron", () => {
    for (const [rule, value] of [
      ["delta", 5],
      ["value", -5],
    ] as const) {
      const { send, flush } = makeSubject(rule);
      send("x:10|g\nx:-5.000000|g");
      expect(flush()).toEqual({ x: value });
    }
  });

  test("timers: quantiles, least and greatest of the interval; count and sum over their life", () => {
    const { send, flush } = makeSubject();
    send(Array.from({ length: 100 }, (_, index) => `t:${index / 10}|ms`).join("\n"));
    const first = flush();
    expect(first).toMatchObject({ "t quantile=0.5": 4.9, "t quantile=0.9": 8.9, "t quantile=0.99": 9.8 });
    expect(first).toMatchObject({ "t.lower": 0, "t.upper": 9.9, "t.count": 100 });
    expect(first["t.sum"]).toBeCloseTo(495, 9);
    expect(flush()).toMatchObject({ "t quantile=0.5": "NaN", "t.lower": "NaN", "t.count": 100 });
    send("t:4|ms|@0.1");
    expect(flush()).toMatchObject({ "t quantile=0.5": 4, "t.count": 110 });
  });

  test("sets count different members, each interval anew", () => {
    const { send, flush } = makeSubject();
    send("u:a|s\nu:b|s\nu:a|s");
    expect(flush()).toEqual({ u: 2 });
    expect(flush()).toEqual({ u: 0 });
  });

  test("tags become labels, sorted; a bare tag is true; the same tags in the same order are the same series", () => {
    const { send, flush } = makeSubject();
    send("a:1|c|#z:1,b:2,bare\na:1|c|#z:1,b:2,bare\na:1|g|#z:1,b:2,bare");
    expect(Object.keys(flush())).toEqual(["a b=2 bare=true z=1"]);
  });

  test("what is beyond the limit is left out and counted", () => {
    const { aggregator, send, flush } = makeSubject("value", 2);
    send("a:1|c\nb:1|c\nc:1|c\nc:1|c\na:1|c");
    expect(flush()).toEqual({ a: 2, b: 1 });
    expect(aggregator.leftOutSamples).toBe(2);
  });

  test("what is not updated for 60 s is no longer shown; its total goes on", () => {
    const { send, flush } = makeSubject();
    send("a:1|c");
    let last = flush();
    for (let second = 0; second < 61; second++) last = flush();
    expect(last).toEqual({ a: null });
    send("a:1|c");
    expect(flush()).toEqual({ a: 2 });
  });
});

describe("kernel drops", () => {
  test("the last column of the port's sockets", () => {
    const table = [
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops",
      " 1149: 0100007F:1FBD 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 36 2 0000000000000000 12",
      " 1150: 00000000:1FBE 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 37 2 0000000000000000 5",
    ].join("\n");
    expect(dropsIn(table, 8125)).toBe(12);
    expect(dropsIn(table, 8126)).toBe(5);
    expect(dropsIn(table, 8127)).toBeNull();
  });

  test.runIf(process.platform === "linux")("a socket that lost nothing has lost 0", async () => {
    const socket = createSocket("udp4");
    onTestFinished(() => void socket.close());
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    expect(kernelDrops(socket.address().port, 4)).toBe(0);
  });
});

const listener = (kind: "statsd" | "dogstatsd", more: object = {}): SourceSettings =>
  ({ kind, id: kind, host: "127.0.0.1", port: 0, interval: 50, signedGauges: "value", ...more }) as SourceSettings;

async function listening(link: Link, id: string): Promise<{ port: number; frame: SourceFrame }> {
  const picked = (): SourceFrame | undefined =>
    link
      .snapshot()
      .sources?.find((source) => source.id === id && source.state.phase === "connecting" && "note" in source.state);
  await nextFrame(link, () => picked() !== undefined);
  const frame = picked() as SourceFrame;
  return { frame, port: Number(new URL(frame.address.replace("udp:", "http:")).port) };
}

async function sendAll(port: number, packets: readonly string[]): Promise<void> {
  const socket = createSocket("udp4");
  for (const packet of packets) await new Promise((resolve) => socket.send(packet, port, "127.0.0.1", resolve));
  await new Promise<void>((resolve) => socket.close(resolve));
}

/** Newest value of the series of this name and these labels, over all series that have them. */
function value(link: Link, name: string, labels: Record<string, string> = {}): unknown {
  const series = link
    .snapshot()
    .added?.filter(
      (info) => info.name === name && Object.entries(labels).every(([label, text]) => info.labels[label] === text),
    );
  return link.last(series?.map(({ id }) => id)).values[0];
}

describe("listeners", () => {
  test("connecting until a packet comes, then live; buffer, drops and bad lines are shown", async () => {
    const link = linkTo([listener("statsd")]);
    const { port, frame } = await listening(link, "statsd");
    expect(frame.state).toMatchObject({ phase: "connecting", note: expect.stringMatching(/no packet came yet/) });
    await sendAll(port, ["a:1|c\nb", "c:1|kv"]);
    await nextFrame(link, () => value(link, "a") === 1);
    const live = await sourceIn(link, "statsd", "live");
    expect(live.counters).toMatchObject({ received: 2, badLines: 2, receiveBuffer: { asked: 4 * 2 ** 20 } });
    expect(live.counters.receiveBuffer?.effective).toBeGreaterThan(0);
    expect(live.notices.map((notice) => notice.message).join("\n")).toMatch(
      /1 lines have no value, such as `b`[\s\S]*EmitKey/,
    );
  });

  test("a taken port fails with the reason and is tried again", async () => {
    const socket = createSocket("udp4");
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    const link = linkTo([listener("statsd", { port: socket.address().port })]);
    const failed = await sourceIn(link, "statsd", "failing");
    expect(failed.state).toMatchObject({
      reason: expect.stringMatching(/is taken: another StatsD server/),
      nextTry: expect.any(Number),
    });
    await new Promise<void>((resolve) => socket.close(resolve));
    link.retry();
    await listening(link, "statsd");
  });

  test("hot-shots, a DogStatsD client: every type, rates and tags", async () => {
    const link = linkTo([listener("dogstatsd")]);
    const { port } = await listening(link, "dogstatsd");
    const client = new StatsD({ host: "127.0.0.1", port, globalTags: { env: "test" }, includeDatadogTelemetry: false });
    onTestFinished(() => client.close());
    client.increment("jobs", 3, { job: "backup" });
    client.decrement("jobs", 1, { job: "backup" });
    client.gauge("load", -2.5);
    client.timing("took", 120);
    client.histogram("size", 7);
    client.distribution("spread", 9);
    client.set("users", "alice");
    client.event("restart", "text");
    client.check("alive", 0);
    await nextFrame(link, () => value(link, "spread.count") === 1 && value(link, "jobs", { job: "backup" }) === 2);
    expect(value(link, "load", { env: "test" })).toBe(-2.5);
    expect(value(link, "took.sum")).toBe(120);
    expect(value(link, "size.sum")).toBe(7);
    const { counters } = await sourceIn(link, "dogstatsd", "live");
    expect(counters.badLines).toBe(0);
  });
});

const versions = ["3.2.7", "4.0.9", "4.1.2"];

describe.each(versions)("packets of a real agent, %s", (version) => {
  test.each(["statsd", "dogstatsd"] as const)(
    "%s: every line is read, every name of Dkron is found in the catalogue, the sums are right",
    async (kind) => {
      const path = sharedPath("recordings", version, "solo", `${kind}.jsonl`);
      if (path === undefined) return;
      const packets = readJsonLines<[number, string]>(path).map(([, payload]) => payload);
      expect(packets.length).toBeGreaterThan(100);
      const link = linkTo([listener(kind)]);
      const { port } = await listening(link, kind);
      await sendAll(port, packets);
      const counter = kind === "statsd" ? "dkron.scheduler.job_add.report" : "dkron.scheduler.job_add";
      const pattern =
        kind === "statsd"
          ? /^dkron\.scheduler\.job_add\.report:([\d.]+)\|c$/gm
          : /^dkron\.scheduler\.job_add:([\d.]+)\|c\|#.*job:report$/gm;
      const timer = /^dkron\.runtime\.gc_pause_ns:([\d.]+)\|ms/gm;
      const all = packets.join("\n");
      const sum = (found: RegExp): number =>
        [...all.matchAll(found)].reduce((total, match) => total + Number(match[1]), 0);
      await nextFrame(link, () => {
        const source = link.snapshot().sources?.[0];
        return (
          source?.counters.received === packets.length &&
          value(link, "dkron.runtime.gc_pause_ns.count") === [...all.matchAll(timer)].length
        );
      });
      const labels = kind === "statsd" ? {} : { job: "report" };
      if (sum(pattern) > 0) expect(value(link, counter, labels)).toBe(sum(pattern));
      expect(value(link, "dkron.runtime.gc_pause_ns.sum")).toBeCloseTo(sum(timer), 6);
      const { counters } = await sourceIn(link, kind, "live");
      expect(counters.badLines).toBe(0);
      const nameless = link
        .snapshot()
        .added?.filter((series) => series.row === undefined)
        .map((series) => series.family);
      expect([...new Set(nameless)].filter((name) => !name.startsWith("datadog."))).toEqual([]);
      const gauge = link.snapshot().added?.find((series) => series.name.endsWith("runtime.alloc_bytes"));
      expect(gauge).toMatchObject({ type: "gauge", cumulative: false });
      if (kind === "statsd") expect(gauge?.host).toBe("Web-01.prod");
    },
  );
});

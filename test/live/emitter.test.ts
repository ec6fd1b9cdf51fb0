// The link and the stand-in cluster together: all sources at once, and what is seen when the cluster stops and starts again.
import { createSocket } from "node:dgram";
import { describe, expect, onTestFinished, test } from "vitest";
import { Emitter } from "../../client/src/emitter/emitter.ts";
import type { SourceSettings } from "../../server/src/live/frames.ts";
import { linkTo, nextFrame, scrapeOf, sourceIn } from "./loopback.ts";

async function freeUdpPort(): Promise<number> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}

describe("link and emitter", () => {
  test("scrape, HTTP API, StatsD and DogStatsD at once; stopped and started again", async () => {
    const [statsd, dogstatsd] = [await freeUdpPort(), await freeUdpPort()];
    const options = {
      statsd: { host: "127.0.0.1", port: statsd },
      dogstatsd: { host: "127.0.0.1", port: dogstatsd },
      servers: 1,
      seed: 3,
      speed: 20,
    };
    const first = new Emitter({ ...options, http: { host: "127.0.0.1", port: 0 } });
    onTestFinished(() => first.stop().then(() => {}));
    const url = (await first.start()).servers[0]?.url as string;
    const http = { url, timeout: 2000, maxBytes: 1e7, allowSelfSigned: false, interval: 150 };
    const sources: SourceSettings[] = [
      scrapeOf(url, { interval: 150 }),
      { kind: "api", id: "api", ...http },
      { kind: "statsd", id: "statsd", host: "127.0.0.1", port: statsd, interval: 200, signedGauges: "value" },
      { kind: "dogstatsd", id: "dogstatsd", host: "127.0.0.1", port: dogstatsd, interval: 200 },
    ];
    const link = linkTo(sources);
    for (const { id } of sources) await sourceIn(link, id, "live");
    const notices = link.snapshot().sources?.flatMap((source) => source.notices);
    // At this speed the agent's clock is ahead of ours before long, and the link says so.
    expect(notices?.filter(({ id }) => id !== "clock")).toEqual([]);
    const cluster = await nextFrame(link, () => (link.snapshot().clusters?.[0]?.jobs.length ?? 0) > 0);
    expect(cluster).toBeDefined();
    expect(link.snapshot().clusters?.[0]).toMatchObject({ health: { healthy: true }, missing: [], leaderNote: null });
    const unknown = link
      .snapshot()
      .added?.filter((series) => /^dkron[._]/.test(series.name) && series.row === undefined);
    expect(unknown?.map((series) => series.name)).toEqual([]);

    await first.stop();
    const gone = await sourceIn(link, "scrape", "failing");
    expect(gone.state).toMatchObject({ reason: expect.stringMatching(/Nothing listens on/) });
    const second = new Emitter({ ...options, http: { host: "127.0.0.1", port: Number(new URL(url).port) } });
    onTestFinished(() => second.stop().then(() => {}));
    await second.start();
    link.retry();
    await sourceIn(link, "scrape", "live");
    await sourceIn(link, "api", "live");
    const kinds = new Set(
      link
        .snapshot()
        .events.filter((event) => event.source === "scrape")
        .map((event) => event.kind),
    );
    expect([...kinds]).toEqual(expect.arrayContaining(["gap", "restart"]));
  });
});

// The emitter as a part that is started and stopped: ports, refusals, what it tells, what a client on the wire gets.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { parseAddress } from "../../client/src/emitter/addresses.ts";
import { manualClock } from "../../client/src/emitter/clock.ts";
import { Emitter, type EmitterOptions, type EmitterState } from "../../client/src/emitter/emitter.ts";

const start = Date.UTC(2026, 10, 22, 12);
const free = { host: "127.0.0.1", port: 0 };
const open: Emitter[] = [];

afterEach(async () => {
  for (const emitter of open.splice(0)) await emitter.stop();
});

async function started(
  options: EmitterOptions = {},
): Promise<{ emitter: Emitter; clock: ReturnType<typeof manualClock>; url: string }> {
  const clock = manualClock(start);
  const emitter = new Emitter({ http: free, clock, ...options });
  open.push(emitter);
  const state = await emitter.start();
  return { emitter, clock, url: state.servers[0]?.url ?? "" };
}

const text = async (url: string): Promise<string> => (await fetch(url)).text();

describe("a started emitter", () => {
  test("answers metrics and the API of the newest version with its headers", async () => {
    const { clock, url, emitter } = await started();
    clock.set(start + 30_000);
    const response = await fetch(`${url}/metrics`, { headers: { "Accept-Encoding": "gzip" } });
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
    expect(response.headers.get("content-encoding")).toBeNull();
    const date = (from: Response): number => Date.parse(from.headers.get("date") ?? "");
    const bySeconds = Math.floor((start + 30_000) / 1000) * 1000;
    expect([date(response), date(await fetch(`${url}/v1/jobs`))]).toEqual([bySeconds, bySeconds]);
    expect(await response.text()).toMatch(/^dkron_job_executions_succeeded_total\{job_name="backup-db"\} \d+$/m);
    expect(await (await fetch(`${url}/v1/isleader`)).json()).toBe("I am a leader");
    expect((await fetch(`${url}/v1/jobs/backup-db`, { method: "DELETE" })).status).toBe(405);
    const origin = async (value?: string): Promise<string | null> =>
      (await fetch(`${url}/health`, value ? { headers: { Origin: value } } : {})).headers.get(
        "access-control-allow-origin",
      );
    expect([await origin(), await origin(url), await origin("http://example.com")]).toEqual([null, null, "*"]);
    expect(emitter.state).toMatchObject({
      running: true,
      version: "4.1.2",
      servers: [{ name: "cron-1", up: true, leader: true }],
    });
  });

  test("compresses for those versions that do", async () => {
    const { clock, url } = await started({ version: "3.2.7" });
    clock.set(start + 5000);
    const response = await fetch(`${url}/metrics`, { headers: { "Accept-Encoding": "gzip" } });
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(await response.text()).toContain("promhttp_metric_handler_requests_total");
  });

  test("has no /metrics before 3.0.0", async () => {
    const { url } = await started({ version: "2.2.2" });
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    expect((await fetch(`${url}/v1/`)).status).toBe(200);
  });

  test("has a listener for each server, which all count the same executions", async () => {
    const { clock, emitter } = await started({ servers: 3, workers: 1 });
    clock.set(start + 40_000);
    const urls = emitter.state.servers.map(({ url }) => url);
    expect(new Set(urls).size).toBe(3);
    const counts = await Promise.all(
      urls.map(async (url) => /succeeded_total\{job_name="backup-db"\} (\d+)/.exec(await text(`${url}/metrics`))?.[1]),
    );
    expect(new Set(counts).size).toBe(1);
    const members = (await (await fetch(`${urls[1]}/v1/members`)).json()) as { Tags: Record<string, string> }[];
    expect(members.map(({ Tags }) => Tags.server ?? "worker")).toEqual(["true", "true", "true", "worker"]);
  });

  test("sends StatsD and DogStatsD packets", async () => {
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    const target = { host: "127.0.0.1", port: (socket.address() as AddressInfo).port };
    const { clock, url } = await started({ statsd: target, tags: ["env:test"] });
    clock.set(start + 2000);
    const packet = once(socket, "message");
    await text(`${url}/health`);
    expect(String((await packet)[0])).toMatch(/^dkron\.cron-1\.runtime\.num_goroutines:\d+\.000000\|g$/m);
    socket.close();
  });

  test("lets a leader be killed: its port is closed, the others go on, and it comes back on the same port", async () => {
    const { clock, emitter } = await started({ servers: 3 });
    clock.set(start + 10_000);
    await text(`${emitter.state.servers[0]?.url}/health`);
    const leader = emitter.state.servers.find((server) => server.leader);
    emitter.play("lost leader");
    clock.set(start + 17_000);
    await expect
      .poll(() =>
        fetch(`${leader?.url}/metrics`).then(
          () => "answers",
          () => "refused",
        ),
      )
      .toBe("refused");
    clock.set(start + 40_000);
    await expect.poll(() => emitter.state.servers.some((server) => server.leader && server.up)).toBe(true);
    clock.set(start + 68_000);
    await expect
      .poll(() =>
        fetch(`${leader?.url}/health`).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
  });

  test("leaves a scrape without an answer in a gap, and answers the API", async () => {
    const { clock, emitter, url } = await started();
    clock.set(start + 5000);
    emitter.play({ name: "gap", about: "", steps: [{ at: 0, do: "scrape-gap" }] });
    clock.set(start + 6000);
    expect(await text(`${url}/v1/isleader`)).toContain("leader");
    await expect(fetch(`${url}/metrics`, { signal: AbortSignal.timeout(300) })).rejects.toThrow(/aborted/);
  });

  test("tells each change of its state once", async () => {
    const told: EmitterState[] = [];
    const { emitter, clock, url } = await started();
    const off = emitter.on((state) => told.push(state));
    emitter.play("failure burst");
    clock.set(start + 5000);
    await text(`${url}/health`);
    await text(`${url}/health`);
    emitter.calm();
    await emitter.stop();
    off();
    expect(told.map(({ running, scenario, servers }) => [running, scenario, servers[0]?.leader])).toEqual([
      [true, "failure burst", false],
      [true, "failure burst", true],
      [true, undefined, true],
      [false, undefined, undefined],
    ]);
  });

  test("is started once, however often it is asked to", async () => {
    const emitter = new Emitter({ http: free });
    open.push(emitter);
    const [first, second] = await Promise.all([emitter.start(), emitter.start()]);
    expect(second).toBe(first);
    expect((await emitter.start()).servers).toEqual(first.servers);
  });

  test("does not live after hours in which the machine slept", async () => {
    const { clock, url } = await started();
    clock.set(start + 20_000);
    const before = /succeeded_total\{job_name="backup-db"\} (\d+)/.exec(await text(`${url}/metrics`))?.[1];
    clock.set(start + 8 * 3_600_000);
    const after = /succeeded_total\{job_name="backup-db"\} (\d+)/.exec(await text(`${url}/metrics`))?.[1];
    expect(after).toBe(before);
  });
});

describe("refusals", () => {
  test("a taken port is named in a sentence, and nothing stays open", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const emitter = new Emitter({ http: { host: "127.0.0.1", port }, servers: 2 });
    await expect(emitter.start()).rejects.toMatchObject({
      code: "address-in-use",
      message: `127.0.0.1:${port} is taken by another program: stop it, or give the emitter another port.`,
    });
    expect(emitter.state.running).toBe(false);
    other.close();
  });

  test.each(["0.0.0.0:8080", "192.168.1.4:8080", "example.com:8080", "[2001:db8::1]:80", "127.0.0.999:80"])(
    "%s is not this machine",
    (address) => {
      expect(() => parseAddress(address, "--http")).toThrow(/is not this machine/);
    },
  );

  test.each(["8080", "localhost", "127.0.0.1:99999", "a:b", ""])("%s is no address", (address) => {
    expect(() => parseAddress(address, "--http")).toThrow(/is no address: write host:port/);
  });

  test.each([
    ["127.0.0.1:8080", { host: "127.0.0.1", port: 8080 }],
    ["localhost:0", { host: "localhost", port: 0 }],
    ["[::1]:9000", { host: "::1", port: 9000 }],
    [":9000", { host: "127.0.0.1", port: 9000 }],
  ])("%s is taken", (address, expected) => {
    expect(parseAddress(address, "--http")).toEqual(expected);
  });

  test("a target that is not this machine", () => {
    expect(() => new Emitter({ statsd: { host: "10.0.0.1", port: 8125 } })).toThrow(
      /statsd "10\.0\.0\.1" is not this machine/,
    );
  });

  test("a scenario about a job that there is not, and nothing stays open", async () => {
    const scenario = { name: "x", about: "", steps: [{ at: 0, do: "run" as const, job: "nope" }] };
    const emitter = new Emitter({ http: free, scenario });
    await expect(emitter.start()).rejects.toThrow(/no job "nope"/);
    expect(emitter.state.running).toBe(false);
  });

  test("a scenario before the start", () => {
    expect(() => new Emitter({ http: free }).play("steady")).toThrow(/stopped/);
  });
});

// Recorded sessions played back: every one that is there answers, at its times, what was answered.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { manualClock } from "../../client/src/emitter/clock.ts";
import { readFolder } from "../../client/src/emitter/replay/folder.ts";
import { Replay, type ReplayServer } from "../../client/src/emitter/replay/replay.ts";
import {
  parseAnswers,
  parseMoments,
  parsePackets,
  type RecordedAnswer,
  writeAnswer,
  writeMoments,
  writePacket,
} from "../../server/src/catalog/recordingFormat.ts";
import { readJobs } from "../../server/src/live/sources/clusterAnswers.ts";
import { answers, moments, recordedVersions, recordings } from "./recordings.ts";

const free = { host: "127.0.0.1", port: 0 };
const open: Replay[] = [];

afterEach(async () => {
  for (const replay of open.splice(0)) await replay.stop();
});

async function played(
  folder: string,
  statsd?: number,
): Promise<{ servers: readonly ReplayServer[]; clock: ReturnType<typeof manualClock>; replay: Replay }> {
  const clock = manualClock(0);
  const target = statsd === undefined ? {} : { statsd: { host: "127.0.0.1", port: statsd } };
  const replay = new Replay(readFolder(folder), { http: free, clock, ...target });
  open.push(replay);
  return { servers: await replay.start(), clock, replay };
}

const scenarios = ["solo", "cluster"] as const;

describe.each(recordedVersions())("recordings of %s", (version) => {
  test.each(scenarios)("%s: each body at its time, from its server, with its type", async (scenario) => {
    const { servers, clock } = await played(join(recordings, version, scenario));
    for (const moment of moments(version, scenario)) {
      clock.set(moment.at_s * 1000);
      const server = servers.find(({ name }) => name === moment.server) ?? servers[0];
      const response = await fetch(`${server?.url}/metrics`);
      expect(await response.text(), moment.file).toBe(moment.text);
      expect(response.headers.get("content-type")).toBe(moment.content_type);
    }
  });

  test.each(scenarios)("%s: answers of the API", async (scenario) => {
    const { servers, clock } = await played(join(recordings, version, scenario));
    const asked = answers(version, scenario).filter(({ request, status }) => request.startsWith("GET") && status !== 0);
    for (const [index, recorded] of asked.entries()) {
      // A later answer to the same question within the same hundredth of a second stands for both.
      if (
        asked
          .slice(index + 1)
          .some(
            (later) =>
              later.request === recorded.request && later.server === recorded.server && later.at_s === recorded.at_s,
          )
      )
        continue;
      clock.set(recorded.at_s * 1000);
      const server = servers.find(({ name }) => name === recorded.server) ?? servers[0];
      const response = await fetch(`${server?.url}${recorded.request.slice(4)}`);
      expect([response.status, await response.text()], recorded.name).toEqual([recorded.status, recorded.answer ?? ""]);
    }
  });

  test.each(scenarios)(
    "%s: by the date of the answers no job is overdue, and none ran in the future",
    async (scenario) => {
      const { servers, clock } = await played(join(recordings, version, scenario));
      const asked = answers(version, scenario).filter(
        ({ request, status }) => request === "GET /v1/jobs" && status === 200,
      );
      for (const { at_s, server, name } of asked) {
        clock.set(at_s * 1000);
        const response = await fetch(`${(servers.find((one) => one.name === server) ?? servers[0])?.url}/v1/jobs`);
        const said = Date.parse(response.headers.get("date") ?? "");
        const jobs = readJobs(await response.json(), [], said);
        expect(
          jobs.filter(({ overdueBy }) => overdueBy !== null),
          name,
        ).toEqual([]);
        for (const { lastSuccess, lastError } of jobs)
          expect(Math.max(lastSuccess ?? 0, lastError ?? 0), name).toBeLessThan(said + 1000);
      }
      expect(asked.length).toBeGreaterThan(0);
    },
  );

  test("solo: packets in order, those that are due", async () => {
    const socket = createSocket("udp4");
    const received: string[] = [];
    socket.on("message", (message) => received.push(String(message)));
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    const folder = join(recordings, version, "solo");
    const due = readFolder(folder).packets.statsd.filter(([second]) => second <= 3);
    const { clock } = await played(folder, (socket.address() as AddressInfo).port);
    clock.set(3000);
    await expect.poll(() => received.length).toBe(due.length);
    expect(received).toEqual(due.map(([, payload]) => payload));
    socket.close();
  });
});

describe("what time it is in a replay", () => {
  const recorded = Date.parse("2026-11-22T15:30:00Z");
  const session = (headers: object, answer: object): string => {
    const folder = mkdtempSync(join(tmpdir(), "dkron-replay-"));
    const body = { file: "1.prom", server: "a", at_s: 0, status: 200, content_type: "text/plain" };
    writeFileSync(join(folder, "1.prom"), "up 1\n");
    writeFileSync(join(folder, "moments.json"), writeMoments({ version: "4.1.2", moments: [body] }));
    const line = (at_s: number, request: string, said: object): string =>
      writeAnswer({
        name: "",
        request,
        server: "a",
        at_s,
        status: 200,
        headers: { "Content-Type": "application/json", ...said },
        answer: JSON.stringify(answer),
      });
    writeFileSync(join(folder, "api.jsonl"), line(10, "GET /v1/jobs", headers) + line(60, "GET /v1/", {}));
    return folder;
  };
  const dateAt = async (folder: string, second: number, path = "/v1/jobs"): Promise<number> => {
    const { servers, clock } = await played(folder);
    clock.set(second * 1000);
    return Date.parse((await fetch(`${servers[0]?.url}${path}`)).headers.get("date") ?? "");
  };
  const date = { Date: new Date(recorded).toUTCString() };

  test("that of the agent by the dates of its answers, going on from one to the next, for scrapes too", async () => {
    const folder = session(date, []);
    expect(await dateAt(folder, 10)).toBe(recorded);
    expect(await dateAt(folder, 25)).toBe(recorded + 15_000);
    expect(await dateAt(folder, 25, "/metrics")).toBe(recorded + 15_000);
  });

  test("without dates, the newest time that was past", async () => {
    const past = { last_success: "2026-11-22T15:29:50Z", last_error: "0001-01-01T00:00:00Z" };
    const folder = session({}, [{ ...past, next: "2026-11-22T15:31:00Z" }]);
    expect(await dateAt(folder, 10)).toBe(recorded - 10_000);
  });

  test("ours where nothing tells", async () => {
    const began = Date.now();
    expect(await dateAt(session({}, []), 10)).toBeGreaterThan(began - 2_000);
  });

  test("it stands still with the last answers", async () => {
    expect(await dateAt(session(date, []), 4_000)).toBe(recorded + 50_000);
  });
});

describe("the form of a session", () => {
  const written: RecordedAnswer[] = [
    {
      name: "a/executions",
      request: "GET /v1/jobs/a/executions",
      server: "cron-1",
      at_s: 1.5,
      status: 200,
      headers: { "Content-Type": "application/json; charset=utf-8" },
      answer: '[{"group":1795361340000839120,"output":"\\"answer\\": {"}]',
    },
    {
      name: "a/none",
      request: "GET /v1/nope",
      server: "cron-1",
      at_s: 2,
      status: 404,
      headers: { "Content-Type": "text/plain" },
      answer: "404 page not found",
    },
  ];

  test("what is written is read back, numbers beyond 2^53 exactly", () => {
    expect(parseAnswers(written.map(writeAnswer).join(""))).toEqual(written);
    const packets = [[0.5, "a:1|c\nb:2|g\n"] as const, [1, "ü\u0000"] as const];
    expect(parsePackets(packets.map(writePacket).join(""), "statsd.jsonl")).toEqual(packets);
    const session = {
      version: "4.1.2",
      moments: [{ file: "1.prom", server: "x", at_s: 0, status: 200, content_type: "text/plain" }],
    };
    expect(parseMoments(writeMoments(session))).toEqual(session);
  });

  test("a folder that holds no session, or a broken one, is refused with the line", () => {
    const folder = mkdtempSync(join(tmpdir(), "dkron-replay-"));
    expect(() => readFolder(folder)).toThrow(/holds no moments\.json/);
    writeFileSync(join(folder, "moments.json"), '{"version": "4.1.2", "moments": [{"at_s": 1}]}');
    expect(() => readFolder(folder)).toThrow(/moments\[0\] has no "file"/);
    writeFileSync(join(folder, "moments.json"), '{"version": "4.1.2", "moments": []}');
    expect(() => readFolder(folder)).toThrow(/nothing to play/);
    writeFileSync(join(folder, "api.jsonl"), '\n{"request": 3}\n');
    expect(() => readFolder(folder)).toThrow(/api\.jsonl:2 has no "request"/);
    writeFileSync(join(folder, "api.jsonl"), "");
    writeFileSync(join(folder, "statsd.jsonl"), "[1]\n");
    expect(() => readFolder(folder)).toThrow(/statsd\.jsonl:1 is no \[seconds, packet\]/);
    writeFileSync(join(folder, "statsd.jsonl"), "");
    writeFileSync(
      join(folder, "moments.json"),
      readFileSync(join(folder, "moments.json"), "utf8").replace("[]", '[{"file": "gone.prom", "at_s": 0}]'),
    );
    expect(() => readFolder(folder)).toThrow(/gone\.prom/);
  });
});

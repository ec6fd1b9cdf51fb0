// The HTTP API of recorded agents, answered again by a loopback server: jobs, members, leader, executions, and what is missing.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ClusterFrame, SourceSettings } from "../../server/src/live/frames.ts";
import { readJobs } from "../../server/src/live/sources/clusterAnswers.ts";
import { parseJson } from "../../server/src/live/sources/json.ts";
import { PeerClock } from "../../server/src/live/sources/peerClock.ts";
import { linkTo, nextFrame, serve, sourceIn } from "./loopback.ts";
import { readJsonLines, sharedPath } from "./shared.ts";

type Row = {
  name: string;
  request: string;
  server: string;
  status: number;
  headers: Record<string, string>;
  answer: unknown;
};

/** Answers as the agent did at one stage; 404 for what it was not asked. */
async function serveStage(rows: readonly Row[], stage: string): Promise<string> {
  const ofStage = rows.filter((row) => row.name.startsWith(`${stage}/`));
  return serve((request, response) => {
    const path = (request.url ?? "").split("?", 1)[0];
    const row = ofStage.find(
      (candidate) => candidate.request.split(" ")[1]?.split("?", 1)[0] === path && candidate.request.startsWith("GET"),
    );
    if (!row) return response.writeHead(404, { "Content-Type": "text/plain" }).end("404 page not found");
    if (row.status === 0) return response; // the agent did not answer: neither does this
    return response.writeHead(row.status, { "Content-Type": "application/json" }).end(JSON.stringify(row.answer));
  });
}

const apiOf = (url: string): SourceSettings => ({
  kind: "api",
  id: "api",
  url,
  interval: 50,
  timeout: 2000,
  maxBytes: 1e7,
  allowSelfSigned: false,
});

async function clusterAt(url: string): Promise<ClusterFrame> {
  const frame = await nextFrame(linkTo([apiOf(url)]), (candidate) => (candidate.clusters?.length ?? 0) > 0);
  return frame.clusters?.[0] as ClusterFrame;
}

describe.each(["3.2.7", "4.0.9", "4.1.2"])("recorded API of %s", (version) => {
  const path = sharedPath("recordings", version, "solo", "api.jsonl");
  const rows = path === undefined ? [] : readJsonLines<Row>(path);

  test.runIf(path !== undefined)(
    "a running agent: jobs, running executions, members, leader, statistics where it has them",
    async () => {
      const cluster = await clusterAt(await serveStage(rows, "later"));
      expect(cluster.agent).toEqual({ name: "Web-01.prod", version });
      expect(cluster).toMatchObject({
        leader: "Web-01.prod",
        leaderNote: null,
        health: { healthy: true },
        missing: [],
      });
      expect(cluster.members).toMatchObject([
        { name: "Web-01.prod", status: "alive", server: true, leader: true, version },
      ]);
      expect(cluster.jobs.map((job) => job.name).sort()).toEqual([
        "backup-db",
        "cleanup",
        "flaky-import",
        "nightly",
        "notify",
        "report",
        "sync-files",
      ]);
      const job = (name: string) => cluster.jobs.find((candidate) => candidate.name === name);
      expect(job("backup-db")).toMatchObject({ status: "success", successRate: 1, children: ["notify"], parent: null });
      expect(job("report")).toMatchObject({ status: "failed", successRate: 0, lastSuccess: null });
      expect(job("cleanup")).toMatchObject({ disabled: true, successRate: null, overdueBy: null });
      expect(job("notify")?.parent).toBe("backup-db");
      expect(job("sync-files")?.running).toBe(
        cluster.busy.filter((execution) => execution.job === "sync-files").length,
      );
      for (const execution of cluster.busy)
        expect(execution).toMatchObject({ finishedAt: null, group: expect.stringMatching(/^\d{19}$/) });
      if (version === "4.1.2") expect(cluster.days?.at(-1)).toMatchObject({ date: "2026-11-22" });
      else expect(cluster.days).toBeNull();
    },
  );

  test.runIf(path !== undefined)("the executions of a job", async () => {
    const link = linkTo([apiOf(await serveStage(rows, "later"))]);
    await sourceIn(link, "api", "live");
    const executions = await link.executions("api", "report");
    if (!Array.isArray(executions)) throw new Error(JSON.stringify(executions));
    expect(executions.length).toBeGreaterThan(5);
    expect(executions[0]).toMatchObject({ job: "report", success: false, node: "Web-01.prod", attempt: 1 });
    expect(executions[0].finishedAt - executions[0].startedAt).toBeLessThan(10_000);
    const unknown = await link.executions("api", "nope");
    expect(unknown).toMatchObject({ reason: expect.stringMatching(/404/) });
  });
});

describe("recorded cluster of 4.1.2", () => {
  const path = sharedPath("recordings", "4.1.2", "cluster");
  const rows = path === undefined ? [] : readJsonLines<Row>(join(path, "api.jsonl"));

  test.runIf(path !== undefined)("no leader yet: whoever is named is not believed", async () => {
    const cluster = await clusterAt(await serveStage(rows, "no-leader-yet"));
    expect(cluster.leader).toBeNull();
    expect(cluster.leaderNote).toMatch(/no leader|named as leader, but/);
  });

  test.runIf(path !== undefined)("a leader that was just killed is named, but does not answer", async () => {
    const cluster = await clusterAt(await serveStage(rows, "leader-lost-1s"));
    expect(cluster.leader).toBeNull();
    expect(cluster.leaderNote).toMatch(/named as leader, but (does not answer|says)|no leader/);
    expect(cluster.missing).toContainEqual(expect.stringMatching(/said nothing within 2 s/));
  });
});

describe("answers", () => {
  test("parts that fail are missing, the rest is there", async () => {
    const url = await serve((request, response) => {
      if (request.url === "/v1/")
        return response.end('{"agent":{"name":"a","version":"4.0.9"},"serf":{"members":"1"}}');
      if (request.url === "/v1/busy") return response.writeHead(500).end('"rpc error"');
      if (request.url === "/health")
        return response
          .writeHead(503)
          .end('{"status":"unhealthy","issues":["plugin executor-shell has exited"],"leader":false}');
      if (request.url === "/v1/leader") return response.writeHead(500).end("null");
      return response.end("[]");
    });
    const cluster = await clusterAt(url);
    expect(cluster.health).toEqual({ healthy: false, issues: ["plugin executor-shell has exited"] });
    expect(cluster.leaderNote).toMatch(/has no leader/);
    expect(cluster.missing).toEqual([expect.stringMatching(/answers 500/)]);
  });

  test("something else than Dkron", async () => {
    const url = await serve((_request, response) => response.end('{"hello":1}'));
    const { state } = await sourceIn(linkTo([apiOf(url)]), "api", "failing");
    expect(state).toMatchObject({ reason: expect.stringMatching(/but not as a Dkron agent/) });
  });

  test("overdue: next in the past by more than a minute while enabled; zero times are none", () => {
    const now = Date.parse("2026-11-22T15:30:00Z");
    const overdue = (job: object): unknown => readJobs([{ name: "a", ...job }], [], now)[0]?.overdueBy;
    expect(overdue({ next: "2026-11-22T15:28:00Z" })).toBe(120_000);
    expect(overdue({ next: "2026-11-22T15:28:00Z", disabled: true })).toBeNull();
    expect(overdue({ next: "2026-11-22T15:29:30Z" })).toBeNull();
    expect(overdue({ next: "0001-01-01T00:00:00Z" })).toBeNull();
    expect(overdue({ next: "1970-01-01T00:00:00Z" })).toBeNull();
  });

  test.each([
    ["90 s ahead of", 90_000, /is (?:89|90|91) s ahead of this machine's/],
    ["3 h behind", -10_800_000, /is 3 h behind this machine's/],
    ["3 days behind", -259_200_000, /is 3 days behind this machine's/],
  ])("an agent whose clock is %s ours: its times are shown by our clock, and it is said", async (_, ahead, said) => {
    const began = Date.now();
    const ago = (milliseconds: number): string => new Date(Date.now() + ahead - milliseconds).toISOString();
    const url = await serve((request, response) => {
      response.setHeader("Date", new Date(Date.now() + ahead).toUTCString());
      const execution = { job_name: "a", node_name: "n", id: "1", started_at: ago(20_000) };
      if (request.url === "/v1/") response.end('{"agent":{"name":"a","version":"4.1.2"}}');
      else if (request.url === "/v1/busy") response.end(JSON.stringify([execution]));
      else if (request.url === "/v1/jobs")
        response.end(JSON.stringify([{ name: "a", next: ago(-60_000), last_success: ago(60_000) }]));
      else if (request.url?.startsWith("/v1/jobs/a/executions"))
        response.end(JSON.stringify([{ ...execution, finished_at: ago(10_000) }]));
      else response.end("[]");
    });
    const link = linkTo([apiOf(url)]);
    const frame = await nextFrame(link, ({ clusters = [] }) => clusters.length > 0);
    const near = (time: number | null | undefined, expected: number): void =>
      expect(Math.abs((time ?? 0) - expected)).toBeLessThan(10_000);
    const { jobs = [], busy = [] } = frame.clusters?.[0] ?? {};
    near(busy[0]?.startedAt, began - 20_000);
    near(jobs[0]?.next, began + 60_000);
    near(jobs[0]?.lastSuccess, began - 60_000);
    const executions = await link.executions("api", "a");
    near(Array.isArray(executions) ? executions[0].finishedAt : 0, began - 10_000);
    const notices = link.snapshot().sources?.[0]?.notices ?? [];
    expect(notices.map(({ message }) => message)).toEqual([expect.stringMatching(said)]);
  });

  test.each<[title: string, heard: (readonly [date: number, asked: number, answered: number])[], ahead: number]>([
    ["nothing was heard", [], 0],
    ["the same clock, whole seconds", [[5000, 5900, 5990]], 0],
    ["less than two seconds", [[6000, 5400, 5500]], 0],
    ["a minute ahead", [[66_000, 6400, 6500]], 60_050],
    ["an hour behind", [[4_000_000, 7_600_400, 7_600_500]], -3_599_950],
    [
      "a minute ahead, said once more within what is possible",
      [
        [66_000, 6400, 6500],
        [67_000, 7900, 8000],
      ],
      60_050,
    ],
    [
      "it was set right",
      [
        [66_000, 6400, 6500],
        [7000, 7400, 7500],
      ],
      0,
    ],
  ])("clocks compared: %s", (_title, heard, ahead) => {
    const clock = new PeerClock();
    for (const [date, asked, answered] of heard) clock.hear(new Date(date).toUTCString(), asked, answered);
    expect(clock.ahead).toBe(ahead);
  });

  test.each([
    ['[{"group":1795361340000839120}]', [{ group: "1795361340000839120" }]],
    ['[{"a":1, "group" : 17}]', [{ a: 1, group: "17" }]],
    ['[{"output":"{\\"group\\":17}, \\"group\\":5","group":-3}]', [{ output: '{"group":17}, "group":5', group: "-3" }]],
    ['[{"a":",","group":5}]', [{ a: ",", group: "5" }]],
    ["{", undefined],
  ])("groups beyond a number's precision stay exact, texts untouched: %s", (text, expected) => {
    expect(parseJson(Buffer.from(text))).toEqual(expected);
  });
});

// Recorded agents, played again through a loopback server: what the link makes of them, scrape after scrape.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Frame, SampleValue, SeriesInfo } from "../../server/src/live/frames.ts";
import type { Link } from "../../server/src/live/link.ts";
import { linkTo, nextFrame, scrapeOf, serve, sourceIn, textType } from "./loopback.ts";
import { readJsonLines, sharedPath } from "./shared.ts";

type Answer = { name: string; request: string; status: number; headers: Record<string, string>; answer: unknown };

/** Serves one body after the other to `/metrics`, then the last one for ever. */
async function serveBodies(bodies: readonly Buffer[]): Promise<{ url: string; served: () => number }> {
  let served = 0;
  const url = await serve((request, response) => {
    if (request.url !== "/metrics") return response.writeHead(404).end();
    const body = bodies[Math.min(served++, bodies.length - 1)];
    return response.writeHead(200, { "Content-Type": textType }).end(body);
  });
  return { url, served: () => served };
}

function find(link: Link, name: string, labels: Record<string, string> = {}): SeriesInfo {
  const found = link
    .snapshot()
    .added?.find(
      (series) =>
        series.name === name && Object.entries(labels).every(([label, value]) => series.labels[label] === value),
    );
  if (!found) throw new Error(`no series ${name}`);
  return found;
}

function valuesOf(link: Link, id: number): readonly SampleValue[] {
  return link.history({ ids: [id], from: 0, to: Number.MAX_SAFE_INTEGER }).blocks[0]?.values[0] ?? [];
}

/** The value as the body has it, found by its text alone. */
function written(body: Buffer, series: string): SampleValue {
  const line = body
    .toString()
    .split("\n")
    .find((candidate) => candidate.startsWith(`${series} `));
  if (line === undefined) return null;
  const text = line.slice(series.length + 1);
  return text === "NaN" ? "NaN" : Number(text);
}

const solo = sharedPath("recordings", "4.1.2", "solo");

describe.runIf(solo !== undefined)("recorded scrapes", () => {
  const read = (file: string): Buffer => readFileSync(join(solo as string, file));

  test("twelve scrapes of 4.1.2: each value where it belongs, gaps where a series was not there", async () => {
    const bodies = Array.from({ length: 12 }, (_, index) => read(`04-seq-${String(index + 1).padStart(2, "0")}.prom`));
    const { url, served } = await serveBodies(bodies);
    const link = linkTo([scrapeOf(url, { interval: 10 })]);
    await nextFrame(link, () => served() > 12);
    const checked: [name: string, labels: Record<string, string>, written: string][] = [
      [
        "dkron_job_executions_succeeded_total",
        { job_name: "backup-db" },
        'dkron_job_executions_succeeded_total{job_name="backup-db"}',
      ],
      ["dkron_grpc_client_agent_run_count", {}, "dkron_grpc_client_agent_run_count"],
      ["dkron_grpc_client_agent_run", { quantile: "0.99" }, 'dkron_grpc_client_agent_run{quantile="0.99"}'],
      ["dkron_dkron_leader_barrier_count", {}, "dkron_dkron_leader_barrier_count"],
      ["go_goroutines", {}, "go_goroutines"],
      ["dkron_scheduler_job_add", { exported_job: "report" }, 'dkron_scheduler_job_add{job="report"}'],
    ];
    for (const [name, labels, text] of checked) {
      const series = find(link, name, labels);
      expect({ text, values: valuesOf(link, series.id).slice(0, 12) }).toEqual({
        text,
        values: bodies.map((body) => written(body, text)),
      });
    }
    expect(valuesOf(link, find(link, "up").id).slice(0, 12)).toEqual(Array(12).fill(1));
  });

  test("what a series is: type, part, family, row and host", async () => {
    const { url, served } = await serveBodies([read("03-20s.prom")]);
    const link = linkTo([scrapeOf(url)]);
    await nextFrame(link, () => served() > 1);
    expect(find(link, "dkron_grpc_client_agent_run_sum")).toMatchObject({
      type: "summary",
      role: "sum",
      cumulative: true,
      family: "dkron_grpc_client_agent_run",
      labels: { job: "dkron" },
    });
    expect(find(link, "dkron_Web_01_prod_runtime_alloc_bytes")).toMatchObject({
      type: "gauge",
      role: "value",
      cumulative: false,
      host: "Web_01_prod",
      row: find(link, "dkron_Web_01_prod_runtime_alloc_bytes").row,
    });
    expect(find(link, "dkron_job_executions_succeeded_total")).toMatchObject({
      type: "counter",
      role: "total",
      cumulative: true,
    });
    expect(find(link, "dkron_scheduler_job_add", { exported_job: "report" }).labels).toMatchObject({ job: "dkron" });
    const unknown = link
      .snapshot()
      .added?.filter((series) => series.name.startsWith("dkron_") && series.row === undefined);
    expect(unknown?.map((series) => series.name)).toEqual([]);
  });

  test("expiry after 60 s without an update, and a counter that begins anew", async () => {
    const { url, served } = await serveBodies([
      read("05-idle-8s.prom"),
      read("06-idle-75s.prom"),
      read("08-one-failed-run.prom"),
    ]);
    const link = linkTo([scrapeOf(url, { interval: 10 })]);
    await nextFrame(link, () => served() > 3);
    const run = find(link, "dkron_grpc_client_agent_run_count");
    const [before, idle, after] = valuesOf(link, run.id);
    expect([typeof before, idle, after]).toEqual(["number", null, 1]);
    const kinds = link
      .snapshot()
      .events.filter((event) => event.series === run.id)
      .map((event) => event.kind);
    expect(kinds).toEqual(["expired", "reset"]);
    const native = find(link, "dkron_job_executions_failed_total", { job_name: "report" });
    expect(valuesOf(link, native.id).slice(0, 3)).not.toContain(null);
  });

  test("a restart is told apart: the start time changes, counters fall", async () => {
    const { url, served } = await serveBodies([read("08-one-failed-run.prom"), read("09-restart-first.prom")]);
    const link = linkTo([scrapeOf(url, { interval: 10 })]);
    await nextFrame(link, () => served() > 2);
    const kinds = new Set(link.snapshot().events.map((event) => event.kind));
    expect(kinds).toContain("restart");
    expect(kinds).toContain("reset");
  });

  test("gone and back: stale with the reason, gaps, then live again", async () => {
    const body = read("04-seq-12.prom");
    let down = false;
    const url = await serve((request, response) => {
      if (down) return request.socket.destroy();
      if (request.url !== "/metrics") return response.writeHead(404).end();
      return response.writeHead(200, { "Content-Type": textType }).end(body);
    });
    const link = linkTo([scrapeOf(url, { interval: 150 })]);
    await sourceIn(link, "scrape", "live");
    down = true;
    const stale = await sourceIn(link, "scrape", "stale");
    expect(stale.state).toMatchObject({
      reason: expect.stringMatching(/broke the connection off/),
      nextTry: expect.any(Number),
    });
    await sourceIn(link, "scrape", "failing");
    down = false;
    link.retry();
    await sourceIn(link, "scrape", "live");
    await nextFrame(link, (frame) => frame.columns.length >= 0 && valuesOf(link, find(link, "up").id).at(-1) === 1);
    const ups = valuesOf(link, find(link, "up").id);
    expect(ups).toContain(0);
    expect(valuesOf(link, find(link, "go_goroutines").id)[ups.indexOf(0)]).toBeNull();
    expect(link.snapshot().events.filter((event) => event.kind === "gap")).toHaveLength(1);
  });

  test("a view gets samples of what it watches and nothing of the rest", async () => {
    const { url } = await serveBodies([read("04-seq-12.prom")]);
    const link = linkTo([scrapeOf(url, { interval: 10 })]);
    const frames: Frame[] = [];
    await sourceIn(link, "scrape", "live");
    const view = link.subscribe((frame) => frames.push(frame));
    const watched = find(link, "go_goroutines");
    view.watch([watched.id]);
    await nextFrame(link, () => frames.flatMap((frame) => frame.columns).length >= 3);
    expect(frames[0]).toMatchObject({ sequence: 0, full: true });
    expect(frames.slice(1).every((frame, index) => frame.sequence === index + 1 && !frame.full)).toBe(true);
    for (const column of frames.flatMap((frame) => frame.columns)) {
      expect(column.ids).toEqual([watched.id]);
      expect(column.values).toEqual([written(read("04-seq-12.prom"), "go_goroutines")]);
    }
    const known = structuredClone(JSON.parse(JSON.stringify(frames)));
    expect(known).toEqual(frames);
    view.setVisible(false);
    const length = frames.length;
    await nextFrame(link, () => true);
    expect(frames.length).toBe(length);
    view.dispose();
  });
});

const cluster = sharedPath("recordings", "4.1.2", "cluster");

describe.runIf(cluster !== undefined)("a recorded cluster", () => {
  test("the other servers are found through the members; the worker and the one that was asked are left out", async () => {
    const answers = readJsonLines<Answer>(join(cluster as string, "api.jsonl"));
    const members = answers.find((row) => row.name.startsWith("steady") && row.request.startsWith("GET /v1/members"));
    const agent = answers.find((row) => row.name.startsWith("steady") && row.request === "GET /v1/");
    const body = readFileSync(join(cluster as string, "01-steady-cron-1.prom"));
    const url = await serve((request, response) => {
      if (request.url === "/metrics") return response.writeHead(200, { "Content-Type": textType }).end(body);
      const answer = request.url === "/v1/members" ? members : agent;
      return response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answer?.answer));
    });
    const link = linkTo([scrapeOf(url, { everyServer: true })]);
    const frame = await nextFrame(link, () => link.snapshot().sources?.length === 3);
    expect(frame).toBeDefined();
    const found = link.snapshot().sources?.filter((source) => source.foundBy === "scrape");
    const all = (members?.answer as { Name: string; Addr: string; Tags: Record<string, string> }[]) ?? [];
    const own = (agent?.answer as { agent: { name: string } } | undefined)?.agent.name;
    const expected = all.filter((member) => member.Tags.server === "true" && member.Name !== own);
    expect(found?.map((source) => new URL(source.address).hostname).sort()).toEqual(
      expected.map((member) => member.Addr).sort(),
    );
    expect(found?.every((source) => new URL(source.address).port === new URL(url).port)).toBe(true);
  });
});

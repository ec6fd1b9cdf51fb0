// The client of the Prometheus API against what Prometheus 3.14 answered, errors included, and against real servers where there are any.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { Emitter } from "../../client/src/emitter/emitter.ts";
import type { SourceSettings } from "../../server/src/live/frames.ts";
import { Asker } from "../../server/src/live/sources/asker.ts";
import {
  alerts,
  buildInfo,
  labels,
  labelValues,
  query,
  queryRange,
  rules,
  series,
} from "../../server/src/live/sources/prometheusApi.ts";
import { linkTo, listen, nextFrame, serve, sourceIn } from "./loopback.ts";
import { readJsonLines, sharedPath } from "./shared.ts";

type Row = {
  name: string;
  path: string;
  params: Record<string, unknown>;
  status: number;
  answer: { status: string; data?: unknown; error?: string; errorType?: string };
};

const path = sharedPath("recordings", "4.1.2", "prometheus", "prometheus-api.jsonl");
const rows = path === undefined ? [] : readJsonLines<Row>(path);

const askerOf = (url: string): Asker => {
  const asker = new Asker({
    url,
    kind: "prometheus",
    timeout: 5000,
    maxBytes: 1e8,
    allowSelfSigned: false,
    credentials: async () => undefined,
  });
  onTestFinished(() => asker.close());
  return asker;
};

/** Answers a recorded row to whoever asks for its path. */
async function serveRow(row: Row): Promise<Asker> {
  const url = await serve((request, response) => {
    expect(request.url?.split("?", 1)[0]).toBe(row.path);
    response.writeHead(row.status, { "Content-Type": "application/json" }).end(JSON.stringify(row.answer));
  });
  return askerOf(url);
}

function row(name: string): Row {
  const found = rows.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no recorded ${name}`);
  return found;
}

const numberOf = (text: string): number =>
  text === "+Inf" ? Number.POSITIVE_INFINITY : text === "-Inf" ? Number.NEGATIVE_INFINITY : Number(text);

describe.runIf(path !== undefined)("recorded answers of Prometheus 3.14", () => {
  const queries = rows.filter((candidate) => candidate.path === "/api/v1/query");

  test("every instant query: the same series and values, or the server's own words", async () => {
    expect(queries.length).toBeGreaterThan(20);
    for (const recorded of queries) {
      const said = await query(await serveRow(recorded), String(recorded.params.query ?? ""));
      if (recorded.answer.status === "error") {
        expect(said).toMatchObject({
          failure: { reason: `The server says (${recorded.answer.errorType}): ${recorded.answer.error}` },
        });
        continue;
      }
      const { resultType, result } = recorded.answer.data as { resultType: string; result: unknown[] };
      if ("failure" in said) throw new Error(said.failure.reason);
      expect(said.data.type).toBe(resultType);
      if (said.data.type === "vector")
        expect(said.data.series.map(({ labels: found, sample }) => [found, sample.value])).toEqual(
          (result as { metric: object; value: [number, string] }[]).map(({ metric, value }) => [
            metric,
            numberOf(value[1]),
          ]),
        );
    }
  });

  test("every range query", async () => {
    const ranges = rows.filter(
      (candidate) => candidate.path === "/api/v1/query_range" && candidate.answer.status === "success",
    );
    expect(ranges.length).toBeGreaterThan(10);
    for (const recorded of ranges) {
      const said = await queryRange(await serveRow(recorded), String(recorded.params.query), {
        from: 0,
        to: 1000,
        step: 5000,
      });
      if ("failure" in said || said.data.type !== "matrix") throw new Error(JSON.stringify(said));
      const { result } = recorded.answer.data as { result: { metric: object; values: [number, string][] }[] };
      expect(
        said.data.series.map(({ labels: found, samples }) => [found, samples.map(({ at, value }) => [at, value])]),
      ).toEqual(
        result.map(({ metric, values }) => [
          metric,
          values.map(([time, value]) => [Math.round(time * 1000), numberOf(value)]),
        ]),
      );
    }
  });

  test("labels, values, series, rules, alerts, version", async () => {
    const dataOf = (recorded: Row): unknown => recorded.answer.data;
    expect(await labels(await serveRow(row("once/labels")))).toEqual({
      data: dataOf(row("once/labels")),
      warnings: [],
    });
    const jobNames = await labelValues(await serveRow(row("once/job_name")), "job_name");
    expect(jobNames).toEqual({ data: dataOf(row("once/job_name")), warnings: [] });
    const anySeries = rows.find(
      (candidate) => candidate.path === "/api/v1/series" && candidate.answer.status === "success",
    ) as Row;
    expect(await series(await serveRow(anySeries), ["up"])).toEqual({ data: dataOf(anySeries), warnings: [] });
    const held = await rules(await serveRow(row("failing/rules")));
    if ("failure" in held) throw new Error(held.failure.reason);
    const groups = (
      dataOf(row("failing/rules")) as {
        groups: { name: string; rules: { name: string; state?: string; type: string }[] }[];
      }
    ).groups;
    expect(held.data.map((group) => [group.name, group.rules.map((rule) => [rule.name, rule.state])])).toEqual(
      groups.map((group) => [
        group.name,
        group.rules.map((rule) => [rule.name, rule.type === "alerting" ? rule.state : undefined]),
      ]),
    );
    const firing = await alerts(await serveRow(row("failing/alerts")));
    if ("failure" in firing) throw new Error(firing.failure.reason);
    const recorded = (dataOf(row("failing/alerts")) as { alerts: { state: string; value: string; labels: object }[] })
      .alerts;
    expect(firing.data.map((alert) => [alert.labels, alert.state, alert.value])).toEqual(
      recorded.map((alert) => [alert.labels, alert.state, Number(alert.value)]),
    );
    const info = rows.find((candidate) => candidate.path === "/api/v1/status/buildinfo") as Row;
    expect(await buildInfo(await serveRow(info))).toMatchObject({ data: "3.14.0" });
  });
});

const sourceOf = (url: string, queries: readonly string[]): SourceSettings => ({
  kind: "prometheus",
  id: "prometheus",
  url,
  interval: 100,
  timeout: 5000,
  maxBytes: 1e7,
  allowSelfSigned: false,
  queries,
});

describe("source", () => {
  test("samples of each query, a refused one as a notice, alerts beside them", async () => {
    const url = await serve((request, response) => {
      const asked = new URL(request.url ?? "", "http://h");
      const answer = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body));
      if (asked.pathname.endsWith("/alerts"))
        return answer(200, {
          status: "success",
          data: {
            alerts: [
              {
                labels: { alertname: "A" },
                annotations: {},
                state: "firing",
                activeAt: "2026-11-22T15:58:47.589228532Z",
                value: "1e+00",
              },
            ],
          },
        });
      if (asked.pathname.endsWith("/buildinfo")) return answer(200, { status: "success", data: { version: "3.14.0" } });
      if (asked.searchParams.get("query") === "bad(")
        return answer(400, { status: "error", errorType: "bad_data", error: "parse error" });
      return answer(200, {
        status: "success",
        data: {
          resultType: "vector",
          result: [
            { metric: { __name__: "up", job: "dkron" }, value: [1, "NaN"] },
            { metric: {}, value: [1, "+Inf"] },
          ],
        },
        warnings: ["partial"],
      });
    });
    const link = linkTo([sourceOf(`${url}/prometheus`, ["up", "bad("])]);
    const frame = await nextFrame(link, (candidate) => (candidate.alerts?.length ?? 0) > 0);
    expect(frame.alerts?.[0]?.alerts[0]).toMatchObject({
      name: "A",
      state: "firing",
      value: 1,
      activeAt: Date.parse("2026-11-22T15:58:47.589Z"),
    });
    const live = await sourceIn(link, "prometheus", "live");
    expect(live.version).toBe("3.14.0");
    expect(live.notices.map((notice) => notice.message)).toEqual([
      "partial",
      expect.stringMatching(/bad_data\): parse error — asked for `bad\(`/),
    ]);
    const all = link.snapshot().added ?? [];
    expect(link.last(all.map((info) => info.id)).values).toEqual(["NaN", "+Inf"]);
    expect(all.map((info) => info.name)).toEqual(["up", "up"]);
  });

  test("an agent is no Prometheus server", async () => {
    const url = await serve((_request, response) => response.writeHead(404).end("404 page not found"));
    const { state } = await sourceIn(linkTo([sourceOf(url, [])]), "prometheus", "failing");
    expect(state).toMatchObject({ reason: expect.stringMatching(/answers 404/) });
  });
});

const isInstalled = (program: string): boolean => spawnSync(program, ["--version"]).error === undefined;

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const programs: readonly [program: string, args: (folder: string, port: number) => readonly string[]][] = [
  [
    "prometheus",
    (folder, port) => [
      `--config.file=${folder}/p.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
  ],
  [
    "victoria-metrics",
    (folder, port) => [
      `-promscrape.config=${folder}/p.yml`,
      `-storageDataPath=${folder}/data`,
      `-httpListenAddr=127.0.0.1:${port}`,
      "-search.latencyOffset=1s",
    ],
  ],
];

describe.each(programs)("a real %s", (program, argumentsFor) => {
  const here = isInstalled(program);
  if (!here) console.log(`skipped: ${program} is not installed here`);

  test.runIf(here)("scrapes the stand-in cluster, and is asked over its API", async () => {
    const emitter = new Emitter({ http: { host: "127.0.0.1", port: 0 }, servers: 1, seed: 1, speed: 10 });
    onTestFinished(() => emitter.stop().then(() => {}));
    const target = new URL((await emitter.start()).servers[0]?.url ?? "");
    const folder = mkdtempSync(join(tmpdir(), "link-"));
    writeFileSync(
      join(folder, "p.yml"),
      `scrape_configs:\n- job_name: dkron\n  scrape_interval: 1s\n  static_configs:\n  - targets: ["${target.host}"]\n`,
    );
    const port = await freePort();
    const server = spawn(program, [...argumentsFor(folder, port)], { stdio: "ignore" });
    onTestFinished(async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    });
    const asker = askerOf(`http://127.0.0.1:${port}`);
    const value = async (): Promise<unknown> => {
      const said = await query(asker, "max(dkron_job_executions_succeeded_total)");
      return "data" in said && said.data.type === "vector" ? said.data.series[0]?.sample.value : undefined;
    };
    await expect.poll(value, { timeout: 60_000, interval: 500 }).toBeGreaterThan(0);
    expect(await series(asker, ["go_goroutines"])).toMatchObject({
      data: [{ __name__: "go_goroutines", job: "dkron" }],
    });
    expect(await labels(asker)).toMatchObject({ data: expect.arrayContaining(["job_name"]) });
    const range = await queryRange(asker, "go_goroutines", { from: Date.now() - 60_000, to: Date.now(), step: 1000 });
    expect(range).toMatchObject({ data: { type: "matrix" } });
    expect(await query(asker, "rate(")).toMatchObject({
      failure: { reason: expect.stringMatching(/^The server says/) },
    });
  });
});

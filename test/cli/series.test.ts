import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import type { ClassifiedSeries } from "../../server/src/catalog/classify.ts";
import { series } from "../../server/src/cli/series.ts";

type Answer = { code: number; out: string; err: string };

async function run(args: string[], input: string): Promise<Answer> {
  const answer = { out: "", err: "" };
  const code = await series([...args, "-"], {
    out: (text) => {
      answer.out += text;
    },
    err: (text) => {
      answer.err += text;
    },
    input: Readable.from([input]),
    cwd: process.cwd(),
    colours: false,
  });
  return { code, ...answer };
}

async function classified(args: string[], input: string): Promise<ClassifiedSeries[]> {
  return JSON.parse((await run(["--format", "json", ...args], input)).out) as ClassifiedSeries[];
}

const body = `# HELP dkron_db_7_eu_raft_peers dkron_db_7_eu_raft_peers
# TYPE dkron_db_7_eu_raft_peers gauge
dkron_db_7_eu_raft_peers 3
# TYPE dkron_raft_net_rpcDecode summary
dkron_raft_net_rpcDecode{rpcType="Heartbeat",quantile="0.5"} NaN
dkron_raft_net_rpcDecode_sum{rpcType="Heartbeat"} 1.5
dkron_raft_net_rpcDecode_count{rpcType="Heartbeat"} 12
`;

describe("a body", () => {
  test("every series is told, with host, labels, type and unit", async () => {
    const labels = { rpcType: "Heartbeat" };
    const timer = { row: "raft.net.rpcDecode", type: "summary", unit: "ms", host: null, status: "known" };
    expect(await classified(["--dkron-version", "4.0.9"], body)).toEqual([
      {
        ...{ series: "dkron_db_7_eu_raft_peers", row: "raft.peers", type: "gauge", unit: "servers" },
        ...{ host: "db_7_eu", labels: {}, status: "known" },
      },
      {
        ...timer,
        series: 'dkron_raft_net_rpcDecode{rpcType="Heartbeat",quantile="0.5"}',
        labels: { ...labels, quantile: "0.5" },
      },
      { ...timer, series: 'dkron_raft_net_rpcDecode_sum{rpcType="Heartbeat"}', labels },
      { ...timer, series: 'dkron_raft_net_rpcDecode_count{rpcType="Heartbeat"}', labels },
    ]);
  });

  test("a body saved on Windows, with a byte order mark and CR LF, reads as the same", async () => {
    const saved = `\uFEFF${body.replaceAll("\n", "\r\n")}`;
    expect(await classified(["--dkron-version", "4.0.9"], saved)).toEqual(
      await classified(["--dkron-version", "4.0.9"], body),
    );
  });

  test("what the version does not export is unexpected, which is no failure", async () => {
    const { code, out } = await run(["--dkron-version", "4.1.2"], body);
    expect(code).toBe(0);
    expect(out).toContain("4 series: 0 known, 4 unexpected, 0 unknown, judged by Dkron 4.1.2");
  });

  test("a type that Dkron does not write is unexpected", async () => {
    const [one] = await classified([], "# TYPE go_goroutines counter\ngo_goroutines 3\n");
    expect(one).toMatchObject({ row: "go_goroutines", type: "gauge", status: "unexpected" });
  });

  test("an unknown series fails, and the text says what was meant", async () => {
    const { code, out } = await run([], "dkron_leader_barrier 1\nnode_load1 0.5\nup 1\n");
    expect(code).toBe(1);
    expect(out).toContain("did you mean dkron_dkron_leader_barrier?");
    expect(out).toContain("3 series: 0 known, 0 unexpected, 3 unknown");
    expect(await classified([], "node_load1 0.5\n")).toEqual([
      { series: "node_load1", row: null, type: null, unit: null, host: null, labels: {}, status: "unknown" },
    ]);
  });

  test("a broken line is told, the others are still judged", async () => {
    const { code, out, err } = await run([], "go_goroutines 3\ngo_threads\nprocess_open_fds 9");
    expect(code).toBe(0);
    expect(out).toContain("2 series: 2 known");
    expect(err).toContain("1 lines could not be read");
  });
});

describe("a capture", () => {
  test("plain StatsD: host with dots, label values in the path", async () => {
    const text = "dkron.db-7.eu.runtime.alloc_bytes:1.000000|g\ndkron.scheduler.job_add.a.b:1.000000|c\n";
    expect(await classified([], text)).toMatchObject([
      { series: "dkron.db-7.eu.runtime.alloc_bytes", row: "runtime.alloc_bytes", type: "gauge", host: "db-7.eu" },
      { row: "scheduler.job_add", type: "counter", host: null, labels: { job: "a.b" } },
    ]);
  });

  test("DogStatsD: tags, with and without the host, packed in JSON lines", async () => {
    const lines = [
      [0.1, "dkron.runtime.alloc_bytes:1|g|#env:test\ndkron.grpc.set_job:4.000000|ms|#env:test\n"],
      [0.2, "dkron.db-7.runtime.alloc_bytes:1|g\ndkron.scheduler.job_add:1|c|#env:test,job:a.b\n"],
      [0.3, "dkron.scheduler.job_add:1|c|#env:test,job:a.b"],
    ];
    expect(await classified([], lines.map((line) => JSON.stringify(line)).join("\n"))).toMatchObject([
      { row: "runtime.alloc_bytes", host: null, labels: { env: "test" } },
      { row: "grpc.set_job", type: "timer", unit: "ms" },
      { row: "runtime.alloc_bytes", host: "db-7" },
      {
        series: "dkron.scheduler.job_add|#env:test,job:a.b",
        row: "scheduler.job_add",
        labels: { env: "test", job: "a.b" },
      },
    ]);
  });

  test("a gauge without its host is no line of plain StatsD", async () => {
    const line = "dkron.runtime.alloc_bytes:1.000000|g\n";
    expect((await run(["--sink", "statsd"], line)).code).toBe(1);
    expect((await run(["--sink", "dogstatsd"], line)).code).toBe(0);
  });
});

test.each([
  [["--sink", "graphite"], "there is no sink"],
  [["--format", "xml"], "there is no format"],
  [["--dkron-version", "newest"], "is no version"],
])("%j cannot run", async (args, reason) => {
  const { code, err } = await run(args, body);
  expect(code).toBe(2);
  expect(err).toContain(reason);
});

test("help says the shape, and nothing readable is an error", async () => {
  expect((await run(["--help"], "")).out).toContain("{series, row, type, unit, host, labels, status}");
  expect((await run(["--sink", "statsd"], "no such line\n")).code).toBe(2);
});

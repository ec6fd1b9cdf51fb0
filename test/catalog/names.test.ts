import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Hint, identify } from "../../server/src/catalog/identify.ts";
import { allRows, rowOf } from "../../server/src/catalog/metrics.ts";
import {
  dogstatsdName,
  hasHost,
  maybeAgents,
  type Origin,
  placeholdersOf,
  prometheusName,
  prometheusSeriesNames,
  prometheusType,
  promqlSelector,
  sanitizePrometheus,
  sanitizeStatsd,
  statsdName,
  statsdType,
} from "../../server/src/catalog/names.ts";
import { rowsMatching } from "../../server/src/catalog/patterns.ts";
import type { MetricRow } from "../../server/src/catalog/types.ts";

function row(id: string): MetricRow {
  const found = rowOf(id);
  if (!found) throw new Error(`no row ${id}`);
  return found;
}

describe("names on each sink", () => {
  const host = "Web-01.prod";
  test.each<[string, Origin, string]>([
    ["runtime.alloc_bytes", { host }, "dkron_Web_01_prod_runtime_alloc_bytes"],
    ["runtime.gc_pause_ns", { host }, "dkron_runtime_gc_pause_ns"],
    ["serf.coordinate.adjustment-ms", {}, "dkron_serf_coordinate_adjustment_ms"],
    ["agent.event_received.query: run:job", {}, "dkron_agent_event_received_query:_run:job"],
    ["dkron.leader.barrier", {}, "dkron_dkron_leader_barrier"],
    ["raft.replication.heartbeat.<peer>", { labels: { peer: "cron-1" } }, "dkron_raft_replication_heartbeat_cron_1"],
    ["raft.peers", {}, "dkron_<host>_raft_peers"],
    ["go_goroutines", { host }, "go_goroutines"],
  ])("Prometheus: %s", (id, origin, name) => expect(prometheusName(row(id), origin)).toBe(name));

  test.each<[string, Origin, string]>([
    ["runtime.alloc_bytes", { host }, "dkron.Web-01.prod.runtime.alloc_bytes"],
    ["scheduler.job_add", { labels: { job: "backup db:1" } }, "dkron.scheduler.job_add.backup_db_1"],
    [
      "memberlist.node.instances",
      { host, labels: { node_state: "alive" } },
      "dkron.Web-01.prod.memberlist.node.instances.alive",
    ],
    ["agent.event_received.query: run:job", {}, "dkron.agent.event_received.query__run_job"],
    ["serf.coordinate.adjustment-ms", {}, "dkron.serf.coordinate.adjustment-ms"],
    ["raft.replication.heartbeat", { labels: { peer_id: "cron-1" } }, "dkron.raft.replication.heartbeat.cron-1"],
    ["raft.replication.heartbeat.<peer>", { labels: { peer: "cron-1" } }, "dkron.raft.replication.heartbeat.cron-1"],
    ["scheduler.job/update.add.<job>", { labels: { job: "a" } }, "dkron.scheduler.job/update.add.a"],
  ])("StatsD: %s", (id, origin, name) => expect(statsdName(row(id), origin)).toBe(name));

  test.each<[string, Origin, string, string[]]>([
    ["runtime.alloc_bytes", { host }, "dkron.runtime.alloc_bytes", []],
    ["runtime.alloc_bytes", { host, nodeName: "third" }, "dkron.Web-01.prod.runtime.alloc_bytes", []],
    ["raft.apply", { host, nodeName: "raft" }, "dkron.apply", []],
    ["raft.apply", { host, nodeName: "dkron" }, "raft.apply", []],
    ["dkron.leader.barrier", { host: "dkron" }, "dkron.leader.barrier", []],
    [
      "scheduler.job_add",
      { host, labels: { job: "a:b c" }, globalTags: ["env:test"] },
      "dkron.scheduler.job_add",
      ["env:test", "job:a_b_c"],
    ],
    [
      "datadog.dogstatsd.client.metrics",
      { host },
      "datadog.dogstatsd.client.metrics",
      ["client:<client>", "client_version:<client_version>", "client_transport:<client_transport>"],
    ],
  ])("DogStatsD: %s, %j", (id, origin, name, tags) => expect(dogstatsdName(row(id), origin)).toEqual({ name, tags }));

  test("PromQL for any host", () => {
    expect(promqlSelector(row("raft.peers"))).toBe('{__name__=~"dkron_.+_raft_peers"}');
    expect(promqlSelector(row("raft.apply"))).toBe("dkron_raft_apply");
    expect(promqlSelector(row("grpc.set_job"), "_sum")).toBe("dkron_grpc_set_job_sum");
  });
});

describe("rows by name", () => {
  type Wanted = { id?: string; host?: string; labels?: Record<string, string>; suffix?: string; removed?: string };
  test.each<[string, "prometheus" | "statsd" | "dogstatsd", Hint, Wanted]>([
    ["dkron_a_runtime_free_count", "prometheus", {}, { id: "runtime.free_count", host: "a" }],
    ["dkron_raft_peers_runtime_free_count", "prometheus", {}, { id: "runtime.free_count", host: "raft_peers" }],
    ["dkron_grpc_set_job_count", "prometheus", {}, { id: "grpc.set_job", suffix: "_count" }],
    [
      "dkron_raft_replication_heartbeat_count",
      "prometheus",
      {},
      { id: "raft.replication.heartbeat", suffix: "_count" },
    ],
    [
      "dkron_raft_replication_heartbeat_cron_1_sum",
      "prometheus",
      {},
      { id: "raft.replication.heartbeat.<peer>", labels: { peer: "cron_1" }, suffix: "_sum" },
    ],
    [
      "dkron_raft_replication_heartbeat_sum_count",
      "prometheus",
      { family: "dkron_raft_replication_heartbeat_sum", type: "summary" },
      { id: "raft.replication.heartbeat.<peer>", labels: { peer: "sum" }, suffix: "_count" },
    ],
    ["dkron_job_executions_failed_total", "prometheus", {}, { id: "dkron_job_executions_failed_total" }],
    ["dkron_job_executions_failed_total", "prometheus", { version: "4.0.9" }, { id: "job.executions_failed_total" }],
    ["dkron_serf_queries_run:job", "prometheus", {}, { id: "serf.queries.run:job" }],
    [
      "dkron_serf_queries__serf_conflict",
      "prometheus",
      {},
      { id: "serf.queries.<name>", labels: { name: "_serf_conflict" } },
    ],
    ["dkron_raft_apply_total", "prometheus", {}, {}],
    ["dkron_raft_replication_heartbeat_bucket", "prometheus", {}, {}],
    ["dkron_runtime_alloc_bytes", "prometheus", {}, {}],
    ["dkron_memberlist_probenode", "prometheus", {}, {}],
    ["node_load1", "prometheus", {}, {}],
    ["dkron.a.b.c.raft.peers", "statsd", {}, { id: "raft.peers", host: "a.b.c" }],
    ["dkron.raft.raft.peers", "statsd", {}, { id: "raft.peers", host: "raft" }],
    [
      "dkron.h.memberlist.node.instances.dead",
      "statsd",
      {},
      { id: "memberlist.node.instances", host: "h", labels: { node_state: "dead" } },
    ],
    ["dkron.h.memberlist.node.instances.failed", "statsd", {}, {}],
    [
      "dkron.scheduler.job_add.nightly.report.v2",
      "statsd",
      {},
      { id: "scheduler.job_add", labels: { job: "nightly.report.v2" } },
    ],
    ["dkron.raft.rpc.appendEntries.storeLogs", "statsd", {}, { id: "raft.rpc.appendEntries.storeLogs" }],
    [
      "dkron.raft.replication.appendEntries.rpc.cron-2",
      "statsd",
      { type: "ms" },
      { id: "raft.replication.appendEntries.rpc", labels: { peer_id: "cron-2" } },
    ],
    [
      "dkron.raft.replication.appendEntries.rpc.cron-2",
      "statsd",
      { type: "ms", version: "3.0.0" },
      { id: "raft.replication.appendEntries.rpc.<peer>", labels: { peer: "cron-2" } },
    ],
    ["dkron.runtime.alloc_bytes", "statsd", {}, {}],
    ["dkron.runtime.alloc_bytes", "dogstatsd", {}, { id: "runtime.alloc_bytes" }],
    ["dkron.cron-3.runtime.alloc_bytes", "dogstatsd", {}, { id: "runtime.alloc_bytes", host: "cron-3" }],
    [
      "dkron.raft.replication.heartbeat",
      "dogstatsd",
      { tags: ["peer_id:cron-1"] },
      { id: "raft.replication.heartbeat", labels: { peer_id: "cron-1" } },
    ],
    [
      "dkron.raft.replication.heartbeat.cron-1",
      "dogstatsd",
      { tags: [] },
      { id: "raft.replication.heartbeat.<peer>", labels: { peer: "cron-1" } },
    ],
    ["dkron.apply", "dogstatsd", {}, { id: "raft.apply", removed: "raft" }],
    [
      "vm.runtime.alloc_bytes",
      "dogstatsd",
      { nodeName: "dkron" },
      { id: "runtime.alloc_bytes", host: "vm", removed: "dkron" },
    ],
    ["system.load.1", "dogstatsd", {}, {}],
  ])("%s on %s %j", (name, sink, hint, wanted) => {
    const found = identify(name, sink, hint);
    const { id, ...rest } = wanted;
    expect(found?.row.id).toBe(id);
    if (found) expect(found).toMatchObject({ labels: {}, ...rest });
  });
});

test.each([
  ["dkron_.+_raft_peers", ["raft.peers"]],
  ["dkron_cron_[123]_raft_peers", ["raft.peers"]],
  ["dkron_(cron_1|cron_2)_runtime_free_count", ["runtime.free_count"]],
  [
    "dkron_job_executions_(failed|succeeded)_total",
    [
      "dkron_job_executions_succeeded_total",
      "dkron_job_executions_failed_total",
      "job.executions_succeeded_total",
      "job.executions_failed_total",
    ],
  ],
  ["dkron_raft_replication_heartbeat_.+", ["raft.replication.heartbeat", "raft.replication.heartbeat.<peer>"]],
  ["node_.+", []],
])("the pattern %s selects %j", (pattern, ids) => {
  const regexp = new RegExp(`^(?:${pattern})$`);
  expect(rowsMatching(pattern, (name) => regexp.test(name)).map((one) => one.id)).toEqual(ids);
});

/** Host names as they are allowed, among them such as look like parts of keys. */
const hosts = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9-]{0,6}[A-Za-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?){0,3}$/),
  fc.constantFrom(
    "dkron",
    "raft",
    "runtime",
    "raft.peers",
    "leader",
    "memberlist.node.instances",
    "runtime-alloc",
    "a.raft.b",
    "free.count",
    "vm",
  ),
);

/** Values of labels and of open parts: job names, node names, with dots and with words of keys. */
const texts = fc.oneof(
  fc.stringMatching(/^[a-z0-9][a-z0-9_.-]{0,12}$/),
  fc.constantFrom("rpc", "logs", "a.alive", "appendEntries.rpc.x", "storeLogs"),
);

/** A row of the sink with an origin that fills all that it leaves open. */
function rowsWithOrigin(sink: "prometheus" | "statsd" | "dogstatsd") {
  const rows = allRows().filter((candidate) => candidate.sinks.includes(sink) && candidate.foreign === undefined);
  return fc.constantFrom(...rows).chain((chosen) => {
    const open = [
      ...placeholdersOf(chosen).map((name) => [name, texts] as const),
      ...chosen.labels.map(({ name, values }) => [name, values ? fc.constantFrom(...values) : texts] as const),
    ];
    return fc.record({
      row: fc.constant(chosen),
      host: hosts,
      nodeName: fc.option(fc.oneof(hosts, fc.constantFrom("dkron", "raft", "leader", "heartbeat")), { nil: undefined }),
      labels: fc.record(Object.fromEntries(open)) as fc.Arbitrary<Record<string, string>>,
    });
  });
}

const runs = { numRuns: 2000 };

describe("from a row to its name and back", () => {
  test("Prometheus, with what a body declares", () => {
    fc.assert(
      fc.property(rowsWithOrigin("prometheus"), ({ row: chosen, host, labels }) => {
        const family = prometheusName(chosen, { host, labels });
        for (const name of prometheusSeriesNames(chosen, { host, labels })) {
          const found = identify(name, "prometheus", {
            host,
            family,
            type: prometheusType(chosen),
            version: chosen.until ?? "4.1.2",
          });
          // go-metrics' names can be the same for two rows: what is found must then be spelt alike
          expect(
            prometheusName(found?.row as MetricRow, { host: found?.host ?? "", labels: found?.labels ?? {} }),
          ).toBe(family);
          if (found?.row === chosen && hasHost(chosen)) expect(found.host).toBe(sanitizePrometheus(host));
          expect(name.slice(family.length)).toBe(found?.suffix ?? "");
        }
      }),
      runs,
    );
  });

  test("Prometheus, the very row, for every row and ordinary hosts, with nothing else known", () => {
    for (const chosen of allRows().filter((candidate) => candidate.sinks.includes("prometheus"))) {
      const version = chosen.until ?? "4.1.2";
      for (const host of ["vm", "Web-01.prod", "db-7.eu-west-1.example.com", "10-0-0-1"]) {
        const labels = { peer: "cron-1", name: "deploy" };
        const found = identify(prometheusName(chosen, { host, labels }), "prometheus", { version });
        expect(found?.row.id, `${chosen.id} in ${version}`).toBe(chosen.id);
        if (hasHost(chosen)) expect(found?.host).toBe(sanitizePrometheus(host));
      }
    }
  });

  test("StatsD, with the line's type and the host", () => {
    fc.assert(
      fc.property(rowsWithOrigin("statsd"), ({ row: chosen, host, labels }) => {
        const name = statsdName(chosen, { host, labels });
        const found = identify(name, "statsd", { host, type: statsdType(chosen), version: chosen.until ?? "4.1.2" });
        expect(statsdName(found?.row as MetricRow, { host: found?.host ?? "", labels: found?.labels ?? {} })).toBe(
          name,
        );
        expect(statsdType(found?.row as MetricRow)).toBe(statsdType(chosen));
        if (hasHost(chosen)) expect(found?.host).toBe(host);
      }),
      runs,
    );
  });

  test("StatsD, any host, with nothing else known", () => {
    const gauges = allRows().filter((candidate) => hasHost(candidate) && candidate.labels.length === 0);
    fc.assert(
      fc.property(fc.constantFrom(...gauges), hosts, (chosen, host) => {
        const found = identify(statsdName(chosen, { host }), "statsd", { type: "g" });
        expect(statsdName(found?.row as MetricRow, { host: found?.host ?? "", labels: found?.labels ?? {} })).toBe(
          statsdName(chosen, { host }),
        );
      }),
      runs,
    );
  });

  test("DogStatsD, with the host and the node name", () => {
    fc.assert(
      fc.property(rowsWithOrigin("dogstatsd"), ({ row: chosen, host, nodeName, labels }) => {
        const origin = { host, labels, ...(nodeName === undefined ? {} : { nodeName }) };
        const { name, tags } = dogstatsdName(chosen, origin);
        const hint = {
          host,
          tags,
          type: statsdType(chosen),
          version: chosen.until ?? "4.1.2",
          ...(nodeName === undefined ? {} : { nodeName }),
        };
        const found = identify(name, "dogstatsd", hint);
        expect(found, `${name} of ${chosen.id}`).toBeDefined();
        const again = dogstatsdName(found?.row as MetricRow, { ...origin, labels: { ...found?.labels } });
        expect(again.name).toBe(name);
        for (const label of found?.row.labels ?? [])
          expect(found?.labels[label.name]).toBe(sanitizeStatsd(labels[label.name] ?? ""));
      }),
      runs,
    );
  });
});

test("every name of an agent begins as names of agents do, and most names of others do not", () => {
  const served = allRows().filter(({ sinks }) => sinks.includes("prometheus"));
  const names = served.flatMap((one) => prometheusSeriesNames(one, { host: "h" }));
  expect(names.filter((name) => !maybeAgents(name))).toEqual([]);
  expect(["node_load1", "up", "golang_x", "processes", "promql_x", ""].filter(maybeAgents)).toEqual([]);
});

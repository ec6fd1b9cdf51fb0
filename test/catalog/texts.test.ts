import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { availabilityText, describeMetric, describeRow, versionStrip } from "../../server/src/catalog/describe.ts";
import { exampleRule } from "../../server/src/catalog/example.ts";
import { identify } from "../../server/src/catalog/identify.ts";
import { metricInfo } from "../../server/src/catalog/info.ts";
import { allRows, rowOf } from "../../server/src/catalog/metrics.ts";
import { metricReference } from "../../server/src/catalog/reference.ts";
import { didYouMean, substitutes } from "../../server/src/catalog/suggest.ts";
import type { MetricRow } from "../../server/src/catalog/types.ts";
import { parse } from "../../server/src/promql/syntax/parse.ts";
import { check } from "../../server/src/promql/types/check.ts";

function row(id: string): MetricRow {
  const found = rowOf(id);
  if (!found) throw new Error(`no row ${id}`);
  return found;
}

describe("did you mean", () => {
  const noHistograms = /no histograms/;
  const withHost = /the host is part/;
  const noTotal = /no _total/;
  test.each<[string, string, RegExp]>([
    ["dkron_memberlist_probenode", "dkron_memberlist_probeNode", /capital letters/],
    ["dkron_memberlist_probe_node", "dkron_memberlist_probeNode", /separators/],
    ["dkron_serf_queue_event_count", "dkron_serf_queue_Event_count", /capital letters/],
    ["dkron_leader_barrier", "dkron_dkron_leader_barrier", /second time/],
    ["dkron_leader_barrier_count", "dkron_dkron_leader_barrier_count", /second time/],
    ["dkron_leader_reconcilemember_sum", "dkron_dkron_leader_reconcileMember_sum", /second time/],
    ["dkron_runtime_alloc_bytes", '{__name__=~"dkron_.+_runtime_alloc_bytes"}', withHost],
    ["dkron_raft_peers", '{__name__=~"dkron_.+_raft_peers"}', withHost],
    ["dkron_memberlist_node_instances", '{__name__=~"dkron_.+_memberlist_node_instances"}', withHost],
    ["dkron_memberlist_health_score_total", '{__name__=~"dkron_.+_memberlist_health_score"}', noTotal],
    ["dkron_raft_apply_total", "dkron_raft_apply", noTotal],
    ["dkron_agent_event_received_member_failed_total", "dkron_agent_event_received_member_failed", noTotal],
    ["dkron_serf_queries_total", "dkron_serf_queries", noTotal],
    ["dkron_raft_apply_count", "dkron_raft_apply", /it is a counter, and only summaries have _count/],
    ["dkron_web_01_runtime_alloc_bytes_sum", '{__name__=~"dkron_.+_runtime_alloc_bytes"}', /it is a gauge/],
    ["dkron_grpc_client_agent_run_seconds", "dkron_grpc_client_agent_run", /the value is in ms/],
    ["dkron_raft_net_rpcDecode_bucket", "dkron_raft_net_rpcDecode", noHistograms],
    ["dkron_raft_net_rpcdecode_bucket", "dkron_raft_net_rpcDecode", noHistograms],
    ["dkron_agent_event_received_query_run_job", "dkron_agent_event_received_query:_run:job", /documentation/],
    ["dkron_serf_queries_execution_done", "dkron_serf_queries_execution:done", /documentation/],
    ["dkron_job_execution_failed_total", "dkron_job_executions_failed_total", /no agent writes/],
    ["dkron_job_executions_success_total", "dkron_job_executions_succeeded_total", /no agent writes/],
    ["dkron.runtime.alloc_bytes", '{__name__=~"dkron_.+_runtime_alloc_bytes"}', withHost],
  ])("%s → %s", (name, replacement, why) => {
    const meant = didYouMean(name, "4.1.2");
    expect(meant?.replacement).toBe(replacement);
    expect(meant?.why).toMatch(why);
  });

  test.each([
    ["dkron_raft_apply"],
    ["dkron_db_7_raft_peers"],
    ["dkron_job_executions_failed_total"],
    ["dkron_api_up"],
    ["dkron_raft_replication_heartbeat_cron_1"],
    ["node_cpu_seconds_total"],
    ["raft_apply_total"],
    ["job:dkron_failures:rate5m"],
    ["dkron_something_of_ours"],
    ["up"],
  ])("%s: nothing to say", (name) => expect(didYouMean(name, "4.1.2")).toBeUndefined());

  test("substitutes are only what the version exports", () => {
    expect(substitutes(row("serf.member.failed"), "4.1.2").map((one) => one.replacement)).toEqual([
      "dkron_agent_event_received_member_failed",
    ]);
    expect(substitutes(row("serf.queries.execution:done"), "4.0.9")).toEqual([]);
    expect(substitutes(row("serf.queries.execution:done"), "3.2.7").map((one) => one.row.id)).toEqual([
      "grpc.execution_done",
    ]);
  });
});

describe("what hover says", () => {
  test("of a gauge with a host", () => {
    expect(describeMetric("dkron_web_01_raft_peers", "4.1.2")).toBe(`**\`dkron_web_01_raft_peers\`** · gauge in servers

Servers in the Raft configuration.

Not exported by 4.1.2; 3.0.7 to 3.2.7, 4.0.6 to 4.0.9 export it, because raft reports to armon/go-metrics, while the agent sets up hashicorp/go-metrics.

- Emitted by: the leader, when a leadership begins and when servers are added or removed
- Versions: 3.0.7 to 3.2.7 ✓ · 4.0.0 to 4.0.5 ✗ · 4.0.6 to 4.0.9 ✓ · 4.1.0 and later ✗
- Prometheus: \`dkron_<host>_raft_peers\`
- StatsD: \`dkron.<host>.raft.peers\`
- DogStatsD: \`dkron.raft.peers\`

It is written only when a leadership begins or the servers change, and is gone a minute later.

Sparse: it appears with an event, is gone 60 s later and starts from zero, so rate() and increase() see next to nothing.

Example, fewer than three servers:

\`\`\`yaml
- alert: DkronRaftPeers
  expr: min_over_time({__name__=~"dkron_.+_raft_peers"}[10m]) < 3
\`\`\`

The part \`web_01\` is the host.`);
  });

  test("of a part of a summary, and of a name that no row has", () => {
    const count = describeMetric("dkron_grpc_client_agent_run_count", "4.1.2");
    expect(count).toContain("**`dkron_grpc_client_agent_run_count`** · counter in observations\n");
    expect(count).toContain("`_count`: the number of observations");
    const sum = describeMetric("dkron_grpc_client_agent_run_sum", "4.1.2");
    expect(sum).toContain("**`dkron_grpc_client_agent_run_sum`** · counter in ms\n");
    expect(describeMetric("dkron_leader_barrier", "4.1.2")).toBeUndefined();
  });

  test("of a version that lacks it: who has it, why, what to use", () => {
    expect(availabilityText(row("serf.member.failed"), "4.1.2")).toBe(
      "Not exported by 4.1.2; 0.9.3 to 3.2.7, 4.0.6 to 4.0.9 export it, because serf reports to armon/go-metrics, while the agent sets up hashicorp/go-metrics. Use `dkron_agent_event_received_member_failed` (every version exports it).",
    );
    expect(availabilityText(row("dkron_job_mem_usage_kb"), "3.2.7")).toMatch(
      /3\.2\.4 to 3\.2\.6 export it, because it was removed after 3\.2\.6\. Use `dkron_job_mem_usage_bytes`/,
    );
    expect(versionStrip(row("dkron_api_up"))).toBe("none");
  });

  test("of every row, in every form: no gap in the text", () => {
    for (const one of allRows())
      for (const version of ["3.2.7", "4.0.9", "4.1.2"])
        expect(describeRow(one, version), one.id).not.toMatch(/undefined|null|\{name\}|\{series|\n\n\n/);
  });

  test("its YAML is read back as the expression", () => {
    for (const one of allRows()) {
      const yaml = /```yaml\n([\s\S]*)\n```/.exec(describeRow(one, "4.1.2"))?.[1];
      if (yaml !== undefined) expect((load(yaml) as { expr: string }[])[0]?.expr).toBe(exampleRule(one)?.expr);
    }
  });
});

describe("example rules", () => {
  const examples = allRows().flatMap((one) => {
    const example = exampleRule(one);
    return example ? [{ id: one.id, row: one, ...example }] : [];
  });

  test("are there for all that some version exports, but for what says nothing", () => {
    const without = allRows().filter(
      (one) => !exampleRule(one) && one.never === undefined && one.foreign === undefined,
    );
    for (const one of without)
      expect(
        one.instead.length > 0 ||
          one.traps.length > 0 ||
          one.naming === "native" ||
          one.until !== undefined ||
          one.family === "raft-boltdb",
        one.id,
      ).toBe(true);
    expect(examples.length).toBeGreaterThan(120);
  });

  test.each(examples.map((example) => [example.id, example] as const))(
    "%s is PromQL and reads only its own metric",
    (_, { expr, row: one, alert }) => {
      const parsed = parse(expr);
      expect(parsed.errors, expr).toEqual([]);
      expect(check(parsed), expr).toEqual([]);
      expect(alert).toMatch(/^Dkron[A-Za-z0-9]+$/);
      const names = expr.match(/\b(?:dkron|go|process|promhttp)_[A-Za-z0-9_:.+]+/g) ?? [];
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) {
        if (name === "process_max_fds") continue;
        expect(
          identify(name.replace(".+", "host"), "prometheus", { version: one.until ?? "4.1.2" })?.row.id,
          name,
        ).toBe(one.id);
      }
    },
  );
});

describe("what PromQL is told", () => {
  test.each([
    ["dkron_h_runtime_alloc_bytes", "gauge", "bytes", [], false, false],
    ["dkron_h_runtime_malloc_count", "gauge", "allocations", [], false, true],
    ["dkron_grpc_client_agent_run", "summary", "ms", ["quantile"], false, false],
    ["dkron_grpc_client_agent_run_sum", "counter", "ms", [], false, true],
    ["dkron_grpc_client_agent_run_count", "counter", "observations", [], false, true],
    ["dkron_raft_net_rpcDecode", "summary", "ms", ["rpcType", "quantile"], false, false],
    ["dkron_scheduler_job_add", "counter", "additions", ["job"], true, true],
    ["dkron_job_executions_failed_total", "counter", "executions", ["job_name"], false, true],
    ["go_gc_duration_seconds", "summary", "s", ["quantile"], false, false],
  ])("%s", (name, type, unit, labels, sparse, cumulative) => {
    const info = metricInfo(name, "4.1.2");
    expect(info).toMatchObject({ type, unit, sparse, cumulative });
    expect(info?.labels.map((label) => label.name)).toEqual(labels);
    expect(info?.expires60s).toBe(info?.row.naming === "go-metrics");
  });

  test("bounds, who counts, and what is unknown", () => {
    expect(metricInfo("dkron_h_memberlist_health_score", "4.0.9")?.range).toEqual([0, 7]);
    expect(metricInfo("dkron_raft_thread_main_saturation", "4.0.9")?.range).toEqual([0, 1]);
    expect(metricInfo("dkron_raft_thread_main_saturation_sum", "4.0.9")?.range).toEqual([0, null]);
    expect(metricInfo("dkron_job_executions_failed_total", "4.1.2")?.everyServerCounts).toBe(true);
    expect(metricInfo("dkron_nothing", "4.1.2")).toBeUndefined();
  });
});

test("server/docs/metrics.md is current: npm run schema", () => {
  const written = readFileSync(resolve(import.meta.dirname, "../../server/docs/metrics.md"), "utf8");
  expect(metricReference()).toBe(written);
});

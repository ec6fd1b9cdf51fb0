// Names of metrics that no agent writes: what is said of each mistake, and the text behind the fix.
import { describe } from "vitest";
import { metricDocumentedName } from "../../../server/src/language/rules/metric/documentedName.ts";
import { metricHostPart } from "../../../server/src/language/rules/metric/hostPart.ts";
import { metricLeaderPrefix } from "../../../server/src/language/rules/metric/leaderPrefix.ts";
import { metricLetterCase } from "../../../server/src/language/rules/metric/letterCase.ts";
import { metricSuffix } from "../../../server/src/language/rules/metric/suffix.ts";
import { metricUnknown } from "../../../server/src/language/rules/metric/unknown.ts";
import { checkTable } from "./table.ts";

describe("metric/unknown", () => {
  checkTable(metricUnknown, [
    {
      title: "a typo",
      expr: "increase(«dkron_job_executions_faild_total»[1h]) > 3",
      says: "Write dkron_job_executions_failed_total instead",
      fixed: "increase(dkron_job_executions_failed_total[1h]) > 3",
    },
    {
      title: "a name like no other",
      expr: "«dkron_quite_something_else» > 3",
      says: "no recording rule here makes it",
      fixed: null,
    },
    {
      title: "two of them, one in braces",
      expr: 'sum(«dkron_grpc_set_jobb_count») / sum({__name__=«"dkron_grpc_set_jbo_sum"»})',
      fixed: 'sum(dkron_grpc_set_job_count) / sum({__name__="dkron_grpc_set_jbo_sum"})',
      remains: true,
    },
    {
      title: "in a double-quoted scalar",
      rule: `alert: A\nexpr: "rate({\\"__name__\\"=«\\"dkron_grpc_set_jbo_sum\\"»}[5m]) > 1"`,
      fixed: `alert: A\nexpr: "rate({__name__=\\"dkron_grpc_set_job_sum\\"}[5m]) > 1"`,
    },
    { title: "a metric of Dkron's", expr: "increase(dkron_job_executions_failed_total[1h]) > 3" },
    { title: "another program's", expr: "rate(node_cpu_seconds_total[5m]) > 3" },
    {
      title: "the result of a recording rule",
      expr: "dkron_things > 3",
      files: { "r.rules.yml": "groups: [{name: a, rules: [{record: dkron_things, expr: up}]}]" },
    },
    { title: "a mistake of another check's", expr: "dkron_runtime_alloc_bytes > 3" },
    { title: "a level's name with a colon", expr: "job_name:dkron_failures:rate5m > 3" },
  ]);
});

describe("metric/suffix", () => {
  checkTable(metricSuffix, [
    {
      title: "_total on a counter of go-metrics",
      expr: "max_over_time(«dkron_agent_event_received_member_failed_total»[5m]) > 0",
      says: "no _total",
      fixed: "max_over_time(dkron_agent_event_received_member_failed[5m]) > 0",
    },
    {
      title: "a unit on a timer",
      expr: '«dkron_grpc_set_job_seconds»{quantile="0.5"} > 3',
      says: "the value is in ms",
      fixed: 'dkron_grpc_set_job{quantile="0.5"} > 3',
    },
    {
      title: "a summary's part on a counter",
      expr: "«dkron_scheduler_start_count» > 0",
      says: "it is a counter",
      fixed: "dkron_scheduler_start > 0",
    },
    {
      title: "a counter of jobs without _total",
      expr: "increase(«dkron_job_executions_failed»[1h]) > 3",
      says: "end with _total",
      fixed: "increase(dkron_job_executions_failed_total[1h]) > 3",
    },
    { title: "a counter whose name ends so", expr: "dkron_job_executions_failed_total > 3" },
    { title: "another program's without", expr: "increase(job_executions_failed[1h]) > 3" },
    {
      title: "a summary's own parts",
      expr: "rate(dkron_grpc_set_job_sum[5m]) / rate(dkron_grpc_set_job_count[5m]) > 3",
    },
    { title: "a bucket is another mistake", expr: "dkron_grpc_set_job_bucket > 3" },
    { title: "another program's", expr: "rate(http_requests_total[5m]) > 3" },
  ]);
});

describe("metric/letter-case", () => {
  checkTable(metricLetterCase, [
    {
      title: "lower case",
      expr: "rate(«dkron_memberlist_probenode_count»[5m]) == 0",
      says: "capital letters",
      fixed: "rate(dkron_memberlist_probeNode_count[5m]) == 0",
      dkronVersion: "4.0.9",
    },
    {
      title: "lower case of a name with several words",
      expr: "«dkron_raft_replication_appendentries_logs» > 3",
      fixed: "dkron_raft_replication_appendEntries_logs > 3",
      dkronVersion: "4.0.9",
    },
    {
      title: "another separator",
      expr: '«dkron_serf_queueevent»{quantile="0.99"} > 3',
      fixed: 'dkron_serf_queue_Event{quantile="0.99"} > 3',
      dkronVersion: "4.0.9",
    },
    {
      title: "a dash, as StatsD has it",
      expr: "«dkron_agent_event_received_member-failed» > 0",
      says: "takes one metric from another",
      fixed: "dkron_agent_event_received_member_failed > 0",
    },
    { title: "one metric from another", expr: "dkron_grpc_set_job_count - dkron_grpc_delete_job_count > 0" },
    { title: "one from another without blanks", expr: "dkron_grpc_set_job_count-failed > 0" },
    { title: "as it is", expr: "rate(dkron_memberlist_probeNode_count[5m]) == 0", dkronVersion: "4.0.9" },
    { title: "all small by nature", expr: "dkron_memberlist_gossip > 0", dkronVersion: "4.0.9" },
    { title: "another program's", expr: "memberlist_probenode > 0" },
  ]);
});

describe("metric/leader-prefix", () => {
  checkTable(metricLeaderPrefix, [
    {
      title: "one dkron",
      expr: "rate(«dkron_leader_reconcile_sum»[5m]) > 100",
      says: "a second time",
      fixed: "rate(dkron_dkron_leader_reconcile_sum[5m]) > 100",
    },
    {
      title: "one dkron, in lower case",
      expr: "«dkron_leader_reconcilemember_count» > 100",
      fixed: "dkron_dkron_leader_reconcileMember_count > 100",
    },
    { title: "two", expr: "rate(dkron_dkron_leader_reconcile_sum[5m]) > 100" },
    { title: "Raft's leader", expr: 'dkron_raft_leader_lastContact{quantile="0.99"} > 100', dkronVersion: "4.0.9" },
  ]);
});

describe("metric/documented-name", () => {
  checkTable(metricDocumentedName, [
    {
      title: "a query that ended with 2.2.2",
      expr: '«dkron_serf_queries_execution_done»{status="error"} > 0',
      says: ["dkron_job_executions_failed_total"],
      by: "dkron_job_executions_failed_total",
      fixed: 'dkron_job_executions_failed_total{status="error"} > 0',
    },
    {
      title: "an event that ended with 2.2.2",
      expr: "increase(«dkron_agent_event_received_query_run_job»[5m]) > 0",
      says: "Dkron's documentation",
    },
    { title: "a name of the list that is right", expr: "rate(dkron_grpc_execution_done_count[5m]) > 0" },
    { title: "one that is spelt alike on Prometheus", expr: "rate(dkron_serf_coordinate_adjustment_ms_sum[5m]) > 0" },
  ]);
});

describe("metric/host-part", () => {
  checkTable(metricHostPart, [
    {
      title: "a runtime gauge",
      expr: "«dkron_runtime_num_goroutines» > 10000",
      says: "or go_goroutines",
      fixed: '{__name__=~"dkron_.+_runtime_num_goroutines"} > 10000',
    },
    {
      title: "its twin",
      expr: "«dkron_runtime_num_goroutines» > 10000",
      by: "go_goroutines",
      fixed: "go_goroutines > 10000",
    },
    {
      title: "with matchers",
      expr: 'max by (instance) («dkron_raft_peers»{job="dkron"}) < 3',
      dkronVersion: "4.0.9",
      fixed: 'max by (instance) ({__name__=~"dkron_.+_raft_peers", job="dkron"}) < 3',
    },
    {
      title: "one that this version does not export",
      expr: "max_over_time(«dkron_memberlist_health_score»[5m]) > 2",
      says: "4.1.2 does not export that either",
    },
    {
      title: "with empty braces and a range",
      expr: "max_over_time(«dkron_raft_peers»{}[5m]) < 3",
      fixed: 'max_over_time({__name__=~"dkron_.+_raft_peers"}[5m]) < 3',
    },
    {
      title: "as a matcher",
      expr: '{__name__=«"dkron_raft_peers"», job="dkron"} < 3',
      fixed: '{__name__=~"dkron_.+_raft_peers", job="dkron"} < 3',
    },
    {
      title: "in a plain scalar, which needs quotes then",
      rule: "alert: A\nexpr: «dkron_raft_peers» < 3",
      fixed: `alert: A\nexpr: '{__name__=~"dkron_.+_raft_peers"} < 3'`,
    },
    {
      title: "in a plain scalar, in the middle of it",
      rule: "alert: A\nexpr: max(«dkron_raft_peers») < 3",
      fixed: `alert: A\nexpr: max({__name__=~"dkron_.+_raft_peers"}) < 3`,
    },
    {
      title: "in a double-quoted scalar",
      rule: 'alert: A\nexpr: "«dkron_raft_peers» < 3"',
      fixed: 'alert: A\nexpr: "{__name__=~\\"dkron_.+_raft_peers\\"} < 3"',
    },
    { title: "with the host", expr: "dkron_cron_1_runtime_num_goroutines > 10000" },
    { title: "with a host of several parts", expr: "dkron_Web_01_prod_runtime_num_goroutines > 10000" },
    { title: "any host", expr: '{__name__=~"dkron_.+_runtime_num_goroutines"} > 10000' },
    { title: "a summary has no host", expr: 'dkron_runtime_gc_pause_ns{quantile="0.99"} > 1e5' },
    { title: "a counter has none", expr: "dkron_scheduler_start > 0" },
    { title: "the twin", expr: "go_goroutines > 10000" },
    {
      title: "a recording rule's",
      expr: "dkron_raft_peers > 3",
      files: { "r.rules.yml": "groups: [{name: a, rules: [{record: dkron_raft_peers, expr: up}]}]" },
    },
    { title: "half-typed", expr: 'max({__name__=~"dkron_.+_raft_peers"' },
    { title: "the health of any host", expr: 'max_over_time({__name__=~"dkron_.+_memberlist_health_score"}[5m]) > 2' },
  ]);
});

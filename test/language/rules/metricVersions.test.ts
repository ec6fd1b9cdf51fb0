// Metrics that the version lacks, that nothing causes, that say nothing, or that another program makes.
import { describe } from "vitest";
import { metricDead } from "../../../server/src/language/rules/metric/dead.ts";
import { metricMeaningless } from "../../../server/src/language/rules/metric/meaningless.ts";
import { metricNotExported } from "../../../server/src/language/rules/metric/notExported.ts";
import { metricOtherProgram } from "../../../server/src/language/rules/metric/otherProgram.ts";
import { checkTable } from "./table.ts";

describe("metric/not-exported", () => {
  checkTable(metricNotExported, [
    {
      title: "what memberlist reports, in 4.1.2",
      expr: "rate(«dkron_memberlist_probeNode_count»[5m]) == 0",
      says: "4.0.6 to 4.0.9",
      fixed: null,
    },
    {
      title: "with a substitute of the same kind",
      expr: "max_over_time(«dkron_serf_member_failed»[5m]) > 0",
      says: "use dkron_agent_event_received_member_failed",
      fixed: "max_over_time(dkron_agent_event_received_member_failed[5m]) > 0",
    },
    {
      title: "a gauge by pattern",
      expr: 'max({__name__=~«"dkron_.+_memberlist_node_instances"», node_state="dead"}) > 0',
      says: "4.1.2 does not export what this pattern selects",
    },
    {
      title: "the job counters, in 4.0.9",
      expr: "increase(«dkron_job_executions_failed_total»[1h]) > 3",
      dkronVersion: "4.0.9",
      says: "4.1.0 and later",
    },
    {
      title: "grpc, in 4.0.9",
      expr: "rate(«dkron_grpc_client_agent_run_sum»[1m]) > 500",
      dkronVersion: "4.0.9",
    },
    {
      title: "a job's memory, in 4.1.2",
      expr: "«dkron_job_mem_usage_bytes» > 1e9",
    },
    {
      title: "the job counters, in 4.1.0",
      expr: "increase(dkron_job_executions_failed_total[1h]) > 3",
      dkronVersion: "4.1.0",
    },
    { title: "memberlist, in 4.0.9", expr: "rate(dkron_memberlist_probeNode_count[5m]) == 0", dkronVersion: "4.0.9" },
    { title: "memberlist, in 3.2.7", expr: "rate(dkron_memberlist_probeNode_count[5m]) == 0", dkronVersion: "3.2.7" },
    {
      title: "a gauge by pattern, in 4.0.9",
      expr: 'max({__name__=~"dkron_.+_memberlist_node_instances"}) > 0',
      dkronVersion: "4.0.9",
    },
    { title: "a pattern of which something is exported", expr: 'count({__name__=~"dkron_.+"}) < 3' },
    {
      title: "what other Go programs have, too",
      expr: "process_network_receive_bytes_total > 3",
      dkronVersion: "3.2.7",
    },
    { title: "an unknown name", expr: "dkron_nothing > 3" },
    { title: "another program's", expr: "dkron_job_failed_count > 3" },
    { title: "what no version ever has", expr: "dkron_serf_snapshot_compact_count > 3" },
  ]);
});

describe("metric/dead", () => {
  checkTable(metricDead, [
    {
      title: "nothing asks for a job this way",
      expr: "rate(«dkron_grpc_get_job_count»[5m]) > 0",
      says: "since 3.0.0 nothing in Dkron asks",
    },
    {
      title: "Dkron sends no queries",
      expr: "«dkron_serf_queries» > 0",
      dkronVersion: "4.0.9",
      says: "sends no serf queries",
    },
    { title: "code that is never reached", expr: "«dkron_serf_snapshot_compact_count» > 0", says: "never seen" },
    { title: "by pattern", expr: '{__name__=~«"dkron_.+_raft_boltdb_numFreePages"»} > 0', dkronVersion: "3.2.7" },
    { title: "a call that is made", expr: "rate(dkron_grpc_set_execution_count[5m]) > 0" },
    { title: "when queries were sent", expr: "dkron_serf_queries > 0", dkronVersion: "2.2.2" },
    { title: "not exported is another matter", expr: "dkron_serf_queries > 0", dkronVersion: "4.1.2" },
    { title: "another program's", expr: "serf_queries > 0" },
  ]);
});

describe("metric/meaningless", () => {
  checkTable(metricMeaningless, [
    {
      title: "four bytes of a header",
      expr: '{__name__=~«"dkron_.+_memberlist_size_local"»} > 1e6',
      dkronVersion: "4.0.9",
      says: "Use dkron_memberlist_tcp_sent",
    },
    { title: "on one host", expr: "«dkron_cron_1_memberlist_size_local» > 1e6", dkronVersion: "4.0.9" },
    { title: "a real size", expr: 'dkron_memberlist_size_remote{quantile="0.99"} > 1e6', dkronVersion: "4.0.9" },
    { title: "bytes sent", expr: "rate(dkron_memberlist_tcp_sent[5m]) > 1e6", dkronVersion: "4.0.9" },
  ]);
});

describe("metric/other-program", () => {
  checkTable(metricOtherProgram, [
    {
      title: "an exporter's",
      expr: "increase(«dkron_job_failed_count»[1h]) > 3",
      says: ["genhoi/dkron-job-exporter"],
    },
    {
      title: "a change that was not merged",
      expr: "rate(«dkron_agent_event_received_total»[5m]) > 0",
      says: "pull request 1785",
    },
    { title: "Dkron's own", expr: "increase(dkron_job_executions_failed_total[1h]) > 3" },
    { title: "what Dkron does not have", expr: "rate(up[5m]) > 0" },
    {
      title: "a recording rule's",
      expr: "dkron_api_up > 0",
      files: { "r.rules.yml": "groups: [{name: a, rules: [{record: dkron_api_up, expr: up}]}]" },
    },
  ]);
});

// Functions that do not suit the kind of their series: what is said, and the text behind the fix.
import { describe } from "vitest";
import { kindAbsentExpiring } from "../../../server/src/language/rules/kind/absentExpiring.ts";
import { kindCounterAsTime } from "../../../server/src/language/rules/kind/counterAsTime.ts";
import { kindDeltaOfCounter } from "../../../server/src/language/rules/kind/deltaOfCounter.ts";
import { kindRateOfGauge } from "../../../server/src/language/rules/kind/rateOfGauge.ts";
import { kindRateOfSum } from "../../../server/src/language/rules/kind/rateOfSum.ts";
import { kindRateOfSummary } from "../../../server/src/language/rules/kind/rateOfSummary.ts";
import { kindRawBuckets } from "../../../server/src/language/rules/kind/rawBuckets.ts";
import { kindRawCounter } from "../../../server/src/language/rules/kind/rawCounter.ts";
import { kindResets } from "../../../server/src/language/rules/kind/resets.ts";
import { kindShortRange } from "../../../server/src/language/rules/kind/shortRange.ts";
import { kindSparseRate } from "../../../server/src/language/rules/kind/sparseRate.ts";
import { checkTable } from "./table.ts";

describe("kind/rate-of-gauge", () => {
  checkTable(kindRateOfGauge, [
    {
      title: "rate",
      expr: "«rate»(go_goroutines[5m]) > 10",
      says: "adds up what was never there. Write deriv() instead.",
      fixed: "deriv(go_goroutines[5m]) > 10",
    },
    { title: "irate", expr: "«irate»(process_open_fds[5m]) > 10", fixed: "idelta(process_open_fds[5m]) > 10" },
    {
      title: "increase of a gauge by pattern",
      expr: 'sum(«increase»({__name__=~"dkron_.+_runtime_alloc_bytes"}[5m])) > 10',
      fixed: 'sum(delta({__name__=~"dkron_.+_runtime_alloc_bytes"}[5m])) > 10',
    },
    {
      title: "of a gauge with its host",
      expr: "«resets»((dkron_cron_1_runtime_heap_objects[5m])) > 10",
      says: "counts every fall as a restart",
      fixed: "changes((dkron_cron_1_runtime_heap_objects[5m])) > 10",
    },
    { title: "in a subquery", expr: "«rate»(go_goroutines[5m:1m]) > 10", fixed: "deriv(go_goroutines[5m:1m]) > 10" },
    { title: "a counter", expr: "rate(process_cpu_seconds_total[5m]) > 10" },
    { title: "a gauge that only grows", expr: 'rate({__name__=~"dkron_.+_runtime_malloc_count"}[5m]) > 10' },
    { title: "deriv of a gauge", expr: "deriv(go_goroutines[5m]) > 10" },
    { title: "changes of a gauge", expr: "changes(process_start_time_seconds[5m]) > 0" },
    { title: "a metric that is not known", expr: "rate(queue_length[5m]) > 10" },
    {
      title: "what a recording rule makes",
      expr: "rate(go_goroutines[5m]) > 1",
      files: { "r.rules.yml": "groups: [{name: a, rules: [{record: go_goroutines, expr: up}]}]" },
    },
  ]);
});

describe("kind/rate-of-summary", () => {
  checkTable(kindRateOfSummary, [
    {
      title: "rate of quantiles",
      expr: "rate(«dkron_grpc_execution_done»[5m]) > 100",
      says: "holds quantiles",
      fixed: "rate(dkron_grpc_execution_done_sum[5m]) / rate(dkron_grpc_execution_done_count[5m]) > 100",
    },
    {
      title: "of one quantile, with matchers",
      expr: 'rate(«dkron_grpc_execution_done»{job="dkron", quantile="0.9"}[5m]) > 100',
      by: "_count",
      fixed: 'rate(dkron_grpc_execution_done_count{job="dkron"}[5m]) > 100',
    },
    {
      title: "inside arithmetic",
      expr: 'rate(«go_gc_duration_seconds»{quantile="1"}[5m]) * 1000 > 100',
      fixed: "(rate(go_gc_duration_seconds_sum[5m]) / rate(go_gc_duration_seconds_count[5m])) * 1000 > 100",
    },
    { title: "rate of _sum", expr: "rate(dkron_grpc_execution_done_sum[5m]) > 100" },
    { title: "rate of _count", expr: "rate(go_gc_duration_seconds_count[5m]) > 100" },
    { title: "the greatest quantile", expr: 'max_over_time(dkron_grpc_execution_done{quantile="0.9"}[5m]) > 100' },
    { title: "a metric that is not known", expr: 'rate(http_request_duration{quantile="0.9"}[5m]) > 100' },
  ]);
});

describe("kind/delta-of-counter", () => {
  checkTable(kindDeltaOfCounter, [
    {
      title: "delta",
      expr: "«delta»(process_cpu_seconds_total[5m]) > 9",
      fixed: "increase(process_cpu_seconds_total[5m]) > 9",
    },
    {
      title: "deriv of a summary's count",
      expr: "«deriv»(dkron_grpc_execution_done_count[5m]) > 9",
      fixed: "rate(dkron_grpc_execution_done_count[5m]) > 9",
    },
    {
      title: "predict_linear",
      expr: "«predict_linear»(dkron_job_executions_failed_total[1h], 3600) > 9",
      says: "subquery",
      fixed: null,
    },
    {
      title: "idelta of a gauge that only grows",
      expr: '«idelta»({__name__=~"dkron_.+_runtime_total_gc_runs"}[5m]) > 9',
      fixed: 'increase({__name__=~"dkron_.+_runtime_total_gc_runs"}[5m]) > 9',
    },
    { title: "delta of a gauge", expr: "delta(go_goroutines[5m]) > 9" },
    { title: "predict_linear of a gauge", expr: "predict_linear(process_open_fds[1h], 3600) > 9" },
    { title: "of a rate", expr: "predict_linear(rate(process_cpu_seconds_total[5m])[1h:1m], 3600) > 9" },
    { title: "increase", expr: "increase(process_cpu_seconds_total[5m]) > 9" },
    { title: "a metric that is not known", expr: "delta(things_total[5m]) > 9" },
  ]);
});

describe("kind/counter-as-time", () => {
  checkTable(kindCounterAsTime, [
    {
      title: "as it stands",
      expr: "(time() - «runs_total») > 86400",
      says: "is how many there were, and not when",
      fixed: "(increase(runs_total[24h])) == 0",
    },
    {
      title: "the most of several",
      expr: 'time() - max by (job) («runs_total»{state="ok"}) >= 90',
      says: "increase(runs_total[90s]) == 0",
      fixed: 'max by (job) (increase(runs_total{state="ok"}[90s])) == 0',
    },
    { title: "without a limit", expr: "time() - «runs_count»", says: "[1h]", fixed: null },
    { title: "the limit first", expr: "3600 < time() - «runs_total»", fixed: null },
    { title: "as days", expr: "(time() - «runs_total») / 86400 > 1", fixed: null },
    { title: "a moment", expr: "time() - runs_last_success_total > 86400" },
    { title: "a length of time", expr: "time() - uptime_seconds_total > 86400" },
    { title: "a gauge", expr: "time() - runs > 86400" },
    { title: "when it was sampled", expr: "time() - timestamp(runs_total) > 60" },
    { title: "less the time", expr: "runs_total - time() > 60" },
  ]);
});

describe("kind/raw-buckets", () => {
  checkTable(kindRawBuckets, [
    {
      title: "as they stand",
      expr: "histogram_quantile(0.95, «a_seconds_bucket») > 2",
      says: "the quantile of all that was ever observed",
      fixed: "histogram_quantile(0.95, rate(a_seconds_bucket[5m])) > 2",
    },
    {
      title: "summed up",
      expr: 'histogram_quantile(0.95, sum by (le) («a_seconds_bucket»{job="b"})) > 2',
      fixed: 'histogram_quantile(0.95, sum by (le) (rate(a_seconds_bucket{job="b"}[5m]))) > 2',
    },
    { title: "an hour ago", expr: "histogram_quantile(0.95, «a_bucket» offset 1h) > 2", fixed: null },
    { title: "a rate", expr: "histogram_quantile(0.95, sum by (le) (rate(a_bucket[5m]))) > 2" },
    { title: "recorded", expr: "histogram_quantile(0.95, job:a_bucket:rate5m) > 2" },
    { title: "recorded under a name of its kind", expr: "histogram_quantile(0.95, job:a_bucket) > 2" },
    { title: "less those of before", expr: "histogram_quantile(0.95, a_bucket - a_bucket offset 5m) > 2" },
    { title: "a native histogram", expr: "histogram_quantile(0.95, a_seconds) > 2" },
    { title: "beside it", expr: "histogram_quantile(0.95, rate(a_bucket[5m])) > 2 and on () a_bucket" },
    { title: "of Dkron, which has none", expr: "histogram_quantile(0.95, dkron_a_bucket) > 2" },
  ]);
});

describe("kind/raw-counter", () => {
  checkTable(kindRawCounter, [
    {
      title: "as it stands",
      expr: "«dkron_job_executions_failed_total» > 3",
      says: "fires for ever",
      fixed: "increase(dkron_job_executions_failed_total[5m]) > 3",
    },
    {
      title: "aggregated, the limit first",
      expr: '3 < max by (job_name) («dkron_job_executions_failed_total»{job="dkron"})',
      fixed: '3 < max by (job_name) (increase(dkron_job_executions_failed_total{job="dkron"}[5m]))',
    },
    {
      title: "the window of the job's scrapes",
      expr: "«dkron_job_executions_failed_total» > 3",
      files: { "prometheus.yml": "scrape_configs: [{job_name: dkron, scrape_interval: 5m}]" },
      fixed: "increase(dkron_job_executions_failed_total[20m]) > 3",
    },
    {
      title: "the greatest of a counter",
      expr: "max_over_time(«dkron_job_executions_failed_total»[1h]) > 3",
      fixed: "increase(dkron_job_executions_failed_total[1h]) > 3",
    },
    {
      title: "an hour ago",
      expr: "«process_cpu_seconds_total» offset 1h > 3",
      fixed: "increase(process_cpu_seconds_total[5m] offset 1h) > 3",
    },
    { title: "a summary's count", expr: "«dkron_grpc_execution_done_count» > 1000" },
    { title: "below a limit", expr: "«dkron_job_executions_failed_total» < 3", says: "never again" },
    {
      title: "and another metric grows",
      expr: "«dkron_job_executions_failed_total» > 3 and increase(dkron_job_executions_succeeded_total[5m]) > 0",
    },
    {
      title: "and it grows",
      expr: "dkron_job_executions_failed_total > 3 and increase(dkron_job_executions_failed_total[5m]) > 0",
    },
    {
      title: "it grows, and there are many",
      expr: "increase(dkron_job_executions_failed_total[5m]) > 0 and dkron_job_executions_failed_total > 3",
    },
    {
      title: "new series",
      expr: "dkron_job_executions_failed_total > 0 unless dkron_job_executions_failed_total offset 1h",
    },
    { title: "increase", expr: "increase(dkron_job_executions_failed_total[5m]) > 3" },
    { title: "a counter that is there for a minute", expr: "dkron_agent_event_received_member_failed > 0" },
    { title: "the same over time", expr: "max_over_time(dkron_agent_event_received_member_failed[5m]) > 0" },
    { title: "a gauge", expr: "go_goroutines > 1000" },
    { title: "how many series there are", expr: "count(dkron_job_executions_failed_total) > 3" },
    {
      title: "only whether it is there",
      expr: "dkron_job_executions_failed_total unless dkron_job_executions_succeeded_total",
    },
    { title: "a metric that is not known", expr: "things_total > 3" },
    { title: "the mean of a summary", expr: "dkron_grpc_execution_done_sum / dkron_grpc_execution_done_count > 500" },
  ]);
});

describe("kind/sparse-rate", () => {
  checkTable(kindSparseRate, [
    {
      title: "increase of an event",
      expr: "«increase»(dkron_agent_event_received_member_failed[2m]) > 0",
      says: "Write max_over_time(dkron_agent_event_received_member_failed[2m]) > 0",
      fixed: "max_over_time(dkron_agent_event_received_member_failed[2m]) > 0",
    },
    {
      title: "rate of a rare timer's count",
      expr: "«rate»(dkron_grpc_delete_job_count[5m]) > 0",
      fixed: "max_over_time(dkron_grpc_delete_job_count[5m]) > 0",
    },
    {
      title: "more events than a count says",
      expr: "max by (job) («increase»(dkron_raft_state_candidate[5m])) > 2",
      says: "How often it came nobody can tell afterwards: ask whether it came, with max_over_time(dkron_raft_state_candidate[5m]) > 0",
      fixed: "max by (job) (max_over_time(dkron_raft_state_candidate[5m])) > 0",
    },
    {
      title: "a number of events, the limit in front",
      expr: "2 <= «increase»(dkron_raft_state_candidate[5m])",
      fixed: "0 < max_over_time(dkron_raft_state_candidate[5m])",
    },
    {
      title: "at least one event",
      expr: "«increase»(dkron_raft_state_candidate[5m]) >= 1",
      fixed: "max_over_time(dkron_raft_state_candidate[5m]) >= 1",
    },
    {
      title: "milliseconds of a rare timer",
      expr: "«increase»(dkron_grpc_delete_job_sum[5m]) > 20",
      fixed: "max_over_time(dkron_grpc_delete_job_sum[5m]) > 20",
    },
    {
      title: "changes of scheduler starts",
      expr: "sum(«changes»(dkron_scheduler_start[5m])) > 1",
      fixed: "sum(max_over_time(dkron_scheduler_start[5m])) > 1",
    },
    {
      title: "so many that the series lives on",
      expr: "rate(dkron_serf_msgs_received_count[5m]) > 100",
      dkronVersion: "4.0.9",
    },
    { title: "the greatest", expr: "max_over_time(dkron_agent_event_received_member_failed[2m]) > 0" },
    { title: "how many samples", expr: "count_over_time(dkron_scheduler_start[1h]) > 0" },
    { title: "a native counter", expr: "increase(dkron_job_executions_failed_total[2m]) > 3" },
    { title: "a timer in use all the time", expr: "rate(dkron_grpc_execution_done_count[5m]) > 3" },
    { title: "gossip, in 4.0.9", expr: "rate(dkron_memberlist_gossip_count[5m]) > 3", dkronVersion: "4.0.9" },
    { title: "a metric that is not known", expr: "increase(events[2m]) > 0" },
  ]);
});

describe("kind/rate-of-sum", () => {
  checkTable(kindRateOfSum, [
    {
      title: "a sum in a subquery",
      expr: "«rate»(sum by (job) (process_cpu_seconds_total)[5m:1m]) > 1",
      says: "starts from zero",
      fixed: "sum by (job) (rate(process_cpu_seconds_total[5m])) > 1",
    },
    {
      title: "of any program",
      expr: '«increase»((sum(things_total{a="b"}))[1h:]) > 1',
      fixed: 'sum(increase(things_total{a="b"}[1h])) > 1',
    },
    {
      title: "with an offset, which stays with the author",
      expr: "«rate»(sum(things_total)[1h:] offset 5m) > 1",
      fixed: null,
    },
    { title: "a sum of rates", expr: "sum by (job) (rate(process_cpu_seconds_total[5m])) > 1" },
    { title: "the greatest of a sum", expr: "max_over_time(sum(go_goroutines)[1h:1m]) > 1" },
    { title: "the slope of a sum of gauges", expr: "deriv(sum(go_goroutines)[1h:1m]) > 1" },
    { title: "a single series in a subquery", expr: "rate(things_total[5m:30s]) > 1" },
  ]);
});

const scrapes = (interval: string): Readonly<Record<string, string>> => ({
  "prometheus.yml": `global: {scrape_interval: 15s}\nscrape_configs:\n  - {job_name: dkron, scrape_interval: ${interval}}\n  - {job_name: node}\n`,
});

describe("kind/short-range", () => {
  checkTable(kindShortRange, [
    {
      title: "less than two scrapes of the job",
      expr: "rate(process_cpu_seconds_total[«1m»]) > 0.9",
      files: scrapes("40s"),
      says: "The job dkron is scraped every 40s",
      fixed: "rate(process_cpu_seconds_total[160s]) > 0.9",
    },
    {
      title: "the job that the matcher names",
      expr: 'increase(things_total{job="dkron"}[«45s»]) > 0.9',
      files: scrapes("30s"),
      fixed: 'increase(things_total{job="dkron"}[2m]) > 0.9',
    },
    {
      title: "of any job, the quickest",
      expr: "rate(things_total[«20s»]) > 0.9",
      files: scrapes("30s"),
      says: "The job node is scraped every 15s",
      fixed: "rate(things_total[1m]) > 0.9",
    },
    {
      title: "Prometheus' own default",
      expr: "rate(things_total[«1m»]) > 0.9",
      files: { "prometheus.yml": "scrape_configs: [{job_name: dkron}]" },
      fixed: "rate(things_total[4m]) > 0.9",
    },
    { title: "without a prometheus.yml", expr: "rate(process_cpu_seconds_total[5s]) > 0.9" },
    { title: "two scrapes", expr: "rate(process_cpu_seconds_total[30s]) > 0.9", files: scrapes("15s") },
    { title: "another, quicker job", expr: 'rate(things_total{job="node"}[1m]) > 0.9', files: scrapes("40s") },
    { title: "a job that is not there", expr: 'rate(things_total{job="other"}[1s]) > 0.9', files: scrapes("40s") },
    {
      title: "a function that one sample is enough for",
      expr: "max_over_time(go_goroutines[10s]) > 9",
      files: scrapes("40s"),
    },
    { title: "a range that is not a number", expr: "rate(things_total[1m * 2]) > 9", files: scrapes("40s") },
  ]);
});

describe("kind/resets", () => {
  checkTable(kindResets, [
    {
      title: "the job counters",
      expr: "«resets»(dkron_job_executions_failed_total[2m]) > 0",
      says: "Raft log",
      fixed: "changes(process_start_time_seconds[2m]) > 0",
    },
    {
      title: "a counter that expires, with a job",
      expr: '«resets»(dkron_grpc_execution_done_count{job="dkron"}[2m]) > 0',
      says: "60 s",
      fixed: 'changes(process_start_time_seconds{job="dkron"}[2m]) > 0',
    },
    { title: "a counter of the process", expr: "resets(process_cpu_seconds_total[2m]) > 0" },
    { title: "the start time", expr: "changes(process_start_time_seconds[2m]) > 0" },
    { title: "a metric that is not known", expr: "resets(things_total[2m]) > 0" },
    { title: "another function", expr: "increase(dkron_job_executions_failed_total[2m]) > 3" },
  ]);
});

describe("kind/absent-expiring", () => {
  checkTable(kindAbsentExpiring, [
    {
      title: "the leader's barrier",
      expr: '«absent»(dkron_dkron_leader_barrier_count{job="dkron"})',
      says: "absent for moments",
      fixed: 'absent_over_time(dkron_dkron_leader_barrier_count{job="dkron"}[3m])',
    },
    {
      title: "over too short a time",
      expr: "«absent_over_time»(dkron_dkron_leader_barrier_count[1m])",
      fixed: "absent_over_time(dkron_dkron_leader_barrier_count[3m])",
    },
    {
      title: "an event",
      expr: "«absent»(dkron_agent_event_received_member_join)",
      says: "fires nearly always",
      fixed: null,
    },
    {
      title: "with a for that its moments pass",
      rule: "alert: A\nexpr: «absent»(dkron_dkron_leader_barrier_count)\nfor: 30s",
      fixed: "alert: A\nexpr: absent_over_time(dkron_dkron_leader_barrier_count[3m])\nfor: 30s",
    },
    {
      title: "an event, with a for",
      rule: "alert: A\nexpr: «absent»(dkron_agent_event_received_member_join)\nfor: 1h",
    },
    {
      title: "with a for that outlasts its moments",
      rule: "alert: A\nexpr: absent(dkron_dkron_leader_barrier_count)\nfor: 5m",
    },
    { title: "over three minutes", expr: "absent_over_time(dkron_dkron_leader_barrier_count[3m])" },
    { title: "what is always there", expr: 'absent({__name__=~"dkron_.+_runtime_num_goroutines"})' },
    { title: "a native metric", expr: "absent(go_goroutines)" },
    { title: "up", expr: 'absent(up{job="dkron"})' },
  ]);
});

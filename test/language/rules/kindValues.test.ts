// Units and limits that do not suit a metric: what is said, and the text behind the fix.
import { describe } from "vitest";
import { kindOutOfRange } from "../../../server/src/language/rules/kind/outOfRange.ts";
import { kindUnit } from "../../../server/src/language/rules/kind/unit.ts";
import { checkTable } from "./table.ts";

const mean = "rate(dkron_grpc_client_agent_run_sum[5m]) / rate(dkron_grpc_client_agent_run_count[5m])";

describe("kind/unit", () => {
  checkTable(kindUnit, [
    {
      title: "a length of time as the limit of milliseconds",
      expr: `${mean} > «5s»`,
      says: "Prometheus reads 5s as the number 5",
      fixed: `${mean} > 5000`,
    },
    { title: "on the left", expr: `«1m» < ${mean}`, fixed: `60000 < ${mean}` },
    {
      title: "a length of time as the limit of bytes",
      expr: "process_resident_memory_bytes > «5s»",
      says: "a length of time",
      fixed: "process_resident_memory_bytes > 5",
      remains: true,
    },
    {
      title: "milliseconds and seconds compared",
      expr: `max(${mean}) «>» max(time() - process_start_time_seconds)`,
      says: "The left side is in ms, the right side in s",
    },
    {
      title: "bytes and a number of seconds added",
      expr: "process_resident_memory_bytes «+» process_start_time_seconds > 1e9",
      says: "in bytes",
    },
    {
      title: "milliseconds held against a few seconds",
      expr: `${mean} > «60»`,
      says: "If seconds were meant",
      fixed: `${mean} > 60000`,
    },
    {
      title: "bytes held against megabytes",
      expr: "process_resident_memory_bytes > «512»",
      says: "If megabytes were meant",
      fixed: "process_resident_memory_bytes > 512 * 1024 * 1024",
    },
    {
      title: "percent held against a share",
      expr: "go_memstats_gc_cpu_fraction * 100 > «0.5»",
      dkronVersion: "3.1.0",
      says: "in percent",
      fixed: "go_memstats_gc_cpu_fraction * 100 > 50",
    },
    { title: "percent", expr: "go_memstats_gc_cpu_fraction * 100 > 50", dkronVersion: "3.1.0" },
    { title: "milliseconds", expr: `${mean} > 60000` },
    { title: "brought to seconds", expr: `${mean} / 1000 > 60` },
    { title: "seconds and a length of time", expr: "time() - process_start_time_seconds > 5m" },
    { title: "bytes", expr: "process_resident_memory_bytes > 512 * 1024 * 1024" },
    { title: "a share of bytes", expr: "process_resident_memory_bytes / process_virtual_memory_bytes > 0.8" },
    { title: "files against files", expr: "process_open_fds > process_max_fds * 0.8" },
    { title: "a metric that is not known", expr: "latency > 5s" },
    { title: "counts of things", expr: "increase(dkron_job_executions_failed_total[5m]) > 3" },
    { title: "a small limit below", expr: `${mean} < 5` },
    {
      title: "Go's seconds",
      expr: "rate(go_gc_duration_seconds_sum[2m]) / rate(go_gc_duration_seconds_count[2m]) > 0.0001",
    },
    { title: "twice as much as before", expr: "go_memstats_alloc_bytes > 2 * (go_memstats_alloc_bytes offset 1d)" },
    { title: "a third more", expr: "go_memstats_alloc_bytes / 3 > go_memstats_heap_inuse_bytes * 1.5" },
    {
      title: "milliseconds of a pause held against nanoseconds",
      expr: 'max_over_time(dkron_runtime_gc_pause_ns{quantile="0.99"}[5m]) > «100»',
      says: "If milliseconds were meant",
      fixed: 'max_over_time(dkron_runtime_gc_pause_ns{quantile="0.99"}[5m]) > 100000000',
    },
    { title: "nanoseconds of a pause", expr: 'max_over_time(dkron_runtime_gc_pause_ns{quantile="0.99"}[5m]) > 5e7' },
  ]);
});

const saturation = 'max_over_time(dkron_raft_thread_main_saturation{quantile="0.99"}[5m])';
const failed = "rate(dkron_job_executions_failed_total[2m])";
const share = `${failed} / (${failed} + rate(dkron_job_executions_succeeded_total[2m]))`;

describe("kind/out-of-range", () => {
  checkTable(
    kindOutOfRange,
    [
      {
        title: "how old a sample is",
        expr: "time() - timestamp(runs_total) > «3600»",
        says: "So > 3600 is never true. The alert never fires. To tell that samples stay away, write absent_over_time(runs_total[1h])",
      },
      {
        title: "how old the oldest sample is",
        expr: 'max(time() - timestamp(a{b="c"})) > «600» and on () d',
        says: 'absent_over_time(a{b="c"}[10m])',
      },
      { title: "all that there is", expr: "count(time() - timestamp(up) > «300») > 0", says: "So > 300 is never true" },
      { title: "how old a sample may be", expr: "time() - timestamp(a) > 120 or time() - timestamp(a) >= 300" },
      { title: "how old the last sample of a day is", expr: "time() - max_over_time(timestamp(a)[1d:]) > 3600" },
      { title: "how young a sample is", expr: "time() - timestamp(a) < 3600" },
      {
        title: "the time of an evaluation",
        expr: "time() - timestamp(last_over_time(a[1d])) > «3600»",
        says: "is the time of the evaluation, and the difference is 0. So > 3600 is never true",
      },
      { title: "the time of an evaluation, and no limit above it", expr: "time() - timestamp(a > 0) < 3600" },
      {
        title: "percent of a share",
        expr: `${saturation} > «80»`,
        says: "0.8 for 80 percent",
        fixed: `${saturation} > 0.8`,
      },
      {
        title: "percent of a part of a whole",
        expr: `max by (job_name) (${failed}) > 3 or ${share} > «50»`,
        says: "a part of a whole",
        fixed: `max by (job_name) (${failed}) > 3 or ${share} > 0.5`,
      },
      {
        title: "percent of a part of a whole that is at least one",
        expr: "sum(rate(a_total[5m])) / clamp_min(sum(rate(a_total[5m])) + sum(rate(b_total[5m])), 1) > «25»",
        says: "a part of a whole",
        fixed: "sum(rate(a_total[5m])) / clamp_min(sum(rate(a_total[5m])) + sum(rate(b_total[5m])), 1) > 0.25",
      },
      {
        title: "percent of some of the series",
        expr: 'sum by (job) (rate(a_total{code=~"5.."}[5m])) / (sum by (job) (rate(a_total[5m])) > 0) > «5»',
        says: "a part of a whole",
        fixed: 'sum by (job) (rate(a_total{code=~"5.."}[5m])) / (sum by (job) (rate(a_total[5m])) > 0) > 0.05',
      },
      {
        title: "percent of what may be open",
        expr: "process_open_fds / process_max_fds > «80»",
        says: "0.8 for 80 percent",
        fixed: "process_open_fds / process_max_fds > 0.8",
      },
      {
        title: "percent of what is left, of another program",
        expr: '1 - (node_filesystem_avail_bytes{job="n"} / node_filesystem_size_bytes{job="n"}) > «90»',
        fixed: '1 - (node_filesystem_avail_bytes{job="n"} / node_filesystem_size_bytes{job="n"}) > 0.9',
      },
      {
        title: "percent of memory, aggregated, the limit in front",
        expr: "«50» < sum by (job) (node_memory_MemFree_bytes) / sum by (job) (node_memory_MemTotal_bytes)",
      },
      { title: "a share of what may be open", expr: "process_open_fds / process_max_fds > 0.8" },
      { title: "a ratio of two sizes", expr: "network_receive_bytes / network_transmit_bytes > 80" },
      { title: "a ratio of two counters", expr: "rate(a_failed_total[5m]) / rate(a_total[5m]) > 80" },
      { title: "a ratio of other series", expr: 'x_used_bytes{a="b"} / x_max_bytes{a="c"} > 80' },
      { title: "a ratio of sums by other labels", expr: "sum by (a) (x_used_bytes) / sum(x_max_bytes) > 80" },
      { title: "the limit above what is used", expr: "process_max_fds / process_open_fds > 80" },
      {
        title: "a counter below zero",
        expr: "increase(dkron_job_executions_failed_total[5m]) < «0»",
        says: "never true",
      },
      {
        title: "the greatest health score is 7",
        expr: '{__name__=~"dkron_.+_memberlist_health_score"} == 0 or dkron_cron_1_memberlist_health_score > «7»',
        says: "between 0 and 7",
      },
      { title: "always", expr: "go_goroutines >= «0»", says: "fires for every series" },
      { title: "no series count zero", expr: "count(up == 1) == «0»", says: "The alert never fires" },
      {
        title: "one half of an alert",
        expr: "count(up == 1) < «1» or absent(up)",
        says: "The comparison lets nothing through",
      },
      { title: "what is taken away", expr: "up == 0 unless count(up) < «1»", says: "lets nothing through" },
      { title: "a half that the other one needs", expr: "up == 0 and count(up) < «1»", says: "The alert never fires" },
      { title: "always, and something else", expr: "go_goroutines >= «0» and up == 0", says: "leaves nothing out" },
      { title: "a constant", expr: "vector(0) > 1" },
      { title: "a share", expr: `${saturation} > 0.8` },
      { title: "a part of a whole", expr: `${share} > 0.5` },
      { title: "a share of some of the series", expr: 'sum(rate(a{code="500"}[5m])) / sum(rate(a[5m])) > 0.05' },
      { title: "percent of some of the series", expr: 'sum(rate(a{code="500"}[5m])) * 100 / sum(rate(a[5m])) > 5' },
      { title: "as many more as of others", expr: 'sum(rate(a{code="500"}[5m])) / sum(rate(a{code="200"}[5m])) > 5' },
      { title: "of gauges, which may be negative", expr: 'sum(a{code="500"}) / sum(a) > 5' },
      { title: "the mean of some", expr: 'avg(rate(a{code="500"}[5m])) / avg(rate(a[5m])) > 5' },
      { title: "over another time", expr: 'sum(increase(a{code="500"}[1h])) / sum(increase(a[5m])) > 5' },
      { title: "a ratio of two things", expr: `${failed} / rate(dkron_job_executions_succeeded_total[2m]) > 50` },
      { title: "percent made of a share", expr: `${saturation} * 100 > 80` },
      { title: "how many series", expr: "count(up == 1) > 0" },
      { title: "too few", expr: "count(up == 1) < 3" },
      { title: "nothing happens", expr: "rate(dkron_grpc_execution_done_count[5m]) == 0" },
      { title: "absent", expr: "absent(up) == 1" },
      { title: "a metric that is not known", expr: "saturation > 80" },
      { title: "a value for other rules", expr: `${saturation} > bool 80` },
      { title: "the health score", expr: "dkron_cron_1_memberlist_health_score > 6" },
    ],
    { dkronVersion: "4.0.9" },
  );
});

// Series that come and go, quantiles, histograms and counts of several servers: what is said, and the text behind the fix.
import { describe } from "vitest";
import { kindEveryServer } from "../../../server/src/language/rules/kind/everyServer.ts";
import { kindExpiry } from "../../../server/src/language/rules/kind/expiry.ts";
import { kindFirstIncrement } from "../../../server/src/language/rules/kind/firstIncrement.ts";
import { kindHistogramWithoutLe } from "../../../server/src/language/rules/kind/histogramWithoutLe.ts";
import { kindNoHistogram } from "../../../server/src/language/rules/kind/noHistogram.ts";
import { kindQuantileGone } from "../../../server/src/language/rules/kind/quantileGone.ts";
import { kindQuantileMixed } from "../../../server/src/language/rules/kind/quantileMixed.ts";
import { checkTable } from "./table.ts";

const failed = "dkron_job_executions_failed_total";
const member = "dkron_agent_event_received_member_failed";
const scraped = (interval: string): Readonly<Record<string, string>> => ({
  "prometheus.yml": `scrape_configs: [{job_name: dkron, scrape_interval: ${interval}}]`,
});

describe("kind/expiry", () => {
  checkTable(kindExpiry, [
    {
      title: "a for of more than its life",
      rule: `alert: A\nexpr: «${member}» > 0\nfor: 5m`,
      says: "never still true",
      fixed: `alert: A\nexpr: max_over_time(${member}[10m]) > 0\nfor: 5m`,
    },
    {
      title: "a for of more than its life and the window",
      rule: `alert: A\nexpr: max_over_time(«${member}»[2m]) > 0\nfor: 10m`,
      fixed: `alert: A\nexpr: max_over_time(${member}[20m]) > 0\nfor: 10m`,
    },
    {
      title: "a group that is evaluated too rarely",
      file: `groups:\n  - name: g\n    interval: 2m\n    rules:\n      - alert: A\n        expr: «dkron_scheduler_start» > 0\n`,
      says: "Events in between are missed",
      fixed: `groups:\n  - name: g\n    interval: 2m\n    rules:\n      - alert: A\n        expr: max_over_time(dkron_scheduler_start[10m]) > 0\n`,
    },
    {
      title: "an evaluation interval of the workspace",
      expr: "«dkron_scheduler_start» > 0",
      files: {
        "prometheus.yml":
          "global: {evaluation_interval: 5m}\nscrape_configs: [{job_name: dkron, scrape_interval: 15s}]",
      },
      fixed: "max_over_time(dkron_scheduler_start[10m]) > 0",
    },
    {
      title: "a scrape of a minute",
      expr: `max_over_time(«${member}»[10m]) > 0`,
      files: scraped("1m"),
      says: "Scrape this job every 15s",
      fixed: null,
    },
    {
      title: "a scrape of a minute, and runs",
      expr: "rate(«dkron_grpc_client_agent_run_count»[5m]) > 1",
      files: scraped("2m"),
    },
    {
      title: "a short window on what is written once a minute",
      expr: "rate(«dkron_dkron_leader_barrier_sum»[1m]) > 100",
      says: "one write at most",
      fixed: "rate(dkron_dkron_leader_barrier_sum[5m]) > 100",
    },
    { title: "a long one", expr: "rate(dkron_dkron_leader_barrier_sum[5m]) > 100" },
    { title: "a short for", rule: `alert: A\nexpr: ${member} > 0\nfor: 15s` },
    { title: "a window beyond the for", rule: `alert: A\nexpr: max_over_time(${member}[10m]) > 0\nfor: 5m` },
    { title: "a native metric", rule: `alert: A\nexpr: increase(${failed}[10m]) > 3\nfor: 5m` },
    {
      title: "a gauge of every second",
      expr: '{__name__=~"dkron_.+_runtime_num_goroutines"} > 9',
      files: scraped("1m"),
    },
    { title: "a scrape of 15 s", expr: `max_over_time(${member}[10m]) > 0`, files: scraped("15s") },
    {
      title: "a quick group",
      file: "groups:\n  - name: g\n    interval: 15s\n    rules:\n      - alert: A\n        expr: dkron_scheduler_start > 0\n",
    },
    { title: "a metric that is not known", rule: "alert: A\nexpr: events > 0\nfor: 5m", files: scraped("2m") },
  ]);
});

describe("kind/quantile-gone", () => {
  checkTable(kindQuantileGone, [
    {
      title: "a rare timer",
      expr: '«dkron_grpc_set_job»{quantile="0.99"} > 1000',
      says: "NaN",
      fixed: 'max_over_time(dkron_grpc_set_job{quantile="0.99"}[5m]) > 1000',
    },
    {
      title: "under an aggregation",
      expr: 'max by (instance) («dkron_grpc_client_agent_run»{quantile="0.99"}) > 1000',
      fixed: 'max by (instance) (max_over_time(dkron_grpc_client_agent_run{quantile="0.99"}[5m])) > 1000',
    },
    {
      title: "every half minute, in 4.0.9",
      expr: '«dkron_serf_queue_Event»{quantile="0.99"} > 100',
      dkronVersion: "4.0.9",
    },
    { title: "over some minutes", expr: 'max_over_time(dkron_grpc_set_job{quantile="0.99"}[5m]) > 1000' },
    {
      title: "every second, in 4.0.9",
      expr: 'dkron_raft_leader_lastContact{quantile="0.99"} > 100',
      dkronVersion: "4.0.9",
    },
    { title: "Go's own summary", expr: 'go_gc_duration_seconds{quantile="1"} > 0.1' },
    {
      title: "the parts of a summary",
      expr: "rate(dkron_grpc_set_job_sum[5m]) / rate(dkron_grpc_set_job_count[5m]) > 1",
    },
    { title: "a metric that is not known", expr: 'latency{quantile="0.99"} > 100' },
  ]);
});

describe("kind/no-histogram", () => {
  checkTable(kindNoHistogram, [
    {
      title: "buckets that are not there",
      expr: "«histogram_quantile»(0.9, rate(dkron_grpc_client_agent_run_bucket[2m])) > 1",
      says: "Dkron has summaries and no histograms",
      fixed: 'max_over_time(dkron_grpc_client_agent_run{quantile="0.9"}[2m]) > 1',
    },
    {
      title: "grouped, with a quantile that is not offered",
      expr: '«histogram_quantile»(0.95, sum by (le, instance) (rate(dkron_grpc_client_agent_run_bucket{job="dkron"}[5m]))) > 1',
      fixed: 'max by (instance) (max_over_time(dkron_grpc_client_agent_run{job="dkron", quantile="0.99"}[5m])) > 1',
    },
    {
      title: "grouped by le alone",
      expr: "«histogram_quantile»(0.5, sum by (le) (rate(dkron_grpc_execution_done_bucket[5m]))) > 1",
      fixed: 'max(max_over_time(dkron_grpc_execution_done{quantile="0.5"}[5m])) > 1',
    },
    {
      title: "a summary itself",
      expr: "«histogram_quantile»(0.99, dkron_grpc_execution_done) > 1",
      fixed: 'max_over_time(dkron_grpc_execution_done{quantile="0.99"}[5m]) > 1',
    },
    {
      title: "a bucket by itself",
      expr: 'rate(«dkron_grpc_execution_done_bucket»{le="0.5"}[5m]) > 1',
      says: "does not exist",
      fixed: null,
    },
    {
      title: "another program's",
      expr: "histogram_quantile(0.9, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 1",
    },
    {
      title: "another program's native one",
      expr: "histogram_quantile(0.9, rate(http_request_duration_seconds[5m])) > 1",
    },
    { title: "a quantile", expr: 'dkron_grpc_execution_done{quantile="0.9"} > 1' },
    {
      title: "a recording rule's",
      expr: "dkron_x_bucket > 1",
      files: { "r.rules.yml": "groups: [{name: a, rules: [{record: dkron_x_bucket, expr: up}]}]" },
    },
    {
      title: "the mean",
      expr: "rate(dkron_grpc_execution_done_sum[5m]) / rate(dkron_grpc_execution_done_count[5m]) > 1",
    },
  ]);
});

describe("kind/quantile-mixed", () => {
  checkTable(kindQuantileMixed, [
    {
      title: "averaged",
      expr: '«avg»(dkron_grpc_client_agent_run{quantile="0.99"}) > 9',
      says: "the quantile of nothing",
      fixed: 'max(dkron_grpc_client_agent_run{quantile="0.99"}) > 9',
    },
    {
      title: "added up by a label",
      expr: '«sum» by (instance) (go_gc_duration_seconds{quantile="1"}) > 9',
      fixed: 'max by (instance) (go_gc_duration_seconds{quantile="1"}) > 9',
    },
    {
      title: "over time",
      expr: '«avg_over_time»(dkron_grpc_client_agent_run{quantile="0.99"}[5m]) > 9',
      fixed: 'max_over_time(dkron_grpc_client_agent_run{quantile="0.99"}[5m]) > 9',
    },
    {
      title: "of another program",
      expr: '«avg»(max_over_time(latency{quantile="0.99"}[5m])) > 9',
      fixed: 'max(max_over_time(latency{quantile="0.99"}[5m])) > 9',
    },
    {
      title: "beside the mean of another one",
      expr: 'a{quantile="0.5"} > on () group_left «avg»(a{quantile="0.99"})',
    },
    {
      title: "beside another one without matchers",
      expr: "dkron_grpc_client_agent_run > on () group_left «avg»(dkron_grpc_execution_done)",
    },
    {
      title: "one that stands out among its peers",
      expr: 'a{quantile="0.99"} - on () group_left avg(a{quantile="0.99"}) > 5',
    },
    { title: "more than usual", expr: 'a{quantile="0.99"} > 2 * avg_over_time(a{quantile="0.99"}[1h] offset 1d)' },
    { title: "the greatest", expr: 'max(dkron_grpc_client_agent_run{quantile="0.99"}) > 9' },
    { title: "how many", expr: 'count(dkron_grpc_client_agent_run{quantile="0.99"} > 500) > 9' },
    { title: "a sum of the parts", expr: "sum(rate(dkron_grpc_client_agent_run_sum[5m])) > 9" },
    { title: "another program's that may be anything", expr: "avg(latency) > 9" },
    { title: "the sum of a condition on it", expr: 'sum(latency{quantile="0.99"} > bool 5) > 9' },
  ]);
});

describe("kind/histogram-without-le", () => {
  checkTable(kindHistogramWithoutLe, [
    {
      title: "grouped without le",
      expr: "«histogram_quantile»(0.9, sum by (job) (rate(x_bucket[5m]))) > 1",
      says: "keeps only the labels",
      fixed: "histogram_quantile(0.9, sum by (job, le) (rate(x_bucket[5m]))) > 1",
    },
    {
      title: "not grouped",
      expr: "«histogram_quantile»(0.9, sum(rate(x_bucket[5m]))) > 1",
      fixed: "histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m]))) > 1",
    },
    { title: "le dropped", expr: "«histogram_quantile»(0.9, sum without (le) (rate(x_bucket[5m]))) > 1", fixed: null },
    { title: "with le", expr: "histogram_quantile(0.9, sum by (job, le) (rate(x_bucket[5m]))) > 1" },
    { title: "without an aggregation", expr: "histogram_quantile(0.9, rate(x_bucket[5m])) > 1" },
    { title: "another label dropped", expr: "histogram_quantile(0.9, sum without (pod) (rate(x_bucket[5m]))) > 1" },
    {
      title: "VictoriaMetrics' buckets",
      expr: "histogram_quantile(0.9, sum by (job, vmrange) (rate(x_bucket[5m]))) > 1",
    },
    { title: "a native histogram", expr: "histogram_quantile(0.9, sum by (job) (rate(x[5m]))) > 1" },
  ]);
});

describe("kind/first-increment", () => {
  checkTable(kindFirstIncrement, [
    {
      title: "one job",
      expr: `«increase»(${failed}{job_name="a"}[2m]) > 0`,
      says: "born with it",
      fixed: `increase(${failed}{job_name="a"}[2m]) > 0 or ${failed}{job_name="a"} unless ${failed}{job_name="a"} offset 2m`,
    },
    {
      title: "the greatest of the servers'",
      expr: `max by (job_name) («increase»(${failed}[5m])) >= 1`,
      fixed: `max by (job_name) (increase(${failed}[5m])) >= 1 or max by (job_name) (${failed} unless ${failed} offset 5m)`,
    },
    {
      title: "inside something",
      expr: `max by (job_name) («rate»(${failed}[5m])) > 0 and on () vector(1)`,
      fixed: `(max by (job_name) (rate(${failed}[5m])) > 0 or max by (job_name) (${failed} unless ${failed} offset 5m)) and on () vector(1)`,
    },
    { title: "with an offset", expr: `«increase»(${failed}[5m] offset 1h) > 0`, fixed: null },
    { title: "more than one", expr: `max by (job_name) (increase(${failed}[5m])) > 3` },
    {
      title: "new series are looked for",
      expr: `increase(${failed}[5m]) > 0 or (${failed} unless ${failed} offset 5m)`,
    },
    {
      title: "a share",
      expr: `rate(${failed}[5m]) / (rate(${failed}[5m]) + rate(dkron_job_executions_succeeded_total[5m])) > 0.5`,
    },
    { title: "no growth", expr: "max by (job_name) (increase(dkron_job_executions_succeeded_total[1d])) < 1" },
    { title: "a counter that is there from the start", expr: "increase(process_cpu_seconds_total[5m]) > 0" },
    { title: "a metric that is not known", expr: "increase(errors_total[5m]) > 0" },
  ]);
});

describe("kind/every-server", () => {
  checkTable(kindEveryServer, [
    {
      title: "added up by job",
      expr: `«sum» by (job_name) (increase(${failed}[2m])) > 3`,
      says: "as many times the number as there are servers",
      fixed: `max by (job_name) (increase(${failed}[2m])) > 3`,
    },
    {
      title: "added up at all",
      expr: `«sum»(increase(${failed}[2m])) > 3`,
      fixed: `sum(max by (job_name) (increase(${failed}[2m]))) > 3`,
    },
    {
      title: "added up by another label",
      expr: `«sum» by (cluster) (rate(${failed}[2m])) > 3`,
      fixed: `sum by (cluster) (max by (cluster, job_name) (rate(${failed}[2m]))) > 3`,
    },
    {
      title: "added up without the server",
      expr: `«sum» without (instance) (rate(${failed}[2m])) > 3`,
      fixed: `sum without (instance) (max without (instance) (rate(${failed}[2m]))) > 3`,
    },
    {
      title: "how many jobs fail",
      expr: `«count»(increase(${failed}[1h]) > 0) > 3`,
      fixed: `count(max by (job_name) (increase(${failed}[1h]) > 0)) > 3`,
    },
    {
      title: "not aggregated: the documentation's alert",
      rule: `alert: DkronJobFailures\nexpr: increase(«${failed}»[1h]) > 3\nfor: 5m`,
      says: "once for each server and job",
      fixed: `alert: DkronJobFailures\nexpr: max by (job_name) (increase(${failed}[1h])) > 3\nfor: 5m`,
    },
    {
      title: "a share, said once",
      expr: `rate(«${failed}»[2m]) / (rate(${failed}[2m]) + rate(dkron_job_executions_succeeded_total[2m])) > 0.5`,
      fixed: `max by (job_name) (rate(${failed}[2m]) / (rate(${failed}[2m]) + rate(dkron_job_executions_succeeded_total[2m]))) > 0.5`,
    },
    {
      title: "beside another condition, which stays as it is",
      expr: `increase(«${failed}»[2m]) > 3 or up == 0`,
      fixed: `max by (job_name) (increase(${failed}[2m])) > 3 or up == 0`,
    },
    {
      title: "with a condition on itself: one of all of it",
      expr: `increase(«${failed}»[2m]) > 3 and increase(${failed}[1h]) > 9`,
      fixed: `max by (job_name) (increase(${failed}[2m]) > 3 and increase(${failed}[1h]) > 9)`,
    },
    { title: "kept apart on purpose", expr: `max by (instance, job_name) (increase(${failed}[2m])) > 3` },
    {
      title: "kept apart for what a server has",
      expr: `sum by (instance, job_name) (increase(${failed}[2m])) * on (instance) group_left (nodename) node_uname_info > 3`,
    },
    { title: "the greatest of the servers'", expr: `max by (job_name) (increase(${failed}[2m])) > 3` },
    { title: "added up behind that", expr: `sum(max by (job_name) (increase(${failed}[2m]))) > 3` },
    { title: "one server", expr: `increase(${failed}{instance="a:8080"}[2m]) > 3` },
    {
      title: "added up within a server, one of them then",
      expr: `max(sum by (instance) (increase(${failed}[2m]))) > 3`,
    },
    {
      title: "only whether it is there",
      expr: `max by (job_name) (${failed}) unless on (job_name) dkron_job_executions_succeeded_total`,
    },
    { title: "recorded server by server", rule: `record: instance:failures:rate5m\nexpr: rate(${failed}[5m])` },
    { title: "counted by one server", expr: "sum(rate(dkron_grpc_client_agent_run_count[5m])) > 3" },
    { title: "a metric that is not known", expr: "sum(increase(errors_total[5m])) > 3" },
  ]);
});

// Labels that are not there, values and quantiles that they never have: what is said, and the text behind the fix.
import { describe } from "vitest";
import { labelExportedJob } from "../../../server/src/language/rules/label/exportedJob.ts";
import { labelGone } from "../../../server/src/language/rules/label/gone.ts";
import { labelQuantile } from "../../../server/src/language/rules/label/quantile.ts";
import { labelUnknown } from "../../../server/src/language/rules/label/unknown.ts";
import { labelValue } from "../../../server/src/language/rules/label/value.ts";
import { checkTable } from "./table.ts";

const failed = "dkron_job_executions_failed_total";
const scrape = { "prometheus.yml": "scrape_configs: [{job_name: backup-agents}]" };

describe("label/unknown", () => {
  checkTable(labelUnknown, [
    {
      title: "another separator",
      expr: `rate(${failed}{«jobname»="a"}[5m]) > 3`,
      says: "Write job_name",
      fixed: `rate(${failed}{job_name="a"}[5m]) > 3`,
    },
    { title: "a typo", expr: `${failed}{«job_nme»=~"a|b"} > 3`, fixed: `${failed}{job_name=~"a|b"} > 3` },
    {
      title: "an exit code",
      expr: `${failed}{job_name="a", «exit_code»!=""} > 3`,
      says: "it has job_name",
      fixed: `${failed}{job_name="a"} > 3`,
    },
    {
      title: "a status, first of two",
      expr: `${failed}{«status»="error", job_name="a"} > 3`,
      fixed: `${failed}{job_name="a"} > 3`,
    },
    {
      title: "a status alone",
      expr: `rate(dkron_grpc_execution_done_count{«status»="error"}[5m]) > 3`,
      says: "it has none of its own",
      fixed: "rate(dkron_grpc_execution_done_count[5m]) > 3",
    },
    {
      title: "a host",
      expr: `${failed}{«host»="a"} > 3`,
      says: "Unless the scrape adds it",
      fixed: `${failed}{instance=~"a:.+"} > 3`,
    },
    {
      title: "a host with its port",
      expr: `${failed}{«node»="a:8080"} > 3`,
      fixed: `${failed}{instance="a:8080"} > 3`,
    },
    {
      title: "a host beside the one in the name",
      expr: 'dkron_web_1_runtime_alloc_bytes{«host»="web-1"} > 1e9',
      fixed: "dkron_web_1_runtime_alloc_bytes > 1e9",
    },
    {
      title: "a label that is not there, taken out",
      expr: `increase(${failed}{«exit_code»!="0"}[5m]) > 3`,
      says: "takes every series",
      fixed: null,
    },
    { title: "any value of a label that is not there", expr: `increase(${failed}{team!="ops"}[5m]) > 3` },
    { title: "without a host", expr: `${failed}{host!="a"} > 3` },
    { title: "an own label taken out", expr: `increase(${failed}{job_name!="a"}[5m]) > 3` },
    { title: "a scrape taken out", expr: `increase(${failed}{job!~"test-.*"}[5m]) > 3` },
    {
      title: "grouped by a typo",
      expr: `max by («jobname») (increase(${failed}[5m])) > 3`,
      says: "mixes all of them",
      fixed: `max by (job_name) (increase(${failed}[5m])) > 3`,
    },
    {
      title: "grouped by what is not there",
      expr: `max by (job_name, «exit_code») (increase(${failed}[5m])) > 3`,
      fixed: null,
    },
    { title: "grouped by the label", expr: `max by (job_name, instance) (increase(${failed}[5m])) > 3` },
    { title: "grouped by what a set-up may add", expr: `max by (cluster) (increase(${failed}[5m])) > 3` },
    {
      title: "grouped by what label_replace wrote",
      expr: `max by (status) (label_replace(${failed}, "status", "a", "", ""))`,
    },
    { title: "grouped with another program's", expr: `max by (status) (${failed} or http_requests_total)` },
    {
      title: "a job of Dkron's as the name of the scrape",
      expr: `increase(${failed}{«job»="backup"}[5m]) > 3`,
      files: scrape,
      says: "none is called backup",
      fixed: `increase(${failed}{job_name="backup"}[5m]) > 3`,
    },
    { title: "the name of a scrape", expr: `increase(${failed}{job="backup-agents"}[5m]) > 3`, files: scrape },
    { title: "the label itself", expr: `${failed}{job_name="a"} > 3` },
    { title: "what Prometheus adds", expr: `${failed}{job="dkron", instance=~"a.*"} > 3` },
    { title: "what a set-up may add", expr: `${failed}{cluster="a", env="prod"} > 3` },
    { title: "asked not to be there", expr: `${failed}{status=""} > 3` },
    { title: "anything at all", expr: `${failed}{status=~".*"} > 3` },
    { title: "the quantile of a summary", expr: 'dkron_grpc_execution_done{quantile="0.9"} > 3' },
    { title: "a metric that is not known", expr: 'http_requests_total{status="500"} > 3' },
    { title: "Go's own", expr: 'go_goroutines{status="a"} > 3' },
  ]);
});

const instances = '{__name__=~"dkron_.+_memberlist_node_instances", node_state=';

describe("label/value", () => {
  checkTable(
    labelValue,
    [
      {
        title: "there is no state failed",
        expr: `max(${instances}«"failed"»}) > 0`,
        says: "alive, dead, left or suspect",
        fixed: `max(${instances}"dead"}) > 0`,
      },
      { title: "a typo", expr: `max(${instances}«"suspct"»}) > 0`, fixed: `max(${instances}"suspect"}) > 0` },
      {
        title: "a pattern that matches none",
        expr: 'dkron_cron_1_memberlist_node_instances{node_state=~«"failed|lost"»} > 0',
        fixed: null,
      },
      {
        title: "another case",
        expr: 'rate(dkron_raft_net_rpcDecode_count{rpcType=«"heartbeat"»}[5m]) > 0',
        fixed: 'rate(dkron_raft_net_rpcDecode_count{rpcType="Heartbeat"}[5m]) > 0',
      },
      { title: "a state", expr: `max(${instances}"dead"}) > 0` },
      {
        title: "a pattern that matches one",
        expr: 'dkron_cron_1_memberlist_node_instances{node_state=~"dead|failed"} > 0',
      },
      { title: "none of them", expr: 'dkron_cron_1_memberlist_node_instances{node_state!="failed"} > 0' },
      { title: "a label of any value", expr: `${failed}{job_name="failed"} > 0` },
      { title: "a metric that is not known", expr: 'nodes{node_state="failed"} > 0' },
    ],
    { dkronVersion: "4.0.9" },
  );
});

describe("label/quantile", () => {
  checkTable(labelQuantile, [
    {
      title: "not offered",
      expr: 'dkron_grpc_set_job{quantile=«"0.95"»} > 1',
      says: "0.5, 0.9, 0.99",
      fixed: 'dkron_grpc_set_job{quantile="0.99"} > 1',
    },
    {
      title: "another text of the same",
      expr: 'dkron_grpc_set_job{quantile=«"0.90"»} > 1',
      fixed: 'dkron_grpc_set_job{quantile="0.9"} > 1',
    },
    {
      title: "as a percentile",
      expr: 'dkron_grpc_set_job{quantile=«"p99"»} > 1',
      fixed: 'dkron_grpc_set_job{quantile="0.99"} > 1',
    },
    {
      title: "Go's summary has others",
      expr: 'go_gc_duration_seconds{quantile=«"0.99"»} > 1',
      fixed: 'go_gc_duration_seconds{quantile="1"} > 1',
    },
    { title: "a pattern of none", expr: 'dkron_grpc_set_job{quantile=~«"0.95|0.999"»} > 1', fixed: null },
    { title: "offered", expr: 'dkron_grpc_set_job{quantile="0.99"} > 1' },
    { title: "a pattern of one", expr: 'dkron_grpc_set_job{quantile=~"0.9|0.95"} > 1' },
    { title: "Go's greatest", expr: 'go_gc_duration_seconds{quantile="1"} > 1' },
    { title: "no quantile", expr: "dkron_grpc_set_job > 1" },
    { title: "a metric that is not known", expr: 'latency{quantile="0.95"} > 1' },
  ]);
});

describe("label/exported-job", () => {
  checkTable(labelExportedJob, [
    {
      title: "a job of Dkron's",
      expr: 'max_over_time(dkron_scheduler_job_add{«job»="backup"}[10m]) > 0',
      says: "stores the job",
      fixed: 'max_over_time(dkron_scheduler_job_add{exported_job="backup"}[10m]) > 0',
    },
    {
      title: "no scrape of this name",
      expr: 'dkron_scheduler_job_delete{«job»="backup"} > 0',
      files: scrape,
      fixed: 'dkron_scheduler_job_delete{exported_job="backup"} > 0',
    },
    {
      title: "grouped by it",
      expr: "max by («job») (max_over_time(dkron_scheduler_job_add[10m])) > 0",
      fixed: "max by (exported_job) (max_over_time(dkron_scheduler_job_add[10m])) > 0",
    },
    { title: "exported_job", expr: 'dkron_scheduler_job_add{exported_job="backup"} > 0' },
    { title: "a scrape of this name", expr: 'dkron_scheduler_job_add{job="backup-agents"} > 0', files: scrape },
    { title: "the usual scrape", expr: 'dkron_scheduler_job_add{job="dkron"} > 0' },
    {
      title: "labels are honoured",
      expr: 'dkron_scheduler_job_add{job="backup"} > 0',
      files: { "prometheus.yml": "scrape_configs: [{job_name: dkron, honor_labels: true}]" },
    },
    { title: "grouped by both", expr: "max by (job, exported_job) (dkron_scheduler_job_add) > 0" },
    { title: "a metric without the label", expr: 'dkron_scheduler_start{job="backup"} > 0' },
  ]);
});

describe("label/gone", () => {
  checkTable(labelGone, [
    {
      title: "in an outer by",
      expr: "max by («instance») (sum by (job) (rate(x[5m]))) > 1",
      says: "keeps only the labels",
      fixed: "max by () (sum by (job) (rate(x[5m]))) > 1",
    },
    {
      title: "one of two",
      expr: "max by (job, «instance») (sum by (job) (rate(x[5m]))) > 1",
      fixed: "max by (job) (sum by (job) (rate(x[5m]))) > 1",
    },
    {
      title: "in without",
      expr: "max by («pod», job) (sum without (pod) (x)) > 1",
      fixed: "max by (job) (sum without (pod) (x)) > 1",
    },
    {
      title: "copied from a side that has it not",
      expr: "x * on (job) group_left («version») sum by (job) (y) > 1",
      says: "comes out empty",
      fixed: "x * on (job) group_left () sum by (job) (y) > 1",
    },
    {
      title: "the name behind an operator",
      expr: "up * on (instance) group_left («__name__») (a - b > 600)",
      says: "drops the name",
    },
    { title: "kept inside", expr: "max by (job) (sum by (job, instance) (rate(x[5m]))) > 1" },
    { title: "straight from storage", expr: "max by (anything) (x) > 1" },
    { title: "a rate keeps all", expr: "sum by (anything) (rate(x[5m])) > 1" },
    {
      title: "written by label_replace",
      expr: 'max by (a) (label_replace(sum by (b) (x), "a", "$1", "b", "(.+)")) > 1',
    },
    {
      title: "copied from a side that has it",
      expr: "x * on (job) group_left (version) sum by (job, version) (y) > 1",
    },
    { title: "copied from storage", expr: "x * on (instance) group_left (nodename) node_uname_info > 1" },
    { title: "one of two branches has it", expr: "max by (a) (sum by (a) (x) or sum by (b) (y)) > 1" },
  ]);
});

// The checks of a prometheus.yml that Prometheus has no words for: what they say, where they are quiet, and what a fix leaves behind.
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/edits.ts";
import { openDocument } from "../../../server/src/language/document.ts";
import { facts } from "../../../server/src/language/facts.ts";
import { workspaceOf } from "../../../server/src/language/workspace.ts";
import { findingsOf, isError } from "./check.ts";

/** A job named dkron that scrapes every 15 s, with further lines of its own. */
const job = (...lines: string[]): string =>
  [
    "scrape_configs:",
    "  - job_name: dkron",
    "    scrape_interval: 15s",
    ...lines.map((line) => `    ${line}`),
    "",
  ].join("\n");

const target = (address: string): string => job("static_configs:", `  - targets: ["${address}"]`);

const agentFile = (text: string): { readonly workspace: ReturnType<typeof workspaceOf> } => {
  const found = facts(openDocument("file:///w/dkron.yml", "", 0, text));
  return { workspace: workspaceOf(found ? [found] : []) };
};

const ruleFile = (expr: string): { readonly workspace: ReturnType<typeof workspaceOf> } => {
  const text = `groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: ${expr}\n`;
  const found = facts(openDocument("file:///w/a.rules.yml", "", 0, text));
  return { workspace: workspaceOf(found ? [found] : []) };
};

/** A workspace with one rule file beside prometheus.yml. */
const besideRules = {
  workspace: workspaceOf(
    [facts(openDocument("file:///etc/prometheus/a.rules.yml", "", 0, "groups:\n  - name: a\n    rules: []\n"))].flatMap(
      (found) => found ?? [],
    ),
  ),
};

type Case = readonly [
  title: string,
  text: string,
  codes: readonly string[],
  options?: Parameters<typeof findingsOf>[1],
];

const cases: readonly Case[] = [
  [
    "the snippet of the metrics page",
    'scrape_configs:\n  ... #initial\n  - job_name: "prom"\n',
    ["prometheus/placeholder"],
  ],
  ["dots in a list", "scrape_configs:\n  - ...\n  - job_name: prom\n", ["prometheus/placeholder"]],
  ["a second document", "global: {}\n---\nrule_files: [a.yml]\n", ["prometheus/ignored-document"]],
  ["nothing behind the marker", "global: {}\n---\n", []],
  ["a key that is too new", "scrape_config_files: [a.yml]\n", ["prometheus/key-version"], { version: "2.42" }],
  ["the same key in time", "scrape_config_files: [a.yml]\n", [], { version: "2.43" }],
  ["a renamed key", job("scrape_classic_histograms: true"), ["prometheus/removed-key"]],
  ["a renamed key in time", job("scrape_classic_histograms: true"), [], { version: "2.55" }],
  ["an old interface", "alerting:\n  alertmanagers:\n    - api_version: v1\n", ["prometheus/value"]],
  ["an old interface in time", "alerting:\n  alertmanagers:\n    - api_version: v1\n", [], { version: "2.55" }],
  [
    "a label of any letters",
    job("relabel_configs:", "  - {action: lowercase, source_labels: [a], target_label: 42b}"),
    [],
  ],
  [
    "a label of any letters before they were allowed",
    job("relabel_configs:", "  - {action: lowercase, source_labels: [a], target_label: 42b}"),
    ["prometheus/relabel"],
    { version: "2.55" },
  ],
  ["an empty key that has a default", job("honor_timestamps:"), ["prometheus/empty-value"]],
  ["an empty key that inherits", job("sample_limit:"), []],
  ["a scheme in capitals", "scrape_configs:\n  - job_name: a\n    scheme: HTTPS\n", ["prometheus/fails-later"]],
  ["a query in a path", "scrape_configs:\n  - job_name: a\n    metrics_path: /m?a=b&c=d\n", ["prometheus/fails-later"]],
  [
    "a query in a path beside params",
    "scrape_configs:\n  - job_name: a\n    metrics_path: /m?a=b\n    params: {c: [d]}\n",
    ["prometheus/fails-later"],
  ],
  [
    "a query in a path that a rule writes anew",
    "scrape_configs:\n  - job_name: a\n    metrics_path: /m?a=b\n    relabel_configs:\n      - {target_label: __metrics_path__, replacement: /m}\n",
    [],
  ],
  ["a query of Dkron's path", job("metrics_path: /metrics?format=prometheus"), ["prometheus/fails-later"]],
  ["a URL without its scheme", "remote_write:\n  - url: mimir:9009/push\n", ["prometheus/fails-later"]],
  ["a URL of another scheme", "remote_read:\n  - url: ftp://a/read\n", ["prometheus/fails-later"]],
  ["URLs of the web", "remote_write:\n  - url: http://a\nremote_read:\n  - url: https://b/read\n", []],
  ["a URL that Go cannot read", "remote_write:\n  - url: 10.0.0.1:9009/push\n", ["prometheus/value"]],
  ["a key without its colon", job("honor_timestamps true", "sample_limit: 1"), ["prometheus/syntax"]],
  ["a text for a list", job("static_configs:", "  - targets: 'dkron:8080'"), ["prometheus/type"]],
  ["texts for a list", job("static_configs:", "  - targets: 'dkron:8080, b:1'"), ["prometheus/type"]],
  [
    "a section for a list of them",
    "scrape_configs:\n  job_name: a\n  static_configs:\n    - targets: [a:1]\n\n  scheme: http\n",
    ["prometheus/type"],
  ],
  ["sections by their names for a list of them", "scrape_configs:\n  a:\n    scheme: http\n", ["prometheus/type"]],
  ["two ways to log in", "remote_write: [{url: http://a, bearer_token: a, basic_auth: {}}]\n", ["prometheus/conflict"]],
  [
    "a key in a section that is as new",
    "storage:\n  tsdb:\n    out_of_order_time_window: 1m\n",
    ["prometheus/key-version", "prometheus/key-version"],
    { version: "2.5" },
  ],
  [
    "a key newer than its section",
    "storage:\n  tsdb:\n    retention: {time: 1d}\n",
    ["prometheus/key-version"],
    { version: "3.0" },
  ],
  [
    "groups of old",
    "scrape_configs:\n  - job_name: a\n    target_groups: [{targets: [a:1]}]\n",
    ["prometheus/removed-key"],
  ],
  [
    "files of old",
    "scrape_configs:\n  - job_name: a\n    file_sd_configs: [{names: [a.json]}]\n",
    ["prometheus/removed-key"],
  ],
  ["labels of old", "global:\n  labels: {a: b}\n", ["prometheus/removed-key"]],
  [
    "a label to write to that is misspelt",
    "scrape_configs:\n  - job_name: a\n    relabel_configs: [{target_labels: a, replacement: b}]\n",
    ["prometheus/unknown-key"],
  ],
  ["a name of a job that is misspelt", "scrape_configs:\n  - job_nam: a\n", ["prometheus/unknown-key"]],
  ["a name that is not there", "scrape_configs:\n  - scheme: http\n", ["prometheus/missing"]],
  [
    "a server that cannot be read",
    'scrape_configs:\n  - job_name: a\n    consul_sd_configs:\n      - server: "a" b\n        tags: [x]\n',
    ["prometheus/syntax"],
  ],
  [
    "a record of an agent without its port",
    "scrape_configs:\n  - job_name: a\n    dns_sd_configs: [{names: [dkron], type: A}]\n",
    ["prometheus/missing"],
  ],
  ["a secret of nobody", job("basic_auth:", "  password_ref: a"), ["prometheus/fails-later"]],
  [
    "a group that is not there",
    job("relabel_configs:", "  - {target_label: a, replacement: $2}"),
    ["prometheus/relabel-group"],
  ],
  ["a group that is there", job("relabel_configs:", "  - {target_label: a, replacement: $1}"), []],
  ["the gossip port", target("dkron-1:8946"), ["prometheus/dkron-target"]],
  ["no port", target("dkron-1"), ["prometheus/dkron-target"]],
  ["a worker by name", target("dkron-worker-1:8080"), ["prometheus/dkron-target"]],
  ["a server", target("dkron-1:8080"), []],
  [
    "a worker by its file",
    target("10.0.0.1:8080"),
    ["prometheus/dkron-target"],
    agentFile('http-addr: "10.0.0.1:8080"\n'),
  ],
  [
    "metrics that are off",
    target("10.0.0.1:8080"),
    ["prometheus/dkron-disabled"],
    agentFile('server: true\nhttp-addr: "10.0.0.1:8080"\n'),
  ],
  [
    "one server of three",
    target("10.0.0.1:8080"),
    ["prometheus/dkron-single-server"],
    agentFile('server: true\nenable-prometheus: true\nbootstrap-expect: 3\nhttp-addr: "10.0.0.1:8080"\n'),
  ],
  ["another path", job("metrics_path: /v1/metrics"), ["prometheus/dkron-path"]],
  [
    "https at the agent's port",
    job("scheme: https", "static_configs:", "  - targets: [dkron:8080]"),
    ["prometheus/dkron-scheme"],
  ],
  ["https at another port", job("scheme: https", "static_configs:", "  - targets: [dkron:443]"), []],
  ["honor_labels", job("honor_labels: true"), ["prometheus/dkron-honor-labels"]],
  ["the default interval", "scrape_configs:\n  - job_name: dkron\n", ["prometheus/dkron-interval"]],
  ["the interval of global", "global:\n  scrape_interval: 15s\nscrape_configs:\n  - job_name: dkron\n", []],
  ["exporters on the hosts of agents", job("static_configs:", "  - targets: [dkron-1:9100]").replace("15s", "1m"), []],
  [
    "an exporter beside an agent",
    "scrape_configs:\n  - job_name: cron\n    static_configs: [{targets: ['dkron-statsd:8080']}]\n",
    [],
  ],
  [
    "a job called after what it runs beside",
    "scrape_configs:\n  - job_name: dkron-cadvisor\n    honor_labels: true\n",
    [],
  ],
  ["a probe of an agent", job("metrics_path: /probe", "static_configs:", "  - targets: [dkron-1:8080]"), []],
  ["another server's samples of Dkron", job("metrics_path: /federate", "honor_labels: true"), []],
  [
    "an exporter that is told whom to ask",
    job("honor_labels: true", "relabel_configs:", "  - {target_label: __address__, replacement: 'exporter:80'}"),
    [],
  ],
  [
    "an agent by the name of a service",
    job("honor_labels: true", "relabel_configs:", "  - {target_label: __address__, replacement: 'dkron:8080'}"),
    ["prometheus/dkron-honor-labels"],
  ],
  [
    "an agent among exporters",
    job("static_configs:", "  - targets: ['dkron-1:9100', 'dkron-1:8946']"),
    ["prometheus/dkron-target"],
  ],
  [
    "an agent on an exporter's port, by its file",
    target("10.0.0.1:9100"),
    ["prometheus/dkron-disabled"],
    agentFile('server: true\nhttp-addr: "10.0.0.1:9100"\n'),
  ],
  ["a path of a proxy", job("metrics_path: /cron/metrics", "static_configs:", "  - targets: ['dkron:80']"), []],
  [
    "the same path at an agent's own port",
    job("metrics_path: /cron/metrics", "static_configs:", "  - targets: ['dkron:8080']"),
    ["prometheus/dkron-path"],
  ],
  ["a domain without a port", target("dkron.example.com"), []],
  ["a name without a port behind https", job("scheme: https", "static_configs:", "  - targets: [dkron]"), []],
  ["a machine that is called a worker", target("worker-1:8080"), []],
  ["a job of its own kind", "scrape_configs:\n  - job_name: node\n    metrics_path: /x\n", []],
  [
    "a job with a comment",
    "scrape_configs:\n  # dkron-metrics: dkron\n  - job_name: cron\n",
    ["prometheus/dkron-interval"],
  ],
  [
    "metrics that a rule needs",
    job("metric_relabel_configs:", "  - {source_labels: [__name__], regex: dkron_job.*, action: drop}"),
    ["prometheus/dkron-relabel"],
    ruleFile("dkron_job_executions_failed_total > 0"),
  ],
  [
    "metrics that no rule needs",
    job("metric_relabel_configs:", "  - {source_labels: [__name__], regex: go_.*, action: drop}"),
    [],
    ruleFile("dkron_job_executions_failed_total > 0"),
  ],
  ["a rule file that is not there", "rule_files: [b.rules.yml]\n", ["prometheus/missing-rule-file"], besideRules],
  ["a pattern that finds nothing", "rule_files: [rules/*.yml]\n", ["prometheus/missing-rule-file"], besideRules],
  ["a pattern that finds a rule file", "rule_files: ['*.rules.yml']\n", [], besideRules],
  ["a path on another machine", "rule_files: [/etc/rules/a.yml]\n", [], besideRules],
];

describe("checks of a prometheus.yml", () => {
  for (const [title, text, codes, options = {}] of cases) {
    test(title, () => {
      expect(findingsOf(text, options).map(({ code }) => code)).toEqual(codes);
    });

    test(`each fix of ${title} mends its finding and brings no error`, () => {
      const before = findingsOf(text, options);
      const count = (found: typeof before, code: string): number => found.filter((one) => one.code === code).length;
      for (const finding of before) {
        for (const fix of finding.fixes) {
          const after = findingsOf(applyEdits(text, fix.edits), options);
          expect(count(after, finding.code)).toBeLessThan(count(before, finding.code));
          expect(after.filter(isError).length).toBeLessThanOrEqual(before.filter(isError).length);
        }
      }
    });
  }
});

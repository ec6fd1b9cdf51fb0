// What is proposed instead of what Prometheus refuses.
import { expect, test } from "vitest";
import { applyEdits } from "../../../server/src/edits.ts";
import type { Finding } from "../../../server/src/language/finding.ts";
import { findingsOf } from "./check.ts";

const job = (...lines: string[]): string =>
  ["scrape_configs:", "  - job_name: a", ...lines.map((line) => `    ${line}`), ""].join("\n");
const remote = (...lines: string[]): string =>
  ["remote_write:", "  - url: http://a", ...lines.map((line) => `    ${line}`), ""].join("\n");

/** A title, a text with one fault, a piece of the message, and what a fix makes of it; without that there is none. */
type Row = readonly [title: string, text: string, says: string, fixed?: string];

const unknownKeys: readonly Row[] = [
  ["a slip", job("static_config: []"), "Write `static_configs`.", "static_configs: []"],
  ["another case", job("Scheme: http"), "Write `scheme`.", "scheme: http"],
  ["a word of the key", job("timeout: 5s"), "Write `scrape_timeout`.", "scrape_timeout: 5s"],
  ["the beginning of a key", remote("basic_auth:", "  user: a"), "Write `username`.", "username: a"],
  ["the beginning of the shortest key", remote("basic_auth: {pass: a}"), "Write `password`.", "{password: a}"],
  ["a key without `_config`", remote("tls: {}"), "Write `tls_config`.", "tls_config: {}"],
  ["a word of several keys", "global: {interval: 5s}\n", "Remove it, or look the name up."],
  [
    "a section by what it holds",
    "alertmanager:\n  alertmanagers: []\n",
    "Write `alerting`.",
    "alerting:\n  alertmanagers",
  ],
  ["a list by what it holds", job("hosts: [{targets: [a:1]}]"), "Write `static_configs`.", "static_configs: [{targets"],
  ["a key of a section below", job("targets: [a:1]"), "It belongs below `static_configs`."],
  ["a key of two sections below", "scrape_interval: 5s\n", "It belongs below `global` or `scrape_configs`."],
  [
    "a key of a section above",
    "global:\n  scrape_configs: []\n",
    "It belongs beside `global`: indent it as far as that.",
  ],
  [
    "a key of the job in a discovery",
    job("ec2_sd_configs:", "  - region: a", "    relabel_configs: []"),
    "It belongs beside `ec2_sd_configs`: indent it as far as that.",
  ],
  [
    "a key of two discoveries",
    job("project_id: a"),
    "It belongs below `openstack_sd_configs` or `scaleway_sd_configs`.",
  ],
  ["a key of another section", "global: {max_shards: 1}\n", "It belongs into `queue_config`."],
  ["rules", "groups: []\n", "Rules stand in files of their own, which `rule_files` names."],
  ["Alertmanager's", "route: {}\n", "It belongs into the file of Alertmanager."],
  ["a flag", "global: {web.external-url: a}\n", "from its command line, as `--web.external-url`."],
  [
    "a flag that has become a key",
    "global: {storage.tsdb.retention.time: 1d}\n",
    "as `--storage.tsdb.retention.time`, or from `time` below `storage`, `tsdb` and `retention` since 3.8.",
  ],
  ["flags", "web: {listen-address: a}\n", "from its command line, as `--web.…`."],
  ["a flag among keys", "storage: {tsdb: {path: a}}\n", "from its command line, as `--storage.tsdb.path`."],
  ["keys with a dot between them", "storage: {tsdb: {retention.time: 1d}}\n", "Write `time` below `retention`."],
  ["vmagent's", job("stream_parse: true"), "Only vmagent reads it."],
  ["nobody's", job("nonsense: 1"), "Remove it, or look the name up."],
  [
    "a key of a section beside this one",
    job("static_configs: [{files: [a.json]}]"),
    "It belongs below `file_sd_configs`.",
  ],
  ["a word behind it", job("scheme http: x"), "The key `scheme` needs a `:` after it."],
  ["a dash close to it", job("static_configs:", "-targets: [a]"), "The dash of an entry", "    - targets: [a]"],
  ["a dash at a section", job("tls_config: {}", "-targets: [a]"), "The dash of an entry needs a blank after it."],
  ["a parameter", job('"collect[]": [cpu]'), "It belongs below `params`."],
];

const others: readonly Row[] = [
  ["a URL for a target", job("static_configs: [{targets: ['http://a:1/metrics']}]"), "Write `a:1`; scheme", '"a:1"'],
  ["a path behind a target", job("static_configs: [{targets: ['a:1/x']}]"), "belong into `scheme` and `metrics_path`."],
  [
    "a path behind an Alertmanager",
    "alerting: {alertmanagers: [{static_configs: [{targets: ['a:80/x']}]}]}\n",
    "belong into `scheme` and `path_prefix`.",
  ],
  [
    "an address to probe",
    job("metrics_path: /probe", "static_configs: [{targets: ['http://a']}]"),
    "copy `__address__` to `__param_target`",
  ],
  [
    "an address for a module",
    job("params: {module: [x]}", "static_configs: [{targets: ['http://a']}]"),
    "copy `__address__` to `__param_target`",
  ],
  [
    "a key without its colon above a list",
    job("static_configs", "- targets: [a]"),
    "must be followed by `:`",
    "static_configs:\n",
  ],
  ["a section without its colon", "global\n  scrape_interval: 15s\n", "must be followed by `:`", "global:\n"],
  [
    "a list without its colon",
    "# jobs\nscrape_configs # all\n\n  # one\n  - job_name: a\n",
    "must be followed by `:`",
    "scrape_configs: # all",
  ],
  [
    "a last key without its colon",
    job("relabel_configs:", "  - source_labels: [a]", "    target_label b"),
    "must be followed by `:`",
    "target_label: b",
  ],
  [
    "a key without its colon in front of others",
    job("relabel_configs:", "  - target_label b", "    source_labels: [a]"),
    "must be followed by `:`",
    "target_label: b",
  ],
  [
    "the only key without its colon",
    job("tls_config:", "  insecure_skip_verify true"),
    "Write `insecure_skip_verify: true`.",
    "verify: true",
  ],
  [
    "a key without a blank behind its colon",
    "global:\n  scrape_interval:15s\n",
    "Write `scrape_interval: 15s`.",
    "l: 15s",
  ],
  [
    "keys without blanks behind their colons",
    "global:\n  scrape_interval:15s\n  evaluation_interval:15s\n",
    "Write each key with `: `.",
    "  scrape_interval: 15s\n  evaluation_interval: 15s\n",
  ],
  [
    "keys without blanks or colons",
    "global:\n  scrape_interval:15s\n  evaluation_interval 15s\n",
    "Write each key with `: `.",
    "  scrape_interval: 15s\n  evaluation_interval: 15s\n",
  ],
  [
    "a key without a blank in front of others",
    "scrape_configs:\n  - job_name:a\n    static_configs: []\n",
    "needs a blank after it",
    "- job_name: a\n",
  ],
  [
    "more of them",
    "scrape_configs:\n  - job_name:a\n    scheme:http\n    static_configs: []\n",
    "needs a blank after it",
    "- job_name: a\n    scheme: http\n",
  ],
  [
    "dashes without blanks",
    job("static_configs:", "  -targets: [a]", "  -targets: [b]"),
    "Begin each entry with `- `.",
    "      - targets: [a]\n      - targets: [b]",
  ],
  [
    "a dash without a blank in front of other keys",
    "scrape_configs:\n  -job_name: a\n    static_configs: []\n",
    "The dash of an entry needs a blank",
    "  - job_name: a\n",
  ],
  ["a label without a blank", "global:\n  external_labels:\n    a:b # c\n", "Write `a: b`.", "a: b # c"],
  ["a text for labels", "global:\n  external_labels:\n    a b\n", "Write keys with values below it."],
  ["an address for labels", "global:\n  external_labels:\n    http://a\n", "Write keys with values below it."],
  [
    "a parameter without a blank in front of others",
    job("params:", "  module:[a]", "  auth: [b]"),
    "needs a blank after it",
    "module: [a]\n",
  ],
  [
    "entries that have no blanks",
    job("static_configs:", "- targets:", "    -a:1", "    -b:1"),
    "needs a blank after it",
    "        - a:1\n        - b:1",
  ],
  ["a text for a list", job("static_configs: [{targets: a:1}]"), "Write a list.", "[a:1]"],
  [
    "an entry with a port that has no blank",
    job("static_configs:", "- targets:", "  - a:1", "  -b:1", "  - c:1"),
    "needs a blank after it",
    "      - b:1",
  ],
  ["a key close behind another one", job("scheme:http: x"), "The `:` behind `scheme` needs a blank after it."],
  [
    "a key without its colon above its entries",
    job("static_configs:", "  - targets", "      - a", "      - b"),
    "Write `targets:`.",
    "- targets:\n",
  ],
  [
    "a key without its colon above its entries and others",
    job("static_configs:", "  - targets", "    - a", "    labels: {b: c}"),
    "must be followed by `:`",
    "- targets:\n",
  ],
  ["an entry of a list that has no blank", "rule_files:\n  - a.yml\n  -b.yml\n", "needs a blank after it", "  - b.yml"],
  ["a word that is no key above a list", "global: {}\nnonsense\n\n  - job_name: a\n", "This cannot be read as YAML"],
  [
    "a job without a dash",
    "scrape_configs:\n  job_name: a\n  scheme: http\n",
    "Begin each entry with",
    "  - job_name: a\n    scheme",
  ],
  [
    "an entry above a dash and a comment",
    job("static_configs:", "    targets: [a]", "# b", "scheme: http"),
    "Begin each entry with",
    "        - targets: [a]\n",
  ],
  ["a job without its first line", "scrape_configs:\n    scheme: http\n", "Begin each entry with `- `."],
  ["a discovery without a dash", job("file_sd_configs:", "  refresh_interval: 1m"), "Begin each entry with `- `."],
  ["a section in a list", job("authorization:", "  - type: Bearer"), "Remove the dashes.", "      type: Bearer"],
  [
    "a section in a list of its keys",
    job("authorization:", "- type: Bearer", "- credentials: a"),
    "Remove the dashes.",
    "      type: Bearer\n      credentials: a",
  ],
  ["labels in a list", "global:\n  external_labels:\n  - a: b\n", "Remove the dashes.", "    a: b"],
  [
    "names for a section",
    job("kubernetes_sd_configs: [{role: pod, namespaces: [a]}]"),
    "Write keys with values below it: `own_namespace` or `names`.",
  ],
  ["a text for a section", job("basic_auth: admin"), "Write keys with values below it."],
  ["a proxy without its scheme", job("proxy_url: 10.0.0.1:80"), "Write `http://10.0.0.1:80`.", "http://10.0.0.1:80"],
  [
    "a record without its port",
    job("dns_sd_configs: [{names: [a], type: A}]"),
    "all record types except SRV. Prometheus does not load the file. Write `port`.",
  ],
  ["an agent's record without its port", job("dns_sd_configs: [{names: [dkron], type: A}]"), "Dkron's is 8080."],
];

const faultOf = (text: string): Finding | undefined => {
  const [found, ...more] = findingsOf(text);
  expect(more).toEqual([]);
  return found;
};

function check(text: string, says: string, fixed: string | undefined): void {
  const found = faultOf(text);
  expect(found?.message).toContain(says);
  const [fix] = found?.fixes ?? [];
  if (fixed === undefined) {
    expect(fix).toBeUndefined();
    return;
  }
  const mended = applyEdits(text, fix?.edits ?? []);
  expect(mended).toContain(fixed);
  expect(findingsOf(mended).map(({ message }) => message)).not.toContain(found?.message);
}

test.each<Row>(unknownKeys)("%s", (_, text = "", says = "", fixed) => {
  expect(faultOf(text)?.code).toBe("prometheus/unknown-key");
  check(text, says, fixed);
});

test.each<Row>(others)("%s", (_, text = "", says = "", fixed) => check(text, says, fixed));

test("no dash is put where the line below is out of place", () => {
  const found = findingsOf(job("static_configs:", "    labels:", "  - targets: [a]", "      b: c"));
  expect(found.map(({ code }) => code)).toContain("prometheus/type");
  expect(found.flatMap(({ fixes }) => fixes)).toEqual([]);
});

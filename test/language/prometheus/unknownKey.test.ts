// What is proposed for a key that its section does not have.
import { expect, test } from "vitest";
import { applyEdits } from "../../../server/src/edits.ts";
import { findingsOf } from "./check.ts";

const job = (...lines: string[]): string =>
  ["scrape_configs:", "  - job_name: a", ...lines.map((line) => `    ${line}`), ""].join("\n");
const remote = (...lines: string[]): string =>
  ["remote_write:", "  - url: http://a", ...lines.map((line) => `    ${line}`), ""].join("\n");

/** A title, a text with one unknown key, the end of the message, and what a fix makes of the key. */
type Row = readonly [title: string, text: string, says: string, fixed?: string];

const rows: readonly Row[] = [
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
];

test.each<Row>(rows)("%s", (_, text = "", says = "", fixed) => {
  const [found, ...more] = findingsOf(text);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ code: "prometheus/unknown-key", message: expect.stringContaining(says) });
  const [fix] = found?.fixes ?? [];
  if (fixed === undefined) expect(fix).toBeUndefined();
  else expect(applyEdits(text, fix?.edits ?? [])).toContain(fixed);
});

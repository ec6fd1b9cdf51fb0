// Fields of alerts and groups: how long a condition must hold, how often it is looked at, names, labels, annotations.
import { describe } from "vitest";
import { alertAbsentFor } from "../../../server/src/language/rules/alert/absentFor.ts";
import { alertAnnotatedSeverity } from "../../../server/src/language/rules/alert/annotatedSeverity.ts";
import { alertLongInterval } from "../../../server/src/language/rules/alert/longInterval.ts";
import { alertNameCase } from "../../../server/src/language/rules/alert/nameCase.ts";
import { alertNoFor } from "../../../server/src/language/rules/alert/noFor.ts";
import { alertNoSeverity } from "../../../server/src/language/rules/alert/noSeverity.ts";
import { alertNoSummary } from "../../../server/src/language/rules/alert/noSummary.ts";
import { alertRatioWithoutFor } from "../../../server/src/language/rules/alert/ratioWithoutFor.ts";
import { alertShortFor } from "../../../server/src/language/rules/alert/shortFor.ts";
import { alertZeroFor } from "../../../server/src/language/rules/alert/zeroFor.ts";
import { checkTable } from "./table.ts";

const alert = (expr: string, ...fields: readonly string[]): string =>
  ["alert: A", ...fields, `expr: ${expr}`].join("\n");

const slow = {
  "prometheus.yml":
    "global: { evaluation_interval: 2m }\nscrape_configs:\n  - job_name: dkron\n    scrape_interval: 4m\n  - job_name: fast\n    scrape_interval: 10s\n",
};

describe("alert/absent-for", () => {
  checkTable(alertAbsentFor, [
    {
      title: "no for",
      rule: alert('«absent»(up{job="x"})'),
      says: "fires at once",
      fixed: alert('absent(up{job="x"})', "for: 5m"),
    },
    {
      title: "for of zero",
      rule: alert("«absent»(up)", "for: 0m"),
      fixed: alert("absent(up)", "for: 5m"),
    },
    {
      title: "shorter than two scrapes of the job",
      rule: alert('«absent»(up{job="dkron"})', "for: 5m"),
      files: slow,
      says: "shorter than two scrapes",
      fixed: alert('absent(up{job="dkron"})', "for: 8m"),
    },
    {
      title: "beside another condition",
      rule: alert("up == 0 or «absent»(up)"),
      fixed: alert("up == 0 or absent(up)", "for: 5m"),
    },
    { title: "compared", rule: alert("«absent»(up) == 1") },
    { title: "of a while", rule: alert("absent(max_over_time(up[1h]))") },
    { title: "of a while and now", rule: alert("«absent»(max_over_time(up[1h]) or up)") },
    { title: "with for", rule: alert("absent(up)", "for: 2m") },
    { title: "long enough for the job", rule: alert('absent(up{job="dkron"})', "for: 8m"), files: slow },
    { title: "a fast job", rule: alert('absent(up{job="fast"})', "for: 20s"), files: slow },
    { title: "over a time", rule: alert("absent_over_time(up[10m])") },
    { title: "behind unless", rule: alert("up == 0 unless absent(foo)") },
    { title: "beside what else has to be there", rule: alert("up == 1 and on () «absent»(foo)") },
    { title: "while something is not so", rule: alert("up == 1 and on () absent(foo > 0) and on () absent(bar == 1)") },
    { title: "outside of an hour", rule: alert("a > 10 and on () absent((hour() >= 2) and (hour() < 4))") },
    { title: "something not so, and nothing else", rule: alert("«absent»(foo > 0)") },
    { title: "two that are not so", rule: alert("«absent»(foo > 0) and on () «absent»(bar > 0)") },
    { title: "a recording rule", rule: "record: a\nexpr: absent(up)" },
    { title: "a for that is no duration", rule: alert("absent(up)", "for: soon") },
  ]);
});

describe("alert/ratio-without-for", () => {
  checkTable(alertRatioWithoutFor, [
    {
      title: "a ratio of sums",
      rule: alert("sum(a) «/» sum(b) > 0.1"),
      says: "After a restart",
      fixed: alert("sum(a) / sum(b) > 0.1", "for: 2m"),
    },
    { title: "a difference", rule: alert("avg by (job) (a) «-» avg by (job) (b) > 10") },
    { title: "with a factor", rule: alert("100 * sum(a) «/» sum(b) > 10") },
    { title: "a part of a whole: one finding", rule: alert("sum(a) «/» (sum(a) + sum(b)) > 0.1") },
    {
      title: "for of zero",
      rule: alert("sum(a) «/» sum(b) > 0.1", "for: 0s"),
      fixed: alert("sum(a) / sum(b) > 0.1", "for: 2m"),
    },
    { title: "with for", rule: alert("sum(a) / sum(b) > 0.1", "for: 5m") },
    { title: "a join", rule: alert("sum by (a) (x) * on (a) group_left (b) max by (a, b) (y) > 1") },
    { title: "one aggregation", rule: alert("sum(a) / 3 > 1") },
    { title: "no aggregation", rule: alert("a / b > 1") },
    { title: "two conditions", rule: alert("sum(a) > 1 and sum(b) > 1") },
    { title: "of one target each", rule: alert("sum by (instance) (a) / sum by (instance) (b) > 1") },
    { title: "a recording rule", rule: "record: x\nexpr: sum(a) / sum(b)" },
    { title: "rates of a day", rule: alert("sum(rate(a[1d])) / sum(rate(b[1d])) > 0.01") },
    { title: "one rate of a day", rule: alert("sum(rate(a[1d])) «/» sum(b) > 0.01") },
    { title: "rates of minutes", rule: alert("sum(rate(a[5m])) «/» sum(rate(b[5m])) > 0.01") },
    { title: "a spread that is too great", rule: alert("max(a) - min(a) > 5") },
    { title: "the limit on the left", rule: alert("5 < (max(a) - min(a))") },
    { title: "the most of a limit", rule: alert("max by (job) (a) / min by (job) (limit) > 0.9") },
    { title: "the most of a limit in percent", rule: alert("100 * max(a) / min(b) > 90") },
    { title: "turned over", rule: alert("max(a) * -1 «+» min(b) * -1 > 5") },
    { title: "a spread that is too small", rule: alert("max(a) «-» min(a) < 5") },
    { title: "a sum of rates", rule: alert("sum(rate(a[5m])) + sum(rate(b[5m])) > 10") },
    { title: "a sum of what may be negative", rule: alert("sum(a) «+» sum(b) > 10") },
    { title: "the same of both", rule: alert("max(a) «-» max(b) > 10") },
  ]);
});

const group = (fields: string, ...lines: readonly string[]): string =>
  `groups:\n  - name: group\n${fields}    rules:\n      - alert: A\n        expr: up == 0\n${lines.map((line) => `        ${line}\n`).join("")}`;

describe("alert/short-for", () => {
  checkTable(alertShortFor, [
    {
      title: "shorter than the group's interval",
      file: group("    interval: 1m\n", "for: «30s»"),
      says: "evaluated every 1m",
      fixed: group("    interval: 1m\n", "for: 1m"),
    },
    {
      title: "keep_firing_for",
      file: group("    interval: 5m\n", "keep_firing_for: «1m»"),
      says: "ends at the next",
      fixed: group("    interval: 5m\n", "keep_firing_for: 5m"),
    },
    { title: "both", file: group("    interval: 90s\n", "for: «1m»", "keep_firing_for: «1m»"), says: "every 90s" },
    { title: "the interval of prometheus.yml", file: group("", "for: «1m»"), files: slow, says: "every 2m" },
    { title: "as long as the interval", file: group("    interval: 1m\n", "for: 1m") },
    { title: "longer", file: group("    interval: 1m\n", "for: 5m") },
    { title: "zero", file: group("    interval: 1m\n", "for: 0s") },
    { title: "no interval known", file: group("", "for: 1s") },
    { title: "the group's own interval wins", file: group("    interval: 30s\n", "for: 1m"), files: slow },
    { title: "no duration", file: group("    interval: often\n", "for: 1s") },
  ]);
});

describe("alert/zero-for", () => {
  checkTable(alertZeroFor, [
    {
      title: "for",
      rule: "alert: A\nexpr: up == 0\nfor: «0m»\nlabels: { a: b }",
      says: "`for: 0m` is the default",
      fixed: "alert: A\nexpr: up == 0\nlabels: { a: b }",
    },
    {
      title: "keep_firing_for",
      rule: "alert: A\nexpr: up == 0\nkeep_firing_for: «0»\nlabels: { a: b }",
      fixed: "alert: A\nexpr: up == 0\nlabels: { a: b }",
    },
    { title: "quoted", rule: 'alert: A\nexpr: up == 0\nfor: «"0s"»', says: "default" },
    { title: "a duration", rule: "alert: A\nexpr: up == 0\nfor: 1m" },
    { title: "none", rule: "alert: A\nexpr: up == 0" },
    { title: "no duration", rule: "alert: A\nexpr: up == 0\nfor: none" },
    { title: "nothing behind the colon", rule: "alert: A\nexpr: up == 0\nfor:" },
  ]);
});

describe("alert/long-interval", () => {
  const recording = (fields: string): string => `${group(fields)}      - record: b\n        expr: sum(up)\n`;
  checkTable(alertLongInterval, [
    { title: "ten minutes", file: recording("    interval: «10m»\n"), says: "Write 5m or less" },
    { title: "an hour and a half", file: recording("    interval: «1h30m»\n") },
    { title: "five minutes", file: recording("    interval: 5m\n") },
    { title: "a minute", file: recording("    interval: 1m\n") },
    { title: "no interval", file: recording("") },
    { title: "no duration", file: recording("    interval: often\n") },
    {
      title: "alerts alone",
      file: `${group("    interval: «10m»\n")}      - alert: A\n        expr: up == 0\n`,
      says: "comes that much later",
    },
  ]);
});

describe("alert/annotated-severity", () => {
  const annotated = "alert: A\nexpr: up == 0\nannotations:\n  summary: x\n  «severity»: critical";
  checkTable(alertAnnotatedSeverity, [
    {
      title: "without labels",
      rule: annotated,
      says: "by labels alone",
      fixed: "alert: A\nexpr: up == 0\nannotations:\n  summary: x\nlabels:\n  severity: critical",
    },
    {
      title: "beside other labels, alone among the annotations",
      rule: "alert: A\nannotations:\n  «severity»: 'critical'\nexpr: up == 0\nlabels:\n  team: a",
      fixed: "alert: A\nexpr: up == 0\nlabels:\n  team: a\n  severity: 'critical'",
    },
    { title: "in braces", rule: "alert: A\nexpr: up == 0\nannotations: { «severity»: critical }", fixed: null },
    { title: "a label as well", rule: "alert: A\nexpr: up == 0\nlabels: {severity: a}\nannotations: {severity: a}" },
    {
      title: "a label of the group",
      file: group("    labels: { severity: x }\n").replace("up == 0", "up == 0\n        annotations: {severity: x}"),
    },
    { title: "a priority", rule: "alert: A\nexpr: up == 0\nlabels: {priority: P1}\nannotations: {severity: a}" },
    { title: "a label alone", rule: "alert: A\nexpr: up == 0\nlabels: {severity: a}" },
  ]);
});

describe("checks to be asked for", () => {
  describe("alert/no-for", () => {
    checkTable(alertNoFor, [
      { title: "none", rule: "alert: «A»\nexpr: up == 0", fixed: "alert: A\nfor: 5m\nexpr: up == 0" },
      { title: "zero", rule: "alert: «A»\nfor: 0s\nexpr: up == 0", fixed: "alert: A\nfor: 5m\nexpr: up == 0" },
      { title: "a minute", rule: "alert: A\nexpr: up == 0\nfor: 1m" },
      { title: "a recording rule", rule: "record: a\nexpr: sum(up)" },
    ]);
  });
  describe("alert/name-case", () => {
    checkTable(alertNameCase, [
      {
        title: "with low lines",
        rule: "alert: «dkron_job_failed»\nexpr: up == 0",
        fixed: "alert: DkronJobFailed\nexpr: up == 0",
      },
      {
        title: "with blanks",
        rule: 'alert: «"Dkron is down"»\nexpr: up == 0',
        fixed: "alert: DkronIsDown\nexpr: up == 0",
      },
      { title: "words together", rule: "alert: DkronDown\nexpr: up == 0" },
      { title: "with digits", rule: "alert: Dkron4Down\nexpr: up == 0" },
      { title: "a recording rule", rule: "record: job:up:sum\nexpr: sum(up)" },
    ]);
  });
  describe("alert/no-severity", () => {
    checkTable(alertNoSeverity, [
      { title: "no labels", rule: "alert: «A»\nexpr: up == 0", says: "routes" },
      { title: "other labels", rule: "alert: «A»\nexpr: up == 0\nlabels: { team: x }" },
      { title: "of the rule", rule: "alert: A\nexpr: up == 0\nlabels: { severity: x }" },
      { title: "of the group", file: group("    labels: { severity: x }\n") },
      { title: "a recording rule", rule: "record: a\nexpr: sum(up)" },
    ]);
  });
  describe("alert/no-summary", () => {
    checkTable(alertNoSummary, [
      { title: "none", rule: "alert: «A»\nexpr: up == 0", says: "no `summary`" },
      { title: "a description only", rule: "alert: «A»\nexpr: up == 0\nannotations: { description: x }" },
      { title: "a summary", rule: "alert: A\nexpr: up == 0\nannotations: { summary: x }" },
      { title: "among others", rule: "alert: A\nexpr: up == 0\nannotations: { description: x, summary: y }" },
      { title: "a recording rule", rule: "record: a\nexpr: sum(up)" },
    ]);
  });
});

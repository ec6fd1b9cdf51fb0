// Alerts whose sides are matched: labels that one side lacks, many to many, `or` over equal labels, rules that collide.
import { describe } from "vitest";
import { alertDuplicate } from "../../../server/src/language/rules/alert/duplicate.ts";
import { alertManyToMany } from "../../../server/src/language/rules/alert/manyToMany.ts";
import { alertNoMatch } from "../../../server/src/language/rules/alert/noMatch.ts";
import { alertOverlap } from "../../../server/src/language/rules/alert/overlap.ts";
import { alertSameLabels } from "../../../server/src/language/rules/alert/sameLabels.ts";
import { alertSeverityOrder } from "../../../server/src/language/rules/alert/severityOrder.ts";
import { checkTable } from "./table.ts";

describe("alert/no-match", () => {
  checkTable(alertNoMatch, [
    {
      title: "more labels on the left",
      expr: "sum by (job, code) (a) «/» sum by (job) (b) > 1",
      says: "Only the left side has the label code",
      fixed: "sum by (job, code) (a) / on (job) group_left sum by (job) (b) > 1",
    },
    {
      title: "more labels on the right",
      expr: "sum by (job) (a) «-» sum by (job, code) (b) > 1",
      says: "Only the right side has the label code",
      fixed: "sum by (job) (a) - on (job) group_right sum by (job, code) (b) > 1",
    },
    {
      title: "and of conditions",
      expr: "sum by (job) (a) > 1 «and» sum(b) > 1",
      fixed: "sum by (job) (a) > 1 and on () sum(b) > 1",
    },
    {
      title: "unless",
      expr: "sum by (job, code) (a) > 1 «unless» sum by (job) (b) > 1",
      fixed: "sum by (job, code) (a) > 1 unless on (job) sum by (job) (b) > 1",
    },
    { title: "other labels on each", expr: "sum by (job) (a) «/» sum by (instance) (b) > 1", fixed: null },
    { title: "ignoring another", expr: "sum by (job, code) (a) «/» ignoring (x) sum by (job) (b) > 1", fixed: null },
    { title: "on a label that the left has not", expr: "sum by (job) (a) / on («instance») b > 1", says: "right side" },
    { title: "on a label that the right has not", expr: "a > 1 and on (job, «code») sum by (job) (b) > 1" },
    {
      title: "on a label that went with the match before",
      expr: "a > 1 and on («instance») (hour() < 2) and on (instance) b > 5",
      says: "Only the left side has the label instance",
    },
    {
      title: "a sum beside scraped series",
      expr: "sum(rate(a[5m])) «>=» b",
      says: "The left side has no labels, and the series on the right have those of their target",
      severity: "information",
      fixed: "sum(rate(a[5m])) >= on () group_right b",
    },
    {
      title: "scraped series beside a sum",
      expr: "rate(a[5m]) * 2 «/» sum(b) > 1",
      fixed: "rate(a[5m]) * 2 / on () group_left sum(b) > 1",
    },
    { title: "the hour", expr: "up == 0 «and» hour() > 8", fixed: "up == 0 and on () hour() > 8" },
    {
      title: "the hour, behind another one",
      expr: "up == 0 and on () hour() > 8 «and» hour() < 20",
      fixed: "up == 0 and on () hour() > 8 and on () hour() < 20",
    },
    { title: "the hour twice on nothing", expr: "up == 0 and on () hour() > 8 and on () hour() < 20" },
    { title: "sums and the hour", expr: "sum(a) > 1 and hour() > 8 and hour() < 20" },
    { title: "behind or", expr: "a or vector(0) «+» b > 1", fixed: "a or vector(0) + on () group_right b > 1" },
    { title: "the hour on nothing", expr: "up == 0 and on () hour() > 8" },
    { title: "a recorded series beside a sum", expr: "sum(a) >= job:limit" },
    {
      title: "a series that the workspace records",
      expr: "sum(a) >= limit",
      files: { "b.rules.yml": "groups: [{name: g, rules: [{record: limit, expr: sum(b)}]}]" },
    },
    { title: "alerts beside a sum", expr: 'sum(a) > 1 unless ALERTS{alertname="B"}' },
    { title: "two sums", expr: "sum(a) / sum(b) > 1" },
    { title: "a label that is replaced", expr: 'sum(a) > label_replace(b, "job", "", "", "")' },
    { title: "series that need not have a target", expr: 'sum(a) > b{instance=""}' },
    { title: "a clock beside series", expr: "time() - a > 60" },
    { title: "equal labels", expr: "sum by (job) (a) / sum by (job) (b) > 1" },
    { title: "in another order", expr: "sum by (job, code) (a) / sum by (code, job) (b) > 1" },
    { title: "on what both have", expr: "sum by (job, code) (a) / on (job) group_left sum by (job) (b) > 1" },
    {
      title: "ignoring what one has",
      expr: "sum by (job, code) (a) / ignoring (code) group_left sum by (job) (b) > 1",
    },
    { title: "or", expr: "sum by (job, code) (a) > 1 or sum by (job) (b) > 1" },
    { title: "a side that is not aggregated", expr: "sum by (job) (a) / b > 1" },
    { title: "without", expr: "sum without (code) (a) / sum by (job) (b) > 1" },
    { title: "with a number", expr: "sum by (job) (a) / 2 > 1" },
    {
      title: "certain by the labels: another check's",
      expr: 'sum by (job, code) (a{code="5"}) / sum by (job) (b) > 1',
    },
    { title: "a scalar", expr: "sum by (job) (a) / scalar(sum(b)) > 1" },
    {
      title: "a parenthesis on the right",
      expr: "sum by (job, code) (a) «/» (sum by (job) (b)) > 1",
      fixed: "sum by (job, code) (a) / on (job) group_left () (sum by (job) (b)) > 1",
    },
    {
      title: "behind bool",
      expr: "sum by (job, code) (a) «>=» bool sum by (job) (b) == 0",
      fixed: "sum by (job, code) (a) >= bool on (job) group_left sum by (job) (b) == 0",
    },
    { title: "the same labels, in a parenthesis", expr: "sum by (job) (a) / (sum by (job) (b)) > 1" },
    { title: "the same labels, behind bool", expr: "sum by (job) (a) >= bool sum by (job) (b) == 0" },
  ]);
});

describe("alert/many-to-many", () => {
  checkTable(alertManyToMany, [
    {
      title: "more on the left",
      expr: "sum by (job, code) (a) / «on (job)» sum by (job) (b) > 1",
      says: "The left side is grouped by code too",
      fixed: "sum by (job, code) (a) / on (job) group_left sum by (job) (b) > 1",
    },
    {
      title: "a parenthesis on the right",
      expr: "sum by (job, code) (a) / «on (job)» (sum by (job) (b)) > 1",
      fixed: "sum by (job, code) (a) / on (job) group_left () (sum by (job) (b)) > 1",
    },
    {
      title: "more on the right",
      expr: "sum by (job) (a) * «on (job)» sum by (job, code) (b) > 1",
      says: "The right side",
      fixed: "sum by (job) (a) * on (job) group_right sum by (job, code) (b) > 1",
    },
    {
      title: "more on both",
      expr: "sum by (job, code) (a) / «on (job)» sum by (job, x) (b) > 1",
      says: "code on the left, x on the right",
      fixed: null,
    },
    {
      title: "one side that is grouped, for all",
      expr: "a / «on ()» group_left sum by (job) (b) > 1",
      says: "on() matches all of its series",
      fixed: null,
    },
    {
      title: "the same from the right",
      expr: "max by (job) (b) * «on ()» group_right () a > 1",
      says: "The left side",
    },
    { title: "one side that is one", expr: "a / on () group_left sum(b) > 1" },
    { title: "one side of one job", expr: 'a / on () group_left sum by (job) (b{job="x"}) > 1' },
    { title: "a label that is looked up", expr: "a * on (pod) group_left (node) max by (pod, node) (b) > 1" },
    { title: "a label that follows another", expr: "a * on (pod) group_left max by (pod, node) (b) > 1" },
    {
      title: "ignoring",
      expr: "sum by (job, code) (a) / «ignoring (code)» sum by (job) (b) > 1",
      fixed: "sum by (job, code) (a) / ignoring (code) group_left sum by (job) (b) > 1",
    },
    { title: "with group_left", expr: "sum by (job, code) (a) / on (job) group_left sum by (job) (b) > 1" },
    { title: "matched on all", expr: "sum by (job) (a) / on (job) sum by (job) (b) > 1" },
    { title: "a set operator", expr: "sum by (job, code) (a) > 1 and on (job) sum by (job) (b) > 1" },
    { title: "not aggregated", expr: "a / on (job) b > 1" },
    { title: "without a word on matching", expr: "sum by (job, code) (a) / sum by (job) (b) > 1" },
    { title: "ignoring what nobody has", expr: "sum by (job) (a) / ignoring (x) sum by (job) (b) > 1" },
  ]);
});

describe("alert/same-labels", () => {
  checkTable(alertSameLabels, [
    { title: "two increases", expr: "increase(a[5m]) > 1 «or» increase(b[5m]) > 1", says: "shows the left one only" },
    { title: "sums by the same", expr: "sum by (job) (a) > 1 «or» sum by (job) (b) > 1" },
    { title: "sums of all", expr: "sum(a) > 1 «or» sum(b) > 1" },
    { title: "both gone", expr: "absent(a) «or» absent(b)" },
    { title: "with the same matcher", expr: 'rate(a{x="1"}[5m]) > 1 «or» rate(b{x="1"}[5m]) > 1' },
    { title: "names that tell", expr: "a > 1 or b > 1" },
    { title: "other labels", expr: "sum by (job) (a) > 1 or sum by (instance) (b) > 1" },
    { title: "other values", expr: 'rate(a{x="1"}[5m]) > 1 or rate(a{x="2"}[5m]) > 1' },
    {
      title: "a label each",
      expr: 'label_replace(sum(a) > 1, "w", "a", "", "") or label_replace(sum(b) > 1, "w", "b", "", "")',
    },
    { title: "a fallback", expr: "(sum(a) or vector(0)) < 1" },
    { title: "a fallback to another name", expr: "(rate(a[5m]) or rate(b[5m])) > 1" },
    { title: "a fallback in arithmetic", expr: "(100 - a or 100 - b) / 2 > 1" },
    { title: "what only keeps the left of and", expr: "sum(a) > 1 and (sum(b) > 1 or sum(c) > 1)" },
    { title: "the left of and", expr: "(sum(a) > 1 «or» sum(b) > 1) and sum(c) > 1" },
    { title: "series of other values", expr: 'time() - a{x=~"1.*"} > 6 or time() - a{x=~"2.*"} > 7' },
    { title: "sums over other values", expr: 'sum(a{x=~"1.*"}) > 6 «or» sum(a{x=~"2.*"}) + 1 > 7' },
    { title: "two limits of one thing", expr: "sum(a) > 9 or sum(a) < 1" },
    { title: "absent beside the thing", expr: "absent(a) or sum(a) == 0" },
    {
      title: "one condition over several windows",
      expr: "(sum by (job) (e:rate5m) > (14.4 * 0.001) and sum by (job) (e:rate1h) > (14.4 * 0.001)) or (sum by (job) (e:rate30m) > (6 * 0.001) and sum by (job) (e:rate6h) > (6 * 0.001))",
    },
    {
      title: "one condition over two ranges",
      expr: "sum(rate(a[5m])) / sum(rate(b[5m])) > 0.1 or sum(rate(a[1h])) / sum(rate(b[1h])) > 0.01",
    },
    {
      title: "series of one metric that are new",
      expr: "max by (job) (increase(a[1h])) > 0 or max by (job) (a unless a offset 1h)",
    },
    { title: "two codes", expr: "sum(rate(http_4xx[5m])) > 1 «or» sum(rate(http_5xx[5m])) > 1" },
    { title: "matched on purpose", expr: "sum(a) > 1 or on () sum(b) > 1" },
    { title: "and", expr: "sum(a) > 1 and sum(b) > 1" },
  ]);
});

const rules = (...texts: readonly string[]): string =>
  `groups:\n  - name: group\n    rules:\n${texts.map((text) => `      - ${text.replaceAll("\n", "\n        ")}\n`).join("")}`;

describe("alert/duplicate", () => {
  checkTable(alertDuplicate, [
    {
      title: "an alert twice",
      file: rules("alert: A\nexpr: up == 0", "alert: «A»\nexpr: up == 0"),
      says: "sent twice",
    },
    {
      title: "a recording rule twice",
      file: rules("record: a\nexpr: sum(up)", "record: «a»\nexpr: sum(up)"),
      says: "writes the same series".replace("writes", "write"),
    },
    {
      title: "other blanks",
      file: rules("alert: A\nexpr: up == 0", "alert: «A»\nexpr: |-\n  up\n  == 0"),
    },
    {
      title: "other order of labels",
      file: rules(
        "alert: A\nexpr: up == 0\nlabels: { a: x, b: y }",
        "alert: «A»\nexpr: up == 0\nlabels: { b: y, a: x }",
      ),
    },
    {
      title: "in two groups",
      file: `${rules("alert: A\nexpr: up == 0")}  - name: other\n    rules:\n      - alert: «A»\n        expr: up == 0\n`,
    },
    { title: "other expressions", file: rules("alert: A\nexpr: up == 0", "alert: A\nexpr: up == 1") },
    {
      title: "other labels",
      file: rules("alert: A\nexpr: up == 0\nlabels: { a: x }", "alert: A\nexpr: up == 0\nlabels: { a: y }"),
    },
    { title: "other names", file: rules("alert: A\nexpr: up == 0", "alert: B\nexpr: up == 0") },
    { title: "an alert and a recording rule", file: rules("alert: a\nexpr: up == 0", "record: a\nexpr: up == 0") },
    {
      title: "groups with other labels",
      file: "groups:\n  - name: a\n    labels: { t: x }\n    rules:\n      - alert: A\n        expr: up == 0\n  - name: b\n    labels: { t: y }\n    rules:\n      - alert: A\n        expr: up == 0\n",
    },
    { title: "no expression yet", file: rules("alert: A", "alert: A") },
  ]);
});

describe("alert/overlap", () => {
  checkTable(alertOverlap, [
    {
      title: "two limits",
      file: rules("alert: A\nexpr: a > 5", "alert: «A»\nexpr: a > 10"),
      says: "Give them different severities",
    },
    { title: "a limit on the left", file: rules("alert: A\nexpr: sum(a) < 5", "alert: «A»\nexpr: 3 > sum(a)") },
    {
      title: "three limits",
      file: rules("alert: A\nexpr: a > 5", "alert: «A»\nexpr: a > 10", "alert: «A»\nexpr: a >= 20"),
    },
    {
      title: "other severities",
      file: rules(
        "alert: A\nexpr: a > 5\nlabels: { severity: warning }",
        "alert: A\nexpr: a > 10\nlabels: { severity: critical }",
      ),
    },
    { title: "opposite limits", file: rules("alert: A\nexpr: a > 5", "alert: A\nexpr: a < 1") },
    { title: "the same limit: another check's", file: rules("alert: A\nexpr: a > 5", "alert: A\nexpr: a > 5") },
    { title: "equal to other values", file: rules("alert: A\nexpr: a == 5", "alert: A\nexpr: a == 6") },
    { title: "other series", file: rules("alert: A\nexpr: a > 5", "alert: A\nexpr: b > 6") },
    { title: "other names", file: rules("alert: A\nexpr: a > 5", "alert: B\nexpr: a > 6") },
    { title: "recording rules", file: rules("record: a\nexpr: a > 5", "record: a\nexpr: a > 6") },
  ]);
});

describe("alert/severity-order", () => {
  const step = (severity: string, expr: string, more = ""): string =>
    `alert: A\nexpr: ${expr}\nlabels: { severity: ${severity} }${more}`;
  checkTable(alertSeverityOrder, [
    {
      title: "critical before warning",
      file: rules(step("warning", "a > 10000"), step("critical", "a > «8000»")),
      says: 'This is critical at 8000, and the alert "A" that is warning has 10000, which is reached later',
      fixed: rules(step("warning", "a > 8000"), step("critical", "a > 10000")),
    },
    {
      title: "too little of it",
      file: rules(
        step("critical", "a / b * 100 < «20»", "\nfor: 5m"),
        step("warning", "a / b * 100 < 10", "\nfor: 10m"),
      ),
      fixed: rules(
        step("critical", "a / b * 100 < 10", "\nfor: 5m"),
        step("warning", "a / b * 100 < 20", "\nfor: 10m"),
      ),
    },
    { title: "with the limit on the left", file: rules(step("info", "9 < a"), step("page", "«5» < a")) },
    { title: "in order", file: rules(step("warning", "a > 8000"), step("critical", "a > 10000")) },
    { title: "too little, in order", file: rules(step("critical", "a < 10"), step("warning", "a < 20")) },
    { title: "less, but for long", file: rules(step("warning", "a > 9"), step("critical", "a > 5", "\nfor: 6h")) },
    { title: "the same limit", file: rules(step("warning", "a > 9"), step("critical", "a > 9", "\nfor: 6h")) },
    { title: "opposite directions", file: rules(step("warning", "a > 9"), step("critical", "a < 5")) },
    { title: "words of the house", file: rules(step("high", "a > 9"), step("critical", "a > 5")) },
    { title: "of other series", file: rules(step("warning", "a > 9"), step("critical", "b > 5")) },
    {
      title: "of other teams",
      file: rules(
        "alert: A\nexpr: a > 9\nlabels: { severity: warning, team: x }",
        "alert: A\nexpr: a > 5\nlabels: { severity: critical, team: y }",
      ),
    },
  ]);
});

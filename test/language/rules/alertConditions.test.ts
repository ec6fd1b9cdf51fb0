// Conditions of alerts: none, never true, with parts that never come, on series that change; what is said and mended.
import { describe } from "vitest";
import { alertBool } from "../../../server/src/language/rules/alert/bool.ts";
import { alertDead } from "../../../server/src/language/rules/alert/dead.ts";
import { alertDivision } from "../../../server/src/language/rules/alert/division.ts";
import { alertFragile } from "../../../server/src/language/rules/alert/fragile.ts";
import { alertNever } from "../../../server/src/language/rules/alert/never.ts";
import { alertNoCondition } from "../../../server/src/language/rules/alert/noCondition.ts";
import { checkTable } from "./table.ts";

const recorded = (expr: string): Record<string, string> => ({
  "recorded.rules.yml": `groups:\n  - name: recorded\n    rules:\n      - record: job:bad\n        expr: ${expr}\n`,
});

describe("alert/no-condition", () => {
  checkTable(alertNoCondition, [
    { title: "a metric alone", expr: "«foo»", says: "returns its series whatever their values are" },
    { title: "a rate", expr: "«rate(foo[5m])»", says: "fires as long as the series exist" },
    { title: "a time", expr: "«vector(time())»", says: "always fires" },
    { title: "a comparison that is always true", expr: "«vector(1) > 0»", says: "always returns something" },
    { title: "one of two alternatives", expr: "foo > 1 or «bar»", says: "returns its series" },
    { title: "both alternatives: one finding", expr: "«foo or bar»" },
    { title: "an alternative that always comes", expr: "foo > 1 or «vector(1)»", says: "always fires" },
    { title: "arithmetic over a fallback", expr: "«(sum(foo) or vector(0)) * 2»" },
    { title: "an aggregation of bool", expr: "«sum(foo > bool 1)»" },
    {
      title: "a recording rule without a condition",
      expr: "«job:bad»",
      files: recorded("sum by (job) (rate(errors[5m]))"),
    },
    { title: "a comparison", expr: "foo > 1" },
    { title: "a comparison inside", expr: "sum by (job) (foo > 1)" },
    { title: "and", expr: "foo and bar" },
    { title: "unless", expr: "foo unless bar" },
    { title: "absent", expr: "absent(foo)" },
    { title: "absent over time", expr: "absent_over_time(foo[5m])" },
    { title: "two conditions", expr: "foo > 1 or bar > 2" },
    { title: "alerts that fire", expr: 'ALERTS{alertname="DkronDown"}' },
    { title: "a recording rule that has compared", expr: "job:bad", files: recorded("sum by (job) (foo) > 1") },
    { title: "a counter that is gone a minute after an event", expr: "dkron_agent_event_received_member_failed" },
    { title: "never true is another check's", expr: "vector(0) > 1" },
    { title: "bool is another check's", expr: "foo > bool 1" },
    { title: "a dead man's switch", expr: "vector(1)" },
    { title: "a dead man's switch as a number", expr: "(1)" },
    { title: "what the labels of an info say", expr: 'app_info{status!="deployed", job="x"}' },
    { title: "an info of a job", expr: '«app_info{job="x", instance="y"}»' },
    { title: "an info as it is", expr: "«app_info»" },
    { title: "a recording rule of this file", rule: "record: job:foo\nexpr: sum by (job) (foo)" },
    { title: "a join of flags", expr: "(foo * on (job) bar) == 1" },
    { title: "too few, or none at all", expr: "(count(foo) or vector(0)) < 1" },
    { title: "none of those that fulfil something", expr: "(count(foo == 1) or vector(0)) == 0" },
    { title: "what always comes, behind a condition", expr: "«(foo > 1 or vector(0)) + 1»" },
    { title: "what Prometheus refuses", expr: "sum(" },
  ]);
});

describe("alert/never", () => {
  const connections = (state: string): string => `connections{state="${state}"}`;
  checkTable(alertNever, [
    { title: "a constant below its limit", expr: "«vector(0) > 1»", says: "the comparison is never true" },
    {
      title: "sides with different values of a label",
      expr: `${connections("used")} «/» ${connections("free")} > 1`,
      says: "different values of the label state",
    },
    { title: "inside a side", expr: `foo / (${connections("used")} «+» ${connections("free")}) > 1` },
    { title: "and of what never comes together", expr: 'foo{a="x"} > 1 «and» bar{a="y"} > 1', says: "never fires" },
    { title: "absent of a constant", expr: "«absent(vector(1))»", says: "its argument always returns" },
    { title: "everything taken away", expr: "sum(foo) > 1 «unless» vector(1)", says: "takes everything away" },
    {
      title: "a label that an aggregation dropped",
      expr: 'sum by (job) (foo) > 1 «and» bar{instance="x"}',
      says: "only one side has the label instance",
    },
    {
      title: "a label that ignoring() dropped",
      expr: 'foo / ignoring (limit) max{limit="a"} > 1 «and» max{limit="a"} > 0',
    },
    { title: "and with a constant that never is", expr: "foo and «vector(0) > 1»" },
    {
      title: "a count of one",
      expr: "«count by (job, version) (count by (job, version) (foo)) > 1»",
      says: "the value is always 1",
    },
    { title: "a count of versions", expr: "count by (job) (count by (job, version) (foo)) > 1" },
    { title: "a constant above its limit", expr: "vector(2) > 1" },
    {
      title: "different values, ignored",
      expr: `${connections("used")} / ignoring (state) ${connections("free")} > 1`,
    },
    { title: "different values, matched on another label", expr: 'foo{a="x"} > 1 and on (job) bar{a="y"}' },
    { title: "one alternative is dead, one lives", expr: "foo > 1 or vector(0) > 1" },
    { title: "a label both may have", expr: 'foo > 1 and bar{instance="x"}' },
    { title: "a value that a pattern may match", expr: 'foo{a=~"x.*"} / bar{a="xy"} > 1' },
    { title: "or of different values", expr: 'foo{a="x"} > 1 or foo{a="y"} > 2' },
    { title: "unless there is a fallback that counts", expr: "up == 0 unless on () (sum(foo) or vector(0)) < 1" },
    { title: "unless with different values takes nothing away", expr: 'foo{a="x"} > 1 unless bar{a="y"}' },
    { title: "a matcher that nothing fulfils is another check's", expr: 'foo{a="x", a="y"} > 1' },
    { title: "absent of what may be", expr: "absent(foo)" },
    { title: "a recording rule", rule: 'record: x\nexpr: foo{a="x"} / foo{a="y"}' },
  ]);
});

describe("alert/dead", () => {
  checkTable(alertDead, [
    {
      title: "a fallback that is never compared well",
      expr: "(sum(foo) or «vector(0)») > 1",
      says: "never true",
      severity: "information",
    },
    { title: "a constant behind or", expr: "foo > 1 or «vector(0) > 1»", says: "The rest of the expression" },
    { title: "behind what always comes", expr: "vector(1) or «vector(2)»", says: "always returns" },
    { title: "sides that never match", expr: 'foo > 1 or foo{a="x"} «-» foo{a="y"} > 1' },
    { title: "taken away in vain", expr: 'foo > 1 unless (foo{a="x"} «*» foo{a="y"})' },
    { title: "inside an aggregation", expr: 'sum(foo or (foo{a="x"} «/» foo{a="y"})) > 1' },
    { title: "both live", expr: "foo > 1 or bar > 1" },
    { title: "a fallback that counts", expr: "(sum(foo) or vector(0)) < 1" },
    { title: "a fallback by the label", expr: "foo > 1 or on (job) bar > 1" },
    { title: "all dead: another check's", expr: "vector(0) > 1 or vector(0) > 2" },
    { title: "unless that takes something", expr: 'foo{a="x"} unless bar{a="x"}' },
    { title: "a matcher is another check's", expr: 'foo > 1 or foo{a="x", a="y"} > 1' },
    { title: "no or", expr: "foo > 1" },
    { title: "one text for both alternatives", expr: "increase((foo or vector(0))[15m:1m]) > 1" },
    { title: "a label that the right side lacks", expr: "sum by (job) (foo) > 1 or sum(bar) > 1" },
  ]);
});

describe("alert/bool", () => {
  checkTable(alertBool, [
    { title: "alone", expr: "up == «bool» 0", says: "the zeros too", fixed: "up == 0" },
    { title: "behind and", expr: "up == 0 and foo > «bool» 1", fixed: "up == 0 and foo > 1" },
    { title: "in parentheses", expr: "(up == «bool» 0)", fixed: "(up == 0)" },
    { title: "of two series", expr: "foo > «bool» on (job) bar", fixed: "foo > on (job) bar" },
    { title: "behind or", expr: "up == 0 or foo == «bool» 1", fixed: "up == 0 or foo == 1" },
    { title: "no bool", expr: "up == 0" },
    { title: "compared again", expr: "sum(up == bool 0) > 2" },
    { title: "as a factor", expr: "(foo > bool 1) * bar > 2" },
    { title: "between numbers", expr: "1 == bool 1" },
    { title: "a recording rule", rule: "record: down\nexpr: up == bool 0" },
  ]);
});

describe("alert/fragile", () => {
  checkTable(alertFragile, [
    { title: "topk", expr: "«topk»(3, foo) > 1", says: "picks other series" },
    { title: "bottomk by", expr: "«bottomk» by (job) (1, foo) < 1" },
    { title: "deep inside", expr: "sum by (instance) (rate(foo[5m]) * on (job) «topk»(1, bar)) > 1" },
    { title: "looked up by what it is not selected by", expr: "foo * on (job) group_left «topk»(1, bar) > 1" },
    { title: "summed by other labels", expr: "sum by (job, x) («topk» by (job) (3, foo)) > 1" },
    { title: "what is left of others", expr: "foo > 1 and on (job) «topk»(1, bar)" },
    { title: "on the side that gives the labels", expr: "«topk» by (job) (1, foo) * on (job) group_left bar > 1" },
    { title: "upper case", expr: "«TOPK»(3, foo) > 1" },
    { title: "max", expr: "max(foo) > 1" },
    { title: "summed", expr: "sum(topk(3, foo)) > 1" },
    { title: "counted", expr: "count by () (topk(3, foo > 1)) > 2" },
    { title: "as a scalar", expr: "foo > scalar(topk(1, bar))" },
    { title: "looked up, one for each", expr: "foo * on (job) group_left (x) topk by (job) (1, bar) > 1" },
    { title: "looked up, one for all", expr: "foo * on () group_left topk(1, bar) > 1" },
    { title: "looked up from the right", expr: "topk by (job, pod) (1, bar) * on (job) group_right foo > 1" },
    { title: "reduced to what is matched on", expr: "topk by (job) (1, foo) / on (job) bar > 1" },
    { title: "asked whether there is one", expr: "foo > 1 and on (job) topk by (job) (1, bar)" },
    { title: "summed by what it is selected by", expr: "sum by (job) (topk by (job, pod) (1, foo)) > 1" },
    { title: "summed without what tells copies apart", expr: "sum without (id) (topk by (pod) (1, foo)) > 1" },
    { title: "a recording rule", rule: "record: x\nexpr: topk(3, foo)" },
    { title: "a metric of that name", expr: "topk > 1" },
  ]);
});

describe("alert/division", () => {
  checkTable(alertDivision, [
    {
      title: "a mean of ratios",
      expr: "avg(a «/» b) > 0.1",
      says: "NaN or infinity",
      fixed: "avg(a / (b > 0)) > 0.1",
    },
    { title: "no less than zero", expr: "sum(a «/» clamp_min(b, 0)) > 1" },
    { title: "no less than what may be zero", expr: "sum(a «/» clamp_min(b, scalar(c))) > 1" },
    { title: "no less than one", expr: "sum(a / clamp_min(b, 1)) > 1" },
    { title: "between limits", expr: "sum(a / clamp(b, 0.1, 10)) > 1" },
    { title: "less than zero", expr: "sum(a / clamp_max(b, -1)) < 1" },
    { title: "a sum with by", expr: "sum by (job) (a «/» b * 100) > 1", fixed: "sum by (job) (a / (b > 0) * 100) > 1" },
    { title: "the rest of a division", expr: "stddev(a «%» b) > 1", fixed: "stddev(a % (b > 0)) > 1" },
    { title: "by a rate", expr: "avg(a «/» rate(b[5m])) > 1", fixed: "avg(a / (rate(b[5m]) > 0)) > 1" },
    { title: "by a scalar", expr: "sum(a «/» scalar(b)) > 1", fixed: null },
    { title: "by zero", expr: "sum(a «/» 0) > 1", fixed: null },
    { title: "a ratio of sums", expr: "sum(a) / sum(b) > 0.1" },
    { title: "max of ratios", expr: "max(a / b) > 0.1" },
    { title: "by a number", expr: "sum(a / 1000) > 1" },
    { title: "zeros left out", expr: "avg(a / (b > 0)) > 0.1" },
    { title: "zeros left out with !=", expr: "avg(a / (b != 0)) > 0.1" },
    { title: "compared before the aggregation", expr: "sum(a / b > 0.5) > 1" },
    { title: "taken out by and", expr: "sum(a / b and b > 0) > 1" },
    { title: "by a number of things", expr: "sum(a / count(b)) > 1" },
    { title: "a recording rule", rule: "record: x\nexpr: avg(a / b)" },
  ]);
});

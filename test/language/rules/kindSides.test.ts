// Series that meet themselves: where all labels are matched and both sides are of one metric.
import { describe } from "vitest";
import { kindSameSeries } from "../../../server/src/language/rules/kind/sameSeries.ts";
import { checkTable } from "./table.ts";

const errors = 'rate(http_requests_total{code=~"5.."}[5m])';
const all = "rate(http_requests_total[5m])";

describe("kind/same-series", () => {
  checkTable(kindSameSeries, [
    {
      title: "the share of errors, series by series",
      expr: `${errors} «/» ${all} > 0.05`,
      says: "on all labels that they have, code among them. Each one meets itself, so that the quotient is always the same",
      fixed: `sum without (code) (${errors}) / sum without (code) (${all}) > 0.05`,
    },
    {
      title: "in percent",
      expr: `100 * ${errors} «/» ${all} > 5`,
      fixed: `100 * sum without (code) (${errors}) / sum without (code) (${all}) > 5`,
    },
    {
      title: "with matchers that both have, in parentheses",
      expr: '(rate(x{job="a", code!="200"}[5m]) «/» rate((x{job="a"}[5m]))) * 100 > 5',
      fixed:
        '(sum without (code) (rate(x{job="a", code!="200"}[5m])) / sum without (code) (rate((x{job="a"}[5m])))) * 100 > 5',
    },
    {
      title: "in a recording rule",
      rule: `record: errors:ratio\nexpr: ${errors} «/» ${all}`,
      fixed: `record: errors:ratio\nexpr: sum without (code) (${errors}) / sum without (code) (${all})`,
    },
    {
      title: "compared",
      expr: `${errors} «>» ${all} * 0.3`,
      says: "the comparison says nothing of how much of it there is",
      fixed: `sum without (code) (${errors}) > sum without (code) (${all}) * 0.3`,
    },
    { title: "subtracted", expr: 'x{state="used"} «-» x > 3', says: "the difference is always 0" },
    {
      title: "in sums that keep the label",
      expr: `sum by (job, code) (${errors}) «/» sum by (code, job) (${all}) > 0.05`,
      says: "Leave code out of what both sides are grouped by",
      fixed: null,
    },
    {
      title: "in sums without another label",
      expr: `sum without (pod) (${errors}) «/» sum without (pod) (${all}) > 0.05`,
    },
    {
      title: "by what is kept from zero",
      expr: `${errors} «/» clamp_min(${all}, 1) > 0.05`,
      says: "the quotient is no share of anything",
      fixed: `sum without (code) (${errors}) / clamp_min(sum without (code) (${all}), 1) > 0.05`,
    },
    { title: "by a little more", expr: `${errors} «/» (${all} + 0.0001) > 0.05`, says: "no share of anything" },
    {
      title: "of two codes",
      expr: `${errors} «/» rate(http_requests_total{code=~"2.."}[5m]) > 0.05`,
      says: "Each one meets itself or none",
    },
    {
      title: "a bucket and all of them",
      expr: 'rate(x_bucket{le="0.5"}[5m]) «/» rate(x_bucket[5m]) < 0.9',
      says: "match with ignoring (le)",
      fixed: null,
    },
    {
      title: "the same twice, held against a limit",
      expr: "x_size_bytes «/» x_size_bytes * 100 > 80",
      says: "Name the other metric on one side",
      fixed: null,
    },
    {
      title: "added up, as the fix has it",
      expr: `sum without (code) (${errors}) / sum without (code) (${all}) > 0.05`,
    },
    { title: "added up by what both keep", expr: `sum by (job) (${errors}) / sum by (job) (${all}) > 0.05` },
    { title: "added up to one number", expr: `sum(${errors}) / sum(${all}) > 0.05` },
    { title: "another metric", expr: "rate(errors_total[5m]) / rate(requests_total[5m]) > 0.05" },
    { title: "another window", expr: `${errors} / rate(http_requests_total[1h]) > 2` },
    { title: "another function", expr: `${errors} / increase(http_requests_total[5m]) > 2` },
    { title: "another time", expr: "x / x offset 1d > 2" },
    { title: "another time, of some", expr: 'x{a="b"} offset 1h / x{a="b"} > 2' },
    { title: "what is matched is said", expr: 'x{a="b"} / ignoring (a) x{a="c"} > 2' },
    {
      title: "one for many",
      expr: `sum by (job, code) (${errors}) / on (job) group_left sum by (job) (${all}) > 0.05`,
    },
    { title: "two values of a label: another check's", expr: 'x{a="b"} / x{a="c"} > 2' },
    { title: "ones, made on purpose", rule: "record: ones\nexpr: x / x" },
    { title: "NaN dropped", expr: "x == x" },
    { title: "sets", expr: 'x{a="b"} and x > 2' },
    { title: "a share and what is left of it", expr: 'x{a="b"} - x * 0.3 > 0' },
    { title: "a label that is written anew", expr: 'label_replace(x{a="b"}, "a", "", "", "") / x > 2' },
    { title: "names by a pattern", expr: '{__name__=~"x_.*", a="b"} / {__name__=~"x_.*"} > 2' },
    { title: "added up, and kept from zero", expr: `sum(${errors}) / clamp_min(sum(${all}), 1) > 0.05` },
    { title: "half written", expr: 'x{a="b"} / ' },
  ]);
});

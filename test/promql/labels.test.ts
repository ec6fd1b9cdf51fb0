// The label algebra: which labels a result has, whether it returns, and which piece decides.
import { describe, expect, test } from "vitest";
import { parse } from "../../server/src/promql/syntax/parse.ts";
import { type InferredLabels, inferLabels, labelOf } from "../../server/src/promql/types/inferLabels.ts";
import type { MetricWorld } from "../../server/src/promql/types/metricInfo.ts";

const world: MetricWorld = {
  metric: (name) =>
    name === "jobs_total"
      ? {
          type: "counter",
          unit: "executions",
          labels: [{ name: "status", values: ["ok", "failed"] }],
          range: [0, null],
        }
      : undefined,
  targetLabels: ["instance", "job"],
};

function infer(text: string, within?: MetricWorld): InferredLabels {
  const { expr, errors } = parse(text, { fillModifiers: true });
  expect(errors).toEqual([]);
  if (!expr) throw new Error("no expression");
  return inferLabels(expr, within);
}

/** `a:always b:never` for the labels asked for. */
function presences(text: string, labels: string, within?: MetricWorld): string {
  const inferred = infer(text, within);
  return labels
    .split(" ")
    .map((label) => `${label}:${labelOf(inferred, label).presence}`)
    .join(" ");
}

describe("presence", () => {
  test.each([
    ["foo", "__name__:always a:maybe"],
    ['foo{a="b"}', "a:always c:maybe"],
    ['foo{a=""}', "a:never c:maybe"],
    ['foo{a!=""}', "a:always"],
    ['foo{a!="b"}', "a:maybe"],
    ['foo{a=~"b.*"}', "a:always"],
    ['foo{a=~".*"}', "a:maybe"],
    ['foo{a!~"b|"}', "a:always"],
    ['{__name__="foo"}', "__name__:always"],
    ["rate(foo[5m])", "__name__:never a:maybe"],
    ["last_over_time(foo[5m])", "__name__:always"],
    ["sort_desc(foo)", "__name__:always"],
    ["abs(foo)", "__name__:never"],
    ["-foo", "__name__:never a:maybe"],
    ["+foo", "__name__:always"],
    ["foo * 2", "__name__:never a:maybe"],
    ["foo > 2", "__name__:always"],
    ["foo > bool 2", "__name__:never"],
    ["sum(foo)", "__name__:never a:never"],
    ["sum by (a) (foo)", "a:maybe b:never"],
    ['sum by (a, b) (foo{a="x"})', "a:always b:maybe c:never"],
    ["sum without (a) (foo)", "a:never b:maybe __name__:never"],
    ["topk(3, foo)", "a:maybe __name__:always"],
    ["topk by (a) (3, foo)", "b:maybe"],
    ['count_values("v", foo)', "v:always a:never"],
    ["vector(1)", "a:never __name__:never"],
    ["time()", "a:never"],
    ["hour()", "a:never"],
    ['absent(foo{a="b", c=~"d", e="1", e="2"})', "a:always c:never e:never f:never __name__:never"],
    ["absent(sum(foo))", "a:never"],
    ['absent_over_time(foo{a="b"}[5m])', "a:always"],
    ['label_replace(foo, "d", "x", "s", "(.*)")', "d:always"],
    ['label_replace(foo, "d", "$1", "s", "(.*)")', "d:maybe"],
    ['label_replace(foo{s="a-b"}, "d", "$1", "s", "(.*)-.*")', "d:always"],
    ['label_replace(foo{s="ab"}, "d", "$1", "s", "(.*)-.*")', "d:maybe"],
    ['label_replace(foo{d="x"}, "d", "", "s", ".*")', "d:maybe"],
    ['label_replace(foo{s="x", d="y"}, "d", "", "s", ".*")', "d:never"],
    ['label_replace(foo, "d", "none", "", "")', "d:always"],
    ['label_join(foo, "d", "-", "a", "b")', "d:always"],
    ['label_join(foo, "d", "", "a", "b")', "d:maybe"],
    ['label_join(sum(foo), "d", "", "a")', "d:never"],
    ["histogram_quantile(0.9, foo)", "le:never a:maybe"],
    ["foo and bar", "__name__:always a:maybe"],
    ['foo and on(a) bar{a="x"}', "a:always b:maybe"],
    ["foo and sum by (a) (bar)", "b:never a:maybe"],
    ["foo + on(a) bar", "a:maybe b:never __name__:never"],
    ["foo + ignoring(a) bar", "a:never b:maybe"],
    ["foo != ignoring(a) group_left() count by (b) (bar)", "a:maybe b:maybe c:never __name__:always"],
    ["foo and ignoring(a) sum by (b) (bar)", "a:maybe b:maybe c:never __name__:always"],
    ['foo{b="x"} * on(a) group_left(c) bar{c="y"}', "b:always c:always __name__:never"],
    ["foo * on(a) group_left(c) sum by (a) (bar)", "c:never d:maybe"],
    ['foo * on(a) group_right(c) bar{b="x"}', "b:always"],
    ['foo{a="x"} or bar{a="y"}', "a:always"],
    ['foo{a="x"} or bar', "a:maybe"],
    ["sum(foo) or vector(0)", "a:never"],
    ["sum by (a) (foo) or vector(0)", "a:maybe b:never"],
    ['foo{a="x"} unless bar', "a:always"],
    ["info(sum(foo))", "a:maybe"],
    ['info(sum(foo), {v=~".+"})', "v:always w:never"],
    ["foo[5m:1m]", "__name__:always"],
  ])("%s", (text, wanted) => {
    expect(presences(text, wanted.replace(/:\w+/g, ""))).toBe(wanted);
  });

  test("what is known of the metric counts", () => {
    expect(presences("jobs_total", "status job instance other", world)).toBe(
      "status:always job:always instance:always other:maybe",
    );
    expect(presences("jobs_total", "status other", { ...world, closed: true })).toBe("status:always other:never");
    expect(presences("sum by (status) (rate(jobs_total[5m]))", "status job", world)).toBe("status:always job:never");
    expect(labelOf(infer('jobs_total{status!="ok"}', world), "status").values).toEqual(["failed"]);
  });
});

describe("the piece that decides", () => {
  test.each([
    ["sum by (a) (foo)", "b", "by (a)"],
    ["sum(foo)", "a", "sum"],
    ["sum(foo) without (a)", "a", "without (a)"],
    ["rate(foo[5m])", "__name__", "rate(foo[5m])"],
    ["sum(rate(foo[5m])) * 2", "a", "sum"],
    ['foo{a=""}', "a", 'a=""'],
    ["foo + on(a) bar", "b", "on(a)"],
    ["foo + ignoring(a, b) bar", "b", "ignoring(a, b)"],
    ["foo * on(a) group_left(c) bar", "c", "c"],
    ["foo * 2", "__name__", "*"],
  ])("%s: %s", (text, label, wanted) => {
    const { range, reason } = labelOf(infer(text), label);
    expect(text.slice(range.start, range.end)).toBe(wanted);
    expect(reason).toMatch(/^\S.*[^.]$/);
  });
});

describe("returning", () => {
  const state = ({ alwaysReturns, neverReturns, isCondition }: InferredLabels): string =>
    neverReturns ? "never" : `${alwaysReturns ? "always" : "can be empty"}${isCondition ? ", condition" : ""}`;

  test.each([
    ["foo", "can be empty"],
    ["foo > 1", "can be empty, condition"],
    ["foo > bool 1", "can be empty"],
    ["vector(1)", "always"],
    ["1", "always"],
    ["vector(1) > 0", "always"],
    ["vector(1) > 2", "never"],
    ["time() > bool 5", "always"],
    ["vector(time()) > 5", "can be empty, condition"],
    ["absent(foo)", "can be empty, condition"],
    ["absent(vector(1))", "never"],
    ["absent(vector(1) > 2)", "always"],
    ["foo or vector(0)", "always"],
    ["sum(foo > 1)", "can be empty, condition"],
    ["sum(foo) > 1 or vector(1)", "always"],
    ["foo and bar", "can be empty, condition"],
    ["foo > 1 and on() vector(1)", "can be empty, condition"],
    ["foo and on() vector(1)", "can be empty"],
    ["foo unless bar", "can be empty, condition"],
    ["foo unless on() vector(1)", "never"],
    ["foo and on() (vector(1) > 2)", "never"],
    ['foo{a="x"} and bar{a="y"}', "never"],
    ["sum by (a) (foo) + sum by (b) (bar)", "can be empty"],
    ['sum by (a) (foo{a="x"}) + sum by (b) (bar)', "never"],
    ['jobs_total{status="lost"}', "never"],
    ["(foo > 1) / bar", "can be empty, condition"],
    ["(foo or vector(5)) * (vector(2) or bar)", "always"],
    ["day_of_week() == 0", "can be empty, condition"],
    ["(sum(foo) or vector(0)) < 1", "can be empty, condition"],
    ["(count(foo > 1) or vector(0)) == 0", "can be empty, condition"],
    ["(sum(foo) or vector(0)) * 2 < on() vector(1)", "can be empty, condition"],
    ["((sum(foo) or vector(0)) > -1) or bar > 1", "can be empty, condition"],
    ["(sum(foo) > 1 or vector(0)) + 1", "always"],
    ["(vector(1) or foo) > 0", "always"],
    ['(foo{a="x"} or vector(0)) < 1', "always"],
    ["bar unless on() (sum(foo) or vector(0)) < 1", "can be empty, condition"],
  ])("%s: %s", (text, wanted) => {
    expect(state(infer(text, world))).toBe(wanted);
  });

  test("a dead alternative says why, the others live", () => {
    const { branches, neverReturns } = infer("vector(0) or vector(1)");
    expect(neverReturns).toBe(false);
    expect(branches.map((branch) => branch.dead?.reason)).toEqual([
      undefined,
      "the left side of or always returns a series with the same labels",
    ]);
  });
});

describe("constants", () => {
  test.each([
    ["1 + 2 * 3", 7],
    ["-(2 ^ 3)", -8],
    ["1 < bool 2", 1],
    ["vector(5 - 1)", 4],
    ["sum(vector(3))", 3],
    ["count(vector(3))", 1],
    ["count by (a, b) (sum by (a) (foo))", 1],
    ["count by (a) (sum by (a, b) (foo))", undefined],
    ["count without (b) (sum by (a) (foo))", undefined],
    ["count by (a) (foo)", undefined],
    ["count by (a) (last_over_time(foo[5m]))", undefined],
    ["sum by (a) (count by (a) (sum by (a) (foo)))", 1],
    ["scalar(vector(2)) * 2", 4],
    ["abs(vector(-2))", 2],
    ["increase((0 * absent(foo))[5m:1m])", 0],
    ["max_over_time(foo[5m])", undefined],
    ["foo", undefined],
    ["time()", undefined],
  ])("%s", (text, wanted) => {
    expect(infer(text).value).toBe(wanted);
  });
});

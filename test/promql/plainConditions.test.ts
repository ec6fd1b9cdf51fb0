// Plain conditions: what is said of them at a glance is what the algebra of labels says, and nothing else is taken for one.
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "../../server/src/promql/syntax/parse.ts";
import { inferLabels, labelOf } from "../../server/src/promql/types/inferLabels.ts";
import { plainCondition } from "../../server/src/promql/types/plainConditions.ts";
import { inferQuantity } from "../../server/src/promql/types/semantics.ts";

const conditionOf = (text: string) => {
  const { expr, errors } = parse(text);
  if (!expr || errors.length > 0) throw new Error(`no expression: ${text}`);
  return { expr, condition: plainCondition(expr) };
};

const selector = fc.constantFrom(
  "a",
  "b",
  'a{x="1"}',
  'a{x="2",y=~"p|q"}',
  'b{instance="i"}',
  'a{x!="1"}',
  'a{x=""}',
  "a offset 1h",
);
const ranged = fc.constantFrom(
  "rate",
  "increase",
  "avg_over_time",
  "last_over_time",
  "deriv",
  "count_over_time",
  "absent_over_time",
);
const aggregator = fc.constantFrom(
  "sum",
  "avg",
  "count",
  "sum by (x)",
  "max without (y)",
  "group",
  "count_values by (x)",
);
const operator = fc.constantFrom("+", "-", "*", "/", "%", "^", ">", "and", "or", "unless", "/ on (x)");

const { operand } = fc.letrec<{ operand: string }>((tie) => ({
  operand: fc.oneof(
    { maxDepth: 4 },
    selector,
    fc.constantFrom("1", "0", "60 * 5", "vector(1)", "time()", "-1"),
    fc.tuple(ranged, selector).map(([name, one]) => {
      const [series, offset = ""] = one.split(/(?= offset)/);
      return `${name}(${series}[5m]${offset})`;
    }),
    fc
      .tuple(fc.constantFrom("abs", "round", "sgn", "absent", ""), tie("operand"))
      .map(([name, one]) => `${name}(${one})`),
    fc
      .tuple(aggregator, tie("operand"))
      .map(([op, one]) => (op.startsWith("count_values") ? `${op} ("v", ${one})` : `${op} (${one})`)),
    fc.tuple(tie("operand"), operator, tie("operand")).map(([left, op, right]) => `(${left}) ${op} (${right})`),
  ),
}));

const comparison = fc.constantFrom(">", "<=", "==", "!=", "> bool", "and");

test("the algebra of labels says the same", () => {
  let plain = 0;
  fc.assert(
    fc.property(operand, comparison, operand, (left, op, right) => {
      const { expr, condition } = conditionOf(`(${left}) ${op} (${right})`);
      if (!condition) return;
      plain++;
      const result = inferLabels(expr);
      const { alwaysReturns, neverReturns, isCondition, value, branches } = result;
      expect({ alwaysReturns, neverReturns, isCondition, value, branches: branches.length }).toEqual({
        alwaysReturns: false,
        neverReturns: false,
        isCondition: true,
        value: undefined,
        branches: 1,
      });
      if (!/[-+*/%]/.test(left + right)) {
        const sides = [left, right].map((text) => inferQuantity(conditionOf(text).expr, () => undefined));
        const [least, greatest] = sides.find(({ value }) => value === undefined)?.range ?? [];
        expect(greatest).toBe(null);
        expect(least ?? 0).toBeLessThanOrEqual(1);
      }
      if (condition === "series")
        for (const label of ["instance", "job"]) expect(labelOf(result, label).presence).toBe("maybe");
    }),
    { numRuns: 20_000 },
  );
  expect(plain).toBeGreaterThan(200);
});

test.each([
  ["a > 5", "series"],
  ['(rate(a{x="1"}[5m])) * 100 >= 60 * 5', "series"],
  ["0.5 < a / b", "series"],
  ["sum by (x) (rate(a[5m])) > 1", "other"],
  ['a{instance="i"} > 1', "other"],
  ["a / sum(b) > 1", "other"],
  ["a > b", undefined],
  ["1 > 2", undefined],
  ["a > bool 1", undefined],
  ["a > 1 and b > 1", undefined],
  ['a{x="1",x="2"} > 1', undefined],
  ['a{x="1"} / a{x="2"} > 1', undefined],
  ["a / on (x) b > 1", undefined],
  ['{__name__="a"} > 1', undefined],
  ["absent(a) > 0", undefined],
  ["vector(1) > 2", undefined],
  ["count(sum(a)) > 1", undefined],
  ["topk(1, a) > 1", undefined],
  ["a", undefined],
])("%s: %s", (text, condition) => {
  expect(conditionOf(text).condition).toBe(condition);
});

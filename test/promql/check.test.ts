// Errors beyond the grammar: functions by version and flag, types, regular expressions, and their order.
import { describe, expect, test } from "vitest";
import { parse } from "../../server/src/promql/syntax/parse.ts";
import type { ParseOptions } from "../../server/src/promql/syntax/parser.ts";
import { check, inFull } from "../../server/src/promql/types/check.ts";
import { functions } from "../../server/src/promql/types/functions.ts";
import { documentedType, inferType } from "../../server/src/promql/types/inferType.ts";
import { typeErrors } from "../../server/src/promql/types/typeErrors.ts";

function messages(text: string, options: ParseOptions = {}): string[] {
  return check(parse(text, options), options).map(({ message }) => message);
}

describe("functions", () => {
  test("the newest version has ninety", () => {
    const now = [...functions.values()].filter(({ until }) => until === undefined);
    expect(now.length).toBe(90);
    expect(now.filter(({ experimental, stableSince }) => experimental && !stableSince).length).toBe(17);
  });

  test.each<[string, ParseOptions, string[]]>([
    ["first_over_time(x[5m])", {}, []],
    ["first_over_time(x[5m])", { prometheusVersion: "3.8" }, ['function "first_over_time" is not enabled']],
    ["first_over_time(x[5m])", { prometheusVersion: "3.8", experimentalFunctions: true }, []],
    ["first_over_time(x[5m])", { prometheusVersion: "3.6" }, ['unknown function with name "first_over_time"']],
    ["holt_winters(x[5m], 0.1, 0.2)", {}, ['unknown function with name "holt_winters"']],
    ["holt_winters(x[5m], 0.1, 0.2)", { prometheusVersion: "2.50" }, []],
    ["RATE(x[5m])", {}, ['unknown function with name "RATE"']],
    ["ratee(x) + rte(y)", {}, ['unknown function with name "ratee"', 'unknown function with name "rte"']],
  ])("%s with %o", (text, options, wanted) => {
    expect(messages(text, options)).toEqual(wanted);
  });
});

test.each<[string, ParseOptions, string[]]>([
  [
    "holt_winters(x[5m], 0.1, 0.2)",
    {},
    ['unknown function with name "holt_winters": since Prometheus 3.0 it is double_exponential_smoothing'],
  ],
  [
    "first_over_time(x[5m])",
    { prometheusVersion: "3.6" },
    ['unknown function with name "first_over_time": it needs Prometheus 3.7'],
  ],
  ["ratee(x)", {}, ['unknown function with name "ratee"']],
])("what Prometheus does not say of %s with %o", (text, options, wanted) => {
  expect(check(parse(text, options), options).map(inFull)).toEqual(wanted);
});

describe("the language of older versions", () => {
  test.each([
    ["limitk(1, x)", "2.53", "limitk() needs Prometheus 2.54"],
    ["x </ 1", "3.10", "the operator </ needs Prometheus 3.11"],
    ["x > 10m", "2.53", "a duration as a number needs Prometheus 2.54"],
    ["rate(x[300])", "2.53", "a number as a duration needs Prometheus 2.54"],
    ['{"abcdef"}', "2.55", "a name in quotes needs Prometheus 3.0"],
    ['x{"a.b"="c"}', "2.55", "a name in quotes needs Prometheus 3.0"],
    ['sum by ("a") (x)', "2.55", "a name in quotes needs Prometheus 3.0"],
    ["sum without (a, b:c) (x)", "2.55", "a colon in the name of a label needs Prometheus 3.0"],
    ["x * on (a:) y", "2.55", "a colon in the name of a label needs Prometheus 3.0"],
    ["x * on (a) group_left (:) y", "2.55", "a colon in the name of a label needs Prometheus 3.0"],
    ["x[5m + 1m]", "3.3", "arithmetic on durations needs Prometheus 3.4"],
    ["rate(x[5m] smoothed)", "3.6", "smoothed needs Prometheus 3.7"],
  ])("%s in %s", (text, prometheusVersion, wanted) => {
    const options = {
      prometheusVersion,
      experimentalFunctions: true,
      extendedRangeSelectors: true,
      durationExpressions: true,
    };
    expect(messages(text, options)).toEqual([wanted]);
    expect(messages(text, { ...options, prometheusVersion: "3.14" })).toEqual([]);
  });

  test("duration expressions needed a flag before 3.14", () => {
    expect(messages("x[5m + 1m]", { prometheusVersion: "3.13" })).toEqual([
      "experimental duration expression is not enabled",
    ]);
    expect(messages("x[5m + 1m]", { prometheusVersion: "3.13", durationExpressions: true })).toEqual([]);
  });
});

describe("order", () => {
  test("names and patterns stand among syntax errors where the parser passed them", () => {
    expect(messages('sum(nope(x{a=~"("}) y) + also(z) extra')).toEqual([
      "error parsing regexp: missing closing ): `(`",
      'unknown function with name "nope"',
      'unexpected identifier "y" in aggregation',
      "no arguments for aggregate expression provided",
    ]);
  });

  test("types wait until the rest is right", () => {
    expect(messages("rate(x) + nope(1)")).toEqual(['unknown function with name "nope"']);
    expect(messages("rate(x) + abs(1)")).toEqual([
      'expected type range vector in call to function "rate", got instant vector',
      'expected type instant vector in call to function "abs", got scalar',
    ]);
  });

  test("healthy parts of broken text can be checked all the same", () => {
    const text = "rate(x) + ";
    const { expr } = parse(text);
    expect(expr && typeErrors(text, expr).map(({ message }) => message)).toEqual([
      'expected type range vector in call to function "rate", got instant vector',
    ]);
  });
});

describe("types", () => {
  test.each([
    ["1 + 2", "scalar"],
    ["1 + x", "instant vector"],
    ["-(x[5m])", "range vector"],
    ['"text"', "string"],
    ["sum(x)", "instant vector"],
    ["x[5m:1m]", "range vector"],
    ["scalar(x)", "scalar"],
    ["nope(x)", "unknown"],
    ["(", "unknown"],
  ])("%s is %s", (text, wanted) => {
    const { expr } = parse(text);
    expect(documentedType(expr && inferType(expr))).toBe(wanted);
  });
});

describe("regular expressions", () => {
  test.each([
    ['x{a=~"b|c.*"}', []],
    ['x{a=~"(?P<n>b)(?P<n>c)"}', []],
    ['x{a=~"\\\\Q(\\\\E"}', []],
    ['x{a=~"(?=b)"}', ["error parsing regexp: invalid or unsupported Perl syntax: `(?=`"]],
    ['x{a=~"\\xff("}', ["error parsing regexp: invalid UTF-8: `\ufffd(`"]],
    ['x{a=~"*\\xff"}', ["error parsing regexp: missing argument to repetition operator: `*`"]],
    ['x{a!~"*"}', ["error parsing regexp: missing argument to repetition operator: `*`"]],
    ['x{a=~"\\\\"}', ["error parsing regexp: trailing backslash at end of expression: ``"]],
    ['{a=~".*"}', ["vector selector must contain at least one non-empty matcher"]],
    ['{a!~".+"}', ["vector selector must contain at least one non-empty matcher"]],
    ['{a=~".+"}', []],
  ])("%s", (text, wanted) => {
    expect(messages(text)).toEqual(wanted);
  });
});

describe("regular expressions", () => {
  test.each([
    ["((?<n>a)(?<n>b)", "error parsing regexp: missing closing ): `((?<n>a)(?<n>b)`"],
    ["[[:]", undefined],
    ["[[:](", "error parsing regexp: missing closing ): `[[:](`"],
    ["[:]a[:alpha]", undefined],
    ["[[:alpha:]]", undefined],
    [
      `${"(".repeat(1001)}a${")".repeat(1001)}`,
      `error parsing regexp: expression nests too deeply: \`${"(".repeat(1001)}a${")".repeat(1001)}\``,
    ],
  ])("%.20s", (pattern, wanted) => {
    expect(messages(`{a=~\`${pattern}\`,b="c"}`)).toEqual(wanted === undefined ? [] : [wanted]);
  });

  test("the group and anchors that Prometheus adds count for the depth", () => {
    const nested = (depth: number): string => `{a=~"${"(".repeat(depth)}x${")".repeat(depth)}",b="c"}`;
    expect(messages(nested(996))).toEqual([]);
    expect(messages(nested(999))[0]).toContain("nests too deeply: `^(?s:(");
  });
});

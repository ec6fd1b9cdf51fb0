// Formatting: what is normalized, where lines break, where comments go.
import { describe, expect, test } from "vitest";
import { format } from "../../server/src/promql/format/format.ts";
import { print } from "../../server/src/promql/format/print.ts";
import { parse } from "../../server/src/promql/syntax/parse.ts";

function lines(...text: string[]): string {
  return text.join("\n");
}

describe("on one line", () => {
  test.each([
    ["sum( rate(x [5m]) )by(a , b,)", "sum by (a, b) (rate(x[5m]))"],
    ["X{b='1',a=~`w.`}", 'X{a=~"w.",b="1"}'],
    ["60s + 90m + 0x10 + 1e3", "1m + 1h30m + 16 + 1000"],
    ["a AND B", "a and B"],
    ["x[300] offset -3600 @ end()", "x[5m] @ end() offset -1h"],
    ["a + on() b > bool 1", "a + on () b > bool 1"],
    ["a * ignoring() group_left b", "a * ignoring () group_left () b"],
    ['{"a.b"}', '{__name__="a.b"}'],
    ["sum by () (x)", "sum(x)"],
    ["--x", "--x"],
    ["x[2*5m:]", "x[2 * 5m:]"],
    ['"\ufeff\\u00e9"', '"\\ufeffé"'],
    ['"\u1c89"', '"\\u1c89"'],
  ])("%s", (text, wanted) => {
    expect(format(text)).toBe(wanted);
  });
});

test("an offset that is no number is written as Prometheus writes the least one", () => {
  const { expr } = parse("x offset NaN");
  expect(expr && print(expr)).toBe("x offset --106751d23h47m16s854ms");
});

test("values that fill in are written as Go writes floats", () => {
  const { expr } = parse("a + fill_left(1y) fill_right(999999) b", { fillModifiers: true });
  expect(expr && print(expr)).toBe("a + fill_left (3.1536e+07) fill_right (999999) b");
});

describe("over lines", () => {
  test("operators, calls, aggregations and parentheses are broken when too wide", () => {
    expect(format("sum by (job) (rate(http_requests_total[5m])) / (on_hold + running) > 0.5", { width: 30 })).toBe(
      lines(
        "    sum by (job) (",
        "      rate(http_requests_total[5m])",
        "    )",
        "  /",
        "    (on_hold + running)",
        ">",
        "  0.5",
      ),
    );
  });

  test("arguments stand on lines of their own", () => {
    expect(format('label_replace(up, "dst", "$1", "src", "(.*)")', { width: 20 })).toBe(
      lines("label_replace(", "  up,", '  "dst",', '  "$1",', '  "src",', '  "(.*)"', ")"),
    );
  });
});

describe("comments", () => {
  test.each([
    ["before and behind", "# one\n\n a  # two\n# three", "# one\na # two\n# three"],
    ["beside an operator", "a # left\n + # right\n b", lines("  a # left", "+ # right", "  b")],
    ["above an operator", "a\n# why\n+ b", lines("  a", "# why", "+", "  b")],
    ["above an argument", "sum(\n# why\nx)", lines("sum(", "  # why", "  x", ")")],
    ["beside a parenthesis", "( # why\nx\n# end\n)", lines("( # why", "  x", "  # end", ")")],
    [
      "between arguments",
      "clamp(x, # least\n0, 1 # most\n)",
      lines("clamp(", "  x, # least", "  0,", "  1 # most", ")"),
    ],
    ["where no line can break", 'rate(x{# why\na="b"}[5m])', lines("rate(", "  # why", '  x{a="b"}[5m]', ")")],
    ["in a grouping", "sum by (a # why\n) (x)", lines("# why", "sum by (a) (x)")],
    ["in front of a left side", "# why\na + b", lines("# why", "a + b")],
    ["before a sign's operand", "- # why\nx", lines("# why", "-x")],
    ["Windows line ends", "a # left\r\n+ b", lines("  a # left", "+", "  b")],
  ])("%s", (_where, text, wanted) => {
    const formatted = format(text);
    expect(formatted).toBe(wanted);
    expect(format(wanted)).toBe(wanted);
  });
});

describe("what is left alone", () => {
  test.each([
    ["a syntax error", "sum("],
    ["a type error", "rate(x)"],
    ["a range that would become 0s", "x[0.0004]"],
    ["nothing but a comment", "# todo"],
  ])("%s", (_why, text) => {
    expect(format(text)).toBeUndefined();
  });
});

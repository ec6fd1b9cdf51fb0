// The notation of input series: what is read of it, and Prometheus' first word about what it refuses (3.14, ParseSeriesDesc).
import { describe, expect, test } from "vitest";
import { parseMetric, parseSeries } from "../../server/src/promql/syntax/series.ts";

describe("a series with its values", () => {
  test.each<readonly [text: string, samples: number]>([
    ["up", 0],
    ["up 1 2 3", 3],
    ["up 0+1x10", 11],
    ["up 5x3 _ _x2 stale", 8],
    ['up{a="b",} -1-2x1\t.5  1e3 ', 4],
    ['{a="b"} NaN -Inf +2', 3],
    ["up {{}} {{sum:1 count:2 buckets:[1 -2 inf]}}x2 {{schema:-1}}+{{sum:nan}}x1", 6],
    ["sum 1", 1],
    ["up 1_000.5 5.1_0 1e1_0", 3],
  ])("%s", (text, samples) => {
    const read = parseSeries(text);
    expect(read.error).toBeUndefined();
    expect(read.samples).toBe(samples);
  });

  test("names and labels with their places", () => {
    const text = "{\"a.b\", c='d'} 1";
    const { metric, labels } = parseSeries(text);
    expect(metric?.name).toBe("a.b");
    expect(
      labels.map(({ name, value, nameRange }) => [name, value, text.slice(nameRange.start, nameRange.end)]),
    ).toEqual([["c", "d", "c"]]);
  });

  test.each<readonly [text: string, start: number, message: string]>([
    ["up{a=b} 1", 5, 'unexpected identifier "b" in label set, expected string'],
    ["up{a} 1", 4, 'unexpected "}" in label set, expected "="'],
    ['up{a="b" c="d"} 1', 9, 'unexpected identifier "c" in label set, expected "," or "}"'],
    ["up{,} 1", 3, 'unexpected "," in label set, expected identifier or "}"'],
    ['up{a="b} 1', 5, "unterminated quoted string"],
    ["up[5m]", 2, "unexpected character in series sequence: '['"],
    ["5 1", 0, 'unexpected number "5" in series values'],
    ["up 1,2", 4, "unexpected character in series sequence: ','"],
    ["up 1 foo", 5, 'unexpected identifier "foo" in series values, expected number or "stale"'],
    ["up 1 sum", 5, "unexpected <aggr:sum>"],
    ["up 1x", 5, "unexpected end of input in series values"],
    ["up 1x-3", 5, "unexpected <op:-> in series values"],
    ["up 1x1.5", 5, 'invalid repetition in series values: strconv.ParseUint: parsing "1.5": invalid syntax'],
    ["up 1_09e999", 3, 'error parsing number: strconv.ParseFloat: parsing "1_09e999": value out of range'],
    ["up 1e", 3, 'bad number syntax: "1e"'],
    ["up 1ex3", 3, 'error parsing number: strconv.ParseFloat: parsing "1e": invalid syntax'],
    ["up 1..2", 3, 'bad number syntax: "1.."'],
    ["up 0+1", 6, "unexpected end of input in series values"],
    ["up {{sum}}", 5, "missing `:` for histogram descriptor"],
    ["up {{foo:1}}", 5, 'bad histogram descriptor found: "foo"'],
    ["up {{sum:1 sum:2}}", 0, 'duplicate key "sum" in histogram'],
    ["up {{sum:1}}{{sum:2}}", 12, 'unexpected "{{"'],
    ["up {{buckets:[1,2]}}", 15, "invalid character in buckets description: ','"],
  ])("refuses %s", (text, start, message) => {
    expect(parseSeries(text).error).toMatchObject({ start, message });
  });

  test("whatever it is given it ends", () => {
    for (const text of [
      "",
      " ",
      "{",
      "up{",
      "up {{",
      "up {{sum:",
      "up {{buckets:[",
      "up 1x18446744073709551616",
      "\ud800",
    ])
      expect(() => parseSeries(text)).not.toThrow();
  });
});

describe("a metric alone", () => {
  test.each(["up", 'up {a="b"}', "{}", ""])("takes %j", (text) => {
    expect(parseMetric(text).error).toBeUndefined();
  });
  test.each(["up 1", "up{a}", "5"])("refuses %j", (text) => {
    expect(parseMetric(text).error).toBeDefined();
  });
});

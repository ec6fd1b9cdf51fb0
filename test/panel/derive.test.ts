// What is drawn from what was sampled: rates over resets and gaps, shares, alignment, cuts.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  aligned,
  between,
  type Column,
  extent,
  greatest,
  lowerBound,
  newest,
  rate,
  rateFromZero,
  resets,
  standingRatio,
  sum,
} from "../../client/src/panel/view/derive.ts";

const seconds = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe("rate", () => {
  test.each<[title: string, values: Column, expected: Column]>([
    ["grows steadily", [0, 2, 4, 6], [null, 2, 2, 2]],
    ["one sample tells nothing", [5], [null]],
    ["a fall is a reset: what came after it is growth", [10, 12, 3, 5], [null, 2, 2.5, 7 / 3]],
    ["a gap stays a gap, what it hid is growth", [0, null, 4, 6], [null, null, 2, 2]],
    ["it begins where the series does", [null, null, 7, 8], [null, null, null, 1]],
    ["a counter at rest", [4, 4, 4], [null, 0, 0]],
  ])("%s", (_, values, expected) => {
    const found = rate(seconds(values.length), values);
    expect(found).toHaveLength(expected.length);
    for (const [i, value] of expected.entries())
      if (value === null) expect(found[i]).toBeNull();
      else expect(found[i]).toBeCloseTo(value, 9);
  });

  test("looks back no further than its window", () => {
    expect(rate([0, 10, 20, 30, 40], [0, 100, 100, 100, 100], 20)).toEqual([null, 10, 5, 0, 0]);
  });

  test("is never negative, and null only where a sample or a second one is missing", () => {
    const column = fc.array(fc.option(fc.nat(1000), { nil: null }), { maxLength: 60 });
    fc.assert(
      fc.property(column, (values) => {
        const found = rate(seconds(values.length), values);
        for (const [i, value] of found.entries()) {
          if (value !== null) expect(value).toBeGreaterThanOrEqual(0);
          const before = values.slice(Math.max(0, i - 30), i).some((sample) => sample !== null);
          expect(value !== null).toBe(values[i] !== null && before);
        }
      }),
    );
  });
});

describe("rateFromZero", () => {
  test("the first event of a job counts, if the agent answered before without it", () => {
    expect(rateFromZero(seconds(4), [null, null, 2, 2], [1, 1, 1, 1])).toEqual([null, 0, 1, 2 / 3]);
  });

  test("nothing is known of the time before the first answer", () => {
    expect(rateFromZero(seconds(4), [null, null, 9, 10], [null, null, 1, 1])).toEqual([null, null, null, 1]);
  });
});

describe("standingRatio", () => {
  test.each<[title: string, part: Column, whole: Column, expected: Column]>([
    ["a share", [1, 1], [2, 1], [0.5, 1]],
    ["stands while nothing happens", [1, 0, 0], [4, 0, 0], [0.25, 0.25, 0.25]],
    ["unknown until something happens", [0, 1], [0, 1], [null, 1]],
    ["a gap is a gap", [1, null, 0], [1, null, 0], [1, null, 1]],
    ["all failed", [null, 0], [3, 3], [0, 0]],
  ])("%s", (_, part, whole, expected) => {
    expect(standingRatio(part, whole)).toEqual(expected);
  });
});

test("sum and greatest take what is there", () => {
  expect(
    sum(
      [
        [1, null, null],
        [2, 3, null],
      ],
      3,
    ),
  ).toEqual([3, 3, null]);
  expect(
    greatest(
      [
        [1, null, null],
        [2, 3, null],
      ],
      3,
    ),
  ).toEqual([2, 3, null]);
});

test("resets are the moments of falls, across gaps too", () => {
  expect(resets(seconds(6), [1, 2, 1, null, 0, 5])).toEqual([2, 4]);
});

test("a column on another clock takes the newest sample that is not too old", () => {
  expect(aligned([1, 2, 3, 4, 20], [0.9, 2.4, 3.1], [10, 20, 30])).toEqual([10, 20, 30, 30, null]);
});

test("newest skips gaps, but not for long", () => {
  expect(newest([1, 2, null])).toBe(2);
  expect(newest([1, ...new Array<null>(20).fill(null)])).toBeNull();
});

test("extent", () => {
  expect(extent([null, 1, 3, null])).toEqual({ least: 1, greatest: 3, mean: 2 });
  expect(extent([null])).toBeUndefined();
});

test("between keeps one moment more at the beginning", () => {
  expect(between([0, 1, 2, 3, 4, 5], 2, 3)).toEqual([1, 4]);
  expect(between([0, 1], 5, 9)).toEqual([1, 2]);
  expect(between([0, 2, 4, 6], 1, 5)).toEqual([0, 3]);
  expect(between([], 0, 1)).toEqual([0, 0]);
});

test("lowerBound finds what a search from the left finds", () => {
  const rising = fc.array(fc.integer({ min: 0, max: 50 })).map((times) => times.sort((a, b) => a - b));
  fc.assert(
    fc.property(rising, fc.integer({ min: -1, max: 51 }), (times, time) => {
      const found = times.findIndex((candidate) => candidate >= time);
      expect(lowerBound(times, time)).toBe(found < 0 ? times.length : found);
    }),
  );
});

// What callers of the engine rely on besides right values: nothing is ever thrown, limits hold, both semantics, remarks with their places.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EvaluationOptions, evaluate, type Outcome } from "../../../server/src/promql/engine/evaluate.ts";
import { labelsFrom, toRecord } from "../../../server/src/promql/engine/labels.ts";
import { xxHash64 } from "../../../server/src/promql/engine/operators/hashShare.ts";
import { reachesBackTo } from "../../../server/src/promql/engine/reach.ts";
import { type Series, sourceOf } from "../../../server/src/promql/engine/source.ts";
import { parse } from "../../../server/src/promql/syntax/parse.ts";
import { corpusFiles, hasMaterial, oracle } from "../material.ts";

const minute = 60_000;

/** A series with a sample each minute from 0 on. */
function series(labels: Record<string, string>, values: readonly number[]): Series {
  return {
    labels: labelsFrom(labels),
    times: Float64Array.from(values, (_, index) => index * minute),
    values: Float64Array.from(values),
    stale: new Float64Array(0),
  };
}

const source = sourceOf([
  series({ __name__: "jobs_total", job: "a" }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
  series({ __name__: "jobs_total", job: "b" }, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
  series({ __name__: "up", job: "a" }, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
]);

const at10 = (expr: string, options?: EvaluationOptions): Outcome =>
  evaluate(expr, source, { at: 10 * minute }, options);

const vectorOf = (outcome: Outcome): unknown =>
  "value" in outcome && outcome.value.type === "vector"
    ? outcome.value.samples.map(({ labels, value }) => [toRecord(labels), value])
    : outcome;

describe("nothing is thrown", () => {
  test.runIf(hasMaterial)("for any expression that Prometheus' parser was asked about, right or wrong", () => {
    const expressions = [...oracle("default"), ...oracle("experimental")].map(({ expr }) => expr);
    let valued = 0;
    for (const expr of expressions) {
      if ("value" in at10(expr)) valued++;
      evaluate(expr, source, { start: 0, end: 2 * minute, step: minute });
    }
    expect(valued).toBeGreaterThan(1000);
  });

  test.runIf(hasMaterial)("for the real alert rules: all of them have a value", () => {
    const texts = corpusFiles().flatMap(({ text }) =>
      [...text.matchAll(/^\s*expr: (['"]?)(\S.*)\1$/gm)].map(([, , expr]) => expr),
    );
    const failing = texts.filter(
      (expr) => expr !== undefined && !/^[|>]/.test(expr) && "error" in at10(expr.replace(/''/g, "'")),
    );
    expect(failing.filter((expr) => parse(expr ?? "").errors.length === 0)).toEqual([]);
    expect(texts.length).toBeGreaterThan(300);
  });

  test("for texts made of pieces of the language", () => {
    const piece = fc.constantFrom(
      ...'jobs_total|up|sum|by (job)|(|)|[5m]|[5m:1m]|rate|topk|+|-|/|^|and|or|on (job)|group_left|bool|>|1|1e400|NaN|{|}|job=~|"a|b"|,|offset|1m|@|start()|absent|label_replace|histogram_quantile|quantile_over_time'.split(
        "|",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const outcome = at10(pieces.join(" "));
        return "error" in outcome ? outcome.error !== "" : outcome.value !== undefined;
      }),
      { numRuns: 1000 },
    );
  });
});

describe("limits", () => {
  test("samples are counted", () => {
    expect(at10("sum_over_time(jobs_total[10m:1ms])", { maxSamples: 1000 })).toMatchObject({
      error: expect.stringContaining("too many samples"),
    });
  });

  test("a subquery of more steps than samples are allowed is not begun", () => {
    let asked = 0;
    const isCancelled = (): boolean => ++asked < 0;
    expect(at10("sum_over_time(jobs_total[100y:1ms])", { isCancelled })).toMatchObject({
      error: expect.stringContaining("too many samples"),
    });
    expect(asked).toBe(0);
  });

  test("an evaluation can be given up", () => {
    expect(at10("sum(jobs_total)", { isCancelled: () => true })).toMatchObject({
      error: expect.stringContaining("canceled"),
    });
  });

  test("a range has at most 11,000 steps", () => {
    const outcome = evaluate("up", source, { start: 0, end: 12_000, step: 1 });
    expect(outcome).toMatchObject({ error: expect.stringContaining("11,000") });
  });
});

test("ranges are open on the left since 3.0, closed before", () => {
  expect(vectorOf(at10('count_over_time(jobs_total{job="a"}[5m])'))).toEqual([[{ job: "a" }, 5]]);
  expect(vectorOf(at10('count_over_time(jobs_total{job="a"}[5m])', { semantics: 2 }))).toEqual([[{ job: "a" }, 6]]);
});

test("offset belongs to the selector before it, not to the whole", () => {
  expect(vectorOf(at10('jobs_total{job="a"} - jobs_total{job="a"} offset 3m'))).toEqual([[{ job: "a" }, 3]]);
});

test("what is missing on one side is filled", () => {
  expect(vectorOf(at10("jobs_total + on (job) fill_right (100) up"))).toEqual([
    [{ job: "a" }, 11],
    [{ job: "b" }, 100],
  ]);
  expect(vectorOf(at10("up + on (job) fill_left (7) jobs_total"))).toEqual([
    [{ job: "a" }, 11],
    [{ job: "b" }, 7],
  ]);
});

test("anchored and smoothed ranges go to their very ends", () => {
  const when = { at: 10 * minute + 30_000 };
  const value = (expr: string): unknown => vectorOf(evaluate(expr, source, when));
  expect(value('increase(jobs_total{job="a"}[5m] anchored)')).toEqual([[{ job: "a" }, 5]]);
  expect(vectorOf(evaluate('increase(jobs_total{job="a"}[5m] smoothed)', source, { at: 8 * minute + 30_000 }))).toEqual(
    [[{ job: "a" }, 5]],
  );
});

test("durations can be computed", () => {
  expect(vectorOf(at10('jobs_total{job="a"} offset (2m + 1m)'))).toEqual([[{ __name__: "jobs_total", job: "a" }, 7]]);
});

test("remarks say where", () => {
  expect(at10("sum(\n  rate(up[5m]))").remarks).toEqual([
    'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "up" (2:8)',
  ]);
});

test("the hash of the samples of limit_ratio is xxHash64", () => {
  const hash = (text: string): bigint => xxHash64(new TextEncoder().encode(text));
  expect(hash("")).toBe(0xef46db3751d8e999n);
  expect(hash("abc")).toBe(0x44bc2cf5ad770999n);
  expect(hash("Nobody inspects the spammish repetition")).toBe(0xfbcea83c8a378bf1n);
});

test.each([
  ["up", 0],
  ["rate(up[5m])", 5],
  ["up offset 1h", 60],
  ["max_over_time(rate(up[5m])[30m:1m])", 35],
  ["up and rate(up[10m] offset 5m)", 15],
  ["1 + time()", 0],
])("%s looks back %i minutes", (expr, minutes) => {
  const parsed = parse(expr).expr;
  expect(parsed && 100 * minute - reachesBackTo(parsed, 100 * minute)).toBe(minutes * minute);
});

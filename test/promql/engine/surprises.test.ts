// Where Prometheus 3.14 surprises: values, names that stay, remarks and errors that a reader would not expect, and the engine gives all the same.
import { describe, expect, test } from "vitest";
import {
  type EvaluationOptions,
  evaluate,
  type Outcome,
  type When,
} from "../../../server/src/promql/engine/evaluate.ts";
import { labelsFrom, toRecord } from "../../../server/src/promql/engine/labels.ts";
import { type Series, sourceOf } from "../../../server/src/promql/engine/source.ts";

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

const counting = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const constant = (value: number): number[] => counting.map(() => value);
const source = sourceOf([
  series({ __name__: "jobs", job: "a", env: "x" }, counting),
  series({ __name__: "jobs", job: "b", env: "x" }, constant(4)),
  series({ __name__: "odd", n: "1" }, constant(Number.NaN)),
  series({ __name__: "odd", n: "2" }, constant(Number.NaN)),
  series({ __name__: "odd", n: "3" }, constant(3)),
  series({ __name__: "odd", n: "4" }, constant(Number.NEGATIVE_INFINITY)),
  series({ __name__: "b_bucket", le: "1" }, constant(2)),
  series({ __name__: "b_bucket", le: "2" }, constant(Number.NaN)),
  series({ __name__: "b_bucket", le: "+Inf" }, constant(4)),
  series({ __name__: "b_bucket", le: "x" }, constant(1)),
  series({ __name__: "target_info", job: "a", instance: "", version: "1" }, constant(1)),
  series({ __name__: "build_info", job: "a", commit: "c" }, constant(1)),
]);

const at10: When = { at: 10 * minute };
const steps: When = { start: 8 * minute, end: 10 * minute, step: minute };
const asked = (expr: string, when: When = at10, options: EvaluationOptions = {}): Outcome =>
  evaluate(expr, source, when, options);

/** `{labels} values`, a line a series. */
function shown(outcome: Outcome): string[] {
  if ("error" in outcome) return [outcome.error];
  const { value } = outcome;
  const line = (labels: readonly string[], values: string): string => `${JSON.stringify(toRecord(labels))} ${values}`;
  if (value.type === "vector") return value.samples.map(({ labels, value: number }) => line(labels, `${number}`));
  if (value.type === "matrix")
    return value.series.map(({ labels, times, values }) =>
      line(labels, values.map((number, i) => `${number}@${(times[i] ?? 0) / minute}`).join(" ")),
    );
  return [`${value.value}`];
}

describe("values", () => {
  test.each<[expr: string, when: When, lines: string[]]>([
    ["log10(vector(143)) * 1e16", at10, ["{} 21553360374650616"]],
    ["log2(vector(5e-324))", at10, ["{} -1074"]],
    ["year(vector(NaN)) - 292277026000", at10, ["{} 596"]],
    ["year(vector(1e15))", at10, ["{} 31690708"]],
    ["month(vector(-1e15))", at10, ["{} 6"]],
    ["clamp_max(vector(-Inf), NaN)", at10, ["{} -Infinity"]],
    ["clamp_min(vector(Inf), NaN)", at10, ["{} Infinity"]],
    ["max_of(Inf, NaN)", at10, ["Infinity"]],
    [
      "sort(odd)",
      at10,
      [
        '{"__name__":"odd","n":"4"} -Infinity',
        '{"__name__":"odd","n":"3"} 3',
        '{"__name__":"odd","n":"2"} NaN',
        '{"__name__":"odd","n":"1"} NaN',
      ],
    ],
    ['count_values without (job) ("job", jobs)', at10, ['{"env":"x"} 2']],
    ['count_values by (env) ("env", jobs{job="a"})', at10, ['{"env":"10"} 1']],
    ["histogram_quantile(0.5, b_bucket)", at10, ["{} 2"]],
    ["histogram_fraction(1, 1, b_bucket)", at10, ["{} 0"]],
    ['jobs{job="a"}[90s] anchored', at10, ['{"__name__":"jobs","env":"x","job":"a"} 8@8.5 9@9 10@10']],
    ['jobs{job="a"}[90s] smoothed', { at: 9.5 * minute }, ['{"__name__":"jobs","env":"x","job":"a"} 8@8 9@9 9.5@9.5']],
    ['nosuch + on (job) group_right fill_right(1) jobs{job="a"}', at10, ['{"env":"x","job":"a"} 11']],
    ['timestamp(jobs{job="a"} offset 3m @ 300)', at10, ['{"env":"x","job":"a"} 120']],
    ['timestamp(jobs{job="a"} offset -3m @ 300)', at10, ['{"env":"x","job":"a"} 300']],
    ["predict_linear(jobs[5m:1m] @ 600, 60)", at10, []],
    ['deriv(jobs{job="a"}[5m:1m] @ 600) * 60', at10, ['{"env":"x","job":"a"} 1']],
    ["ts_of_last_over_time(vector(1)[5m:1m] @ -60)", at10, ["{} 0"]],
    ['topk(scalar(jobs{job="a"}) - 7, jobs @ 0)', steps, ['{"__name__":"jobs","env":"x","job":"b"} 4@8 4@9 4@10']],
    [
      'info(jobs{job="a"}, {__name__!="target_info"})',
      at10,
      ['{"__name__":"jobs","commit":"c","env":"x","job":"a"} 10'],
    ],
  ])("%s", (expr, when, lines) => {
    expect(shown(asked(expr, when))).toEqual(lines);
  });
});

test("names that are dropped at the end stay where series are compared or get labels of info metrics", () => {
  const delayed = (expr: string): string[] => shown(asked(expr, at10, { delayedNames: true }));
  expect(delayed('abs(jobs{job="a"}) > ignoring () jobs{job="a"} - 1')).toEqual([
    '{"__name__":"jobs","env":"x","job":"a"} 10',
  ]);
  expect(delayed('info(abs(jobs{job="a"}))')).toEqual(['{"__name__":"jobs","env":"x","job":"a","version":"1"} 10']);
});

describe("errors", () => {
  test.each([
    ['label_join(jobs, "", "-", "job")', "invalid destination label name in label_join(): "],
    ['label_replace(jobs, "\\xff", "", "job", "")', "invalid destination label name in label_replace(): \udcff"],
    ["vector(1 </ 2)", 'operator "</" not allowed for Scalar operations'],
    [
      "absent_over_time(jobs[5m] smoothed)",
      "smoothed modifier can only be used with: delta, increase, rate - not with absent_over_time",
    ],
  ])("%s", (expr, error) => {
    expect(shown(asked(expr))).toEqual([error]);
  });
});

describe("remarks", () => {
  const sorting = "PromQL warning: sort is ineffective for range queries since results are always ordered by labels";
  const notCounter = (name: string): string =>
    `PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "${name}"`;
  const badBucket = 'PromQL warning: bucket label "le" is missing or has a malformed value of "x"';

  test.each<[expr: string, when: When, remarks: string[]]>([
    ["sort(jobs)", at10, []],
    ["1 + sort_desc(jobs)", steps, [`${sorting} (1:5)`]],
    ["sort(jobs @ 60)", steps, []],
    ["sort(vector(1))", steps, []],
    ["sort(vector(time()))", steps, [`${sorting} (1:1)`]],
    ['sum_over_time(sort_by_label(jobs, "job")[2m:1m])', at10, [`${sorting} (1:15)`]],
    ["sum_over_time(sort(jobs)[1s:10m])", at10, []],
    ["sum_over_time(sort(jobs)[1s:7m])", at10, []],
    ["rate(jobs[5m]) + (rate((jobs[5m])))", at10, [`${notCounter("jobs")} (1:25)`]],
    ["rate(jobs[5m:1m])", at10, [`${notCounter("jobs")} (1:1)`]],
    ["histogram_quantile(0.5, (b_bucket))", at10, [`${badBucket} (1:26)`]],
  ])("%s", (expr, when, remarks) => {
    expect(asked(expr, when).remarks).toEqual(remarks);
  });

  test("name the metric where names are dropped at the end", () => {
    expect(asked("histogram_quantile(0.5, b_bucket)", at10, { delayedNames: true }).remarks).toEqual([
      `${badBucket} for metric name "b_bucket" (1:25)`,
    ]);
  });
});

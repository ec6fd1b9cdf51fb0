// Calls of functions that answer an instant vector or a number: which function does what. Knows no function's arithmetic.
import { plainNumber } from "../../format/numberText.ts";
import type { Call, Expr, VectorSelector } from "../../syntax/tree.ts";
import { noLabels, withLabel, withoutMetadata } from "../labels.ts";
import { annotate, fail, type Run, renamed, type Sample, type Vector } from "../run.ts";
import { currentIndex, rangeOf, selectCurrent, seriesOf } from "../selectors.ts";
import { timeOf } from "../times.ts";
import { absentLabels } from "./absence.ts";
import {
  bucketFraction,
  bucketQuantile,
  type Histogram,
  histogramsOf,
  ofMetric,
  warnOfQuantile,
} from "./histograms.ts";
import { infoCall } from "./info.ts";
import { labelJoin, labelReplace, sorted, sortedByLabels, textOf } from "./labelling.ts";
import { dates, greatest, least, numbers } from "./numbers.ts";
import { isPresent, rangeCall } from "./ranges.ts";

type VectorCall = (run: Run, call: Call, at: number) => Vector;

const one = (value: number): Vector => [{ labels: noLabels, value, dropName: false }];

function operand(run: Run, { args }: Call, index: number, at: number): Vector {
  const arg = args[index];
  return arg ? run.vector(arg, at) : [];
}

function number(run: Run, { args }: Call, index: number, at: number): number {
  const arg = args[index];
  return arg ? run.scalar(arg, at) : Number.NaN;
}

const place = ({ args }: Call, index: number): Expr => args[index] ?? fail("an argument is missing");

/** The time of each sample; of what is computed, the time of evaluation. */
const timestamps: VectorCall = (run, call, at) => {
  let expr = place(call, 0);
  while (expr.kind === "ParenExpr") expr = expr.expr;
  let vector: Vector;
  if (expr.kind !== "VectorSelector") vector = run.vector(expr, at).map((sample) => ({ ...sample, value: at / 1000 }));
  else if (expr.at && expr.offset) vector = timesWithOffset(run, expr, at);
  else vector = selectCurrent(run, expr, at, ({ times }, index) => (times[index] as number) / 1000);
  return vector.map((sample) => renamed(run, sample, sample.value));
};

/**
 * With an `@`, `timestamp` looks there without the offset, in the samples that were fetched for the time with it.
 * Source: promql/engine.go, `rangeEvalTimestampFunctionOverVectorSelector`.
 */
function timesWithOffset(run: Run, selector: VectorSelector, at: number): Vector {
  const fetched = timeOf(selector, at, run);
  const looked = timeOf({ at: selector.at, offset: undefined }, at, run);
  const oldest = Math.max(fetched, looked) - run.lookback;
  const samples: Sample[] = [];
  for (const one of seriesOf(run, selector)) {
    const index = currentIndex(run, one, Math.min(fetched, looked));
    const time = index < 0 ? Number.NEGATIVE_INFINITY : (one.times[index] as number);
    if (time > oldest) samples.push({ labels: one.labels, value: time / 1000, dropName: false });
  }
  return samples;
}

function histogramCall(run: Run, histogram: Histogram, value: number): Sample {
  const { labels, dropName } = histogram;
  return renamed(run, { labels, value, dropName }, value);
}

function quantileOf(run: Run, q: number, { buckets, labels }: Histogram, of: Expr): number {
  const { value, wasForced } = bucketQuantile(q, buckets);
  if (wasForced)
    annotate(
      run,
      "info",
      `input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)${ofMetric(run, labels)}`,
      of,
    );
  return value;
}

const histogramQuantile: VectorCall = (run, call, at) => {
  const q = number(run, call, 0, at);
  warnOfQuantile(run, q, place(call, 0));
  const histograms = histogramsOf(run, operand(run, call, 1, at), place(call, 1));
  return histograms.map((histogram) => histogramCall(run, histogram, quantileOf(run, q, histogram, place(call, 1))));
};

const histogramQuantiles: VectorCall = (run, call, at) => {
  const label = textOf(call.args[1]);
  const histograms = histogramsOf(run, operand(run, call, 0, at), place(call, 0));
  return call.args.slice(2).flatMap((arg) => {
    const q = run.scalar(arg, at);
    warnOfQuantile(run, q, arg);
    return histograms.map((histogram) => {
      const labels = withLabel(histogram.labels, label, openMetricsNumber(q));
      return histogramCall(run, { ...histogram, labels }, quantileOf(run, q, histogram, place(call, 0)));
    });
  });
};

/** As OpenMetrics writes the value of a label `quantile`: whole numbers with `.0`. */
function openMetricsNumber(value: number): string {
  const text = plainNumber(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

const histogramFraction: VectorCall = (run, call, at) => {
  const [lower, upper] = [number(run, call, 0, at), number(run, call, 1, at)];
  return histogramsOf(run, operand(run, call, 2, at), place(call, 2)).map((histogram) =>
    histogramCall(run, histogram, bucketFraction(lower, upper, histogram.buckets)),
  );
};

/** Only native histograms have an answer to these, and there are none here. */
const ofNativeHistograms: VectorCall = (run, call, at) => {
  operand(run, call, 0, at);
  return [];
};

const vectorCalls: Readonly<Record<string, VectorCall>> = {
  absent: (run, call, at) =>
    operand(run, call, 0, at).length > 0 ? [] : [{ labels: absentLabels(call.args[0]), value: 1, dropName: false }],
  absent_over_time: (run, call, at) =>
    isPresent(run, rangeOf(place(call, 0)), at)
      ? []
      : [{ labels: absentLabels(call.args[0]), value: 1, dropName: false }],
  histogram_avg: ofNativeHistograms,
  histogram_count: ofNativeHistograms,
  histogram_fraction: histogramFraction,
  histogram_quantile: histogramQuantile,
  histogram_quantiles: histogramQuantiles,
  histogram_stddev: ofNativeHistograms,
  histogram_stdvar: ofNativeHistograms,
  histogram_sum: ofNativeHistograms,
  info: infoCall,
  label_join: labelJoin,
  label_replace: labelReplace,
  sort: (run, call, at) => sorted(operand(run, call, 0, at), false),
  sort_by_label: (run, call, at) => sortedByLabels(operand(run, call, 0, at), call.args.slice(1).map(textOf), false),
  sort_by_label_desc: (run, call, at) =>
    sortedByLabels(operand(run, call, 0, at), call.args.slice(1).map(textOf), true),
  sort_desc: (run, call, at) => sorted(operand(run, call, 0, at), true),
  timestamp: timestamps,
  vector: (run, call, at) => one(number(run, call, 0, at)),
};

export function callVector(run: Run, call: Call, at: number): Vector {
  const { name, args } = call;
  const direct = vectorCalls[name];
  if (direct) return direct(run, call, at);
  const date = dates[name];
  if (date && args.length === 0) return one(date(Math.floor(at / 1000)));
  const apply = date ?? numbers[name];
  if (apply) return eachValue(run, call, at, apply);
  return rangeCall(run, call, at) ?? fail(`the function ${name} cannot be evaluated here`);
}

function eachValue(run: Run, call: Call, at: number, apply: (value: number, ...params: number[]) => number): Vector {
  const vector = operand(run, call, 0, at);
  const params = call.args.slice(1).map((arg) => run.scalar(arg, at));
  const [low = 0, high = 0] = params;
  if (call.name === "clamp" && high < low) return [];
  const out: Sample[] = [];
  for (const { labels, value } of vector) {
    const next = apply(value, ...params);
    out.push(
      run.delayedNames
        ? { labels, value: next, dropName: true }
        : { labels: withoutMetadata(labels), value: next, dropName: false },
    );
  }
  return out;
}

/** The number that stands for a vector of one series, NaN for any other. */
function soleValue(vector: Vector): number {
  return vector.length === 1 && vector[0] ? vector[0].value : Number.NaN;
}

export function callScalar(run: Run, call: Call, at: number): number {
  switch (call.name) {
    case "time":
      return at / 1000;
    case "pi":
      return Math.PI;
    case "scalar":
      return soleValue(operand(run, call, 0, at));
    case "start":
      return run.start / 1000;
    case "end":
      return run.end / 1000;
    case "step":
      return run.step / 1000;
    case "range":
      return (run.end - run.start) / 1000;
    case "min_of":
      return least(number(run, call, 0, at), number(run, call, 1, at));
    case "max_of":
      return greatest(number(run, call, 0, at), number(run, call, 1, at));
    default:
      return fail(`the function ${call.name} cannot be evaluated here`);
  }
}

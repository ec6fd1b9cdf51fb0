// The door of the engine: an expression and samples in, a value or an error out. Knows no file, store or clock.
import { type ParseResult, parse } from "../syntax/parse.ts";
import type { Expr } from "../syntax/tree.ts";
import { check } from "../types/check.ts";
import { inferType } from "../types/inferType.ts";
import { callScalar, callVector } from "./functions/call.ts";
import { extendedPoints } from "./functions/extended.ts";
import { textOf } from "./functions/labelling.ts";
import { keyOf, type Labels, withoutMetadata } from "./labels.ts";
import { differsWithoutNames } from "./names.ts";
import { aggregate } from "./operators/aggregate.ts";
import { binaryScalar, binaryVector } from "./operators/binary.ts";
import {
  duplicateMessage,
  EvaluationError,
  fail,
  type Run,
  renamed,
  type Semantics,
  spend,
  type Vector,
  type Window,
} from "./run.ts";
import { eachWindow, rangeOf, selectCurrent } from "./selectors.ts";
import { remarkOnSorts } from "./sorts.ts";
import type { SeriesSource } from "./source.ts";
import { findSpans } from "./times.ts";

/** Times in ms: one moment, or every `step` from `start` to `end`. */
export type When = { readonly at: number } | { readonly start: number; readonly end: number; readonly step: number };

export type EvaluationOptions = {
  /** Default 3. */
  readonly semantics?: Semantics;
  /** How old a sample may be, ms; default five minutes. */
  readonly lookback?: number;
  /** Step of subqueries that name none, ms: Prometheus' evaluation interval; default one minute. */
  readonly subqueryStep?: number;
  /** Feature flag `promql-delayed-name-removal`. */
  readonly delayedNames?: boolean;
  /** Samples looked at before an evaluation is given up. */
  readonly maxSamples?: number;
  /** Asked again and again while an evaluation runs. */
  readonly isCancelled?: () => boolean;
};

/** Times in ms. */
export type ValueSeries = {
  readonly labels: Labels;
  readonly times: readonly number[];
  readonly values: readonly number[];
};

export type QueryValue =
  | { readonly type: "scalar"; readonly value: number }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "vector"; readonly samples: readonly { readonly labels: Labels; readonly value: number }[] }
  | { readonly type: "matrix"; readonly series: readonly ValueSeries[] };

/** `remarks`: Prometheus' annotations, `PromQL warning: …` and `PromQL info: …`. */
export type Outcome =
  | { readonly value: QueryValue; readonly remarks: readonly string[] }
  | { readonly error: string; readonly remarks: readonly string[] };

const everything = {
  experimentalFunctions: true,
  durationExpressions: true,
  extendedRangeSelectors: true,
  fillModifiers: true,
};

const minute = 60_000;
const defaultMaxSamples = 50_000_000;
const mostSteps = 11_000;

/**
 * Evaluates as Prometheus 3.14 does (with `semantics: 2` as 2.42). Never throws: what is wrong with the expression or
 * its samples comes back as `error`, in Prometheus' words. A text is read with every feature flag set; of what was parsed before
 * the caller has chosen them.
 */
export function evaluate(
  query: string | ParseResult,
  source: SeriesSource,
  when: When,
  options: EvaluationOptions = {},
): Outcome {
  const parsed = typeof query === "string" ? parse(query, everything) : query;
  const error = firstError(parsed);
  if (error !== undefined || !parsed.expr) return { error: error ?? "no expression found in input", remarks: [] };
  const run = newRun(parsed.text, source, when, options);
  try {
    findSpans(parsed.expr, run.start, run.end, run, run.spans);
    remarkOnSorts(run, parsed.expr, run.start, run.end);
    const value = "at" in when ? instant(run, parsed.expr) : range(run, parsed.expr);
    return { value, remarks: remarksOf(run) };
  } catch (thrown) {
    const remarks = remarksOf(run);
    if (thrown instanceof EvaluationError) return { error: thrown.message, remarks };
    if (thrown instanceof RangeError) return { error: "the expression is nested too deep to be evaluated", remarks };
    throw thrown;
  }
}

const remarksOf = ({ annotations }: Run): string[] => Array.from(annotations, ([text, place]) => `${text} (${place})`);

const verdicts = new WeakMap<ParseResult, string | undefined>();

function firstError(parsed: ParseResult): string | undefined {
  if (!verdicts.has(parsed)) verdicts.set(parsed, check(parsed, everything)[0]?.message);
  return verdicts.get(parsed);
}

function newRun(text: string, source: SeriesSource, when: When, options: EvaluationOptions): Run {
  const [start, end, step] = "at" in when ? [when.at, when.at, 0] : [when.start, when.end, when.step];
  const run: Run = {
    text,
    source,
    start,
    end,
    step,
    lookback: options.lookback ?? 5 * minute,
    subqueryStep: options.subqueryStep ?? minute,
    semantics: options.semantics ?? 3,
    delayedNames: options.delayedNames ?? false,
    maxSamples: options.maxSamples ?? defaultMaxSamples,
    isCancelled: options.isCancelled ?? (() => false),
    spans: new Map(),
    selected: new Map(),
    subqueries: new Map(),
    annotations: new Map(),
    samples: 0,
    vector: (expr, at) => vectorAt(run, expr, at),
    scalar: (expr, at) => scalarAt(run, expr, at),
  };
  return run;
}

function instant(run: Run, expr: Expr): QueryValue {
  switch (inferType(expr)) {
    case "scalar":
      return { type: "scalar", value: scalarAt(run, expr, run.start) };
    case "string":
      return { type: "string", value: textOf(expr) };
    case "matrix":
      return { type: "matrix", series: matrixAt(run, expr, run.start) };
    default:
      return { type: "vector", samples: final(run, vectorAt(run, expr, run.start)) };
  }
}

function matrixAt(run: Run, expr: Expr, at: number): ValueSeries[] {
  const series: ValueSeries[] = [];
  const of = rangeOf(expr);
  const extension = of.kind === "MatrixSelector" ? of.extended?.keyword : undefined;
  eachWindow(run, of, at, (labels, dropName, window) => {
    const points = extension ? extendedPoints(window, extension === "smoothed") : pointsOf(window);
    if (points.times.length === 0) return;
    series.push({ labels: dropName ? withoutMetadata(labels) : labels, ...points });
  });
  return series;
}

function pointsOf({ times, values, first, end }: Window): { times: number[]; values: number[] } {
  const part = (all: ArrayLike<number>): number[] =>
    Array.from({ length: end - first }, (_, index) => all[first + index] as number);
  return { times: part(times), values: part(values) };
}

function range(run: Run, expr: Expr): QueryValue {
  const type = inferType(expr);
  if (type !== "scalar" && type !== "vector")
    fail(
      `invalid expression type "${type === "string" ? "string" : "range vector"}" for range query, must be Scalar or instant Vector`,
    );
  if (!(run.step > 0)) fail("zero or negative query resolution step widths are not accepted");
  if ((run.end - run.start) / run.step > mostSteps) fail("exceeded maximum resolution of 11,000 points per timeseries");
  const series = new Map<string, { readonly labels: Labels; readonly times: number[]; readonly values: number[] }>();
  for (let at = run.start; at <= run.end; at += run.step) {
    spend(run, 1);
    const vector: Vector =
      type === "scalar"
        ? [{ labels: [], value: scalarAt(run, expr, at), dropName: false }]
        : final(run, vectorAt(run, expr, at));
    for (const { labels, value } of vector) {
      const key = keyOf(labels);
      let one = series.get(key);
      if (!one) {
        one = { labels, times: [], values: [] };
        series.set(key, one);
      }
      one.times.push(at);
      one.values.push(value);
    }
  }
  return { type: "matrix", series: [...series.values()] };
}

/** Without the names that go at the end; two series with the same labels are then an error. Else `named` has seen to that. */
function final(run: Run, vector: Vector): Vector {
  if (!run.delayedNames) return vector;
  return unique(
    vector.map((sample) => (sample.dropName ? { ...sample, labels: withoutMetadata(sample.labels) } : sample)),
  );
}

function unique(vector: Vector): Vector {
  if (vector.length < 2) return vector;
  const keys = new Set<string>();
  for (const { labels } of vector) keys.add(keyOf(labels));
  return keys.size === vector.length ? vector : fail(duplicateMessage);
}

function vectorAt(run: Run, expr: Expr, at: number): Vector {
  switch (expr.kind) {
    case "VectorSelector":
      return selectCurrent(run, expr, at);
    case "ParenExpr":
      return vectorAt(run, expr.expr, at);
    case "UnaryExpr": {
      const vector = vectorAt(run, expr.expr, at);
      if (expr.op === "+") return vector;
      const negated = vector.map((sample) => renamed(run, sample, -sample.value));
      return named(run, expr, negated);
    }
    case "AggregateExpr":
      return aggregate(run, expr, at);
    case "BinaryExpr":
      return named(run, expr, binaryVector(run, expr, at));
    case "Call":
      return named(run, expr, callVector(run, expr, at));
    default:
      return fail("an instant vector is expected here");
  }
}

/** Where names go at once, series that are told apart by them alone are an error at once. */
function named(run: Run, expr: Expr, vector: Vector): Vector {
  return run.delayedNames || differsWithoutNames(expr) ? vector : unique(vector);
}

function scalarAt(run: Run, expr: Expr, at: number): number {
  switch (expr.kind) {
    case "NumberLiteral":
      return expr.value;
    case "ParenExpr":
      return scalarAt(run, expr.expr, at);
    case "UnaryExpr":
      return expr.op === "-" ? -scalarAt(run, expr.expr, at) : scalarAt(run, expr.expr, at);
    case "BinaryExpr":
      return binaryScalar(run, expr, at);
    case "Call":
      return callScalar(run, expr, at);
    default:
      // A text among the numbers of a call is read by the function itself.
      return Number.NaN;
  }
}

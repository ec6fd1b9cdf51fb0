// What one evaluation holds while it runs: its times, limits and what it has to say besides the result. Knows no construct.
import type { Expr, SubqueryExpr, VectorSelector } from "../syntax/tree.ts";
import { type Labels, withoutMetadata } from "./labels.ts";
import type { Series, SeriesSource } from "./source.ts";

/** `dropName`: the name goes at the end only (feature `promql-delayed-name-removal`). */
export type Sample = { readonly labels: Labels; readonly value: number; readonly dropName: boolean };
export type Vector = readonly Sample[];

/** A part of a series: samples `first` to `end - 1` lie in the range from `start` to `stop`, ms. */
export type Window = {
  times: ArrayLike<number>;
  values: ArrayLike<number>;
  first: number;
  end: number;
  start: number;
  stop: number;
};

/** 3: ranges and lookback are open on the left, as since Prometheus 3.0; 2: closed, as before. */
export type Semantics = 2 | 3;

export type Run = {
  readonly text: string;
  readonly source: SeriesSource;
  /** Of the whole query, ms; `step` is 0 for an instant query. */
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly lookback: number;
  readonly subqueryStep: number;
  readonly semantics: Semantics;
  readonly delayedNames: boolean;
  readonly maxSamples: number;
  readonly isCancelled: () => boolean;
  /** The spans of time that selectors are asked for, ms. */
  readonly spans: Map<VectorSelector, { readonly from: number; readonly to: number }>;
  readonly selected: Map<VectorSelector, readonly Series[]>;
  readonly subqueries: Map<SubqueryExpr, Map<number, Vector>>;
  /** What is remarked, and where last. */
  readonly annotations: Map<string, string>;
  samples: number;
  /** Evaluation of an operand at a time: the way back from constructs to the whole. */
  readonly vector: (expr: Expr, at: number) => Vector;
  readonly scalar: (expr: Expr, at: number) => number;
};

/** Why an evaluation gave no value. Never leaves the engine. */
export class EvaluationError extends Error {}

export function fail(message: string): never {
  throw new EvaluationError(message);
}

/** Counts samples that were looked at and stops what grows without end. */
export function spend(run: Run, samples: number): void {
  run.samples += samples;
  if (run.samples > run.maxSamples) fail("query processing would load too many samples into memory in query execution");
  if (run.isCancelled()) fail("query was canceled in expression evaluation");
}

/**
 * Adds a remark at an operand, parentheses aside. One that was made before moves to the new place; what a subquery gives
 * has none, and counts as the start of the text. Source: util/annotations.
 */
export function annotate(run: Run, severity: "info" | "warning", message: string, operand: Expr): void {
  let place = operand;
  while (place.kind === "ParenExpr") place = place.expr;
  const start = place.kind === "SubqueryExpr" ? 0 : place.start;
  const before = run.text.slice(0, start);
  const line = before.split("\n").length;
  const column = start - before.lastIndexOf("\n");
  run.annotations.set(`PromQL ${severity}: ${message}`, `${line}:${column}`);
}

/** The sample with another value and no name, now or, with delayed names, at the end. */
export function renamed(run: Run, sample: Sample, value: number): Sample {
  return run.delayedNames
    ? { labels: sample.labels, value, dropName: true }
    : { labels: withoutMetadata(sample.labels), value, dropName: false };
}

export const duplicateMessage = "vector cannot contain metrics with the same labelset";

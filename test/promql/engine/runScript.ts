// Runs Prometheus' evaluation scripts on the engine and says of each case: right, wrong, or out of scope and why.
import { type EvaluationOptions, evaluate, type Outcome } from "../../../server/src/promql/engine/evaluate.ts";
import { filtered, keyOf, type Labels, labelValue, withLabel } from "../../../server/src/promql/engine/labels.ts";
import {
  matchersOf,
  matchesAll,
  type Series,
  type SeriesSource,
  sourceOf,
} from "../../../server/src/promql/engine/source.ts";
import { parse } from "../../../server/src/promql/syntax/parse.ts";
import { walk } from "../../../server/src/promql/syntax/walk.ts";
import type { Command, Evaluation, Point } from "./script.ts";

export type Verdict = { readonly evaluation: Evaluation; readonly outOfScope?: string; readonly wrong?: string };

/** Labels of series that hold native histograms. */
type World = {
  readonly series: Map<string, { labels: Labels; samples: [number, Point][] }>;
  readonly histograms: Labels[];
};

const options: EvaluationOptions = { delayedNames: true };
const flags = {
  experimentalFunctions: true,
  durationExpressions: true,
  extendedRangeSelectors: true,
  fillModifiers: true,
};

export function runScript(commands: readonly Command[]): Verdict[] {
  let world: World = { series: new Map(), histograms: [] };
  let source: SeriesSource | undefined;
  const verdicts: Verdict[] = [];
  for (const command of commands) {
    if (command.kind === "clear") world = { series: new Map(), histograms: [] };
    if (command.kind === "load") load(world, command);
    if (command.kind !== "eval") {
      source = undefined;
      continue;
    }
    source ??= sourceOf(seriesIn(world));
    const { evaluation } = command;
    const outOfScope = reasonOutside(evaluation, world);
    const wrong = outOfScope === undefined ? judge(evaluation, source) : undefined;
    verdicts.push({ evaluation, ...(outOfScope ? { outOfScope } : {}), ...(wrong ? { wrong } : {}) });
  }
  return verdicts;
}

function load(world: World, { step, series, withHistograms }: Extract<Command, { kind: "load" }>): void {
  for (const { labels, points } of series) {
    if (points.includes("histogram")) world.histograms.push(labels);
    const name = labelValue(labels, "__name__");
    if (withHistograms && /_bucket$/.test(name))
      world.histograms.push(
        withLabel(
          filtered(labels, (label) => label !== "le"),
          "__name__",
          name.replace(/_bucket$/, ""),
        ),
      );
    const known = world.series.get(keyOf(labels)) ?? { labels, samples: [] };
    points.forEach((point, index) => {
      if (point !== "none" && point !== "histogram") known.samples.push([index * step, point]);
    });
    known.samples.sort(([a], [b]) => a - b);
    world.series.set(keyOf(labels), known);
  }
}

function seriesIn({ series }: World): Series[] {
  return [...series.values()].map(({ labels, samples }) => {
    const kept = samples.filter(([, point]) => point !== "stale");
    return {
      labels,
      times: Float64Array.from(kept, ([time]) => time),
      values: Float64Array.from(kept, ([, point]) => point as number),
      stale: Float64Array.from(
        samples.filter(([, point]) => point === "stale"),
        ([time]) => time,
      ),
    };
  });
}

function reasonOutside({ expr, rows }: Evaluation, { histograms }: World): string | undefined {
  if (rows.some(({ points }) => points.includes("histogram"))) return "native histogram in the result";
  let touches = false;
  const parsed = parse(expr, flags).expr;
  if (parsed)
    walk(parsed, (node) => {
      if (node.kind !== "VectorSelector") return;
      const matchers = matchersOf(node);
      if (histograms.some((labels) => matchesAll(matchers, labels))) touches = true;
    });
  if (touches) return "native histogram in the operand";
  if (/\bstart_timestamp\(/.test(expr)) return "start timestamps";
  return undefined;
}

function judge(evaluation: Evaluation, source: SeriesSource): string | undefined {
  const { expr, when, expects } = evaluation;
  const outcome = evaluate(expr, source, when, options);
  const failing = expects.find(({ kind }) => kind === "fail");
  if (failing) {
    if (!("error" in outcome)) return "should fail";
    const { message, pattern } = failing;
    if (message !== undefined && outcome.error !== message) return `fails with: ${outcome.error}`;
    return pattern === undefined || new RegExp(pattern).test(outcome.error)
      ? undefined
      : `fails with: ${outcome.error}`;
  }
  if ("error" in outcome) return `fails: ${outcome.error}`;
  return (
    judgeRemarks(evaluation, outcome.remarks) ?? judgeValue(evaluation, outcome) ?? judgeAsRange(evaluation, source)
  );
}

function judgeRemarks({ expects }: Evaluation, remarks: readonly string[]): string | undefined {
  for (const { kind, message, pattern } of expects) {
    const severity = kind.endsWith("warn") ? "PromQL warning: " : "PromQL info: ";
    const found = remarks.filter((remark) => remark.startsWith(severity));
    if (kind.startsWith("no_")) {
      if (found.length > 0) return `says: ${found.join("; ")}`;
    } else if (found.length === 0) return `says nothing, ${kind} is expected`;
    else if (message !== undefined && !found.includes(message)) return `says: ${found.join("; ")}`;
    else if (pattern !== undefined && !found.some((remark) => new RegExp(pattern).test(remark)))
      return `says: ${found.join("; ")}`;
  }
  return undefined;
}

const tolerance = 1e-6;

function isNear(expected: Point, actual: number | undefined): boolean {
  if (expected === "none") return actual === undefined;
  if (actual === undefined || typeof expected !== "number") return false;
  if (Number.isNaN(expected) || Number.isNaN(actual)) return Number.isNaN(expected) && Number.isNaN(actual);
  if (expected === actual) return true;
  const size = Math.abs(expected) + Math.abs(actual);
  const difference = Math.abs(expected - actual);
  if (expected === 0 || actual === 0 || size < Number.MIN_VALUE) return difference < tolerance;
  return difference / Math.min(size, Number.MAX_VALUE) < tolerance;
}

function judgeValue(evaluation: Evaluation, outcome: Extract<Outcome, { value: unknown }>): string | undefined {
  const { value } = outcome;
  const { rows, scalar, string, when, ordered } = evaluation;
  const told = (): string => `gives ${JSON.stringify(value)}`;
  if (string !== undefined) return value.type === "string" && value.value === string ? undefined : told();
  if (scalar !== undefined) return value.type === "scalar" && isNear(scalar, value.value) ? undefined : told();
  if (value.type === "vector") {
    const samples = new Map(value.samples.map((sample) => [keyOf(sample.labels), sample.value]));
    if (samples.size !== rows.length) return told();
    if (ordered && rows.some(({ labels }, at) => keyOf(value.samples[at]?.labels ?? []) !== keyOf(labels)))
      return told();
    return rows.every(({ labels, points: [point = "none"] }) => isNear(point, samples.get(keyOf(labels))))
      ? undefined
      : told();
  }
  if (value.type !== "matrix") return told();
  const span = "at" in when ? evaluation.range : when;
  if (!span) return told();
  const wanted = rows.filter(({ points }) => points.some((point) => point !== "none"));
  if (value.series.length !== wanted.length) return told();
  const isRight = wanted.every(({ labels, points }) => {
    const found = value.series.find((series) => keyOf(series.labels) === keyOf(labels));
    const at = new Map(found?.times.map((time, index) => [time, found.values[index]]));
    const last = points.length - 1;
    const isComplete = (found?.times ?? []).every((time) => time <= span.start + last * span.step);
    return isComplete && points.every((point, index) => isNear(point, at.get(span.start + index * span.step)));
  });
  return isRight ? undefined : told();
}

/** As Prometheus' own runner does: in the middle of a range there must be the same. */
function judgeAsRange(evaluation: Evaluation, source: SeriesSource): string | undefined {
  const { expr, when, rows, scalar, ordered } = evaluation;
  if (!("at" in when) || ordered || evaluation.string !== undefined || evaluation.range) return undefined;
  if (/\b(?:start|end|step|range)\s*\(/.test(expr)) return undefined;
  const minute = 60_000;
  const outcome = evaluate(expr, source, { start: when.at - minute, end: when.at + minute, step: minute }, options);
  // Another step may have what makes the whole fail.
  if ("error" in outcome || outcome.value.type !== "matrix") return undefined;
  const here = outcome.value.series.flatMap(({ labels, times, values }) => {
    const index = times.indexOf(when.at);
    return index < 0 ? [] : [{ labels, value: values[index] as number }];
  });
  const type = scalar === undefined ? { type: "vector" as const, samples: here } : undefined;
  const sole = here[0];
  if (type) return judgeValue({ ...evaluation, rows }, { value: type, remarks: [] })?.replace(/^/, "within a range ");
  return sole && isNear(scalar ?? "none", sole.value) ? undefined : "another number within a range";
}

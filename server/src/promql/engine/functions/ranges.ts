// Functions of a range vector: calls one of its windows' functions for every series. Knows no single function's arithmetic.
import { quoteString } from "../../syntax/quoting.ts";
import type { Call, Expr } from "../../syntax/tree.ts";
import { inferType } from "../../types/inferType.ts";
import { isSameAtAllTimes } from "../invariance.ts";
import { type Labels, labelValue, withoutMetadata } from "../labels.ts";
import { annotate, fail, type Run, type Sample, type Vector } from "../run.ts";
import { eachWindow, type RangeExpr, rangeOf } from "../selectors.ts";
import { anchored, extendedGrowth } from "./extended.ts";
import { warnOfQuantile } from "./histograms.ts";
import { overTime, type RangeFunction } from "./overTime.ts";
import { extrapolatedGrowth, type Growth, growths, instantGrowth } from "./rates.ts";
import { trends } from "./trends.ts";

type Extension = "anchored" | "smoothed" | undefined;

const extensible = {
  anchored: ["changes", "delta", "increase", "rate", "resets"],
  smoothed: ["delta", "increase", "rate"],
};

/** The function of a window that a call names; undefined: it is none of a range. */
function windowFunction(run: Run, name: string, extension: Extension): RangeFunction | undefined {
  const growth = growths[name];
  if (growth) return growthFunction(run, growth, extension);
  if (name === "irate" || name === "idelta") return (window) => instantGrowth(window, name === "irate");
  const plain = overTime[name] ?? trends[name];
  if (extension !== "anchored" || !plain) return plain;
  return (window, params, at) => {
    const within = anchored(window);
    return within && plain(within, params, at);
  };
}

function growthFunction(run: Run, growth: Growth, extension: Extension): RangeFunction {
  if (!extension) return (window) => extrapolatedGrowth(window, growth, run.semantics);
  return (window) => extendedGrowth(window, growth, extension === "smoothed");
}

/** Not every function can take samples from outside of its range. */
function refuseExtension(range: RangeExpr, name: string): void {
  const extension = range.kind === "MatrixSelector" ? range.extended?.keyword : undefined;
  if (extension && !extensible[extension].includes(name))
    fail(`${extension} modifier can only be used with: ${extensible[extension].join(", ")} - not with ${name}`);
}

/** Undefined: the call's function takes no range. */
export function rangeCall(run: Run, call: Call, at: number): Vector | undefined {
  const { name, args } = call;
  const argument = args.find((arg) => inferType(arg) === "matrix");
  if (!argument) return undefined;
  const range = rangeOf(argument);
  const extension = range.kind === "MatrixSelector" ? range.extended?.keyword : undefined;
  // Prometheus evaluates such a subquery by itself, once, and then finds no range in the call.
  if (range.kind === "SubqueryExpr" && range.at && !isSameAtAllTimes(call)) {
    eachWindow(run, range, at, () => undefined);
    return [];
  }
  const apply = windowFunction(run, name, extension);
  if (!apply) return undefined;
  refuseExtension(range, name);
  const params = args.filter((arg) => arg !== argument).map((arg) => run.scalar(arg, at));
  const keepsName = name === "last_over_time" || name === "first_over_time";
  const out: Sample[] = [];
  eachWindow(run, range, at, (labels, dropName, window) => {
    const value = apply(window, params, at);
    if (value === undefined) return;
    remark(run, call, argument, labels, params);
    out.push(resultOf(run, labels, dropName, keepsName, value));
  });
  return out;
}

function resultOf(run: Run, labels: Labels, dropName: boolean, keepsName: boolean, value: number): Sample {
  if (keepsName) return { labels, value, dropName };
  if (run.delayedNames) return { labels, value, dropName: true };
  return { labels: withoutMetadata(labels), value, dropName: false };
}

const counterName = /_(?:total|sum|count|bucket)$/;

function remark(
  run: Run,
  { name, args }: Call,
  argument: Expr,
  labels: Labels,
  [q = Number.NaN]: readonly number[],
): void {
  if (name === "quantile_over_time" && args[0]) warnOfQuantile(run, q, args[0]);
  if (name !== "rate" && name !== "increase") return;
  const metric = labelValue(labels, "__name__");
  if (metric !== "" && !counterName.test(metric))
    annotate(
      run,
      "info",
      `metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${quoteString(metric)}`,
      argument,
    );
}

/** Whether any series has a sample in the range, for `absent_over_time`. */
export function isPresent(run: Run, range: RangeExpr, at: number): boolean {
  refuseExtension(range, "absent_over_time");
  let found = false;
  eachWindow(run, range, at, () => {
    found = true;
  });
  return found;
}

// kind/out-of-range: a limit that the values can never reach, or never leave.
import type { BinaryExpr, Expr } from "../../../promql/syntax/tree.ts";
import { needs } from "../../../promql/syntax/walk.ts";
import type { Bounds } from "../../../promql/types/semantics.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import { type Analysis, bare, isNow, type Threshold, textOf } from "../../analysis.ts";
import type { Report, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { durationText } from "../../scrapes.ts";
import { areAlike, lifted, moreMatchers, sideOf } from "./sharedSides.ts";

export const kindOutOfRange: RuleCheck = {
  id: "kind/out-of-range",
  level: "warning",
  title: "A limit outside the values that a metric can have",
  needs: ["limit"],
  check: onExpression(({ analysis, expr, rule }, report) => {
    const { thresholds } = analysis;
    for (let i = 0; i < thresholds.length; i++) {
      const threshold = thresholds[i] as Threshold;
      if (threshold.expr.bool || (threshold.value > 1 && isOpen(analysis))) continue;
      const isAlert = rule.kind === "alert";
      const found =
        shareLimit(analysis, expr, threshold, isAlert) ??
        boundLimit(analysis, expr, threshold, isAlert) ??
        staleLimit(analysis, expr, threshold, isAlert);
      if (found) report(found);
    }
  }),
};

/** Series as they are, by the second or summed up: no more is known of their values than that some are never less than 0 or 1. */
function isOpen({ condition, binaries }: Analysis): boolean {
  return condition !== undefined && binaries.length === 1;
}

/** Whether a comparison holds for all values within the bounds, or for none; undefined: it depends. */
function outcome({ op, value }: Threshold, range: Bounds): "always" | "never" | undefined {
  const least = range[0];
  const greatest = range[1];
  const below = greatest !== null && value > greatest;
  const above = least !== null && value < least;
  const top = greatest !== null && value >= greatest;
  const bottom = least !== null && value <= least;
  switch (op) {
    case ">":
      return top ? "never" : above ? "always" : undefined;
    case ">=":
      return below ? "never" : bottom ? "always" : undefined;
    case "<":
      return bottom ? "never" : below ? "always" : undefined;
    case "<=":
      return above ? "never" : top ? "always" : undefined;
    case "==":
      return below || above ? "never" : undefined;
    case "!=":
      return below || above ? "always" : undefined;
  }
}

/** Kinds whose bounds people use on purpose: `count(x) > 0`, `absent(x) == 1`. */
const idioms: ReadonlySet<string> = new Set(["count", "flag"]);

function boundLimit(analysis: Analysis, expr: Scalar, threshold: Threshold, isAlert: boolean): Report | undefined {
  const { range, kind, types, value } = analysis.quantity(threshold.series);
  const holds = outcome(threshold, range);
  // A constant is not out of range: alert/never and alert/no-condition say what it is.
  if (value !== undefined) return undefined;
  if (!holds || (holds === "always" && (idioms.has(kind) || types.length === 0))) return undefined;
  const limit = textOf(analysis, threshold.constant);
  const what = `The values lie ${boundsText(range)}, so ${threshold.op} ${limit} is ${holds} true`;
  const effect = effectOf(analysis, threshold, holds, isAlert);
  return {
    range: placeOf(expr, threshold.constant),
    message: `${what}. ${effect}. ${advice(range, threshold.value)}`,
    fixes: percentFix(analysis, expr, threshold, range),
  };
}

/** What comes of it: of the whole alert where it hangs on the comparison, or of the comparison alone. */
function effectOf({ expr }: Analysis, threshold: Threshold, holds: "always" | "never", isAlert: boolean): string {
  if (holds === "always")
    return isAlert && expr && bare(expr) === threshold.expr
      ? "The alert fires for every series that is there"
      : "The comparison leaves nothing out";
  return isAlert && expr && needs(expr, threshold.expr)
    ? "The alert never fires"
    : "The comparison lets nothing through";
}

function boundsText([least, greatest]: Bounds): string {
  if (least === null) return `at ${greatest} or below`;
  if (greatest === null) return `at ${least} or above`;
  return least === greatest ? `at ${least} alone` : `between ${least} and ${greatest}`;
}

function advice(range: Bounds, value: number): string {
  if (isShare(range) && value > 1) return `Write a share of 1: ${value / 100} for ${value} percent.`;
  return "Write a limit between what the values can be.";
}

function isShare([least, greatest]: Bounds): boolean {
  return least === 0 && greatest === 1;
}

function percentFix(analysis: Analysis, expr: Scalar, { constant, value }: Threshold, range: Bounds) {
  if (!isShare(range) || value <= 1 || value > 100 || analysis.quantity(constant).value === undefined) return [];
  const text = String(Number((value / 100).toPrecision(12)));
  return [expressionFix(expr, `Write ${text}`, [{ range: constant, text }])];
}

/** `a / (a + b) > 50`, `used / max > 80`: a part of a whole is at most 1. */
function shareLimit(analysis: Analysis, expr: Scalar, threshold: Threshold, isAlert: boolean): Report | undefined {
  if (threshold.value <= 1 || outcome(threshold, [0, 1]) !== "never") return undefined;
  if (!isShareOfOne(analysis, threshold.series)) return undefined;
  const limit = textOf(analysis, threshold.constant);
  return {
    range: placeOf(expr, threshold.constant),
    message: `This is a part of a whole, from 0 to 1, so ${threshold.op} ${limit} is never true. ${effectOf(analysis, threshold, "never", isAlert)}. ${advice([0, 1], threshold.value)}`,
    fixes: percentFix(analysis, expr, threshold, [0, 1]),
  };
}

/** How far back Prometheus looks for the sample of a selector: five minutes, if it was not started with another lookback. */
const lookback = 300;

/** `time() - timestamp(x) > 3600`: of a series without samples for so long there is no timestamp either. */
function staleLimit(analysis: Analysis, expr: Scalar, threshold: Threshold, isAlert: boolean): Report | undefined {
  const { op, value, constant } = threshold;
  const stamped = ageOf(threshold.series);
  if (!stamped || (op !== ">" && op !== ">=" && op !== "==")) return undefined;
  const series = stamped.kind === "VectorSelector" ? stamped : undefined;
  // All but a selector is stamped with the time of the evaluation.
  const most = series ? lookback : 0;
  if (op === ">" ? value < most : value <= most) return undefined;
  const why = series
    ? "timestamp() is of a sample that is 5 minutes old at most: Prometheus looks no further back"
    : "timestamp() of anything but a plain selector is the time of the evaluation, and the difference is 0";
  const instead = series
    ? `To tell that samples stay away, write absent_over_time(${textOf(analysis, series)}[${durationText(value)}])`
    : "To tell how old the last sample is, write time() - max_over_time(timestamp(x)[1d:1m])";
  return {
    range: placeOf(expr, constant),
    message: `${why}. So ${op} ${textOf(analysis, constant)} is never true. ${effectOf(analysis, threshold, "never", isAlert)}. ${instead}.`,
  };
}

/** What the timestamp is of in `time() - timestamp(x)`, by itself or as the most or least of several. */
function ageOf(expr: Expr): Expr | undefined {
  const node = inExtreme(expr);
  if (node.kind !== "BinaryExpr" || node.op !== "-" || !isNow(node.left)) return undefined;
  const then = inExtreme(node.right);
  if (then.kind !== "Call" || then.name !== "timestamp") return undefined;
  const of = then.args[0] && bare(then.args[0]);
  return of?.kind === "VectorSelector" && (of.offset || of.at) ? undefined : of;
}

function inExtreme(expr: Expr): Expr {
  const node = bare(expr);
  const isExtreme = node.kind === "AggregateExpr" && /^(?:avg|max|min)$/.test(node.op);
  return isExtreme && node.expr ? inExtreme(node.expr) : node;
}

/** A part of a whole, or what is left of 1 beside one. */
function isShareOfOne(analysis: Analysis, expr: Expr): boolean {
  const node = bare(expr);
  if (node.kind !== "BinaryExpr") return false;
  if (node.op === "-") return analysis.quantity(node.left).value === 1 && isShareOfOne(analysis, node.right);
  return node.op === "/" && (isPart(analysis, node) || isSelection(analysis, node) || isOfLimit(analysis, node));
}

const amounts: ReadonlySet<string> = new Set(["available", "avail", "free", "in", "inuse", "open", "use", "used"]);
const limits: ReadonlySet<string> = new Set(["capacity", "limit", "max", "size", "sys", "total"]);

/**
 * Whether the names say that the one is the most that the other can be: `process_open_fds` and `process_max_fds`. Of the
 * words that only one of them has, those of the dividend must say how much, and those of the divisor that it is a limit.
 */
function isOfLimit(analysis: Analysis, { left, right }: BinaryExpr): boolean {
  const part = gaugeOf(analysis, left);
  const whole = gaugeOf(analysis, right);
  if (!part || !whole || part.labels !== whole.labels || part.by !== whole.by) return false;
  const some = wordsOf(part.name);
  const all = wordsOf(whole.name);
  const more = all.filter((word) => !some.includes(word));
  const others = some.filter((word) => !all.includes(word));
  return (
    some.some((word) => all.includes(word)) &&
    more.length > 0 &&
    more.every((word) => limits.has(word)) &&
    others.every((word) => amounts.has(word))
  );
}

/** The name of a selector, its labels as written, and what it is aggregated to, where that keeps the order of two. */
function gaugeOf(analysis: Analysis, expr: Expr): { name: string; labels: string; by: string } | undefined {
  let node = bare(expr);
  let by = "";
  if (node.kind === "AggregateExpr" && /^(?:sum|avg|max|min)$/.test(node.op) && node.expr) {
    by = textOf(analysis, { start: node.start, end: node.expr.start }).replace(/\s/g, "");
    node = bare(node.expr);
  }
  if (node.kind !== "VectorSelector" || node.name === "") return undefined;
  const labels = textOf(analysis, node).slice(node.name.length).replace(/\s/g, "");
  return { name: node.name, labels, by };
}

/** `node_memory_MemFree_bytes` is node, memory, mem, free, bytes. A counter's `_total` says nothing of a limit. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/_total$/, "")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split("_");

/** Whether what is divided is one of the summands that it is divided by, and none of them can be negative. */
function isPart(analysis: Analysis, { left, right }: BinaryExpr): boolean {
  const whole = summands(lifted(right));
  if (whole.length < 2) return false;
  const part = textOf(analysis, bare(left)).replace(/\s/g, "");
  if (!whole.some((one) => textOf(analysis, one).replace(/\s/g, "") === part)) return false;
  return whole.every((one) => (analysis.quantity(one).range[0] ?? -1) >= 0);
}

/** `sum(x{code="500"}) / sum(x)`: some of the series, added up like all of them, and none of them is negative. */
function isSelection(analysis: Analysis, { left, right, matching }: BinaryExpr): boolean {
  const whole = lifted(right);
  const a = sideOf(left);
  const b = sideOf(whole);
  if (matching || !a || !b || a.core !== bare(left) || b.core !== bare(whole)) return false;
  if (!areAlike(analysis, a, b)) return false;
  if (a.aggregated?.op !== "sum" && a.aggregated?.op !== "count") return false;
  return moreMatchers(b, a).length === 0 && (analysis.quantity(whole).range[0] ?? -1) >= 0;
}

function summands(expr: Expr): Expr[] {
  const node = bare(expr);
  return node.kind === "BinaryExpr" && node.op === "+" ? [...summands(node.left), ...summands(node.right)] : [node];
}

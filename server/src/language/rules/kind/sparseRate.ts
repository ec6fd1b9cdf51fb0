// kind/sparse-rate: rate or increase of a counter that is born by an event and gone a minute later.
import type { Edit } from "../../../edits.ts";
import type { Call, Expr } from "../../../promql/syntax/tree.ts";
import { type Analysis, bare, nameOf, type SeriesUse, type Threshold, usesIn } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { nameRange, renamed, twoSamples, windowSeconds, windowText } from "./shared.ts";

export const kindSparseRate: RuleCheck = {
  id: "kind/sparse-rate",
  level: "warning",
  title: "rate() or increase() of a counter that is gone a minute after an event",
  needs: ["known counter", "call"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const use of analysis.uses) {
      const { call, info } = use;
      if (!call || !info?.sparse || info.type !== "counter" || !twoSamples.has(call.name)) continue;
      if (asksForMany(analysis, use, call)) continue;
      const edit = renamed(call, "max_over_time");
      const limit = limitAboveOne(analysis, use, call);
      const advice = limit
        ? `How often it came nobody can tell afterwards: ask whether it came, with ${example(analysis, use)}.`
        : `Write ${example(analysis, use)}.`;
      report({
        range: placeOf(expr, nameRange(call)),
        message: `${nameOf(use)} appears with an event, at its first count, and is gone 60 s later. ${call.name}() sees no growth and misses the event. ${advice}`,
        fixes: limit
          ? [expressionFix(expr, "Ask with max_over_time() whether it came", [edit, ...aboveZero(limit)])]
          : [expressionFix(expr, "Write max_over_time()", [edit])],
      });
    }
  }),
};

/** Events a second at which the series is written again before it expires. */
const steady = 1 / 30;

/** Whether the limit is so high that it is only reached while the series lives on. */
function asksForMany(analysis: Analysis, use: SeriesUse, call: Call): boolean {
  const threshold = analysis.thresholds.find(({ series }) => series.start <= call.start && call.end <= series.end);
  if (!threshold || (threshold.op !== ">" && threshold.op !== ">=") || use.info?.suffix === "_sum") return false;
  if (usesIn(analysis, threshold.series).length > 1) return false;
  const seconds = call.name === "increase" ? (windowSeconds(use) ?? 0) : 1;
  return /^(rate|irate|increase)$/.test(call.name) && threshold.value >= steady * seconds && seconds > 0;
}

/** A limit that the count of one event, 1, does not pass, where the count by itself is held against it. */
function limitAboveOne(analysis: Analysis, { info }: SeriesUse, call: Call): Threshold | undefined {
  const limit = info?.suffix === "_sum" ? undefined : analysis.thresholds.find(({ series }) => isOne(series, call));
  if (!limit) return undefined;
  const { op, value } = limit;
  return (op === ">" && value >= 1) || ((op === ">=" || op === "==") && value > 1) ? limit : undefined;
}

/** Whether the series are the call's own, or one of them; a sum of several is more than one event. */
function isOne(series: Expr, call: Call): boolean {
  const node = bare(series);
  const isPicked = node.kind === "AggregateExpr" && /^(?:max|min|avg)$/.test(node.op);
  return (isPicked && node.expr ? bare(node.expr) : node) === call;
}

/** `… > 0` in the comparison's place. */
function aboveZero({ expr, series, constant }: Threshold): Edit[] {
  const op = { start: expr.opStart, end: expr.opEnd };
  return [
    { range: op, text: expr.left === series ? ">" : "<" },
    { range: constant, text: "0" },
  ];
}

function example(analysis: Analysis, use: SeriesUse): string {
  return `max_over_time(${nameOf(use)}[${windowText(analysis, use) ?? "10m"}]) > 0`;
}

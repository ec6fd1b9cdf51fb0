// kind/sparse-rate: rate or increase of a counter that is born by an event and gone a minute later.
import type { Call } from "../../../promql/syntax/tree.ts";
import { type Analysis, nameOf, type SeriesUse, usesIn } from "../../analysis.ts";
import type { Report, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onKnownMetrics } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { nameRange, renamed, twoSamples, windowSeconds, windowText } from "./shared.ts";

export const kindSparseRate: RuleCheck = {
  id: "kind/sparse-rate",
  level: "warning",
  title: "rate() or increase() of a counter that is gone a minute after an event",
  check: onKnownMetrics(function* ({ analysis, expr }): Iterable<Report> {
    for (const use of analysis.uses) {
      const { call, info } = use;
      if (!call || !info?.sparse || info.type !== "counter" || !twoSamples.has(call.name)) continue;
      if (asksForMany(analysis, use, call)) continue;
      yield {
        range: placeOf(expr, nameRange(call)),
        message: `${nameOf(use)} appears with an event, at its first count, and is gone 60 s later. ${call.name}() sees no growth and misses the event. Write ${example(analysis, use)}.`,
        fixes: [expressionFix(expr, "Write max_over_time()", [renamed(call, "max_over_time")])],
      };
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

function example(analysis: Analysis, use: SeriesUse): string {
  return `max_over_time(${nameOf(use)}[${windowText(analysis, use) ?? "10m"}]) > 0`;
}

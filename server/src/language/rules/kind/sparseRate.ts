// kind/sparse-rate: rate or increase of a counter that is born by an event and gone a minute later.
import { type Analysis, analysisOf, nameOf, type SeriesUse } from "../../analysis.ts";
import type { Report, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { expressionFix } from "../../expressionFix.ts";
import { nameRange, renamed, twoSamples, windowText } from "./shared.ts";

export const kindSparseRate: RuleCheck = {
  id: "kind/sparse-rate",
  level: "warning",
  title: "rate() or increase() of a counter that is gone a minute after an event",
  *check({ expr }, _group, context): Iterable<Report> {
    if (!expr) return;
    const analysis = analysisOf(expr, context);
    if (!analysis.known) return;
    for (const use of analysis.uses) {
      const { call, info } = use;
      if (!call || !info?.sparse || info.type !== "counter" || !twoSamples.has(call.name)) continue;
      yield {
        range: placeOf(expr, nameRange(call)),
        message: `${nameOf(use)} appears with an event, at its first count, and is gone 60 s later. ${call.name}() sees no growth and misses the event. Write ${example(analysis, use)}.`,
        fixes: [expressionFix(expr, "Write max_over_time()", [renamed(call, "max_over_time")])],
      };
    }
  },
};

function example(analysis: Analysis, use: SeriesUse): string {
  return `max_over_time(${nameOf(use)}[${windowText(analysis, use) ?? "10m"}]) > 0`;
}

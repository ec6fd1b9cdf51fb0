// kind/raw-counter: the value of a counter compared as it stands.

import type { Scalar } from "../../../yaml/tree.ts";
import { nameOf, type SeriesUse, usesIn } from "../../analysis.ts";
import type { CheckContext, Report, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onKnownMetrics } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import type { Fix } from "../../finding.ts";
import { goodRange, renamed } from "./shared.ts";

export const kindRawCounter: RuleCheck = {
  id: "kind/raw-counter",
  level: "warning",
  title: "The value of a counter compared as it stands",
  check: onKnownMetrics(function* ({ analysis, expr, context }): Iterable<Report> {
    for (const { series } of analysis.thresholds) {
      if (analysis.quantity(series).kind !== "counter") continue;
      const use = usesIn(analysis, series).find(({ info }) => info?.cumulative && !info.sparse);
      if (!use) continue;
      yield {
        range: placeOf(expr, use.range),
        message: `${nameOf(use)} counts since the agent started. Compared as it stands, the rule fires for ever once the limit is reached, and a restart ends it. Compare increase() of it over a stretch of time.`,
        fixes: fixes(expr, use, context),
      };
    }
  }),
};

function fixes(expr: Scalar, use: SeriesUse, context: CheckContext): Fix[] {
  const { call, matrix, selector } = use;
  if (call && call.args.length > 1) return [];
  if (call && matrix) return [expressionFix(expr, "Write increase()", [renamed(call, "increase")])];
  if (call || matrix) return [];
  const range = goodRange(use, context);
  // The window stands before `offset` and `@`.
  const end = selector.close >= 0 ? selector.close + 1 : selector.start + selector.name.length;
  return [
    expressionFix(expr, `Write increase() over ${range}`, [
      { range: { start: selector.start, end: selector.start }, text: "increase(" },
      { range: { start: end, end }, text: end === selector.end ? `[${range}])` : `[${range}]` },
      ...(end === selector.end ? [] : [{ range: { start: selector.end, end: selector.end }, text: ")" }]),
    ]),
  ];
}

// kind/raw-counter: the value of a counter compared as it stands.

import type { Expr } from "../../../promql/syntax/tree.ts";
import { needs } from "../../../promql/syntax/walk.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import { type Analysis, nameOf, type SeriesUse, type Threshold, usesIn } from "../../analysis.ts";
import type { CheckContext, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import type { Fix } from "../../finding.ts";
import { goodRange, renamed } from "./shared.ts";

export const kindRawCounter: RuleCheck = {
  id: "kind/raw-counter",
  level: "warning",
  title: "The value of a counter compared as it stands",
  needs: ["known counter", "limit"],
  check: onExpression(({ analysis, expr, context }, report) => {
    for (const threshold of analysis.thresholds) {
      const { series, op } = threshold;
      if (analysis.quantity(series).kind !== "counter") continue;
      const use = usesIn(analysis, series).find(({ info }) => info?.cumulative && !info.sparse);
      if (!use || isOfLately(analysis, threshold, use)) continue;
      const effect =
        op === ">" || op === ">=" || op === "!="
          ? "the rule fires for ever once the limit is reached, and a restart ends it"
          : "the rule may hold after a restart, and once the limit is passed never again";
      report({
        range: placeOf(expr, use.range),
        message: `${nameOf(use)} counts since the ${use.name.startsWith("dkron") ? "agent" : "program"} started. Compared as it stands, ${effect}. Compare increase() of it over a stretch of time.`,
        fixes: fixes(expr, use, context),
      });
    }
  }),
};

const growth: ReadonlySet<string> = new Set(["increase", "rate", "irate", "delta", "idelta", "changes"]);

/** `x > 3 and increase(x[5m]) > 0`, `x > 0 unless x offset 1h`: the alert is about what happened lately all the same. */
function isOfLately(analysis: Analysis, { expr }: Threshold, { name }: SeriesUse): boolean {
  const uses = (side: Expr) => usesIn(analysis, side).filter((use) => use.name === name);
  return analysis.binaries.some(({ op, left, right }) => {
    if (op === "unless") return needs(left, expr) && uses(right).some(({ selector }) => selector.offset !== undefined);
    if (op !== "and") return false;
    const other = needs(left, expr) ? right : needs(right, expr) ? left : undefined;
    return other !== undefined && uses(other).some(({ call }) => call !== undefined && growth.has(call.name));
  });
}

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

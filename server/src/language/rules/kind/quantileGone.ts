// kind/quantile-gone: a quantile of Dkron's read as it stands, which is NaN ten seconds after the last observation.
import { nameOf, usesIn } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { isMoved, wrapped } from "./shared.ts";

/** Seconds for which a quantile looks back (client_golang, DefMaxAge as go-metrics sets it). */
const window = 10;

export const kindQuantileGone: RuleCheck = {
  id: "kind/quantile-gone",
  level: "information",
  title: "A quantile that is NaN most of the time, compared as it stands",
  needs: ["known summary", "limit"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const { series } of analysis.thresholds) {
      for (const use of usesIn(analysis, series)) {
        const { info, call, matrix, selector } = use;
        if (call || matrix || info?.type !== "summary" || !info.expires60s) continue;
        const { presence, every } = info.row;
        if (presence === "always" && (every ?? 0) <= window) continue;
        if (isMoved(use)) continue;
        report({
          range: placeOf(expr, use.range),
          message: `${nameOf(use)} is NaN when nothing was observed in the last ${window} s, and NaN is above and below nothing. Most evaluations miss the observation. Write max_over_time() over some minutes, which leaves NaN out.`,
          fixes: [expressionFix(expr, "Write max_over_time() over 5m", wrapped(selector, "max_over_time(", "[5m])"))],
        });
      }
    }
  }),
};

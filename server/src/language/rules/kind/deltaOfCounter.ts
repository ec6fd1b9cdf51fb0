// kind/delta-of-counter: delta, deriv, predict_linear and the like of a counter, which starts from zero at times.
import { nameOf } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { nameRange, renamed } from "./shared.ts";

/** The counter's own function; none for what looks into the future. */
const forCounters: Readonly<Record<string, string | undefined>> = {
  delta: "increase",
  idelta: "increase",
  deriv: "rate",
  predict_linear: undefined,
  double_exponential_smoothing: undefined,
  holt_winters: undefined,
};

export const kindDeltaOfCounter: RuleCheck = {
  id: "kind/delta-of-counter",
  level: "warning",
  title: "delta(), deriv() or predict_linear() of a counter",
  needs: ["known counter", "call"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const use of analysis.uses) {
      const { call, info } = use;
      if (!call || !(call.name in forCounters) || !info?.cumulative || info.sparse) continue;
      const instead = forCounters[call.name];
      const what =
        instead === undefined ? "Apply it to rate() of the counter, in a subquery" : `Write ${instead}() instead`;
      report({
        range: placeOf(expr, nameRange(call)),
        message: `${nameOf(use)} only grows until it starts from zero, and ${call.name}() is for gauges. It takes the fall at a restart for a real one. ${what}.`,
        fixes: instead === undefined ? [] : [expressionFix(expr, `Write ${instead}()`, [renamed(call, instead)])],
      });
    }
  }),
};

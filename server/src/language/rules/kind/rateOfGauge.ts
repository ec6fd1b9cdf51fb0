// kind/rate-of-gauge: rate, irate, increase or resets of a gauge, which may fall.
import { nameOf } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { nameRange, renamed } from "./shared.ts";

const forGauges: Readonly<Record<string, string>> = {
  rate: "deriv",
  irate: "idelta",
  increase: "delta",
  resets: "changes",
};

export const kindRateOfGauge: RuleCheck = {
  id: "kind/rate-of-gauge",
  level: "warning",
  title: "rate(), irate(), increase() or resets() of a gauge",
  needs: ["known gauge", "call"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const use of analysis.uses) {
      const { call, info } = use;
      const instead = call && forGauges[call.name];
      if (!call || instead === undefined || info?.type !== "gauge" || info.cumulative) continue;
      const advice =
        call.name === "resets"
          ? "It counts every fall as a restart, and a gauge falls by itself. Write changes() to count how often the value changed."
          : `It takes every fall for a restart and adds up what was never there. Write ${instead}() instead.`;
      report({
        range: placeOf(expr, nameRange(call)),
        message: `${nameOf(use)} is a gauge, and ${call.name}() is for counters. ${advice}`,
        fixes: [expressionFix(expr, `Write ${instead}()`, [renamed(call, instead)])],
      });
    }
  }),
};

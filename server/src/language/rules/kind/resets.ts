// kind/resets: restarts looked for in counters that do not show them.
import { nameOf, textOf } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { nameRange, windowText } from "./shared.ts";

export const kindResets: RuleCheck = {
  id: "kind/resets",
  level: "warning",
  title: "resets() of a counter that does not show restarts",
  needs: ["known counter", "call"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const use of analysis.uses) {
      const { call, info, selector } = use;
      if (call?.name !== "resets" || !info || info.type !== "counter" || info.sparse) continue;
      if (!info.everyServerCounts && !info.expires60s) continue;
      const why = info.everyServerCounts
        ? "a server that restarts counts its Raft log again before it is scraped, so the counter seldom falls"
        : "it also starts from zero whenever it was not written for 60 s";
      const target = selector.matchers.filter(({ label }) => label === "job" || label === "instance");
      const braces = target.length === 0 ? "" : `{${target.map((one) => textOf(analysis, one)).join(", ")}}`;
      const text = `changes(process_start_time_seconds${braces}[${windowText(analysis, use) ?? "10m"}])`;
      report({
        range: placeOf(expr, nameRange(call)),
        message: `resets() of ${nameOf(use)} does not find restarts: ${why}. Write ${text} instead.`,
        fixes: [expressionFix(expr, "Write changes() of process_start_time_seconds", [{ range: call, text }])],
      });
    }
  }),
};

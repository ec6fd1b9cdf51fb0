// kind/rate-of-sum: rate of a sum, which hides the restarts of the single counters.
import type { AggregateExpr, Call, SubqueryExpr } from "../../../promql/syntax/tree.ts";
import { type Analysis, bare, textOf } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { nameRange } from "./shared.ts";

const forCounters: ReadonlySet<string> = new Set(["rate", "irate", "increase"]);
const mixes: ReadonlySet<string> = new Set(["sum", "avg", "max", "min"]);

export const kindRateOfSum: RuleCheck = {
  id: "kind/rate-of-sum",
  level: "warning",
  title: "rate() of a sum of counters",
  needs: ["call", "aggregation"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const call of analysis.calls) {
      const inner = call.args[0];
      if (!forCounters.has(call.name) || inner?.kind !== "SubqueryExpr") continue;
      const aggregate = bare(inner.expr);
      if (aggregate.kind !== "AggregateExpr" || !mixes.has(aggregate.op)) continue;
      if (!aggregate.expr || bare(aggregate.expr).kind !== "VectorSelector") continue;
      const text = turned(analysis, call, inner, aggregate);
      report({
        range: placeOf(expr, nameRange(call)),
        message: `${call.name}() of ${aggregate.op}() sees one mixed line instead of counters. When one of them starts from zero, the mixture falls a little and all the rest is counted anew. Write ${aggregate.op}() of ${call.name}() instead.`,
        fixes:
          text === undefined
            ? []
            : [expressionFix(expr, `Write ${aggregate.op}() of ${call.name}()`, [{ range: call, text }])],
      });
    }
  }),
};

/** `rate(sum by (a) (x)[5m:1m])` as `sum by (a) (rate(x[5m]))`. */
function turned(analysis: Analysis, call: Call, subquery: SubqueryExpr, aggregate: AggregateExpr): string | undefined {
  const { expr, grouping, op } = aggregate;
  const { at, offset } = subquery;
  if (!expr || at || offset) return undefined;
  const selector = bare(expr);
  if (selector.kind !== "VectorSelector" || selector.offset || selector.at) return undefined;
  const by = grouping ? ` ${textOf(analysis, grouping)} ` : "";
  return `${op}${by}(${call.name}(${textOf(analysis, selector)}[${textOf(analysis, subquery.range)}]))`;
}

// metric/meaningless: a metric whose value says nothing.
import { substitutes } from "../../../catalog/suggest.ts";

import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";

export const metricMeaningless: RuleCheck = {
  id: "metric/meaningless",
  level: "warning",
  title: "A metric whose value says nothing",
  needs: ["peculiar metric"],
  check: onExpression(({ analysis, expr, context }, report) => {
    for (const { rows, range } of analysis.uses) {
      const row = rows[0];
      if (rows.length !== 1 || row?.meaningless === undefined) continue;
      const instead = substitutes(row, context.dkronVersion).map((other) => `${other.replacement} (${other.why})`);
      const use = instead.length === 0 ? "Take the rule out." : `Use ${instead.join(" or ")}.`;
      report({
        range: placeOf(expr, range),
        message: `The value of this metric says nothing: ${row.meaningless}. No threshold on it means anything. ${use}`,
      });
    }
  }),
};

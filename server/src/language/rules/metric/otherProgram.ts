// metric/other-program: a dkron_… metric that another program makes, or that was proposed and never merged.
import { substitutes } from "../../../catalog/suggest.ts";

import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";

export const metricOtherProgram: RuleCheck = {
  id: "metric/other-program",
  level: "information",
  title: "A dkron_… metric that is not Dkron's own",
  needs: ["peculiar metric"],
  check: onExpression(({ analysis, expr, context }, report) => {
    for (const { name, rows, range } of analysis.uses) {
      const row = rows[0];
      if (row?.foreign === undefined || name === "") continue;
      const instead = substitutes(row, context.dkronVersion).map((other) => `${other.replacement} (${other.why})`);
      const use = instead.length === 0 ? "" : ` Of Dkron's own there is ${instead.join(" or ")}.`;
      report({
        range: placeOf(expr, range),
        message: `${name} is not written by any Dkron agent: it comes from ${row.foreign}. Without that, the rule never fires.${use}`,
      });
    }
  }),
};

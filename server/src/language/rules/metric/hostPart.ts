// metric/host-part: a gauge of Dkron without the host that stands in its name.
import { substitutes } from "../../../catalog/suggest.ts";

import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { meantMetric, missingRow } from "../../knownMetrics.ts";
import { metricEdit } from "../../selectorEdits.ts";

export const metricHostPart: RuleCheck = {
  id: "metric/host-part",
  level: "warning",
  title: "A gauge of Dkron without the host in its name",
  needs: ["strange name"],
  check: onExpression(({ analysis, expr, context }, report) => {
    for (const { name, selector, range } of analysis.strange) {
      const meant = meantMetric(name, context.dkronVersion);
      if (meant?.mistake !== "host") continue;
      const twin = substitutes(meant.row, context.dkronVersion).find(({ row }) => row.naming === "native");
      const missing = missingRow(meant.row.id, context.dkronVersion);
      const versions = missing?.exportedBy ? ` (${missing.exportedBy} did)` : "";
      const gone = missing ? ` Dkron ${context.dkronVersion} does not export that either${versions}.` : "";
      const twinText = twin ? `, or ${twin.replacement}, which has no host in its name` : "";
      report({
        range: placeOf(expr, range),
        message: `No agent writes ${name}: Dkron puts the name of its host into every gauge. A rule on this name never fires. Write ${meant.replacement} for all hosts${twinText}.${gone}`,
        fixes: [
          expressionFix(expr, `Write ${meant.replacement}`, [metricEdit(selector, meant.replacement)], !missing),
          ...(twin ? [expressionFix(expr, `Write ${twin.replacement}`, [metricEdit(selector, twin.replacement)])] : []),
        ],
      });
    }
  }),
};

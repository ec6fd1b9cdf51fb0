// metric/host-part: a gauge of Dkron without the host that stands in its name.
import { substitutes } from "../../../catalog/suggest.ts";
import { analysisOf } from "../../analysis.ts";
import type { Report, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { expressionFix } from "../../expressionFix.ts";
import { meantMetric } from "../../knownMetrics.ts";
import { metricEdit } from "../../selectorEdits.ts";

export const metricHostPart: RuleCheck = {
  id: "metric/host-part",
  level: "warning",
  title: "A gauge of Dkron without the host in its name",
  *check({ expr }, _group, context): Iterable<Report> {
    if (!expr) return;
    for (const { name, rows, selector, range } of analysisOf(expr, context).uses) {
      if (rows.length > 0 || !name.startsWith("dkron_") || context.workspace.recordings.has(name)) continue;
      const meant = meantMetric(name, context.dkronVersion);
      if (meant?.mistake !== "host") continue;
      const twin = substitutes(meant.row, context.dkronVersion).find(({ row }) => row.naming === "native");
      const twinText = twin ? `, or ${twin.replacement}, which has no host in its name` : "";
      yield {
        range: placeOf(expr, range),
        message: `No agent writes ${name}: Dkron puts the name of its host into every gauge. A rule on this name never fires. Write ${meant.replacement} for all hosts${twinText}.`,
        fixes: [
          expressionFix(expr, `Write ${meant.replacement}`, [metricEdit(selector, meant.replacement)], true),
          ...(twin ? [expressionFix(expr, `Write ${twin.replacement}`, [metricEdit(selector, twin.replacement)])] : []),
        ],
      };
    }
  },
};

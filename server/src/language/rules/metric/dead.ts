// metric/dead: a metric that is in Dkron's code but that nothing ever causes.
import { substitutes } from "../../../catalog/suggest.ts";
import { compareVersions } from "../../../catalog/versions.ts";
import { nameOf, type SeriesUse } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";

export const metricDead: RuleCheck = {
  id: "metric/dead",
  level: "warning",
  title: "A metric that is in Dkron's code but that nothing ever causes",
  needs: ["peculiar metric"],
  check: onExpression(({ analysis, expr, context }, report) => {
    const { dkronVersion } = context;
    for (const use of analysis.uses) {
      const row = use.rows[0];
      if (!row || use.rows.length > 1 || (row.never === undefined && !row.idle)) continue;
      const range = placeOf(expr, use.range);
      const instead = substitutes(row, dkronVersion).map((other) => `${other.replacement} (${other.why})`);
      const advice = instead.length === 0 ? "Take the rule out." : `Use ${instead.join(" or ")}.`;
      if (row.never !== undefined) {
        report({ range, message: `${nameOf(use)} is never seen: ${row.never}. A rule on it never fires. ${advice}` });
      } else if (row.idle && isIdle(row.idle, use, dkronVersion)) {
        const why = `since ${row.idle.since} ${row.idle.because}`;
        const message = `${nameOf(use)} is hardly ever seen: ${why}. A rule on it says nothing about Dkron. ${advice}`;
        report({ range, message, severity: "information" });
      }
    }
  }),
};

/** Where the version does not export it at all, another check says so. */
function isIdle({ since }: { readonly since: string }, { info }: SeriesUse, version: string): boolean {
  return info?.availability.state === "exported" && compareVersions(version, since) >= 0;
}

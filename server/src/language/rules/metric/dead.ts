// metric/dead: a metric that is in Dkron's code but that nothing ever causes.
import type { MetricInfo } from "../../../catalog/info.ts";
import { substitutes } from "../../../catalog/suggest.ts";
import type { MetricRow } from "../../../catalog/types.ts";
import { compareVersions } from "../../../catalog/versions.ts";
import { analysisOf } from "../../analysis.ts";
import type { Report, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";

export const metricDead: RuleCheck = {
  id: "metric/dead",
  level: "warning",
  title: "A metric that is in Dkron's code but that nothing ever causes",
  *check({ expr }, _group, context): Iterable<Report> {
    if (!expr) return;
    const { dkronVersion } = context;
    for (const { name, info, rows, range } of analysisOf(expr, context).uses) {
      const [row] = rows;
      const reason = row && rows.length === 1 ? whyDead(row, info, dkronVersion) : undefined;
      if (!row || reason === undefined) continue;
      const instead = substitutes(row, dkronVersion).map((other) => `${other.replacement} (${other.why})`);
      const use = instead.length === 0 ? "Take the rule out." : `Use ${instead.join(" or ")}.`;
      yield {
        range: placeOf(expr, range),
        message: `${name === "" ? "What this pattern selects" : name} is never seen: ${reason}. A rule on it never fires. ${use}`,
      };
    }
  },
};

function whyDead(row: MetricRow, info: MetricInfo | undefined, version: string): string | undefined {
  const { never, idle } = row;
  if (never !== undefined) return never;
  if (!idle || compareVersions(version, idle.since) < 0 || info?.availability.state !== "exported") return undefined;
  return `since ${idle.since} ${idle.because}`;
}

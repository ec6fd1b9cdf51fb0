// label/exported-job: `job` asked of a metric whose own label job Prometheus stores as exported_job.

import type { Range } from "../../../ranges.ts";
import { type Analysis, nameOf, type SeriesUse } from "../../analysis.ts";
import type { CheckContext, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { keepsLabels, scrapeNames } from "../../scrapes.ts";

export const labelExportedJob: RuleCheck = {
  id: "label/exported-job",
  level: "warning",
  title: "job where the metric's own label of that name is stored as exported_job",
  needs: ["known metric"],
  check: onExpression(({ analysis, expr, context }, report) => {
    for (const use of analysis.uses) {
      if (!use.info?.labels.some(({ name }) => name === "job") || use.info.row.foreign !== undefined) continue;
      if (keepsLabels(use, context)) continue;
      for (const range of places(analysis, use, context)) {
        report({
          range: placeOf(expr, range),
          message: `job is the name of the scrape here: Prometheus stores the job of Dkron's that ${nameOf(use)} writes as exported_job. Asked by job, the rule finds nothing or mixes all jobs. Write exported_job.`,
          fixes: [expressionFix(expr, "Write exported_job", [{ range, text: "exported_job" }])],
        });
      }
    }
  }),
};

/** Matchers on a value that no scrape has; grouping by `job` alone, which says that jobs of Dkron's are meant. */
function places(analysis: Analysis, { selector }: SeriesUse, { workspace }: CheckContext): Range[] {
  const scrapes = scrapeNames(workspace);
  const matchers = selector.matchers
    .filter(
      ({ label, op, value, valueStart }) =>
        label === "job" && op === "=" && valueStart >= 0 && !isScrape(value, scrapes),
    )
    .map(({ start, labelEnd }) => ({ start, end: labelEnd }));
  const groups = analysis.aggregates
    .filter(
      ({ start, end, grouping }) => start <= selector.start && selector.end <= end && grouping && !grouping.without,
    )
    .flatMap(({ grouping }) => (grouping?.labels.length === 1 ? grouping.labels : []))
    .filter(({ name }) => name === "job");
  return [...matchers, ...groups];
}

function isScrape(value: string, scrapes: ReadonlySet<string>): boolean {
  return scrapes.size > 0 ? scrapes.has(value) : value.toLowerCase().includes("dkron");
}

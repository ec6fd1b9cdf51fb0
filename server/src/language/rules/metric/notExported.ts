// metric/not-exported: a metric of Dkron that the agent's version does not export, and which versions do.
import { prometheusName, prometheusType } from "../../../catalog/names.ts";
import type { MetricRow } from "../../../catalog/types.ts";
import type { SeriesUse } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { type Missing, missingRow } from "../../knownMetrics.ts";
import { metricEdit } from "../../selectorEdits.ts";

export const metricNotExported: RuleCheck = {
  id: "metric/not-exported",
  level: "warning",
  title: "A metric that the agent's version of Dkron does not export",
  needs: ["known metric"],
  check: onExpression(({ analysis, expr, context }, report) => {
    for (const use of analysis.uses) {
      const row = use.rows[0];
      const missing = row && lacking(use, context.dkronVersion);
      if (!missing) continue;
      report({
        range: placeOf(expr, use.range),
        message: explain(use, row, missing, context.dkronVersion),
        fixes: missing.instead
          .filter((other) => fits(other.row, row, use))
          .map(({ replacement }) =>
            expressionFix(expr, `Write ${replacement}`, [metricEdit(use.selector, replacement)]),
          ),
      });
    }
  }),
};

/** Of metrics that other Go programs have, too, nothing can be said; of several rows one that is exported is enough. */
function lacking({ info, rows }: SeriesUse, version: string): Missing | undefined {
  if (info?.availability.state === "exported") return undefined;
  const all = rows.every((row) => isDkrons(row) && missingRow(row.id, version) !== undefined);
  return all && rows[0] ? missingRow(rows[0].id, version) : undefined;
}

function isDkrons(row: MetricRow): boolean {
  return row.foreign === undefined && row.never === undefined && prometheusName(row).startsWith("dkron");
}

function explain({ name }: SeriesUse, row: MetricRow, missing: Missing, version: string): string {
  const { exportedBy, reason, instead } = missing;
  const one = /^[\d.]+$/.test(exportedBy);
  const who = exportedBy === "" ? "no version exports it" : `${exportedBy} export${one ? "s" : ""} it`;
  const what = name === "" ? `what this pattern selects, ${prometheusName(row)}` : name;
  const use = instead.map((other) => `${other.replacement} (${other.why})`).join(" or ");
  return `Dkron ${version} does not export ${what}; ${who}. The reason: ${reason}. A rule on it sees no series and never fires${use === "" ? "" : `; use ${use}`}.`;
}

/** Whether the other metric can stand where this one stands. */
function fits(other: MetricRow, row: MetricRow, { info }: SeriesUse): boolean {
  return info?.suffix === undefined && prometheusType(other) === prometheusType(row);
}

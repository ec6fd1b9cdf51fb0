// metric/not-exported: a metric of Dkron that the agent's version does not export, and which versions do.
import { availability, versionsExporting, versionsText } from "../../../catalog/availability.ts";
import { allRows } from "../../../catalog/metrics.ts";
import { prometheusName, prometheusType } from "../../../catalog/names.ts";
import { type Suggestion, substitutes } from "../../../catalog/suggest.ts";
import type { MetricRow, VersionRange } from "../../../catalog/types.ts";
import type { SeriesUse } from "../../analysis.ts";
import type { Report, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onKnownMetrics } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { metricEdit } from "../../selectorEdits.ts";

export const metricNotExported: RuleCheck = {
  id: "metric/not-exported",
  level: "warning",
  title: "A metric that the agent's version of Dkron does not export",
  check: onKnownMetrics(function* ({ analysis, expr, context }): Iterable<Report> {
    for (const use of analysis.uses) {
      const row = lacking(use, context.dkronVersion);
      if (!row) continue;
      const instead = substitutes(row, context.dkronVersion);
      yield {
        range: placeOf(expr, use.range),
        message: explain(use, row, instead, context.dkronVersion),
        fixes: instead
          .filter((other) => fits(other.row, row, use))
          .map(({ replacement }) =>
            expressionFix(expr, `Write ${replacement}`, [metricEdit(use.selector, replacement)]),
          ),
      };
    }
  }),
};

/** Of metrics that other Go programs have, too, nothing can be said; of several rows one that is exported is enough. */
function lacking({ info, rows }: SeriesUse, version: string): MetricRow | undefined {
  if (info && info.availability.state === "exported") return undefined;
  const all = rows.every((row) => isDkrons(row) && availability(row, version).state !== "exported");
  return all ? rows[0] : undefined;
}

function isDkrons(row: MetricRow): boolean {
  return row.foreign === undefined && row.never === undefined && prometheusName(row).startsWith("dkron");
}

function explain({ name }: SeriesUse, row: MetricRow, instead: readonly Suggestion[], version: string): string {
  const others = sameName(row);
  const one = others.length === 1 && others[0]?.until === others[0]?.since;
  const who = others.length === 0 ? "no version exports it" : `${versionsText(others)} export${one ? "s" : ""} it`;
  const what = name === "" ? `what this pattern selects, ${prometheusName(row)}` : name;
  const use = instead.map((other) => `${other.replacement} (${other.why})`).join(" or ");
  return `Dkron ${version} does not export ${what}; ${who}. The reason: ${availability(row, version).reason}. A rule on it sees no series and never fires${use === "" ? "" : `; use ${use}`}.`;
}

/** The versions that export a metric of this name, whatever row it comes from. */
function sameName(row: MetricRow): readonly VersionRange[] {
  const name = prometheusName(row);
  return allRows()
    .filter((other) => other.foreign === undefined && prometheusName(other) === name)
    .flatMap(versionsExporting);
}

/** Whether the other metric can stand where this one stands. */
function fits(other: MetricRow, row: MetricRow, { info }: SeriesUse): boolean {
  return info?.suffix === undefined && prometheusType(other) === prometheusType(row);
}

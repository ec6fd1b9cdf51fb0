// alert/no-condition: an alert that fires whenever its series are there, or always.
import { parse } from "../../../promql/syntax/parse.ts";
import type { Expr } from "../../../promql/syntax/tree.ts";
import { alive, type Branch } from "../../../promql/types/branches.ts";
import { inferLabels } from "../../../promql/types/inferLabels.ts";
import { targetLabels } from "../../../promql/types/labelFacts.ts";
import { bare, type SeriesUse } from "../../analysis.ts";
import { placeOf } from "../../expression.ts";
import { type Alert, alertCheck, keepsAll, parts } from "./shared.ts";

export const alertNoCondition = alertCheck({
  id: "alert/no-condition",
  level: "warning",
  title: "An alert without a condition: it fires whenever its series are there",
  look(alert, report) {
    const { scalar, expr, analysis } = alert;
    if (analysis.condition) return;
    const labels = analysis.labels(expr);
    if (labels.isCondition || labels.neverReturns || parts(expr).some(keepsAll) || isConstant(expr)) return;
    const living = alive(labels.branches);
    const free = living.filter((branch) => !branch.condition && !isConditionByNature(alert, bare(branch.expr)));
    // All alternatives are one fault, not many.
    const places: readonly Branch[] = free.length === living.length ? free.slice(0, 1) : free;
    for (const branch of places) {
      const always = branch.alwaysReturns;
      const why = always ? "always returns something" : "returns its series whatever their values are";
      report({
        range: placeOf(scalar, free.length === living.length ? expr : branch.expr),
        message: `This expression ${why}. Every series in the result is an alert, so that this one ${always ? "always fires" : "fires as long as the series exist"}. Compare it with a threshold, for example \`> 0\`.`,
      });
    }
  },
});

/** `vector(1)`, `1`: nobody writes that but for an alert that is to fire always, a dead man's switch. */
function isConstant(expr: Expr): boolean {
  const node = bare(expr);
  if (node.kind === "Call") return node.name === "vector" && node.args[0]?.kind === "NumberLiteral";
  return node.kind === "NumberLiteral";
}

/** `app_info{status!="deployed"}`: the value is always 1, what there is to ask stands in labels that do not say whose it is. */
function asksInfo({ name, selector }: SeriesUse): boolean {
  return name.endsWith("_info") && selector.matchers.some(({ label }) => !targetLabels.has(label));
}

/** Series that are there at times only: alerts that fire, what a rule has already compared, what is gone after a minute. */
function isConditionByNature({ analysis, context }: Alert, expr: Expr): boolean {
  const use = analysis.uses.find(({ selector }) => selector === expr);
  if (!use) return false;
  if (use.name === "ALERTS" || asksInfo(use) || (use.info?.sparse && use.info.expires60s)) return true;
  const made = context.workspace.files.flatMap(({ recorded, recordings }) =>
    recorded.has(use.name) ? recordings().filter(({ name }) => name === use.name) : [],
  );
  return made.some((recording) => {
    const result = parse(recording.expr, { prometheusVersion: context.prometheusVersion });
    return result.expr !== undefined && inferLabels(result.expr).isCondition;
  });
}

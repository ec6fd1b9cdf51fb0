// kind/no-histogram: a metric of Dkron used as a histogram; Dkron has summaries and no histograms.
import type { AggregateExpr, Call } from "../../../promql/syntax/tree.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import { type Analysis, nameOf, type SeriesUse, textOf } from "../../analysis.ts";
import type { CheckContext, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import type { Fix } from "../../finding.ts";
import { knownMetric, meantMetric } from "../../knownMetrics.ts";
import { ancestors, nameRange, windowText } from "./shared.ts";

export const kindNoHistogram: RuleCheck = {
  id: "kind/no-histogram",
  level: "warning",
  title: "A metric of Dkron used as a histogram",
  needs: ["Dkron name", "bucket of Dkron"],
  check: onExpression(({ analysis, expr, context }, report) => {
    for (const use of analysis.uses) {
      const summary = summaryBehind(use, context);
      const call = histogramCall(analysis, use);
      if (summary === undefined || (!call && !use.name.endsWith("_bucket"))) continue;
      const fix = call && asQuantile(analysis, expr, use, call, summary, context);
      report({
        range: placeOf(expr, call ? nameRange(call) : use.range),
        message: `${nameOf(use)} ${call ? `has no buckets, which ${call.name}() needs` : "does not exist"}: Dkron has summaries and no histograms. The rule never fires. ${advice(summary, context)}`,
        fixes: fix ? [fix] : [],
      });
    }
  }),
};

/** The name of the metric that was meant; undefined where it is none of Dkron's, or may have buckets. */
function summaryBehind({ name, info, rows }: SeriesUse, { dkronVersion, workspace }: CheckContext): string | undefined {
  if (info && name.startsWith("dkron")) return info.suffix === undefined ? name : name.slice(0, -info.suffix.length);
  if (rows.length > 0 || !name.startsWith("dkron_") || workspace.recordings.has(name)) return undefined;
  const meant = meantMetric(name, dkronVersion);
  return meant?.mistake === "bucket" ? meant.replacement : undefined;
}

function histogramCall(analysis: Analysis, { selector }: SeriesUse): Call | undefined {
  for (const node of ancestors(analysis, selector))
    if (node.kind === "Call" && node.name.startsWith("histogram_")) return node;
  return undefined;
}

function advice(summary: string, { dkronVersion }: CheckContext): string {
  const isSummary = knownMetric(summary, dkronVersion)?.type === "summary";
  return isSummary
    ? `Take a quantile that it has, max_over_time(${summary}{quantile="0.99"}[5m]), or the mean, rate(${summary}_sum[5m]) / rate(${summary}_count[5m]).`
    : `Compare ${summary} itself.`;
}

/** `histogram_quantile(0.9, sum by (le, x) (rate(y_bucket[5m])))` as `max by (x) (max_over_time(y{quantile="0.9"}[5m]))`. */
function asQuantile(
  analysis: Analysis,
  expr: Scalar,
  use: SeriesUse,
  call: Call,
  summary: string,
  context: CheckContext,
): Fix | undefined {
  const offered = knownMetric(summary, context.dkronVersion)?.labels.find(({ name }) => name === "quantile")?.values;
  const asked = call.args[0] && analysis.quantity(call.args[0]).value;
  if (call.name !== "histogram_quantile" || !offered || asked === undefined || use.selector.name === "")
    return undefined;
  const quantile = nearest(offered, asked);
  const others = use.selector.matchers.filter(({ label }) => label !== "le").map((one) => textOf(analysis, one));
  const matchers = [...others, `quantile="${quantile}"`].join(", ");
  const series = `max_over_time(${summary}{${matchers}}[${windowText(analysis, use) ?? "5m"}])`;
  const text = regrouped(analysis, use, series);
  return expressionFix(expr, `Write the quantile ${quantile} of ${summary}`, [{ range: call, text }]);
}

function nearest(offered: readonly string[], asked: number): string {
  return offered.reduce((best, one) => (Math.abs(Number(one) - asked) < Math.abs(Number(best) - asked) ? one : best));
}

function regrouped(analysis: Analysis, { selector }: SeriesUse, series: string): string {
  let aggregate: AggregateExpr | undefined;
  for (const node of ancestors(analysis, selector)) {
    if (node.kind === "AggregateExpr") aggregate ??= node;
    if (node.kind === "Call" && node.name.startsWith("histogram_")) break;
  }
  if (!aggregate) return series;
  const { grouping } = aggregate;
  if (grouping?.without) return series;
  const labels = (grouping?.labels ?? []).map(({ name }) => name).filter((name) => name !== "le");
  return labels.length === 0 ? `max(${series})` : `max by (${labels.join(", ")}) (${series})`;
}

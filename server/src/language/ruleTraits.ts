// What there is in a rule that checks look at, found once a rule: of all checks only those run that can find something.
// Judges nothing.

import type { MetricRow } from "../catalog/types.ts";
import type { Call, LabelMatcher, VectorSelector } from "../promql/syntax/tree.ts";
import { type Analysis, analysisOf, type SeriesUse } from "./analysis.ts";
import type { CheckContext } from "./check.ts";
import { problems } from "./expression.ts";
import type { Rule } from "./ruleFile.ts";
import { isWhole, type TemplateText, templatesOf, usesOf } from "./templates.ts";
import { bits } from "./traits.ts";

/** The traits of a rule as a set of bits. */
export function traitsOf(rule: Rule, context: CheckContext): number {
  let traits = 0;
  if (rule.kind === "alert") traits |= bits.alert | inTemplates(rule);
  if (rule.fields.has("for") || rule.fields.has("keep_firing_for")) traits |= bits.duration;
  const { expr } = rule;
  if (!expr) return traits;
  const analysis = analysisOf(expr, context);
  traits |= inExpression(analysis);
  if (problems(expr, context.prometheusVersion).length > 0) return traits | bits["invalid expression"];
  return traits | (analysis.expr ? bits["valid expression"] : bits["empty expression"]);
}

function inExpression({ known, uses, strange, thresholds, calls, aggregates, binaries, selectors }: Analysis): number {
  let traits = 0;
  if (known) {
    traits |= bits["known metric"];
    for (const use of uses) traits |= ofMetric(use);
  }
  if (strange.length > 0) traits |= bits["strange name"];
  if (thresholds.length > 0) traits |= bits.limit;
  for (let i = 0; i < calls.length; i++) traits |= ofCall((calls[i] as Call).name);
  if (aggregates.length > 0) traits |= bits.aggregation;
  for (let i = 0; i < binaries.length; i++) traits |= binaries[i]?.bool ? bits.operator | bits.bool : bits.operator;
  if (binaries.length > thresholds.length) traits |= bits["operator but limit"];
  if (aggregates.some(({ grouping }) => grouping) || binaries.some(({ group }) => group)) traits |= bits["kept labels"];
  for (let i = 0; i < selectors.length; i++) traits |= ofMatchers((selectors[i] as VectorSelector).matchers);
  return traits;
}

function ofMatchers(matchers: VectorSelector["matchers"]): number {
  if (matchers.length === 0) return 0;
  let traits = matchers.length > 1 ? bits.matcher | bits["several matchers"] : bits.matcher;
  for (let i = 0; i < matchers.length; i++) {
    const { op, label } = matchers[i] as LabelMatcher;
    if (op === "=~" || op === "!~") traits |= bits.pattern;
    if (label === "quantile") traits |= bits.quantile;
  }
  return traits;
}

function ofCall(name: string): number {
  if (name === "absent") return bits.call | bits.absent;
  return name.startsWith("histogram_") ? bits.call | bits["histogram call"] : bits.call;
}

function ofMetric({ info, rows }: SeriesUse): number {
  let traits = rows.some(isPeculiar) ? bits["peculiar metric"] : 0;
  if (!info) return traits;
  if (info.cumulative || info.type === "counter") traits |= bits["known counter"];
  if (info.type === "gauge") traits |= bits["known gauge"];
  if (info.type === "summary") traits |= bits["known summary"];
  if (info.everyServerCounts) traits |= bits["metric of every server"];
  if (info.expires60s) traits |= bits["expiring metric"];
  return traits;
}

function isPeculiar({ never, idle, meaningless, foreign }: MetricRow): boolean {
  return never !== undefined || idle !== undefined || meaningless !== undefined || foreign !== undefined;
}

function inTemplates(rule: Rule): number {
  let traits = 0;
  const templates = templatesOf(rule);
  for (let i = 0; i < templates.length; i++) {
    const template = templates[i] as TemplateText;
    traits |= template.place === "label" ? bits.template | bits["template in label"] : bits.template;
    // What a broken one uses is anybody's guess.
    if (!isWhole(template)) continue;
    const { labels, values, queries, problems } = usesOf(template);
    if (labels.length > 0) traits |= bits["label in template"];
    if (values.length > 0) traits |= bits["value in template"];
    if (queries.length > 0) traits |= bits["query in template"];
    if (problems.length > 0) traits |= bits["problem in template"];
  }
  return traits;
}

// What several checks of templates need: what the alert's expression gives, and names for messages. Holds no check.
import type { Expr } from "../../../promql/syntax/tree.ts";
import type { InferredLabels } from "../../../promql/types/inferLabels.ts";
import { inferQuantity, type Quantity } from "../../../promql/types/semantics.ts";
import { analysisOf } from "../../analysis.ts";
import type { CheckContext } from "../../check.ts";
import { parsed } from "../../expression.ts";
import { knownMetric } from "../../knownMetrics.ts";
import type { Rule } from "../../ruleFile.ts";
import { type TemplateText, templatesOf } from "../../templates.ts";

/** Labels of the alert's result; `undefined` where the expression cannot be read. */
export function resultLabels(rule: Rule, context: CheckContext): InferredLabels | undefined {
  const expr = resultExpr(rule, context);
  return rule.expr && expr && analysisOf(rule.expr, context).labels(expr);
}

/** The alert's expression, where it is whole. */
export function resultExpr({ expr }: Rule, { prometheusVersion }: CheckContext): Expr | undefined {
  if (!expr) return undefined;
  const { expr: tree, errors } = parsed(expr, prometheusVersion);
  return errors.length === 0 ? tree : undefined;
}

/** Kind and unit of an expression's value, by the catalogue. */
export function quantityOf(expr: Expr, { dkronVersion, workspace }: CheckContext): Quantity {
  return inferQuantity(expr, (name) => (workspace.recordings.has(name) ? undefined : knownMetric(name, dkronVersion)));
}

/** `label "x"` or `annotation "x"`, as Prometheus names the place. */
export function placeName({ place, name }: TemplateText): string {
  return `${place} "${name}"`;
}

/** Templates that Prometheus would load: what a broken one means is anybody's guess. */
export function loadable(rule: Rule): readonly TemplateText[] {
  const all = templatesOf(rule);
  const broken = all.some(({ parsed: { errors } }) => errors.length > 0);
  return broken ? all.filter(({ parsed: { errors } }) => errors.length === 0) : all;
}

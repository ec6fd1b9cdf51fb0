// What several checks of templates need: what the alert's expression gives, and names for messages. Holds no check.
import type { Expr } from "../../../promql/syntax/tree.ts";
import type { InferredLabels } from "../../../promql/types/inferLabels.ts";
import { inferQuantity, type Quantity } from "../../../promql/types/semantics.ts";
import { goMessage, printedMessage } from "../../../template/check.ts";
import type { ParseError } from "../../../template/tree.ts";
import type { LabelUse, ValueUse } from "../../../template/uses.ts";
import { keyOf, type Pair } from "../../../yaml/tree.ts";
import { analysisOf } from "../../analysis.ts";
import type { CheckContext } from "../../check.ts";
import { parsed } from "../../expression.ts";
import { knownMetric } from "../../knownMetrics.ts";
import type { Rule, RuleGroup } from "../../ruleFile.ts";
import { isWhole, parsedOf, type TemplateText, templatesOf, usesOf } from "../../templates.ts";

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

/** Kind and unit of what the alert's expression gives, by the catalogue. */
export function resultQuantity(rule: Rule, context: CheckContext): Quantity | undefined {
  const expr = resultExpr(rule, context);
  return rule.expr && expr && analysisOf(rule.expr, context).quantity(expr);
}

/** The same of any expression, such as the query of a template. */
export function quantityOf(expr: Expr, { dkronVersion, workspace }: CheckContext): Quantity {
  return inferQuantity(expr, (name) => (workspace.recordings.has(name) ? undefined : knownMetric(name, dkronVersion)));
}

/** `label "x"` or `annotation "x"`, as Prometheus names the place. */
export function placeName({ place, name }: TemplateText): string {
  return `${place} "${name}"`;
}

/** Prometheus' sentence on an error and, where a `%` in the alert's name garbles it there, what is printed instead. */
export function sentenceOn(template: TemplateText, error: ParseError, alert: string): string {
  const { errors, tree } = parsedOf(template);
  const said = goMessage(error, alert);
  const isPrinted = errors.length === 0 || error === errors[0];
  const printed = isPrinted ? printedMessage(error, alert, tree.text) : said;
  return printed === said ? said : `${said} (printed as \`${printed}\`, for the % in the alert's name)`;
}

let lastWhole: { readonly rule: Rule; readonly texts: readonly TemplateText[] } | undefined;

/** Templates that Prometheus would load: what a broken one means is anybody's guess. */
export function loadable(rule: Rule): readonly TemplateText[] {
  if (lastWhole?.rule !== rule) {
    const texts = templatesOf(rule);
    lastWhole = { rule, texts: texts.every(isWhole) ? texts : texts.filter(isWhole) };
  }
  return lastWhole.texts;
}

/** Each label of the result that a text asks for, without providing for its absence. */
export function eachLabel(rule: Rule, visit: (template: TemplateText, use: LabelUse) => void): void {
  const templates = loadable(rule);
  for (let i = 0; i < templates.length; i++) {
    const template = templates[i] as TemplateText;
    const { labels } = usesOf(template);
    for (let j = 0; j < labels.length; j++) {
      const use = labels[j] as LabelUse;
      if (use.from === "labels" && !use.guarded) visit(template, use);
    }
  }
}

/** A label of a rule, or of its group. */
export type AddedLabel = { readonly pair: Pair; readonly of: "rule" | "group" };

/** The label that a rule or its group adds under a name; none where it is made of the result's own, which says that there is one. */
export function addedLabel(name: string, rule: Rule, group: RuleGroup): AddedLabel | undefined {
  const isNamed = (pair: Pair): boolean => keyOf(pair) === name;
  const own = rule.labels.find(isNamed);
  if (own) return readsItself(rule, own, name) ? undefined : { pair: own, of: "rule" };
  const shared = group.labels.find(isNamed);
  return shared && { pair: shared, of: "group" };
}

function readsItself(rule: Rule, pair: Pair, name: string): boolean {
  return loadable(rule).some(
    (template) => template.pair === pair && usesOf(template).labels.some((use) => use.name === name),
  );
}

/** The text behind the action that shows a value, and where its braces close. */
export type Behind = { readonly close: number; readonly rest: string };

export function behind({ scalar: { value } }: TemplateText, use: ValueUse): Behind {
  const close = value.indexOf("}}", Math.max(use.end, use.formatters.at(-1)?.end ?? 0));
  return { close, rest: close < 0 ? "" : value.slice(close + 2) };
}

/** Operators that give the series of their left side, where that is no number. */
export const showsLeft: ReadonlySet<string> = new Set(["and", "unless", ">", ">=", "<", "<=", "==", "!="]);

// The outside of checks that look at expressions: the analysis fetched, and nothing run where there is nothing to say.
import type { Scalar } from "../yaml/tree.ts";
import { type Analysis, analysisOf } from "./analysis.ts";
import type { CheckContext, Report, RuleCheck } from "./check.ts";
import type { Rule, RuleGroup } from "./ruleFile.ts";

/** What a check of an expression is given; `expr` is the scalar that it is written in. */
export type Subject = {
  readonly analysis: Analysis;
  readonly expr: Scalar;
  readonly rule: Rule;
  readonly group: RuleGroup;
  readonly context: CheckContext;
};

type Find = (subject: Subject) => Iterable<Report>;

const nothing: readonly Report[] = [];

/** All checks look at one rule after the other: what they are given is put together once. */
let last: Subject | undefined;

function subjectOf(expr: Scalar, rule: Rule, group: RuleGroup, context: CheckContext): Subject {
  if (last?.rule !== rule || last.group !== group || last.context !== context)
    last = { analysis: analysisOf(expr, context), expr, rule, group, context };
  return last;
}

function onExpressions(find: Find, applies: (analysis: Analysis) => boolean): RuleCheck["check"] {
  return (rule, group, context) => {
    const { expr } = rule;
    if (!expr) return nothing;
    const subject = subjectOf(expr, rule, group, context);
    return applies(subject.analysis) ? find(subject) : nothing;
  };
}

/** Looks at every expression. */
export function onExpression(find: Find): RuleCheck["check"] {
  return onExpressions(find, () => true);
}

/** Looks at expressions with a metric that the catalogue knows. */
export function onKnownMetrics(find: Find): RuleCheck["check"] {
  return onExpressions(find, ({ known }) => known);
}

/** Looks at expressions with a metric that the catalogue knows, or a name that looks like one. */
export function onDkronNames(find: Find): RuleCheck["check"] {
  return onExpressions(find, ({ known, strange }) => known || strange.length > 0);
}

/** Looks at expressions with a name of Dkron's that is none. */
export function onStrangeNames(find: Find): RuleCheck["check"] {
  return onExpressions(find, ({ strange }) => strange.length > 0);
}

/** Looks at expressions that compare something with a constant. */
export function onThresholds(find: Find): RuleCheck["check"] {
  return onExpressions(find, ({ thresholds }) => thresholds.length > 0);
}

/** Looks at expressions with a function in them. */
export function onCalls(find: Find): RuleCheck["check"] {
  return onExpressions(find, ({ calls }) => calls.length > 0);
}

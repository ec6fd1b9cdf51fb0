// The outside of checks that look at expressions: what they are given, put together once for all of them.
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

/** A check of the expression: without one there is nothing to look at. */
export function onExpression(find: Find): RuleCheck["check"] {
  return (rule, group, context) => (rule.expr ? find(subjectOf(rule.expr, rule, group, context)) : nothing);
}

// The outside of checks that look at expressions: what they are given, put together once for all of them.
import type { Scalar } from "../yaml/tree.ts";
import { type Analysis, analysisOf } from "./analysis.ts";
import type { Examined, Reporter, RuleCheck } from "./check.ts";

/** What a check of an expression is given; `expr` is the scalar that it is written in. */
export type Subject = Examined & { readonly analysis: Analysis; readonly expr: Scalar };

type Find = (subject: Subject, report: Reporter) => void;

/** All checks look at one rule after the other. */
let last: { readonly of: Examined; readonly subject: Subject } | undefined;

function subjectOf(of: Examined, expr: Scalar): Subject {
  const { rule, group, context } = of;
  const subject = { rule, group, context, expr, analysis: analysisOf(expr, context) };
  last = { of, subject };
  return subject;
}

/** A check of the expression: without one there is nothing to look at. */
export function onExpression(find: Find): RuleCheck["check"] {
  return (of, report) => {
    if (last?.of === of) find(last.subject, report);
    else if (of.rule.expr) find(subjectOf(of, of.rule.expr), report);
  };
}

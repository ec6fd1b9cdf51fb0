// What the checks of alerts share: which rules they look at, and how an expression is taken apart at `and`, `or`, `unless`.
import type { BinaryExpr, Expr } from "../../../promql/syntax/tree.ts";
import { walk } from "../../../promql/syntax/walk.ts";
import type { Because } from "../../../promql/types/branches.ts";
import { isComparison } from "../../../promql/types/constants.ts";
import { inferType } from "../../../promql/types/inferType.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import { type Analysis, analysisOf, bare } from "../../analysis.ts";
import type { Examined, Reporter, RuleCheck } from "../../check.ts";
import { durationSeconds } from "../../duration.ts";
import { problems } from "../../expression.ts";
import type { Rule } from "../../ruleFile.ts";

/** An alerting rule whose expression Prometheus takes. */
export type Alert = Examined & { readonly scalar: Scalar; readonly expr: Expr; readonly analysis: Analysis };

type Spec = Omit<RuleCheck, "check"> & { readonly look: (alert: Alert, report: Reporter) => void };

/** A check of alerting rules; rules that Prometheus would refuse have other troubles. */
export function alertCheck({ look, ...about }: Spec): RuleCheck {
  return {
    ...about,
    needs: ["alert", "valid expression", ...(about.needs ?? [])],
    check(of, report) {
      if (last?.of !== of) last = { of, alert: findAlert(of) };
      if (last.alert) look(last.alert, report);
    },
  };
}

/** All checks look at one alert after the other: it is put together once. */
let last: { readonly of: Examined; readonly alert: Alert | undefined } | undefined;

function findAlert({ rule, group, context }: Examined): Alert | undefined {
  const { kind, expr: scalar } = rule;
  if (kind !== "alert" || !scalar || problems(scalar, context.prometheusVersion).length > 0) return undefined;
  const analysis = analysisOf(scalar, context);
  return analysis.expr && { rule, group, scalar, expr: analysis.expr, analysis, context };
}

/** Seconds of a duration field of a rule; 0 where it is absent, `undefined` where it is no duration. */
export function secondsOf(rule: Rule, field: "for" | "keep_firing_for"): number | undefined {
  const value = rule.fields.get(field)?.value;
  if (!value || value.kind === "empty") return 0;
  return value.kind === "scalar" ? durationSeconds(value.value) : undefined;
}

/** The parts that `and`, `or` and `unless` join, outermost joints only; the expression itself if there are none. */
export function parts(expr: Expr): Expr[] {
  const node = bare(expr);
  return node.kind === "BinaryExpr" && isSet(node) ? [...parts(node.left), ...parts(node.right)] : [node];
}

export function isSet({ op }: BinaryExpr): boolean {
  return op === "and" || op === "or" || op === "unless";
}

/** Whether a node drops series by comparing their values. */
export function isFilter(node: Expr): node is BinaryExpr {
  return node.kind === "BinaryExpr" && !node.bool && isComparison(node.op);
}

/** Whether a node is a comparison of series that drops none, because of `bool`. Numbers can be compared in no other way. */
export function keepsAll(node: Expr): node is BinaryExpr & { readonly bool: NonNullable<BinaryExpr["bool"]> } {
  return (
    node.kind === "BinaryExpr" &&
    node.bool !== undefined &&
    (inferType(node.left) !== "scalar" || inferType(node.right) !== "scalar")
  );
}

/** `group_left` as it can be written before the right side of an operator: a parenthesis there would be taken for its own. */
export function groupModifier({ analysis }: Alert, { right }: BinaryExpr, side: "left" | "right"): string {
  return `group_${side}${analysis.text[right.start] === "(" ? " ()" : ""}`;
}

/** Whether it is a matcher that lets nothing through: other checks speak of its label and its pattern. */
export function isMatcher({ expr }: Analysis, { range }: Because): boolean {
  let found = false;
  if (expr)
    walk(expr, (node) => {
      if (node.kind === "VectorSelector")
        found ||= node.matchers.some(({ start, end }) => start === range.start && end === range.end);
    });
  return found;
}

// alert/no-match: sides that are grouped by different labels and matched on all of them, so that nothing finds its partner.
import type { BinaryExpr, Expr, LabelName } from "../../../promql/syntax/tree.ts";
import { isLabelless } from "../../../promql/types/branches.ts";
import { labelOf } from "../../../promql/types/inferLabels.ts";
import { inferType } from "../../../promql/types/inferType.ts";
import { type Analysis, bare } from "../../analysis.ts";
import type { Report } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { expressionFix } from "../../expressionFix.ts";
import type { Fix } from "../../finding.ts";
import { type Alert, alertCheck, groupModifier, isSet } from "./shared.ts";

export const alertNoMatch = alertCheck({
  id: "alert/no-match",
  level: "warning",
  title: "Sides that are matched on a label which only one of them has",
  needs: ["operator but limit"],
  look(alert, report) {
    for (const node of alert.analysis.binaries) {
      if (node.op === "or" || node.fill) continue;
      const found = node.matching?.on ? missingFromOn(alert.analysis, node) : lonelyLabel(node);
      const bareSide = found ? undefined : unlabelledSide(alert, node);
      if ((!found && !bareSide) || isDecided(alert.analysis, node)) continue;
      if (found) report(ofLabel(alert, node, found));
      else if (bareSide) report(ofUnlabelled(alert, node, bareSide));
    }
  },
});

function ofLabel(alert: Alert, node: BinaryExpr, { label, side, range, advice }: Lonely): Report {
  return {
    range: placeOf(alert.scalar, range),
    message: `Only the ${side} side has the label ${label}, and the sides are matched on it. No series finds a partner unless its ${label} is empty. ${advice}.`,
    fixes: fixes(alert, node),
  };
}

/** `sum(x) >= y`: the side that has no labels, where the other one has those of its target. */
function unlabelledSide(alert: Alert, { left, right, matching }: BinaryExpr): "left" | "right" | undefined {
  if (matching || inferType(left) === "scalar" || inferType(right) === "scalar") return undefined;
  const isBare = (side: Expr): boolean => alert.analysis.labels(side).branches.every(({ facts }) => isLabelless(facts));
  if (isOfTarget(alert, right) && isBare(left)) return "left";
  return isOfTarget(alert, left) && isBare(right) ? "right" : undefined;
}

function ofUnlabelled(alert: Alert, node: BinaryExpr, side: "left" | "right"): Report {
  const { op, opStart, opEnd, bool } = node;
  const other = side === "left" ? "right" : "left";
  const at = bool?.end ?? opEnd;
  const text = ` on ()${isSet(node) ? "" : ` ${groupModifier(alert, node, other)}`}`;
  return {
    range: placeOf(alert.scalar, { start: opStart, end: opEnd }),
    // A recording rule elsewhere could write series without labels under such a name.
    severity: "information",
    message: `The ${side} side has no labels, and the series on the ${other} have those of their target, such as instance. ${op} compares all labels, so that no series finds a partner. Aggregate the ${other} side too, or match on nothing with on ().`,
    fixes: [expressionFix(alert.scalar, `Write${text}`, [{ range: { start: at, end: at }, text }], false)],
  };
}

/** Whether it is certain that the series have the labels of a target: scraped ones, with nothing done that drops labels. */
function isOfTarget(alert: Alert, side: Expr): boolean {
  const node = bare(side);
  switch (node.kind) {
    case "VectorSelector":
      return isScraped(node.name, alert) && !node.matchers.some(({ op, value }) => op === "=" && value === "");
    case "MatrixSelector":
      return isOfTarget(alert, node.selector);
    case "Call":
      return keepsLabels.has(node.name) && node.args.some((arg) => isOfTarget(alert, arg));
    case "BinaryExpr":
      if (node.op === "and" || node.op === "unless") return isOfTarget(alert, node.left);
      if (bare(node.right).kind === "NumberLiteral") return isOfTarget(alert, node.left);
      return bare(node.left).kind === "NumberLiteral" && isOfTarget(alert, node.right);
    default:
      return false;
  }
}

/** Names with a colon, and those that the workspace records, are of recording rules. */
function isScraped(name: string, { context }: Alert): boolean {
  return name !== "" && !name.includes(":") && !name.startsWith("ALERTS") && !context.workspace.recordings.has(name);
}

const keepsLabels: ReadonlySet<string> = new Set([
  ...["abs", "ceil", "floor", "round", "sqrt", "exp", "ln", "log2", "log10", "clamp", "clamp_max", "clamp_min"],
  ...["rate", "irate", "increase", "delta", "idelta", "deriv", "predict_linear", "resets", "changes", "timestamp"],
  ...["avg", "min", "max", "sum", "count", "last", "quantile", "stddev", "stdvar", "present"].map(
    (of) => `${of}_over_time`,
  ),
]);

type Lonely = {
  readonly label: string;
  readonly side: "left" | "right";
  readonly range: { readonly start: number; readonly end: number };
  readonly advice: string;
};

/** Whether it is certain without this check that nothing comes back, or whether there is nothing to match. */
function isDecided(analysis: Analysis, node: BinaryExpr): boolean {
  const { left, right } = node;
  if (inferType(left) === "scalar" || inferType(right) === "scalar") return true;
  return [left, right, node].some((part) => analysis.labels(part).neverReturns);
}

/** `sum by (a, b) (x) / sum by (a) (y)`: the label b of the left side has no counterpart. */
function lonelyLabel({ left, right, matching, opStart, opEnd }: BinaryExpr): Lonely | undefined {
  const a = groupedBy(left);
  const b = groupedBy(right);
  if (!a || !b) return undefined;
  const lonely = (own: readonly string[], other: readonly string[]): string | undefined =>
    own.find((label) => !other.includes(label) && !matching?.labels.some(({ name }) => name === label));
  const onLeft = lonely(a, b);
  const label = onLeft ?? lonely(b, a);
  if (label === undefined) return undefined;
  const advice = "Match on what both have with on(), or group both by the same labels";
  return { label, side: onLeft === undefined ? "right" : "left", range: { start: opStart, end: opEnd }, advice };
}

/** `on (a)` where one side has surely no a. */
function missingFromOn(analysis: Analysis, { left, right, matching }: BinaryExpr): Lonely | undefined {
  for (const { name, start, end } of matching?.labels ?? []) {
    const a = labelOf(analysis.labels(left), name);
    const b = labelOf(analysis.labels(right), name);
    if ((a.presence === "never") === (b.presence === "never")) continue;
    const side = a.presence === "never" ? "right" : "left";
    // What is left of a match that was told of: its series would have the label.
    if (isEmptied(analysis, side === "right" ? left : right, name)) continue;
    const advice = `Keep ${name} on the other side too, or leave it out here`;
    return { label: name, side, range: { start, end }, advice };
  }
  return undefined;
}

/** Whether a match on the label inside of one side is what took it away. */
function isEmptied(analysis: Analysis, side: Expr, label: string): boolean {
  const node = bare(side);
  if (node.kind !== "BinaryExpr") return false;
  if (node.matching?.on && missingFromOn(analysis, node)?.label === label) return true;
  return isEmptied(analysis, node.left, label) || isEmptied(analysis, node.right, label);
}

/** The labels that an aggregation with `by`, perhaps compared with a number, leaves. */
function groupedBy(expr: Expr): readonly string[] | undefined {
  const node = bare(expr);
  if (node.kind === "BinaryExpr" && node.op !== "or") {
    if (bare(node.right).kind === "NumberLiteral") return groupedBy(node.left);
    return bare(node.left).kind === "NumberLiteral" ? groupedBy(node.right) : undefined;
  }
  if (node.kind !== "AggregateExpr" || node.grouping?.without) return undefined;
  if (node.op === "topk" || node.op === "bottomk" || node.op === "limitk" || node.op === "limit_ratio")
    return undefined;
  if (node.op === "count_values") return undefined;
  return node.grouping ? node.grouping.labels.map(({ name }: LabelName) => name) : [];
}

/** For operators on values, with no word on matching: on() with what both have, and many on the side with more labels. */
function fixes(alert: Alert, node: BinaryExpr): Fix[] {
  const { op, opEnd, bool, left, right, matching } = node;
  const a = groupedBy(left);
  const b = groupedBy(right);
  if (matching || !a || !b) return [];
  const common = a.filter((name) => b.includes(name));
  if (common.length < Math.min(a.length, b.length)) return [];
  const isSet = op === "and" || op === "unless";
  const many = isSet ? "" : ` ${groupModifier(alert, node, a.length > b.length ? "left" : "right")}`;
  const at = bool?.end ?? opEnd;
  const text = ` on (${common.join(", ")})${many}`;
  return [expressionFix(alert.scalar, `Write${text}`, [{ range: { start: at, end: at }, text }])];
}

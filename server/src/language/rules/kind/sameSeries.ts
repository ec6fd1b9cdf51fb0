// kind/same-series: `rate(x{code="500"}[5m]) / rate(x[5m])`: all labels are matched, so that each series meets itself.
import type { BinaryExpr, Expr } from "../../../promql/syntax/tree.ts";
import { type Analysis, bare } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import type { Fix } from "../../finding.ts";
import { wrapped } from "./shared.ts";
import { areAlike, keepsLabel, lifted, moreMatchers, type Side, sideOf, unscaled } from "./sharedSides.ts";

export const kindSameSeries: RuleCheck = {
  id: "kind/same-series",
  level: "warning",
  title: "Series that are divided by themselves or compared with themselves, because all labels are matched",
  needs: ["valid expression", "operator but limit"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const node of analysis.binaries) {
      const found = meeting(analysis, node);
      if (!found) continue;
      const { left, right, labels, apart } = found;
      const of = `${left.selector.name} on both sides`;
      const why =
        labels.length === 0
          ? `This is ${of}, with nothing that tells them apart`
          : `This is ${of}, and series are matched on all labels that they have, ${labels.join(" and ")} among them`;
      report({
        range: placeOf(expr, { start: node.opStart, end: node.opEnd }),
        message: `${why}. Each one meets itself${apart ? " or none" : ""}, so that ${outcomeOf(node)}. ${adviceOf(left, labels)}.`,
        fixes: left.aggregated || !canBeSummed(labels) ? [] : [summed(left, right, labels, expr)],
      });
    }
  }),
};

/** `labels` are those that one side asks more of; `apart`: both do, so that they may have no series in common. */
type Meeting = {
  readonly left: Side;
  readonly right: Side;
  readonly labels: readonly string[];
  readonly apart: boolean;
};

/** The sides, where whatever finds a partner finds itself. */
function meeting(analysis: Analysis, node: BinaryExpr): Meeting | undefined {
  const says = outcomeOf(node);
  if (says === "" || node.matching || node.group || node.fill || node.bool) return undefined;
  // Most comparisons have a number there.
  const right = sideOf(divisorOf(node));
  const left = right && sideOf(node.left);
  if (!left || !right || !areAlike(analysis, left, right)) return undefined;
  const onLeft = moreMatchers(left, right);
  const onRight = moreMatchers(right, left);
  const labels = [...new Set([...onLeft, ...onRight].map(({ label }) => label))];
  if (!labels.every((label) => label !== "__name__" && keepsLabel(left, label))) return undefined;
  if (labels.length === 0 && !isHeldAgainst(analysis, node)) return undefined;
  if (isScaled(node, left, right) && node.op === "-") return undefined;
  // Where the two sides have no series in common, alert/never says so.
  if (analysis.labels(node).neverReturns) return undefined;
  return { left, right, labels, apart: onLeft.length > 0 && onRight.length > 0 };
}

/** The right side; where it is divided by, without the guard against zero. */
const divisorOf = ({ op, right }: BinaryExpr): Expr => (op === "/" ? lifted(right) : right);

function isScaled(node: BinaryExpr, left: Side, right: Side): boolean {
  return sizeOf(node.left) !== sizeOf(left.core) || sizeOf(node.right) !== sizeOf(right.core);
}

const sizeOf = ({ start, end }: { start: number; end: number }): number => end - start;

/** `x / x > 0.8`. Alone, `x / x` makes ones on purpose, and `x == x` drops NaN. */
function isHeldAgainst(analysis: Analysis, node: BinaryExpr): boolean {
  return node.op === "/" && analysis.thresholds.some(({ series }) => unscaled(series) === node);
}

function outcomeOf({ op, right }: BinaryExpr): string {
  switch (op) {
    case "/":
      return lifted(right) === bare(right)
        ? "the quotient is always the same, or NaN"
        : "the quotient is no share of anything";
    case "-":
      return "the difference is always 0";
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return "the comparison says nothing of how much of it there is";
    default:
      return "";
  }
}

function adviceOf({ aggregated }: Side, labels: readonly string[]): string {
  if (labels.length === 0) return "Name the other metric on one side";
  const names = labels.join(", ");
  if (aggregated) return `Leave ${names} out of what both sides are grouped by`;
  return canBeSummed(labels)
    ? `Add up both sides first, for example with sum without (${names})`
    : `Compare with series that differ in ${names}, and match with ignoring (${names})`;
}

/** Buckets hold each other, and quantiles add up to nothing. */
const canBeSummed = (labels: readonly string[]): boolean =>
  labels.length > 0 && !labels.includes("le") && !labels.includes("quantile");

function summed(left: Side, right: Side, labels: readonly string[], expr: Parameters<typeof expressionFix>[0]): Fix {
  const sum = `sum without (${labels.join(", ")}) (`;
  const edits = [left, right].flatMap(({ core }) => wrapped(core, sum, ")"));
  return expressionFix(expr, `Add up both sides without ${labels.join(", ")}`, edits);
}

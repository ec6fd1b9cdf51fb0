// alert/ratio-without-for: arithmetic between two aggregations, in an alert that fires at once.
import type { AggregateExpr, BinaryExpr, Expr } from "../../../promql/syntax/tree.ts";
import { inferType } from "../../../promql/types/inferType.ts";
import { type Analysis, bare, usesIn } from "../../analysis.ts";
import { placeOf } from "../../expression.ts";
import { alertCheck, secondsOf } from "./shared.ts";
import { writeField } from "./sharedFields.ts";

const arithmetic: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "^", "atan2"]);

export const alertRatioWithoutFor = alertCheck({
  id: "alert/ratio-without-for",
  level: "warning",
  title: "Arithmetic between two aggregations, in an alert without `for`",
  needs: ["operator but limit", "aggregation"],
  look({ rule, group, scalar, analysis }, report) {
    if (analysis.aggregates.length < 2 || secondsOf(rule, "for") !== 0) return;
    for (const node of analysis.binaries) {
      if (!isArithmetic(node) || isArithmetic(outside(analysis, node))) continue;
      if (!aggregates(node.left) || !aggregates(node.right)) continue;
      if (onlyHides(analysis, node) || outlastsRestart(analysis, node)) continue;
      report({
        range: placeOf(scalar, { start: node.opStart, end: node.opEnd }),
        message:
          "Each aggregation takes what is there at the moment. After a restart, while some targets are not scraped yet, the result is wrong, and without `for` the alert fires at once. Add `for`, two scrape intervals at least.",
        fixes: writeField(rule, group.file.text, "for", "2m"),
      });
      return;
    }
  },
});

/** A product with `group_left` or `group_right` is a join: what is missing on a side is missing in the result. */
function isArithmetic(node: Expr | undefined): boolean {
  return node?.kind === "BinaryExpr" && arithmetic.has(node.op) && !(node.op === "*" && node.group);
}

/** Seconds in which any Prometheus is back and has scraped all targets. */
const restart = 1800;

/** `rate(x[1h])` has the series of all targets while some are not scraped yet: their samples from before are in the window. */
function outlastsRestart(analysis: Analysis, node: Expr): boolean {
  return usesIn(analysis, node).every(({ matrix }) => {
    const range = matrix?.range;
    return range?.kind === "NumberLiteral" && range.value >= restart;
  });
}

/** What becomes of a value while targets are missing: it can only be too small, only too great, or is as it is. */
type Skew = "small" | "great" | "none";

/** `max(a) - min(a) > 5`: missing targets make the value too small, so that the alert is late at worst. */
function onlyHides(analysis: Analysis, node: BinaryExpr): boolean {
  const skew = skewOf(analysis, node);
  const threshold = analysis.thresholds.find(({ series }) => bare(series) === node);
  if (!threshold || !skew) return false;
  return threshold.op.startsWith(skew === "small" ? ">" : "<");
}

function skewOf(analysis: Analysis, expr: Expr): Skew | undefined {
  const node = bare(expr);
  if (inferType(node) === "scalar") return "none";
  if (node.kind === "AggregateExpr") {
    if (isWithinOneTarget(node)) return "none";
    if (node.op === "max" || node.op === "count") return "small";
    if (node.op === "min") return "great";
    const [least] = node.expr ? analysis.quantity(node.expr).range : [null];
    return node.op === "sum" && least !== null && least >= 0 ? "small" : undefined;
  }
  if (node.kind !== "BinaryExpr" || !isArithmetic(node)) return undefined;
  const left = skewOf(analysis, node.left);
  const right = skewOf(analysis, node.right);
  if (!left || !right) return undefined;
  const isScaled = node.op === "*" || node.op === "/";
  if (isScaled && [node.left, node.right].some((side) => isNegative(analysis, side))) return undefined;
  if (node.op === "+" || node.op === "*") return together(left, right);
  return node.op === "-" || node.op === "/" ? together(left, opposite(right)) : undefined;
}

function isNegative(analysis: Analysis, side: Expr): boolean {
  const [least] = analysis.quantity(side).range;
  return inferType(side) === "scalar" && (least === null || least < 0);
}

const opposite = (skew: Skew): Skew => (skew === "small" ? "great" : skew === "great" ? "small" : "none");

function together(a: Skew, b: Skew): Skew | undefined {
  if (a === "none" || a === b) return b;
  return b === "none" ? a : undefined;
}

/** The node around a node, parentheses aside. */
function outside(analysis: Analysis, node: Expr): Expr | undefined {
  let above = analysis.parent(node);
  while (above?.kind === "ParenExpr" || above?.kind === "UnaryExpr") above = analysis.parent(above);
  return above;
}

/** Whether the value comes from an aggregation over targets, perhaps with some arithmetic. */
function aggregates(expr: Expr): boolean {
  const node = bare(expr);
  if (node.kind === "BinaryExpr" && isArithmetic(node)) return aggregates(node.left) || aggregates(node.right);
  return node.kind === "AggregateExpr" && !isWithinOneTarget(node);
}

/** What one target exposes comes in one scrape: all of it is there, or nothing. */
function isWithinOneTarget({ grouping }: AggregateExpr): boolean {
  return grouping !== undefined && grouping.without !== grouping.labels.some(({ name }) => name === "instance");
}

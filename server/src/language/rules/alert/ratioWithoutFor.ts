// alert/ratio-without-for: arithmetic between two aggregations, in an alert that fires at once.
import type { AggregateExpr, Expr } from "../../../promql/syntax/tree.ts";
import { type Analysis, bare } from "../../analysis.ts";
import { placeOf } from "../../expression.ts";
import { alertCheck, secondsOf } from "./shared.ts";
import { writeField } from "./sharedFields.ts";

const arithmetic: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "^", "atan2"]);

export const alertRatioWithoutFor = alertCheck({
  id: "alert/ratio-without-for",
  level: "warning",
  title: "Arithmetic between two aggregations, in an alert without `for`",
  *look({ rule, group, scalar, analysis }) {
    if (analysis.aggregates.length < 2 || secondsOf(rule, "for") !== 0) return;
    for (const node of analysis.binaries) {
      if (!isArithmetic(node) || isArithmetic(outside(analysis, node))) continue;
      if (!aggregates(node.left) || !aggregates(node.right)) continue;
      yield {
        range: placeOf(scalar, { start: node.opStart, end: node.opEnd }),
        message:
          "Each aggregation takes what is there at the moment. After a restart, while some targets are not scraped yet, the result is wrong, and without `for` the alert fires at once. Add `for`, two scrape intervals at least.",
        fixes: writeField(rule, group.file.text, "for", "2m"),
      };
      return;
    }
  },
});

/** A product with `group_left` or `group_right` is a join: what is missing on a side is missing in the result. */
function isArithmetic(node: Expr | undefined): boolean {
  return node?.kind === "BinaryExpr" && arithmetic.has(node.op) && !(node.op === "*" && node.group);
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

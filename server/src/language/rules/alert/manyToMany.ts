// alert/many-to-many: two sides that are matched on labels of which each has more, so that the match will fail.
import type { BinaryExpr, Expr } from "../../../promql/syntax/tree.ts";
import { bare } from "../../analysis.ts";
import { placeOf } from "../../expression.ts";
import { expressionFix } from "../../expressionFix.ts";
import type { Fix } from "../../finding.ts";
import { type Alert, alertCheck, isSet } from "./shared.ts";

export const alertManyToMany = alertCheck({
  id: "alert/many-to-many",
  level: "warning",
  title: "Sides that are matched on fewer labels than they are grouped by: an error at evaluation",
  *look(alert) {
    for (const node of alert.analysis.binaries) {
      const { matching } = node;
      if (!matching || isSet(node) || node.group) continue;
      const [left, right] = [extraLabel(node.left, node), extraLabel(node.right, node)];
      if (left === undefined && right === undefined) continue;
      const both = left !== undefined && right !== undefined;
      const modifier = left === undefined ? "group_right" : "group_left";
      yield {
        range: placeOf(alert.scalar, matching),
        message: both
          ? `Both sides are grouped by more than is matched on (${left} on the left, ${right} on the right). As soon as two series of both share the matched labels, Prometheus refuses the evaluation with "many-to-many matching not allowed". Match on all the labels that both have.`
          : `The ${left === undefined ? "right" : "left"} side is grouped by ${left ?? right} too, which is not matched on. As soon as two of its series share the matched labels, Prometheus refuses the evaluation. Say which side has many: ${modifier}.`,
        fixes: both ? [] : [many(alert, matching.end, modifier)],
      };
    }
  },
});

/** A label that the side is grouped by and that is not matched on. */
function extraLabel(side: Expr, { matching }: BinaryExpr): string | undefined {
  const node = bare(side);
  if (node.kind !== "AggregateExpr" || !node.grouping || node.grouping.without) return undefined;
  const named = new Set(matching?.labels.map(({ name }) => name));
  return node.grouping.labels.map(({ name }) => name).find((name) => named.has(name) !== matching?.on);
}

function many({ scalar }: Alert, at: number, modifier: string): Fix {
  return expressionFix(scalar, `Write ${modifier}`, [{ range: { start: at, end: at }, text: ` ${modifier}` }]);
}

// alert/many-to-many: two sides that are matched on labels of which each has more, so that the match will fail.
import type { BinaryExpr, Expr, VectorMatching } from "../../../promql/syntax/tree.ts";
import { labelOf } from "../../../promql/types/inferLabels.ts";
import { bare } from "../../analysis.ts";
import type { Report } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { expressionFix } from "../../expressionFix.ts";
import type { Fix } from "../../finding.ts";
import { type Alert, alertCheck, groupModifier, isSet } from "./shared.ts";

export const alertManyToMany = alertCheck({
  id: "alert/many-to-many",
  level: "warning",
  title: "Sides that are matched on fewer labels than they are grouped by: an error at evaluation",
  needs: ["operator but limit"],
  look(alert, report) {
    for (const node of alert.analysis.binaries) {
      const { matching } = node;
      if (!matching || isSet(node)) continue;
      if (node.group) {
        const found = oneIsMany(alert, node, matching);
        if (found) report(found);
        continue;
      }
      const left = extraLabel(node.left, node);
      const right = extraLabel(node.right, node);
      if (left === undefined && right === undefined) continue;
      const both = left !== undefined && right !== undefined;
      const modifier = groupModifier(alert, node, left === undefined ? "right" : "left");
      report({
        range: placeOf(alert.scalar, matching),
        message: both
          ? `Both sides are grouped by more than is matched on (${left} on the left, ${right} on the right). As soon as two series of both share the matched labels, Prometheus refuses the evaluation with "many-to-many matching not allowed". Match on all the labels that both have.`
          : `The ${left === undefined ? "right" : "left"} side is grouped by ${left ?? right} too, which is not matched on. As soon as two of its series share the matched labels, Prometheus refuses the evaluation. Say which side has many: ${modifier}.`,
        fixes: both ? [] : [many(alert, matching.end, modifier)],
      });
    }
  },
});

/**
 * The side that must be one is grouped by a label, and `on ()` tells none of its series from another. Where labels are
 * matched on, a further one may well have one value for each of them, as the node of a pod has.
 */
function oneIsMany(alert: Alert, node: BinaryExpr, matching: VectorMatching): Report | undefined {
  if (!node.group || !matching.on || matching.labels.length > 0) return undefined;
  const side = node.group.side === "left" ? node.right : node.left;
  const label = extraLabel(side, node);
  const fact = label !== undefined && labelOf(alert.analysis.labels(side), label);
  if (!fact || fact.presence === "never" || fact.values?.length === 1) return undefined;
  return {
    range: placeOf(alert.scalar, matching),
    message: `The ${side === node.right ? "right" : "left"} side is grouped by ${label}, and on() matches all of its series with each on the other side. As soon as there are two of them, Prometheus refuses the evaluation. Match on (${label}), or aggregate that side to one series.`,
  };
}

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

// alert/fragile: a selection whose members change from one evaluation to the next, so that alerts come and go.
import type { AggregateExpr, BinaryExpr, Expr } from "../../../promql/syntax/tree.ts";
import type { Analysis } from "../../analysis.ts";
import { placeOf } from "../../expression.ts";
import { alertCheck, isSet } from "./shared.ts";

const fragile: ReadonlySet<string> = new Set(["topk", "bottomk", "limitk", "limit_ratio"]);

/** Functions whose result has no label of the series that they are given. */
const merging: ReadonlySet<string> = new Set(["scalar", "absent"]);

export const alertFragile = alertCheck({
  id: "alert/fragile",
  level: "warning",
  title: "topk() and the like in an alert: which series are in the result changes from one evaluation to the next",
  needs: ["aggregation"],
  look({ scalar, analysis }, report) {
    for (const node of analysis.aggregates) {
      const { op, start } = node;
      if (!fragile.has(op) || isMerged(analysis, node)) continue;
      report({
        range: placeOf(scalar, { start, end: start + op.length }),
        message: `${op}() picks other series from one evaluation to the next. An alert whose series leave the result is resolved and begins anew, so that \`for\` may never pass. Compare all series with a threshold instead.`,
      });
    }
  },
});

/**
 * Whether the alerts are the same ones whichever series are selected: because these become one, because what is kept of
 * their labels is what they are selected by, or because they are only looked up for others.
 */
function isMerged(analysis: Analysis, node: AggregateExpr): boolean {
  const { grouping } = node;
  const groups = new Set(grouping && !grouping.without ? grouping.labels.map(({ name }) => name) : []);
  const within = (labels: readonly { readonly name: string }[]): boolean =>
    labels.every(({ name }) => groups.has(name));
  let below: Expr = node;
  for (let above = analysis.parent(below); above; below = above, above = analysis.parent(above)) {
    if (above.kind === "Call" && merging.has(above.name)) return true;
    if (above.kind === "AggregateExpr" && !fragile.has(above.op) && above.op !== "count_values") {
      // Of what `without` leaves, the text does not say whether it tells the selected series apart.
      if (above.grouping?.without ? groups.size > 0 : within(above.grouping?.labels ?? [])) return true;
    }
    if (above.kind === "BinaryExpr" && above.matching?.on && !gives(above, below) && within(above.matching.labels))
      return true;
  }
  return false;
}

/** Whether the result has labels of this side that are not matched on. */
function gives(node: BinaryExpr, side: Expr): boolean {
  if (node.group) return side === (node.group.side === "left" ? node.left : node.right);
  return isSet(node) && (node.op === "or" || side === node.left);
}

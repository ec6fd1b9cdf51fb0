// alert/fragile: a selection whose members change from one evaluation to the next, so that alerts come and go.
import type { AggregateExpr } from "../../../promql/syntax/tree.ts";
import type { Analysis } from "../../analysis.ts";
import { placeOf } from "../../expression.ts";
import { alertCheck } from "./shared.ts";

const fragile: ReadonlySet<string> = new Set(["topk", "bottomk", "limitk", "limit_ratio"]);

/** Functions whose result has no label of the series that they are given. */
const merging: ReadonlySet<string> = new Set(["scalar", "absent"]);

export const alertFragile = alertCheck({
  id: "alert/fragile",
  level: "warning",
  title: "topk() and the like in an alert: which series are in the result changes from one evaluation to the next",
  *look({ scalar, analysis }) {
    for (const node of analysis.aggregates) {
      const { op, start } = node;
      if (!fragile.has(op) || isMerged(analysis, node)) continue;
      yield {
        range: placeOf(scalar, { start, end: start + op.length }),
        message: `${op}() picks other series from one evaluation to the next. An alert whose series leave the result is resolved and begins anew, so that \`for\` may never pass. Compare all series with a threshold instead.`,
      };
    }
  },
});

/** Whether the selected series become one, so that it does not matter which they are. */
function isMerged(analysis: Analysis, node: AggregateExpr): boolean {
  for (let above = analysis.parent(node); above; above = analysis.parent(above)) {
    if (above.kind === "Call" && merging.has(above.name)) return true;
    if (above.kind !== "AggregateExpr" || fragile.has(above.op) || above.op === "count_values") continue;
    if (!above.grouping || (!above.grouping.without && above.grouping.labels.length === 0)) return true;
  }
  return false;
}

// alert/dead: a part of an alert behind `or` or `unless` that can never return anything.
import type { Branch } from "../../../promql/types/branches.ts";
import type { Range } from "../../../ranges.ts";
import { placeOf } from "../../expression.ts";
import { type Alert, alertCheck, isMatcher } from "./shared.ts";

export const alertDead = alertCheck({
  id: "alert/dead",
  level: "warning",
  title: "A part of an alert that can never return anything",
  // Of the whole another check speaks, and parts there are with or and unless alone.
  needs: ["operator but limit"],
  look(alert, report) {
    if (alert.analysis.labels(alert.expr).neverReturns) return;
    const said = new Set<number>();
    for (const { dead, behind, value } of deadParts(alert)) {
      if (!dead || isShared(alert, dead.range) || said.has(dead.range.start) || isMatcher(alert.analysis, dead))
        continue;
      said.add(dead.range.start);
      report({
        range: placeOf(alert.scalar, dead.range),
        message: `This part never returns anything: ${dead.reason}. The rest of the expression decides alone. Change the piece, or leave the part out.`,
        tag: "unnecessary",
        // `or vector(0)` out of habit does no harm.
        ...(behind && value !== undefined && { severity: "information" as const }),
      });
    }
  },
});

/** `increase((a or vector(0))[5m:]) > 1`: one text stands for both alternatives, and the other one lives. */
function isShared({ analysis }: Alert, { start, end }: Range): boolean {
  return analysis.binaries.some(
    (node) => node.op === "or" && start < node.start && node.end < end && !analysis.labels(node).neverReturns,
  );
}

/** The alternatives that never come, of the whole and of every `or` in it, and what `unless` takes away in vain. */
function* deadParts({ analysis, expr }: Alert): Iterable<Branch> {
  yield* analysis.labels(expr).branches;
  for (const node of analysis.binaries) {
    if (node.op === "or") yield* analysis.labels(node).branches;
    if (node.op !== "unless") continue;
    const { branches, neverReturns } = analysis.labels(node.right);
    if (neverReturns) yield* branches;
  }
}

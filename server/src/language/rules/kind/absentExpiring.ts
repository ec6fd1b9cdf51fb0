// kind/absent-expiring: absent() of a series that comes and goes by itself.
import type { Call } from "../../../promql/syntax/tree.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import { nameOf, type SeriesUse } from "../../analysis.ts";
import type { Report, RuleCheck } from "../../check.ts";
import { durationSeconds } from "../../duration.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import type { Rule } from "../../ruleFile.ts";
import { nameRange, renamed, windowSeconds } from "./shared.ts";

/** Three times the minute after which such a series is written again. */
const edgeRange = "3m";

export const kindAbsentExpiring: RuleCheck = {
  id: "kind/absent-expiring",
  level: "warning",
  title: "absent() of a series that comes and goes by itself",
  needs: ["expiring metric", "call"],
  check: onExpression(({ analysis, expr, rule }, report) => {
    for (const use of analysis.uses) {
      const { call, info } = use;
      if (!call || (call.name !== "absent" && call.name !== "absent_over_time") || !info?.expires60s) continue;
      const found = info.sparse ? ofSparse(expr, use, call) : waits(rule) ? undefined : ofEdge(expr, use, call);
      if (found) report(found);
    }
  }),
};

function ofSparse(expr: Scalar, use: SeriesUse, call: Call): Report {
  return {
    range: placeOf(expr, nameRange(call)),
    message: `${nameOf(use)} is there for a minute after an event and absent at all other times. The alert fires nearly always. Ask whether the agent answers, with up == 0, or whether the event came, with max_over_time().`,
  };
}

/** What is away for moments only never passes a `for` of two minutes. */
function waits({ kind, fields }: Rule): boolean {
  const value = kind === "alert" ? fields.get("for")?.value : undefined;
  return value?.kind === "scalar" && (durationSeconds(value.value) ?? 0) >= 120;
}

/** Written as rarely as series expire: without a `for` of minutes an alert on it flaps. */
function ofEdge(expr: Scalar, use: SeriesUse, call: Call): Report | undefined {
  const { info, selector } = use;
  const seconds = windowSeconds(use);
  if (info?.row.presence !== "edge" || (call.name === "absent_over_time" && (seconds ?? 120) >= 120)) return undefined;
  const edits =
    call.name === "absent"
      ? [
          renamed(call, "absent_over_time"),
          { range: { start: selector.end, end: selector.end }, text: `[${edgeRange}]` },
        ]
      : use.matrix
        ? [{ range: use.matrix.range, text: edgeRange }]
        : [];
  return {
    range: placeOf(expr, nameRange(call)),
    message: `${nameOf(use)} is written every 60 s and expires after 60 s, so it is absent for moments on a sound cluster. The alert flaps. Write absent_over_time(${nameOf(use)}[${edgeRange}]).`,
    fixes: edits.length === 0 ? [] : [expressionFix(expr, `Write absent_over_time() over ${edgeRange}`, edits)],
  };
}

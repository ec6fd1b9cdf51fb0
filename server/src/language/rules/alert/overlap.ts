// alert/overlap: alerts of one name and labels whose conditions differ in the limit only.
import { keptOn } from "../../../kept.ts";
import { rangeOf } from "../../../yaml/tree.ts";
import { analysisOf, textOf } from "../../analysis.ts";
import type { CheckContext, FileCheck, Report } from "../../check.ts";
import { type Rule, ruleGroups } from "../../ruleFile.ts";
import { type ByGroup, beside, ruleIdentity } from "./sharedIdentity.ts";

export const alertOverlap: FileCheck = {
  id: "alert/overlap",
  level: "warning",
  title: "Alerts with the same name and labels that fire together: their limits differ and nothing else",
  kinds: ["prometheus-rules"],
  *check({ yaml }, context): Iterable<Report> {
    const all: ByGroup<{ readonly rule: Rule; readonly limit: number }> = new Map();
    for (const group of ruleGroups(yaml)) {
      const seen = beside(all, group);
      for (const rule of group.rules) {
        const condition = conditionOf(rule, context);
        if (!condition || !rule.name) continue;
        const first = seen.get(condition.series);
        if (!first) seen.set(condition.series, { rule, limit: condition.limit });
        else if (first.limit !== condition.limit && first.rule.name)
          yield {
            range: rangeOf(rule.name),
            message:
              "Another alert of this name has the same labels and the same condition with another limit. Where both fire, Alertmanager takes them for one alert, whose texts change from one evaluation to the next. Give them different severities.",
            related: [{ range: rangeOf(first.rule.name), message: "the other one" }],
          };
      }
    }
  },
};

/** `series`: whose condition it is, and what is compared. */
type Condition = { readonly series: string; readonly limit: number };

const known = keptOn<Rule, { readonly context: CheckContext; readonly condition: Condition | undefined }>();

/** What an alert compares with which limit; undefined where it is more than one comparison with a number. */
function conditionOf(rule: Rule, context: CheckContext): Condition | undefined {
  const before = known.get(rule);
  if (before?.context === context) return before.condition;
  const condition = findCondition(rule, context);
  known.set(rule, { context, condition });
  return condition;
}

function findCondition(rule: Rule, context: CheckContext): Condition | undefined {
  const { kind, expr } = rule;
  const who = ruleIdentity(rule);
  if (kind !== "alert" || !expr || who === undefined) return undefined;
  const analysis = analysisOf(expr, context);
  const whole = analysis.thresholds.find((threshold) => threshold.expr === analysis.expr);
  // Of equal signs each limit is another condition.
  if (!whole || whole.op === "==" || whole.op === "!=") return undefined;
  const series = textOf(analysis, whole.series).replace(/\s+/g, " ");
  return { series: `${who}|${whole.op.charAt(0)} ${series}`, limit: whole.value };
}

// alert/severity-order: of two alerts that differ in severity and limit, the more severe one comes first.

import { keyOf } from "../../../yaml/tree.ts";
import type { CheckContext, FileCheck, Report } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import type { Rule } from "../../ruleFile.ts";
import { secondsOf } from "./shared.ts";
import { type Condition, conditionOf } from "./sharedCondition.ts";
import { rulesAlike } from "./sharedIdentity.ts";

export const alertSeverityOrder: FileCheck = {
  id: "alert/severity-order",
  level: "warning",
  title: "A severe alert whose limit is reached before that of the milder one",
  kinds: ["prometheus-rules"],
  *check({ yaml }, context): Iterable<Report> {
    for (const rules of alike(yaml, context)) {
      const steps = rules.flatMap((rule) => stepOf(rule, context) ?? []);
      for (const severe of steps) {
        const mild = steps.find((other) => comesTooSoon(severe, other));
        if (mild) yield reportOf(severe, mild);
      }
    }
  },
};

/** Alerts that differ in nothing but perhaps limit and severity. */
const alike = rulesAlike((rule, context) => conditionOf(rule, context)?.compared, "severity");

/** Words of which nobody doubts the order; what `high` or `error` is beside them depends on the house. */
const ranks: Readonly<Record<string, number>> = { info: 1, warn: 2, warning: 2, crit: 3, critical: 3, page: 3 };

type Step = { readonly rule: Rule; readonly condition: Condition; readonly rank: number; readonly severity: string };

function stepOf(rule: Rule, context: CheckContext): Step | undefined {
  const condition = conditionOf(rule, context);
  const value = rule.labels.find((pair) => keyOf(pair) === "severity")?.value;
  const severity = value?.kind === "scalar" ? value.value : "";
  const rank = ranks[severity.toLowerCase()];
  return condition && rank !== undefined ? { rule, condition, rank, severity } : undefined;
}

/** Whether all that the milder one would tell of is told by the severe one before. */
function comesTooSoon(severe: Step, mild: Step): boolean {
  if (severe.rank <= mild.rank) return false;
  const first = severe.condition.limit;
  const later = mild.condition.limit;
  const isSooner = severe.condition.compared.startsWith(">") ? first < later : first > later;
  return isSooner && (secondsOf(severe.rule, "for") ?? 0) <= (secondsOf(mild.rule, "for") ?? 0);
}

function reportOf({ condition, severity, rule }: Step, mild: Step): Report {
  const range = placeOf(condition.scalar, condition.at);
  const other = placeOf(mild.condition.scalar, mild.condition.at);
  return {
    range,
    message:
      `This is ${severity} at ${condition.text}, and the alert "${rule.name?.value ?? ""}" that is ${mild.severity} has ${mild.condition.text}, which is reached later. ` +
      "The milder one tells nothing new. Swap the limits, or the severities.",
    related: [{ range: other, message: "the milder one" }],
    fixes: [
      {
        title: "Swap the limits",
        edits: [
          { range, text: mild.condition.text },
          { range: other, text: condition.text },
        ],
        safe: false,
      },
    ],
  };
}

// alert/overlap: alerts of one name and labels whose conditions differ in the limit only.
import { rangeOf } from "../../../yaml/tree.ts";
import type { CheckContext, FileCheck, Report } from "../../check.ts";
import type { Rule } from "../../ruleFile.ts";
import { conditionOf } from "./sharedCondition.ts";
import { rulesAlike } from "./sharedIdentity.ts";

export const alertOverlap: FileCheck = {
  id: "alert/overlap",
  level: "warning",
  title: "Alerts with the same name and labels that fire together: their limits differ and nothing else",
  kinds: ["prometheus-rules"],
  *check({ yaml }, context): Iterable<Report> {
    for (const [first, ...others] of twins(yaml, context))
      for (const rule of others)
        if (first && limitOf(rule, context) !== limitOf(first, context)) yield reportOf(rule, first);
  },
};

/** Alerts that differ in nothing but perhaps their limit. */
const twins = rulesAlike((rule, context) => conditionOf(rule, context)?.compared);

const limitOf = (rule: Rule, context: CheckContext): number | undefined => conditionOf(rule, context)?.limit;

function reportOf(rule: Rule, first: Rule): Report {
  return {
    range: rangeOf(rule.name ?? rule.node),
    message:
      "Another alert of this name has the same labels and the same condition with another limit. Where both fire, Alertmanager takes them for one alert, whose texts change from one evaluation to the next. Give them different severities.",
    related: [{ range: rangeOf(first.name ?? first.node), message: "the other one" }],
  };
}

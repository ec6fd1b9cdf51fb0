// alert/duplicate: two rules that are the same to the letter: kind, name, labels and expression.
import { keptOn } from "../../../kept.ts";
import { rangeOf } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";
import { type Rule, ruleGroups } from "../../ruleFile.ts";
import { type ByGroup, beside, ruleIdentity } from "./sharedIdentity.ts";

export const alertDuplicate: FileCheck = {
  id: "alert/duplicate",
  level: "warning",
  title: "Two rules with the same name, labels and expression",
  kinds: ["prometheus-rules"],
  *check({ yaml }): Iterable<Report> {
    const all: ByGroup<Rule> = new Map();
    for (const group of ruleGroups(yaml)) {
      const seen = beside(all, group);
      for (const rule of group.rules) {
        const key = wholeOf(rule);
        if (key === undefined || !rule.name) continue;
        const first = seen.get(key);
        if (!first?.name) {
          seen.set(key, rule);
          continue;
        }
        const isAlert = rule.kind === "alert";
        yield {
          range: rangeOf(rule.name),
          message: `This ${isAlert ? "alert" : "recording rule"} stands in the file twice, with the same labels and the same expression. ${isAlert ? "Each firing is sent twice" : "Both write the same series, and Prometheus logs duplicate samples"}. Remove one of them.`,
          related: [{ range: rangeOf(first.name), message: "the first one" }],
        };
      }
    }
  },
};

const known = keptOn<Rule, string>();

/** All that two rules must have alike; undefined for what is no rule yet. */
function wholeOf(rule: Rule): string | undefined {
  const before = known.get(rule);
  if (before !== undefined) return before;
  const who = ruleIdentity(rule);
  if (who === undefined || !rule.expr) return undefined;
  const whole = `${who}|${rule.expr.value.replace(/\s+/g, " ").trim()}`;
  known.set(rule, whole);
  return whole;
}

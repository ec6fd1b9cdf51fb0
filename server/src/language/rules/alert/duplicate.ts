// alert/duplicate: two rules that are the same to the letter: kind, name, labels and expression.
import { rangeOf } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";
import type { Rule } from "../../ruleFile.ts";
import { rulesAlike } from "./sharedIdentity.ts";

export const alertDuplicate: FileCheck = {
  id: "alert/duplicate",
  level: "warning",
  title: "Two rules with the same name, labels and expression",
  kinds: ["prometheus-rules"],
  *check({ yaml }, context): Iterable<Report> {
    for (const [first, ...others] of twins(yaml, context)) for (const rule of others) yield reportOf(rule, first);
  },
};

/** Rules that are alike in all that matters. */
const twins = rulesAlike(({ expr }) => expr?.value.replace(/\s+/g, " ").trim());

function reportOf(rule: Rule, first: Rule | undefined): Report {
  const isAlert = rule.kind === "alert";
  return {
    range: rangeOf(rule.name ?? rule.node),
    message: `This ${isAlert ? "alert" : "recording rule"} stands in the file twice, with the same labels and the same expression. ${isAlert ? "Each firing is sent twice" : "Both write the same series, and Prometheus logs duplicate samples"}. Remove one of them.`,
    related: first?.name ? [{ range: rangeOf(first.name), message: "the first one" }] : [],
  };
}

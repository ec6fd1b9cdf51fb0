// All that the checks of rules find in one rule: those run that are not off, and that the rule has something for.
import type { CheckContext, Examined, Reporter, RuleCheck } from "../../check.ts";
import type { Finding } from "../../finding.ts";
import { ruleChecks } from "../../rules/index.ts";
import { traitsOf } from "../../ruleTraits.ts";
import { hasAll } from "../../traits.ts";
import { addFinding, levelOf } from "./levels.ts";

/** Findings in the order of the checks; keeps nothing. */
export function ruleFindings(of: Examined): Finding[] {
  const { rule, context } = of;
  const findings: Finding[] = [];
  let running: RuleCheck;
  const report: Reporter = (said) => addFinding(findings, running, said, context);
  for (const check of checksFor(traitsOf(rule, context), context)) {
    running = check;
    check.check(of, report);
  }
  return findings;
}

const byTraits = new WeakMap<CheckContext, Map<number, readonly RuleCheck[]>>();

/** The checks that are not off and can find something in rules with these traits: thousands of rules have few sets of them. */
function checksFor(traits: number, context: CheckContext): readonly RuleCheck[] {
  const known = byTraits.get(context) ?? new Map<number, readonly RuleCheck[]>();
  if (known.size === 0) byTraits.set(context, known);
  let checks = known.get(traits);
  if (!checks) {
    checks = ruleChecks.filter((check) => levelOf(check, context) !== "off" && hasAll(traits, check.needs));
    known.set(traits, checks);
  }
  return checks;
}

// All that the checks of rules find in one rule: those run that are not off, and that the rule has something for.
import type { CheckContext, Examined, Reporter, RuleCheck } from "../../check.ts";
import type { Finding } from "../../finding.ts";
import { ruleChecks } from "../../rules/index.ts";
import { traitsOf } from "../../ruleTraits.ts";
import { bitsOf, hasAll } from "../../traits.ts";
import { type Asked, addFinding, askedLevel, levelOf } from "./levels.ts";

/** Findings in the order of the checks; keeps nothing. */
export function ruleFindings(of: Examined): Finding[] {
  const { rule, context } = of;
  const findings: Finding[] = [];
  let running: Runnable;
  const report: Reporter = (said) => addFinding(findings, running.about, running.asked, said);
  const checks = checksFor(traitsOf(rule, context), context);
  for (let i = 0; i < checks.length; i++) {
    running = checks[i] as Runnable;
    running.check(of, report);
  }
  return findings;
}

/** All checks in one shape, whatever each has beside: reading them is what is done most often here. */
type Runnable = {
  readonly about: RuleCheck;
  readonly check: RuleCheck["check"];
  /** The level that the user wants of it. */
  readonly asked: Asked;
  readonly needs: readonly number[];
};

/** The checks that are not off, and of those the ones by a rule's traits: thousands of rules have few sets of them. */
type Chosen = { readonly on: readonly Runnable[]; readonly byTraits: Map<number, readonly Runnable[]> };

const chosen = new WeakMap<CheckContext, Chosen>();

/** The checks that are not off and can find something in rules with these traits. */
function checksFor(traits: number, context: CheckContext): readonly Runnable[] {
  const { on, byTraits } = chosen.get(context) ?? choose(context);
  let checks = byTraits.get(traits);
  if (!checks) {
    checks = on.filter(({ needs }) => hasAll(traits, needs));
    byTraits.set(traits, checks);
  }
  return checks;
}

function choose(context: CheckContext): Chosen {
  const on = ruleChecks
    .filter((about) => levelOf(about, context) !== "off")
    .map((about) => ({ about, check: about.check, asked: askedLevel(about, context), needs: bitsOf(about.needs) }));
  const made: Chosen = { on, byTraits: new Map() };
  chosen.set(context, made);
  return made;
}

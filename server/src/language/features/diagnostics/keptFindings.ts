// What was found in each rule of a file, kept as long as nothing has changed on which it depends: the rule, its group, or what
// other files say of the metrics that it uses.
import { keptOn } from "../../../kept.ts";
import type { YamlFile } from "../../../yaml/tree.ts";
import { type CheckContext, sameSettings } from "../../check.ts";
import { type Finding, shiftFinding } from "../../finding.ts";
import type { Rule, RuleGroup } from "../../ruleFile.ts";
import { ruleIndex } from "../../ruleIndex.ts";
import { rulesUsing } from "../../ruleUsers.ts";
import { metricsOf } from "../../uses.ts";
import { changeBetween } from "../../workspaceChange.ts";
import { ruleFindings } from "./ruleFindings.ts";

/** What is found in the rules of a file, in no order. */
export function findingsOfRules(file: YamlFile, context: CheckContext): Finding[] {
  const findings: Finding[] = [];
  for (const [rule, found] of ofRules(file, context)) {
    const by = rule.node.chunk.base - found.base;
    for (const finding of found.findings) findings.push(by === 0 ? finding : shiftFinding(finding, by));
  }
  return findings;
}

/** What was found in the rules in which something was. */
const ofRules = ruleIndex(
  (rule, group, context: CheckContext) => {
    const found = ofRule(rule, group, context);
    return found.findings.length > 0 ? found : undefined;
  },
  (file, before, now) => {
    const change = changeOf(before, now);
    return change && rulesUsing(file, change);
  },
);

/** What was found in a rule: true as long as rule and group fields are the same, and what it depends on of the context. */
type Kept = {
  context: CheckContext;
  readonly group: string;
  /** Where the rule's chunk began: the findings stand there, and move with it. */
  readonly base: number;
  readonly findings: readonly Finding[];
};

const kept = keptOn<Rule, Kept>("rule");

function ofRule(rule: Rule, group: RuleGroup, context: CheckContext): Kept {
  const { base } = rule.node.chunk;
  const before = kept.get(rule);
  if (before?.group === group.text && isNoMatter(rule, before.context, context)) {
    before.context = context;
    return before;
  }
  const found = { context, group: group.text, base, findings: ruleFindings({ rule, group, context }) };
  kept.set(rule, found);
  return found;
}

/** Whether the same is found in a rule against both. */
function isNoMatter(rule: Rule, before: CheckContext, now: CheckContext): boolean {
  const change = changeOf(before, now);
  if (!change) return false;
  return change.size === 0 || metricsOf(rule)?.every((metric) => !change.has(metric)) === true;
}

/** The metrics on which all depends that may be found otherwise now; undefined where it does not depend on them alone. */
function changeOf(before: CheckContext, now: CheckContext): ReadonlySet<string> | undefined {
  if (before === now) return noChange;
  if (!sameSettings(before, now)) return undefined;
  const { prometheus, recorded } = changeBetween(before.workspace, now.workspace);
  return prometheus ? undefined : recorded;
}

const noChange: ReadonlySet<string> = new Set();

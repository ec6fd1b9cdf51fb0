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
  for (const [rule, found] of ofRules(file, context))
    for (const finding of found) findings.push(shiftFinding(finding, rule.node.chunk.base));
  return findings;
}

/** Findings of the rules that have some, in offsets from their chunks' bases. */
const ofRules = ruleIndex(
  (rule, group, context: CheckContext) => {
    const findings = ofRule(rule, group, context);
    return findings.length > 0 ? findings : undefined;
  },
  (file, before, now) => {
    const change = changeOf(before, now);
    return change && rulesUsing(file, change);
  },
);

/** What was found in a rule: true as long as rule and group fields are the same, and what it depends on of the context. */
type Kept = { context: CheckContext; readonly group: string; readonly findings: readonly Finding[] };

const kept = keptOn<Rule, Kept>("rule");

function ofRule(rule: Rule, group: RuleGroup, context: CheckContext): readonly Finding[] {
  const { base } = rule.node.chunk;
  const before = kept.get(rule);
  if (before?.group === group.text && isNoMatter(rule, before.context, context)) {
    before.context = context;
    return before.findings;
  }
  const findings = ruleFindings({ rule, group, context });
  const relative = findings.length === 0 ? none : findings.map((finding) => shiftFinding(finding, -base));
  kept.set(rule, { context, group: group.text, findings: relative });
  return relative;
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

const none: readonly Finding[] = [];

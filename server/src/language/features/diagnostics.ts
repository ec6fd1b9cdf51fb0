// All findings of a document: runs the checks of its kind, keeps what cannot have changed, and applies the user's levels.
import { keptOn } from "../../kept.ts";
import { type CheckContext, sameSettings } from "../check.ts";
import type { Document } from "../document.ts";
import { readDocument } from "../endOfReading.ts";
import { type Finding, shiftFinding } from "../finding.ts";
import type { Rule, RuleGroup } from "../ruleFile.ts";
import { ruleIndex } from "../ruleIndex.ts";
import { allChecks, commentChecks, fileChecks } from "../rules/index.ts";
import { rulesUsing } from "../ruleUsers.ts";
import { suppress, suppressionsOf } from "../suppressions.ts";
import { metricsOf } from "../uses.ts";
import { changeBetween } from "../workspaceChange.ts";
import { addFinding, levelOf } from "./diagnostics/levels.ts";
import { ruleFindings } from "./diagnostics/ruleFindings.ts";

/** Findings in the order of the text. Never throws on any text. What is never read is not checked. */
export function diagnostics(whole: Document, context: CheckContext): readonly Finding[] {
  const document = readDocument(whole);
  const findings: Finding[] = [];
  for (const check of fileChecks) {
    if (!check.kinds.includes(document.kind)) continue;
    for (const report of check.check(document, context)) addFinding(findings, check, report, context);
  }
  if (document.kind === "prometheus-rules")
    for (const [rule, found] of ofRules(document.yaml, context))
      for (const finding of found) findings.push(shiftFinding(finding, rule.node.chunk.base));
  return inTextOrder(withoutSuppressed(findings, document, context));
}

function inTextOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** What is left when the comments of the file have had their say, and what is to be said of the comments. */
function withoutSuppressed(
  findings: readonly Finding[],
  document: Document,
  context: CheckContext,
): readonly Finding[] {
  const suppressions = suppressionsOf(document, context.prometheusVersion);
  if (suppressions.length === 0) return findings;
  const { kept, used } = suppress(findings, suppressions);
  const all = allChecks.map(({ id }) => id);
  const ran = allChecks.filter((check) => levelOf(check, context) !== "off").map(({ id }) => id);
  const said: Finding[] = [];
  for (const check of commentChecks)
    for (const report of check.check(document, { suppressions, used, all, ran }))
      addFinding(said, check, report, context);
  // A comment that turns off everything must not hide that it is stale itself.
  const named = suppressions.filter(({ pattern }) => pattern !== "*");
  return [...kept, ...suppress(said, named).kept];
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
  if (!change || change.size === 0) return change !== undefined;
  return metricsOf(rule)?.every((metric) => !change.has(metric)) ?? false;
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

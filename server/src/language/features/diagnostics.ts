// All findings of a document: runs the checks of its kind, keeps what cannot have changed, and applies the user's levels.
import type { CheckContext, FileCheck, Report, RuleCheck } from "../check.ts";
import type { Document } from "../document.ts";
import { type Finding, shiftFinding } from "../finding.ts";
import { type Rule, type RuleGroup, ruleGroups } from "../ruleFile.ts";
import { fileChecks, ruleChecks } from "../rules/index.ts";

/** Findings in the order of the text. Never throws on any text. */
export function diagnostics(document: Document, context: CheckContext): readonly Finding[] {
  const findings: Finding[] = [];
  for (const check of fileChecks) {
    if (!check.kinds.includes(document.kind)) continue;
    for (const report of check.check(document, context)) add(findings, check, report, context);
  }
  if (document.kind === "prometheus-rules") {
    for (const group of ruleGroups(document.yaml)) {
      const key = groupKey(group);
      for (const rule of group.rules) for (const found of ofRule(rule, group, key, context)) findings.push(found);
    }
  }
  return findings.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** What was found in a rule, in offsets from its chunk's base: true as long as rule, group fields and context are the same. */
type Kept = { readonly context: CheckContext; readonly group: string; readonly findings: readonly Finding[] };

const kept = new WeakMap<Rule, Kept>();

function ofRule(rule: Rule, group: RuleGroup, key: string, context: CheckContext): readonly Finding[] {
  const base = rule.node.chunk.base;
  const before = kept.get(rule);
  if (before && before.context === context && before.group === key)
    return before.findings.length === 0
      ? before.findings
      : before.findings.map((finding) => shiftFinding(finding, base));
  const findings: Finding[] = [];
  for (const check of ruleChecks) {
    if (levelOf(check, context) === "off") continue;
    for (const report of check.check(rule, group, context)) add(findings, check, report, context);
  }
  kept.set(rule, { context, group: key, findings: findings.map((finding) => shiftFinding(finding, -base)) });
  return findings;
}

/** The group's own fields as a text: the part of a group that checks of a rule may look at. */
function groupKey(group: RuleGroup): string {
  let key = "";
  for (const [name, { value }] of group.fields)
    if (name !== "rules") key += `${name}=${value.kind === "scalar" ? value.value : value.kind};`;
  for (const { key: label, value } of group.labels)
    key += `${label.kind === "scalar" ? label.value : ""}:${value.kind === "scalar" ? value.value : ""};`;
  return key;
}

function levelOf(check: FileCheck | RuleCheck, context: CheckContext) {
  return context.levels[check.id] ?? check.level;
}

function add(findings: Finding[], check: FileCheck | RuleCheck, report: Report, context: CheckContext): void {
  const asked = context.levels[check.id];
  const severity = asked ?? report.severity ?? check.level;
  if (severity === "off") return;
  findings.push({
    code: check.id,
    severity,
    range: report.range,
    message: report.message,
    fixes: report.fixes ?? [],
    ...(report.related && { related: report.related }),
    ...(report.tag && { tag: report.tag }),
  });
}

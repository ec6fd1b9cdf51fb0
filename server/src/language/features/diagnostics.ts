// All findings of a document: runs the checks of its kind, keeps what cannot have changed, and applies the user's levels.
import { keptOn } from "../../kept.ts";
import type { CheckContext, CommentCheck, FileCheck, Report, RuleCheck } from "../check.ts";
import type { Document } from "../document.ts";
import { type Finding, shiftFinding } from "../finding.ts";
import type { Rule, RuleGroup } from "../ruleFile.ts";
import { ruleIndex } from "../ruleIndex.ts";
import { allChecks, commentChecks, fileChecks, ruleChecks } from "../rules/index.ts";
import { suppress, suppressionsOf } from "../suppressions.ts";
import { hasAll, traitsOf } from "../traits.ts";

type Check = FileCheck | RuleCheck | CommentCheck;

/** Findings in the order of the text. Never throws on any text. */
export function diagnostics(document: Document, context: CheckContext): readonly Finding[] {
  const findings: Finding[] = [];
  for (const check of fileChecks) {
    if (!check.kinds.includes(document.kind)) continue;
    for (const report of check.check(document, context)) add(findings, check, report, context);
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
    for (const report of check.check(document, { suppressions, used, all, ran })) add(said, check, report, context);
  // A comment that turns off everything must not hide that it is stale itself.
  const named = suppressions.filter(({ pattern }) => pattern !== "*");
  return [...kept, ...suppress(said, named).kept];
}

/** Findings of the rules that have some, in offsets from their chunks' bases. */
const ofRules = ruleIndex((rule, group, context) => {
  const findings = ofRule(rule, group, context);
  return findings.length > 0 ? findings : undefined;
});

/** What was found in a rule: true as long as rule, group fields and context are the same. */
type Kept = { readonly context: CheckContext; readonly group: string; readonly findings: readonly Finding[] };

const kept = keptOn<Rule, Kept>("rule");

function ofRule(rule: Rule, group: RuleGroup, context: CheckContext): readonly Finding[] {
  const { base } = rule.node.chunk;
  const before = kept.get(rule);
  if (before?.context === context && before.group === group.text) return before.findings;
  const findings: Finding[] = [];
  for (const check of checksOf(traitsOf(rule, context), context))
    for (const report of check.check(rule, group, context)) add(findings, check, report, context);
  const relative = findings.length === 0 ? none : findings.map((finding) => shiftFinding(finding, -base));
  kept.set(rule, { context, group: group.text, findings: relative });
  return relative;
}

const none: readonly Finding[] = [];
const byTraits = new WeakMap<CheckContext, Map<number, readonly RuleCheck[]>>();

/** The checks that are not off and can find something in rules with these traits: thousands of rules have few sets of them. */
function checksOf(traits: number, context: CheckContext): readonly RuleCheck[] {
  const known = byTraits.get(context) ?? new Map<number, readonly RuleCheck[]>();
  if (known.size === 0) byTraits.set(context, known);
  let checks = known.get(traits);
  if (!checks) {
    checks = ruleChecks.filter((check) => levelOf(check, context) !== "off" && hasAll(traits, check.needs));
    known.set(traits, checks);
  }
  return checks;
}

function levelOf(check: Check, context: CheckContext) {
  return askedLevel(check, context) ?? check.level;
}

/** What the user wants of a check, by its id or its group. */
function askedLevel({ id }: Check, { levels }: CheckContext) {
  return levels[id] ?? levels[`${id.slice(0, id.indexOf("/"))}/*`];
}

function add(findings: Finding[], check: Check, report: Report, context: CheckContext): void {
  const asked = askedLevel(check, context);
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

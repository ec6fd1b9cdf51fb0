// The level that the user gave a check, and what a check says as a finding of that level. Knows no check by name.
import type { CheckContext, CommentCheck, FileCheck, Report, RuleCheck } from "../../check.ts";
import type { Finding, Fix, Severity } from "../../finding.ts";

const none: readonly Fix[] = [];

type Check = Pick<FileCheck | RuleCheck | CommentCheck, "id" | "level">;

export function levelOf(check: Check, context: CheckContext): Severity | "off" {
  return askedLevel(check, context) ?? check.level;
}

/** What the user wants of a check, by its id or its group. */
function askedLevel({ id }: Check, { levels }: CheckContext): Severity | "off" | undefined {
  return levels[id] ?? levels[`${id.slice(0, id.indexOf("/"))}/*`];
}

/** Adds what a check says to the findings, unless it is off. */
export function addFinding(findings: Finding[], check: Check, report: Report, context: CheckContext): void {
  const asked = askedLevel(check, context);
  const severity = asked ?? report.severity ?? check.level;
  if (severity === "off") return;
  const { range, message, fixes = none, related, tag } = report;
  findings.push({ code: check.id, severity, range, message, fixes, related, tag });
}

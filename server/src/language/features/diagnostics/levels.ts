// The level that the user gave a check, and what a check says as a finding of that level. Knows no check by name.
import type { CheckContext, CommentCheck, FileCheck, Report, RuleCheck } from "../../check.ts";
import type { Finding, Fix, Severity } from "../../finding.ts";

const none: readonly Fix[] = [];

type Check = Pick<FileCheck | RuleCheck | CommentCheck, "id" | "level">;

/** The level that the user wants of a check, if any. */
export type Asked = Severity | "off" | undefined;

export function levelOf(check: Check, context: CheckContext): Severity | "off" {
  return askedLevel(check, context) ?? check.level;
}

/** By its id or its group. */
export function askedLevel({ id }: Check, { levels }: CheckContext): Asked {
  return levels[id] ?? levels[`${id.slice(0, id.indexOf("/"))}/*`];
}

/** Adds what a check says to the findings, unless it is off. */
export function addFinding(findings: Finding[], check: Check, asked: Asked, report: Report): void {
  const severity = asked ?? report.severity ?? check.level;
  if (severity === "off") return;
  const { range, message, fixes = none, related, tag } = report;
  findings.push({ code: check.id, severity, range, message, fixes, related, tag });
}

// All findings of a document: runs the checks of its kind and applies the user's levels and the file's comments.
import type { CheckContext, CommentCheck, FileCheck, Report } from "../check.ts";
import type { Document } from "../document.ts";
import { readDocument } from "../endOfReading.ts";
import type { Finding } from "../finding.ts";
import { allChecks, commentChecks, fileChecks } from "../rules/index.ts";
import { suppress, suppressionsOf } from "../suppressions.ts";
import { findingsOfRules } from "./diagnostics/keptFindings.ts";
import { addFinding, askedLevel, levelOf } from "./diagnostics/levels.ts";

/** Findings in the order of the text. Never throws on any text. What is never read is not checked. */
export function diagnostics(whole: Document, context: CheckContext): readonly Finding[] {
  const document = readDocument(whole);
  const findings: Finding[] = [];
  for (const check of fileChecks) {
    if (!check.kinds.includes(document.kind)) continue;
    addAll(findings, check, check.check(document, context), context);
  }
  if (document.kind === "prometheus-rules") findings.push(...findingsOfRules(document.yaml, context));
  return inTextOrder(withoutSuppressed(findings, document, context));
}

function addAll(
  findings: Finding[],
  check: FileCheck | CommentCheck,
  reports: Iterable<Report>,
  context: CheckContext,
): void {
  const asked = askedLevel(check, context);
  for (const report of reports) addFinding(findings, check, asked, report);
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
    addAll(said, check, check.check(document, { suppressions, used, all, ran }), context);
  // A comment that turns off everything must not hide that it is stale itself.
  const named = suppressions.filter(({ pattern }) => pattern !== "*");
  return [...kept, ...suppress(said, named).kept];
}

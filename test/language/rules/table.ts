// Tables of cases for checks: a text with «marks» round what must be found, and what it is after the fix.
import { expect, test } from "vitest";
import { applyEdits } from "../../../server/src/edits.ts";
import type { CheckContext, Examined, FileCheck, Report, RuleCheck } from "../../../server/src/language/check.ts";
import { type Document, openDocument } from "../../../server/src/language/document.ts";
import { facts } from "../../../server/src/language/facts.ts";
import type { Severity } from "../../../server/src/language/finding.ts";
import { ruleGroups } from "../../../server/src/language/ruleFile.ts";
import { traitsOf } from "../../../server/src/language/ruleTraits.ts";
import { bitsOf, hasAll } from "../../../server/src/language/traits.ts";
import { emptyWorkspace, type Workspace, workspaceOf } from "../../../server/src/language/workspace.ts";
import type { Range } from "../../../server/src/ranges.ts";
import { newContext } from "../context.ts";
import { checkFixes } from "../fixes.ts";

/** What a case is checked against; what is left out has the newest versions and an empty workspace. */
export type World = Partial<Omit<CheckContext, "workspace">> & {
  /** Other files by their names. */
  readonly files?: Readonly<Record<string, string>>;
};

/**
 * One case. Its text is an expression, one rule (from `alert:` or `record:` on), or a whole file; with «marks» round each
 * finding, in the order of the text; without any it must stay quiet.
 */
export type Row = World & {
  readonly title: string;
  readonly expr?: string;
  readonly rule?: string;
  readonly file?: string;
  /** A piece of the message of each finding. */
  readonly says?: string | readonly string[];
  /** The severity of each finding, where it is not the check's own. */
  readonly severity?: Severity;
  /** The text behind the fix of the first finding, in the form of the text; `null`: it has no fix. */
  readonly fixed?: string | null;
  /** Which fix `fixed` speaks of, by a piece of its title; without it the first. */
  readonly by?: string;
  /** The fix mends this finding; others, or a second step, remain. */
  readonly remains?: boolean;
};

/** One test a row; and one that there are at least as many quiet rows as loud ones. */
export function checkTable(check: RuleCheck | FileCheck, rows: readonly Row[], world: World = {}): void {
  test.each(rows.map((row) => [row.title, row] as const))("%s", (_, row) => checkRow(check, { ...world, ...row }));
  test("as many quiet cases as loud ones", () => {
    const loud = rows.filter((row) => textOf(row).text.includes("«")).length;
    expect(rows.length - loud).toBeGreaterThanOrEqual(loud);
  });
}

function checkRow(check: RuleCheck | FileCheck, row: Row): void {
  const { text: marked, unwrap } = textOf(row);
  const { text, marks } = withoutMarks(marked);
  const document = openDocument("file:///x.rules.yml", "yaml", 1, text);
  const reports = reportsOf(check, document, contextOf(row));
  expect(markedText(text, reports)).toBe(marked);
  expect(marks).toHaveLength(reports.length);
  const said = row.says === undefined ? [] : typeof row.says === "string" ? [row.says] : row.says;
  if (row.severity) for (const report of reports) expect(report.severity).toBe(row.severity);
  for (const [index, piece] of said.entries()) expect(reports[index]?.message).toContain(piece);
  for (const { message } of reports) expect(message).toMatch(/^[^\s].*[.?]$/s);
  if (row.fixed !== undefined) checkFix(check, row, text, reports[0], unwrap);
  checkFixes({ uri: "file:///x.rules.yml", languageId: "yaml", context: contextOf(row) }, text);
}

function checkFix(
  check: RuleCheck | FileCheck,
  row: Row,
  text: string,
  report: Report | undefined,
  unwrap: (text: string) => string,
): void {
  const fix = report?.fixes?.find(({ title }) => row.by === undefined || title.includes(row.by));
  if (row.fixed === null) {
    expect(fix).toBeUndefined();
    return;
  }
  expect(fix).toBeDefined();
  const after = applyEdits(text, fix?.edits ?? []);
  expect(unwrap(after)).toBe(row.fixed);
  if (row.remains) return;
  const again = openDocument("file:///x.rules.yml", "yaml", 2, after);
  expect(reportsOf(check, again, contextOf(row)).map(({ message }) => message)).toEqual([]);
}

/** Reports in the order of the text. */
/** All that a check has to say of a rule, whether it has what the check needs or not. */
export function saidOf({ check }: RuleCheck, of: Examined): Report[] {
  const said: Report[] = [];
  check(of, (report) => said.push(report));
  return said;
}

export function reportsOf(check: RuleCheck | FileCheck, document: Document, context: CheckContext): Report[] {
  const reports =
    "kinds" in check
      ? [...check.check(document, context)]
      : ruleGroups(document.yaml).flatMap((group) =>
          group.rules
            .filter((rule) => hasAll(traitsOf(rule, context), bitsOf(check.needs)))
            .flatMap((rule) => saidOf(check, { rule, group, context })),
        );
  return reports.sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
}

/** The newest versions and the files that the world names. */
export function contextOf({ dkronVersion, prometheusVersion, dialects, levels, files }: World): CheckContext {
  return newContext({
    dkronVersion: dkronVersion ?? "4.1.2",
    ...(prometheusVersion !== undefined && { prometheusVersion }),
    ...(dialects && { dialects }),
    ...(levels && { levels }),
    workspace: workspaceFrom(files ?? {}),
  });
}

function workspaceFrom(files: Readonly<Record<string, string>>): Workspace {
  const entries = Object.entries(files);
  if (entries.length === 0) return emptyWorkspace;
  return workspaceOf(entries.flatMap(([name, text]) => facts(openDocument(`file:///${name}`, "yaml", 1, text)) ?? []));
}

const before = "groups:\n  - name: group\n    rules:\n      - ";
const beforeExpr = `${before}alert: Example\n        expr: |-\n          `;

function textOf({ expr, rule, file }: Row): { text: string; unwrap: (text: string) => string } {
  if (expr !== undefined)
    return { text: `${beforeExpr}${expr}\n`, unwrap: (text) => text.slice(beforeExpr.length, -1) };
  if (rule !== undefined) {
    const indented = (text: string): string => text.replaceAll("\n", "\n        ");
    return {
      text: `${before}${indented(rule)}\n`,
      unwrap: (text) => text.slice(before.length, -1).replaceAll("\n        ", "\n"),
    };
  }
  return { text: file ?? "", unwrap: (text) => text };
}

function withoutMarks(marked: string): { text: string; marks: string[] } {
  return { text: marked.replaceAll(/[«»]/g, ""), marks: marked.match(/«/g) ?? [] };
}

/** The text with marks round the findings, inner ones inside outer ones. */
function markedText(text: string, findings: readonly { readonly range: Range }[]): string {
  const edits = findings.flatMap(({ range }) => [
    { at: range.start, text: "«", order: 1 },
    { at: range.end, text: "»", order: 0 },
  ]);
  edits.sort((a, b) => b.at - a.at || b.order - a.order);
  let out = text;
  for (const { at, text: mark } of edits) out = out.slice(0, at) + mark + out.slice(at);
  return out;
}

// What a check says: plain data, in offsets of the document's text. Must not know the protocol or any check.
import type { Edit } from "../edits.ts";
import { type Range, shift } from "../ranges.ts";

export type Severity = "error" | "warning" | "information" | "hint";

/** A change that mends a finding. `safe`: it cannot change what the author meant, so "fix all" may apply it. */
export type Fix = { readonly title: string; readonly edits: readonly Edit[]; readonly safe: boolean };

/**
 * One thing that is wrong, at `range`. `code` is the id of the check (`metric/unknown`) and names its page,
 * server/docs/rules/<code>.md. `message`: what is wrong, why it matters here, what to write instead.
 */
export type Finding = {
  readonly code: string;
  readonly severity: Severity;
  readonly range: Range;
  readonly message: string;
  readonly fixes: readonly Fix[];
  readonly related?: readonly { readonly range: Range; readonly message: string }[] | undefined;
  readonly tag?: "deprecated" | "unnecessary" | undefined;
};

/** The finding with all its offsets moved by `by`. */
export function shiftFinding(finding: Finding, by: number): Finding {
  const { code, severity, message, tag } = finding;
  const range = shift(finding.range, by);
  const fixes = finding.fixes.map((fix) => shiftFix(fix, by));
  const related = finding.related?.map((one) => ({ range: shift(one.range, by), message: one.message }));
  return { code, severity, range, message, fixes, related, tag };
}

function shiftFix({ title, edits, safe }: Fix, by: number): Fix {
  const shifted = edits.map(({ range, text }) => ({ range: shift(range, by), text }));
  return { title, edits: shifted, safe };
}

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
  readonly related?: readonly { readonly range: Range; readonly message: string }[];
  readonly tag?: "deprecated" | "unnecessary";
};

/** The finding with all its offsets moved by `by`. */
export function shiftFinding(finding: Finding, by: number): Finding {
  return {
    ...finding,
    range: shift(finding.range, by),
    fixes: finding.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => ({ ...edit, range: shift(edit.range, by) })),
    })),
    ...(finding.related && {
      related: finding.related.map((related) => ({ ...related, range: shift(related.range, by) })),
    }),
  };
}

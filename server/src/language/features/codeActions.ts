// Fixes for the findings at a place, and all safe ones of a file at once. Knows no check.
import type { Edit } from "../../edits.ts";
import { overlaps, type Range, touches } from "../../ranges.ts";
import type { Finding, Fix } from "../finding.ts";

export type Offer = { readonly finding: Finding; readonly fix: Fix };

/** Fixes of the findings that the range touches, in the order of the findings. */
export function codeActions(findings: readonly Finding[], range: Range): Offer[] {
  return findings
    .filter((finding) => overlaps(finding.range, range) || touches(finding.range, range.start))
    .flatMap((finding) => finding.fixes.map((fix) => ({ finding, fix })));
}

/** Edits of the first safe fix of each finding; one that would overlap an earlier one is left for the next time. */
export function fixAll(findings: readonly Finding[]): Edit[] {
  const edits: Edit[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find(({ safe }) => safe);
    if (fix && !fix.edits.some((edit) => edits.some((taken) => collide(edit.range, taken.range))))
      edits.push(...fix.edits);
  }
  return edits;
}

/** Two insertions at one place collide too: their order would be chance. */
const collide = (a: Range, b: Range): boolean => overlaps(a, b) || a.start === b.start;

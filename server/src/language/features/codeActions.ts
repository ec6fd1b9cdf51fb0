// Fixes for the findings at a place, ways to turn their checks off, and all safe fixes of a file at once. Knows no check.
import type { Edit } from "../../edits.ts";
import { overlaps, type Range, touches } from "../../ranges.ts";
import type { Document } from "../document.ts";
import type { Finding, Fix } from "../finding.ts";
import { suppressFixes } from "../suppressFixes.ts";

export type Offer = { readonly finding: Finding; readonly fix: Fix };

/** Fixes of the findings that the range touches, in the order of the findings; behind all of them the comments that turn one off. */
export function codeActions(document: Document, findings: readonly Finding[], range: Range): Offer[] {
  const touched = findings.filter((finding) => overlaps(finding.range, range) || touches(finding.range, range.start));
  return [
    ...touched.flatMap((finding) => finding.fixes.map((fix) => ({ finding, fix }))),
    ...touched.flatMap((finding) => suppressFixes(document, finding).map((fix) => ({ finding, fix }))),
  ];
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

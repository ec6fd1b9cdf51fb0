// Findings as one JSON array: `{file, range, severity, code, message, href, fixes}`, ranges as the protocol counts them.
import { positionAt } from "../../lines.ts";
import type { Range } from "../../ranges.ts";
import { type Checked, type Format, href } from "./checked.ts";

/** So many findings become text at once: the text of all of them would be the largest thing in memory. */
const atOnce = 100;

/** Pieces that together are the array. */
export const json: Format = function* (checked) {
  let begun = false;
  for (const file of checked)
    for (let from = 0; from < file.findings.length; from += atOnce) {
      const rows = JSON.stringify(rowsOf(file, from), null, 2);
      yield (begun ? "," : "[") + rows.slice(1, -2);
      begun = true;
    }
  yield begun ? "\n]\n" : "[]\n";
};

function rowsOf({ file, document, findings }: Checked, from: number): object[] {
  const range = ({ start, end }: Range) => ({
    start: positionAt(document.lineStarts, start),
    end: positionAt(document.lineStarts, end),
  });
  return findings.slice(from, from + atOnce).map((finding) => ({
    file,
    range: range(finding.range),
    severity: finding.severity,
    code: finding.code,
    message: finding.message,
    href: href(finding.code),
    fixes: finding.fixes.map(({ title, edits, safe }) => ({
      title,
      safe,
      edits: edits.map((edit) => ({ range: range(edit.range), newText: edit.text })),
    })),
  }));
}

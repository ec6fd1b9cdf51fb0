// Findings as one JSON array: `{file, range, severity, code, message, href, fixes}`, ranges as the protocol counts them.
import { positionAt } from "../../lines.ts";
import type { Range } from "../../ranges.ts";
import { type Format, href } from "./checked.ts";

export const json: Format = (checked) => {
  const rows = checked.flatMap(({ file, document, findings }) => {
    const range = ({ start, end }: Range) => ({
      start: positionAt(document.lineStarts, start),
      end: positionAt(document.lineStarts, end),
    });
    return findings.map((finding) => ({
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
  });
  return `${JSON.stringify(rows, null, 2)}\n`;
};

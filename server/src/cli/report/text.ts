// Findings for people: place, message, the source line and a marker under the piece to blame.
import type { Document } from "../../language/document.ts";
import type { Finding, Severity } from "../../language/finding.ts";
import { positionAt } from "../../lines.ts";
import type { Checked, Format } from "./checked.ts";

const colours: Record<Severity, number> = { error: 31, warning: 33, information: 36, hint: 90 };

export const text: Format = (checked, { colours: coloured }) => {
  const paint = (code: number, piece: string): string => (coloured ? `\u001b[${code}m${piece}\u001b[0m` : piece);
  const blocks = checked.flatMap(({ file, document, findings }) =>
    findings.map((finding) => block(file, document, finding, paint)),
  );
  return `${blocks.join("\n")}${blocks.length > 0 ? "\n" : ""}${summary(checked)}\n`;
};

type Paint = (code: number, piece: string) => string;

function block(file: string, document: Document, finding: Finding, paint: Paint): string {
  const start = positionAt(document.lineStarts, finding.range.start);
  const place = paint(1, `${file}:${start.line + 1}:${start.character + 1}`);
  const head = `${place}: ${paint(colours[finding.severity], finding.severity)} ${finding.code}: ${finding.message}`;
  const fixes = finding.fixes.map((fix) => `  fix: ${fix.title}\n`).join("");
  return `${head}\n${excerpt(document, finding, start.line, start.character, paint)}${fixes}`;
}

/** The first line of the range with a marker; tabs stay tabs, so that the marker stands under what it means. */
function excerpt(document: Document, finding: Finding, line: number, column: number, paint: Paint): string {
  const from = document.lineStarts[line] ?? 0;
  const source = document.text
    .slice(from, document.lineStarts[line + 1] ?? document.text.length)
    .replace(/[\r\n]+$/, "");
  if (source.length > 400) return "";
  const width = Math.max(1, Math.min(finding.range.end - from, source.length) - column);
  const number = String(line + 1);
  const indent = source.slice(0, column).replace(/[^\t]/g, " ");
  const marker = paint(colours[finding.severity], "^".repeat(width));
  return `  ${number} | ${source}\n  ${" ".repeat(number.length)} | ${indent}${marker}\n`;
}

function summary(checked: readonly Checked[]): string {
  const counts = new Map<Severity, number>();
  for (const { findings } of checked)
    for (const { severity } of findings) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  const files = `${checked.length} ${checked.length === 1 ? "file" : "files"}`;
  if (counts.size === 0) return `${files} checked, nothing found`;
  const parts = (["error", "warning", "information", "hint"] as const)
    .filter((severity) => counts.has(severity))
    .map(
      (severity) =>
        `${counts.get(severity)} ${severity}${counts.get(severity) === 1 || severity === "information" ? "" : "s"}`,
    );
  return `${files} checked: ${parts.join(", ")}`;
}

// Findings for people: place, the source line with a marker under the piece to blame, and the message below it.
import type { Document } from "../../language/document.ts";
import type { Finding, Severity } from "../../language/finding.ts";
import { positionAt, startOfLine } from "../../lines.ts";
import { type Checked, type Format, severities } from "./checked.ts";
import { columns, cut } from "./width.ts";

const colours: Record<Severity, number> = { error: 31, warning: 33, information: 36, hint: 90 };

type Paint = (code: number, piece: string) => string;

export const text: Format = (checked, { colours: coloured }) => {
  const paint: Paint = (code, piece) => (coloured ? `\u001b[${code}m${piece}\u001b[0m` : piece);
  const blocks = checked.flatMap(({ file, document, findings }) =>
    findings.map((finding) => block(file, document, finding, paint)),
  );
  return [...blocks, `${summary(checked)}\n`].join("\n");
};

function block(file: string, document: Document, finding: Finding, paint: Paint): string {
  const start = positionAt(document.lineStarts, finding.range.start);
  const place = paint(1, `${file}:${start.line + 1}:${start.character + 1}`);
  const head = `${place}: ${paint(colours[finding.severity], finding.severity)} ${finding.code}\n`;
  const message = wrapped(printable(finding.message)).map((line) => `  ${line}\n`);
  const fixes = finding.fixes.map((fix) => `  ${paint(32, "fix:")} ${printable(fix.title)}\n`);
  return [head, excerpt(document, finding, start.line, start.character, paint), ...message, ...fixes].join("");
}

/** The first line of the range with a marker; of a long line the part around it. Tabs stay tabs: the marker stands below. */
function excerpt(document: Document, finding: Finding, line: number, column: number, paint: Paint): string {
  const from = startOfLine(document.lineStarts, line) ?? 0;
  const next = startOfLine(document.lineStarts, line + 1) ?? document.text.length;
  const source = document.text.slice(from, next).replace(/[\r\n]+$/, "");
  const end = Math.max(column + 1, Math.min(finding.range.end - from, source.length));
  const part = cut(source, column, end);
  const before = printable(part.text.slice(0, part.start));
  const blamed = printable(part.text.slice(part.start, part.end));
  const indent = before.replace(/[^\t]+/g, (run) => " ".repeat(columns(run)));
  const marker = paint(colours[finding.severity], "^".repeat(Math.max(1, columns(blamed))));
  const number = String(line + 1);
  const gutter = " ".repeat(number.length);
  return `  ${number} | ${printable(part.text)}\n  ${gutter} | ${indent}${marker}\n`;
}

/** Control characters could move the cursor of the terminal. */
function printable(piece: string): string {
  return control.test(piece) ? piece.replace(controls, "\ufffd") : piece;
}

const control = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/;
const controls = new RegExp(control, "g");

const longest = 100;

/** Lines of at most a hundred columns, broken at blanks; a longer word is a line of its own. */
export function wrapped(message: string): string[] {
  const lines: string[] = [];
  let from = 0;
  while (message.length - from > longest) {
    const before = message.lastIndexOf(" ", from + longest);
    const at = before > from ? before : message.indexOf(" ", from + longest);
    if (at < 0) break;
    lines.push(message.slice(from, at));
    from = at + 1;
  }
  return [...lines, message.slice(from)];
}

function summary(checked: readonly Checked[]): string {
  const counts = new Map<Severity, number>();
  for (const { findings } of checked)
    for (const { severity } of findings) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  const files = `${checked.length} ${checked.length === 1 ? "file" : "files"}`;
  if (counts.size === 0) return `${files} checked, nothing found`;
  const parts = severities.flatMap((severity) => {
    const count = counts.get(severity);
    if (count === undefined) return [];
    return [`${count} ${severity}${count === 1 || severity === "information" ? "" : "s"}`];
  });
  return `${files} checked: ${parts.join(", ")}`;
}

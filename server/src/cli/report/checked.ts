// One file with what was found in it: what every format of the command line is given, and what they share.
import type { Document } from "../../language/document.ts";
import type { Finding, Severity } from "../../language/finding.ts";
import { positionAt } from "../../lines.ts";
import type { Range } from "../../ranges.ts";
import type { Terminal } from "../verb.ts";

/** `file` as the user named it. */
export type Checked = { readonly file: string; readonly document: Document; readonly findings: readonly Finding[] };

/** The whole output of a run as one text, or piece by piece. */
export type Format = (checked: readonly Checked[], terminal: Terminal) => string | Iterable<string>;

export const severities: readonly Severity[] = ["error", "warning", "information", "hint"];

/** Where the page of a check is read. */
export function href(code: string): string {
  return `https://github.com/dkron-metrics/dkron-metrics/blob/main/server/docs/rules/${code}.md`;
}

/** Lines and columns from 1, as most formats count; the end column is behind the last character. */
export function region({ lineStarts }: Document, { start, end }: Range) {
  const [first, last] = [positionAt(lineStarts, start), positionAt(lineStarts, end)];
  return {
    startLine: first.line + 1,
    startColumn: first.character + 1,
    endLine: last.line + 1,
    endColumn: last.character + 1,
  };
}

/** The file as programs on any system name it. */
export function withSlashes(file: string): string {
  return file.replaceAll("\\", "/").replace(/^\.\//, "");
}

/** Text for an attribute or element of XML 1.0; what XML cannot hold becomes a question mark. */
export function xml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;" };
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, "?");
  return clean.replace(/[&<>"\n]/g, (character) => entities[character] ?? character);
}

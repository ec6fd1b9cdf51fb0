// Comments that no blank parts from a quote, a bracket, a comma or the head of a block scalar: Go's parsers need none, js-yaml does.
import { blockEnd, valueStart } from "./continued.ts";
import { blankLine, commentLine, continuedLine, type LineTable, lineCount, lineEnd, lineTable } from "./lineTable.ts";
import { extentOf } from "./scan.ts";

/** The text with blanks in place of such comments. */
export function withoutTightComments(text: string): string {
  if (!/["'\]}[{,|>+\-\d]#/.test(text)) return text;
  let out = "";
  let from = 0;
  for (const start of tightComments(text, lineTable(text, 0, text.length, 0))) {
    // What looks like one may stand within another.
    if (start < from) continue;
    const end = lineEnd(text, start, text.length);
    out += text.slice(from, start) + " ".repeat(end - start);
    from = end;
  }
  return out + text.slice(from);
}

/** Where they begin: behind values or in them. */
function* tightComments(text: string, table: LineTable): Iterable<number> {
  const to = table.start[lineCount(table)] ?? text.length;
  for (let line = 0; line < lineCount(table); line++) {
    const kind = table.kind[line];
    if (kind === blankLine || kind === commentLine || kind === continuedLine) continue;
    const end = lineEnd(text, table.first[line] ?? 0, table.start[line + 1] ?? text.length);
    const { column, value } = valueStart(text, table, line, end);
    const sign = text.slice(value, Math.min(value + 1, end));
    if (/[|>]/.test(sign)) {
      const head = /^.[-+\d]*(?=#)/.exec(text.slice(value, end))?.[0];
      if (head !== undefined) yield value + head.length;
      line = blockEnd(table, line, column);
    } else if (/["'[{]/.test(sign)) {
      const extent = extentOf(text, value, to);
      if (/[[{]/.test(sign)) yield* between(text, value, "end" in extent ? extent.end : to);
      if ("opener" in extent) return;
      if (text.charAt(extent.end) === "#") yield extent.end;
      while ((table.start[line + 1] ?? to) < extent.end) line++;
    }
  }
}

/** Those between brackets, where quotes are matched as a whole. */
function* between(text: string, start: number, end: number): Iterable<number> {
  const marks = /(?<=[\s[{,])(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*')|[[\]{},]/g;
  for (const { 0: mark, index } of text.slice(start, end).matchAll(marks)) {
    const behind = start + index + mark.length;
    if (behind < end && text.charAt(behind) === "#") yield behind;
  }
}

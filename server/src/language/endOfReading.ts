// Where Go's parser takes the first document for finished though no marker ends it, and what it has read by then.
// Judges nothing.
import type { Range } from "../ranges.ts";
import { documentErrors } from "../yaml/errors.ts";
import { parseYaml } from "../yaml/parse.ts";
import { extentOf } from "../yaml/scan.ts";
import { type Document, startOf, type YamlFile } from "../yaml/tree.ts";

/**
 * Offset of a line at which the document ends without a word: it stands behind a closed flow collection, further left
 * than the first key, or is a directive. `fault`: of the first syntax error; without one there is no such line.
 */
function endOfReading({ text }: YamlFile, document: Document, fault: number | undefined): number | undefined {
  if (fault === undefined) return undefined;
  const first = contentFrom(text, startOf(document));
  const end = /[[{]/.test(text.charAt(first)) ? behindFlow(text, first) : furtherLeft(text, first);
  const line = lineStart(text, fault);
  const found = end ?? (/^%(?:YAML|TAG)[ \t]/.test(text.slice(line, line + 6)) ? line : undefined);
  // What follows is ignored, but for its first character.
  return found !== undefined && found > first && found <= fault && !/^[@`\t]/.test(text.slice(found))
    ? found
    : undefined;
}

const parts = new WeakMap<YamlFile, YamlFile>();

/** Of a file whose first document ends without a word the part that is read; else the file. */
export function readPart(file: YamlFile): YamlFile {
  const [first] = file.documents;
  if (!first) return file;
  let part = parts.get(file);
  if (!part) {
    const end = endOfReading(file, first, documentErrors(file, first)[0]?.range.start);
    part = end === undefined ? file : parseYaml(file.text.slice(0, end));
    parts.set(file, part);
  }
  return part;
}

const lineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;

/** Where something stands from `at` on that is neither blank, comment nor the marker of a document. */
function contentFrom(text: string, at: number): number {
  const gap = /(?:[ \t\r\n\ufeff]+|#[^\n]*|---(?=[ \t\r\n]))*/y;
  gap.lastIndex = at;
  gap.exec(text);
  return gap.lastIndex;
}

function behindFlow(text: string, first: number): number | undefined {
  const extent = extentOf(text, first, text.length);
  if (!("end" in extent)) return undefined;
  const next = contentFrom(text, extent.end);
  return next < text.length && lineStart(text, next) >= extent.end ? lineStart(text, next) : undefined;
}

/** The first line that is indented less than the first key; a text without a key goes on at any column. */
function furtherLeft(text: string, first: number): number | undefined {
  const column = first - lineStart(text, first);
  if (column === 0 || !/^(?:[-?](?=\s)|[^\r\n]*:(?=\s|$))/.test(text.slice(first, first + 2000))) return undefined;
  const less = new RegExp(`^ {0,${column - 1}}(?![ \\r\\n#]|$)`, "gm");
  less.lastIndex = first;
  return less.exec(text)?.index;
}

/** What is to be said of the text from `start` on, which `reader` does not read. */
export function ignoredRest(reader: string, text: string, start: number) {
  return {
    range: lineFrom(text, start),
    message: `${reader} takes the file for finished in front of this line, and ignores the rest without a word. Line it up with the first line, or remove it.`,
    severity: "warning",
  } as const;
}

/** The rest of a line, without the blanks behind it. */
function lineFrom(text: string, start: number): Range {
  return { start, end: start + (/^[^\r\n]*/.exec(text.slice(start))?.[0].trimEnd().length ?? 0) };
}

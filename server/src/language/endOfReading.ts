// Where Go's parser takes the first document for finished though no marker ends it, and what it has read by then.
// Judges nothing.
import { keptOn } from "../kept.ts";
import type { Range } from "../ranges.ts";
import { documentErrors } from "../yaml/errors.ts";
import { contentFrom, stumble } from "../yaml/lookAhead.ts";
import { withLineFeeds } from "../yaml/otherBreaks.ts";
import { parseYaml } from "../yaml/parse.ts";
import type { Engine } from "../yaml/resolve.ts";
import { extentOf } from "../yaml/scan.ts";
import { startOf, type YamlFile } from "../yaml/tree.ts";
import type { Document } from "./document.ts";
import { isManifest } from "./ruleFile.ts";

/** How many tokens of the rest are made: yaml.v3 looks for comments two tokens ahead. */
const tokensAhead = { yaml2: 1, yaml3: 3 };

/** How many lines are tried: within a quoted text many can stand further left. */
const mostTries = 20;

const parts = { yaml2: keptOn<YamlFile, YamlFile>("file"), yaml3: keptOn<YamlFile, YamlFile>("file") };

/** Of a file whose first document ends without a word the part that is read; else the file. */
export function readPart(file: YamlFile, engine: Engine): YamlFile {
  let part = parts[engine].get(file);
  if (!part) {
    part = partOf(file, engine) ?? file;
    parts[engine].set(file, part);
  }
  return part;
}

/** What stands above the first line that can end the document and does: one within a value leaves that open. */
function partOf(file: YamlFile, engine: Engine): YamlFile | undefined {
  for (const end of endsOf(file, engine)) {
    const part = parseYaml(file.text.slice(0, end));
    if (part.documents.some((one) => documentErrors(part, one, engine).length > 0)) continue;
    return stumble(file.text, end, tokensAhead[engine]) === undefined ? part : undefined;
  }
  return undefined;
}

/**
 * Offsets of lines at which the document may end without a word: behind a closed flow collection, further left than the
 * first key, or with a directive. Some syntax error comes of it to whoever reads on.
 */
function endsOf(file: YamlFile, engine: Engine): readonly number[] {
  const text = file.whole ? withLineFeeds(file.text) : file.text;
  const [document] = file.documents;
  if (!document) return [];
  const first = contentFrom(text, startOf(document));
  const inFlow = /[[{]/.test(text.charAt(first));
  const column = first - lineStart(text, first);
  // So it is with nearly all files, and this runs at every keystroke.
  if (!inFlow && column === 0 && !text.includes("%YAML") && !text.includes("%TAG")) return [];
  const fault = documentErrors(file, document, engine)[0]?.range.start;
  if (fault === undefined) return [];
  const ends = inFlow ? behindFlow(text, first) : linesFrom(furtherLeft(text, first, column), text, first);
  return ends.filter((end) => end > first && end <= fault).slice(0, mostTries);
}

/** The document as Prometheus or promtool reads it: of a rule file and a test of rules the tree is that of the part that is read. */
export function readDocument(document: Document): Document {
  const { kind, yaml } = document;
  const isRules = kind === "prometheus-rules" && !isManifest(yaml.documents[0]?.root);
  const part = isRules ? readPart(yaml, "yaml3") : kind === "prometheus-rules-test" ? readPart(yaml, "yaml2") : yaml;
  return part === yaml ? document : { ...document, yaml: part };
}

/** Where a line begins, a byte order mark left out. */
function lineStart(text: string, at: number): number {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  return start === 0 && text.startsWith("\ufeff") ? 1 : start;
}

function behindFlow(text: string, first: number): readonly number[] {
  const extent = extentOf(text, first, text.length);
  if (!("end" in extent)) return [];
  const next = contentFrom(text, extent.end);
  return next < text.length && lineStart(text, next) >= extent.end ? [lineStart(text, next)] : [];
}

/** Directives, and lines that are indented less than the first key; a text without a key goes on at any column. */
function furtherLeft(text: string, first: number, column: number): RegExp {
  const isKeyed = /^(?:[-?](?=\s)|[^\r\n]*:(?=\s|$))/.test(text.slice(first, first + 2000));
  const less = column > 0 && isKeyed ? `| {0,${column - 1}}(?![ \\t\\r\\n#]|$)` : "";
  return new RegExp(`^(?:%(?:YAML|TAG)[ \\t]${less})`, "gm");
}

const linesFrom = (beginning: RegExp, text: string, from: number): number[] =>
  [...text.slice(from).matchAll(beginning)].map(({ index }) => from + index);

/** What is to be said of the text from `start` on, which `reader` does not read. */
export function ignoredRest(reader: string, text: string, start: number) {
  return {
    range: lineFrom(text, start),
    message: `${reader} takes the file for finished in front of this line, and ignores the rest without a word. Line it up with the first line, or remove it.`,
    severity: "warning",
  } as const;
}

/** The text of a line, without the blanks around it. */
function lineFrom(text: string, lineStart: number): Range {
  const line = /^[^\r\n]*/.exec(text.slice(lineStart))?.[0] ?? "";
  const start = lineStart + line.length - line.trimStart().length;
  return { start, end: start + line.trim().length };
}

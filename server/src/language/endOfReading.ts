// Where Go's parser takes the first document for finished though no marker ends it, and what it has read by then.
// Judges nothing.
import type { Range } from "../ranges.ts";
import { documentErrors } from "../yaml/errors.ts";
import { contentFrom, stumble } from "../yaml/lookAhead.ts";
import { parseYaml } from "../yaml/parse.ts";
import type { Engine } from "../yaml/resolve.ts";
import { extentOf } from "../yaml/scan.ts";
import { startOf, type YamlFile } from "../yaml/tree.ts";
import type { Document } from "./document.ts";
import { isManifest } from "./ruleFile.ts";

/**
 * Offset of a line at which the document ends without a word: it stands behind a closed flow collection, further left
 * than the first key, or is a directive. Some syntax error comes of it to whoever reads on.
 */
function endOfReading(file: YamlFile, document: YamlFile["documents"][number], engine: Engine): number | undefined {
  const { text } = file;
  const first = contentFrom(text, startOf(document));
  const inFlow = /[[{]/.test(text.charAt(first));
  // So it is with nearly all files, and this runs at every keystroke.
  if (!inFlow && first === lineStart(text, first) && !text.includes("\n%")) return undefined;
  const fault = documentErrors(file, document, engine)[0]?.range.start;
  if (fault === undefined) return undefined;
  const end = inFlow ? behindFlow(text, first) : furtherLeft(text, first, fault);
  const found = end ?? lastMatch(/^%(?:YAML|TAG)[ \t]/gm, text, first, fault);
  const isEnd = found !== undefined && found > first && found <= fault;
  return isEnd && stumble(text, found, tokensAhead[engine]) === undefined ? found : undefined;
}

/** How many tokens of the rest are made: yaml.v3 looks for comments two tokens ahead. */
const tokensAhead = { yaml2: 1, yaml3: 3 };

const parts = { yaml2: new WeakMap<YamlFile, YamlFile>(), yaml3: new WeakMap<YamlFile, YamlFile>() };

/** Of a file whose first document ends without a word the part that is read; else the file. */
export function readPart(file: YamlFile, engine: Engine): YamlFile {
  let part = parts[engine].get(file);
  if (!part) {
    part = partOf(file, engine) ?? file;
    parts[engine].set(file, part);
  }
  return part;
}

function partOf(file: YamlFile, engine: Engine): YamlFile | undefined {
  const [first] = file.documents;
  const end = first && endOfReading(file, first, engine);
  if (end === undefined) return undefined;
  const part = parseYaml(file.text.slice(0, end));
  // A line within a value ends nothing: above it the value is not closed.
  return part.documents.some((one) => documentErrors(part, one, engine).length > 0) ? undefined : part;
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

function behindFlow(text: string, first: number): number | undefined {
  const extent = extentOf(text, first, text.length);
  if (!("end" in extent)) return undefined;
  const next = contentFrom(text, extent.end);
  return next < text.length && lineStart(text, next) >= extent.end ? lineStart(text, next) : undefined;
}

/**
 * The last line up to `limit` that is indented less than the first key: what stands above is a part of a value, which may
 * go on at any column. So does a text without a key.
 */
function furtherLeft(text: string, first: number, limit: number): number | undefined {
  const column = first - lineStart(text, first);
  if (column === 0 || !/^(?:[-?](?=\s)|[^\r\n]*:(?=\s|$))/.test(text.slice(first, first + 2000))) return undefined;
  const less = new RegExp(`^ {0,${column - 1}}(?![ \\r\\n#]|$)`, "gm");
  return lastMatch(less, text, first, limit);
}

/** Where the last match between two offsets begins. */
function lastMatch(global: RegExp, text: string, from: number, to: number): number | undefined {
  global.lastIndex = from;
  let last: number | undefined;
  for (let found = global.exec(text); found && found.index <= to; found = global.exec(text)) {
    last = found.index;
    if (found[0] === "") global.lastIndex++;
  }
  return last;
}

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

// Everything that keeps a file from being read, in one list: the chunks' syntax errors, aliases that lead nowhere, and
// markers that js-yaml takes and Go does not.
import type { Range } from "../ranges.ts";
import { anchorsOf, resolveAlias } from "./alias.ts";
import { isPassedOver, stumble } from "./lookAhead.ts";
import type { Engine } from "./resolve.ts";
import {
  childrenOf,
  chunksOf,
  type Document,
  endOf,
  rangeIn,
  rangeOf,
  startOf,
  type YamlErrorCode,
  type YamlFile,
  type YamlNode,
} from "./tree.ts";

/** An error with its absolute range. */
export type YamlProblem = { readonly code: YamlErrorCode; readonly message: string; readonly range: Range };

/** Errors of all documents in the order of the text. Go's readers of one document see those of the first alone: `documentErrors`. */
export function errorsOf(file: YamlFile): YamlProblem[] {
  const aliases = file.documents.flatMap((document) => aliasErrors(file, document));
  return inOrder([...markerErrors(file), ...syntaxErrors(file), ...aliases]);
}

export function documentErrors(file: YamlFile, document: Document, engine: Engine): YamlProblem[] {
  const markers = document === file.documents[0] ? markerErrors(file) : [];
  const syntax = syntaxErrors(document).filter(
    ({ code, range }) => code !== "tab" || engine === "yaml2" || !isPassedOver(file.text, range.start),
  );
  return inOrder([...markers, ...syntax, ...aliasErrors(file, document)]);
}

/**
 * Errors that yaml.v3, which reads the first document alone, meets in those below: the next one begins with what is no
 * token, or there is a character that its reader, which is ahead of all, refuses.
 */
export function aheadErrors({ text, documents }: YamlFile): YamlProblem[] {
  const [, second] = documents;
  if (!second) return [];
  const at = stumble(text, second.chunk.base, 2);
  const message = "Below the first document nothing is read but the next one's beginning, and this is none; remove it.";
  return [
    ...(at === undefined ? [] : [{ code: "start" as const, message, range: { start: at, end: at + 1 } }]),
    ...documents
      .slice(1)
      .flatMap(syntaxErrors)
      .filter(({ code }) => code === "character"),
  ];
}

/** Lines in front of the first document that say nothing. */
const gap = String.raw`(?:[ \t]*(?:#.*)?\r?\n)*`;
const endFirst = new RegExp(String.raw`^\ufeff?${gap}\.\.\.(?=\s|$)`);
const indentedStart = new RegExp(String.raw`^\ufeff?${gap}(?:%.*\r?\n${gap})+ +---(?=\s|$)`);

/** An end before the first document, and a `---` behind directives that is not at the beginning of its line. */
export function markerErrors({ text }: Pick<YamlFile, "text">): YamlProblem[] {
  const problem = (code: YamlErrorCode, found: RegExpExecArray | null, message: string): YamlProblem[] => {
    const end = found?.[0].length ?? 0;
    return found ? [{ code, message, range: { start: end - 3, end } }] : [];
  };
  return [
    ...problem("marker", endFirst.exec(text), "`...` ends a document, and none has begun: remove the line."),
    ...problem(
      "directive",
      indentedStart.exec(text),
      "Behind a line that begins with `%` the `---` must stand at the beginning of its line; move it there.",
    ),
  ];
}

function inOrder(problems: YamlProblem[]): YamlProblem[] {
  return problems.sort((a, b) => a.range.start - b.range.start);
}

function syntaxErrors({ chunk }: Pick<YamlFile, "chunk">): YamlProblem[] {
  const found: YamlProblem[] = [];
  for (const part of chunksOf(chunk)) {
    for (const error of part.errors) {
      found.push({ code: error.code, message: error.message, range: rangeIn(part, error) });
    }
  }
  return found;
}

function aliasErrors(file: YamlFile, document: Document): YamlProblem[] {
  const aliases = chunksOf(document.chunk).flatMap((chunk) => chunk.aliases);
  const found: YamlProblem[] = [];
  for (const alias of aliases) {
    if (resolveAlias(file, alias)) continue;
    const inside = anchorsOf(document)
      .get(`&${alias.name}`)
      ?.some((node) => startOf(node) < startOf(alias) && startOf(alias) < endOf(node));
    const message = inside
      ? `\`*${alias.name}\` stands inside the value that \`&${alias.name}\` names, so it would contain itself; write the value out.`
      : `No anchor \`&${alias.name}\` stands above, so nothing can be put here; define it above, or quote the value if a text is meant.`;
    found.push({ code: "alias", message, range: rangeOf(alias) });
  }
  if (found.length === 0 && aliases.length > 0 && isBomb(file, document)) {
    const [first] = aliases;
    const message =
      "The aliases of this file stand for far more than is written, and Go's parsers refuse that; write the values out.";
    if (first) found.push({ code: "alias", message, range: rangeOf(first) });
  }
  return found;
}

/**
 * Whether Go refuses the document for "excessive aliasing": `unmarshal` in decode.go of yaml v2 and v3 allows 99 % of the decoded nodes
 * to come from aliases up to 400,000 nodes, falling to 10 % at 4,000,000. Each node is measured once; nothing is expanded.
 */
function isBomb(file: YamlFile, document: Document): boolean {
  const sizes = new Map<YamlNode, { all: number; aliased: number }>();
  const measure = (node: YamlNode): { all: number; aliased: number } => {
    const known = sizes.get(node);
    if (known) return known;
    const size = { all: 1, aliased: 0 };
    sizes.set(node, size);
    if (node.kind === "alias") {
      const target = resolveAlias(file, node);
      if (target) size.all += measure(target).all;
      size.aliased = size.all - 1;
    }
    for (const child of childrenOf(node)) {
      const { all, aliased } = measure(child);
      size.all += all;
      size.aliased += aliased;
    }
    return size;
  };
  const { all, aliased } = measure(document.root);
  if (all <= 100 || aliased <= 100) return false;
  const share = Math.min(1, Math.max(0, (all - 400_000) / 3_600_000));
  return aliased / all > 0.99 - 0.89 * share;
}

// Comments that turn checks off for a line, an entry or a file: ours and pint's. Knows no check, only ids.
import { lineAt, startOfLine } from "../lines.ts";
import type { Range } from "../ranges.ts";
import { chunksOf, endOf, rangeIn, rangeOf, startOf, type YamlNode } from "../yaml/tree.ts";
import type { Document } from "./document.ts";
import { parsed, placeOf } from "./expression.ts";
import type { Finding } from "./finding.ts";
import { pintChecks } from "./pintChecks.ts";
import { ruleGroups } from "./ruleFile.ts";

/** One id of one comment. `pattern`: `metric/unknown`, `metric/*` or `*`. Findings that begin in one of `areas` are meant. */
export type Suppression = {
  readonly pattern: string;
  /** The id in the comment; the whole comment where it names none. */
  readonly range: Range;
  /** The whole comment. */
  readonly comment: Range;
  readonly areas: readonly Range[];
  /** Comments of other linters are honoured, but not judged. */
  readonly own: boolean;
};

type Comment = Range & { readonly text: string; readonly alone: boolean };

/** What the comments of a file turn off; nothing, and quickly, in files that speak of neither linter. */
export function suppressionsOf(document: Document, prometheusVersion: string): readonly Suppression[] {
  const { text } = document;
  if (!speaksOfLinters(text)) return [];
  const comments = commentsOf(document, prometheusVersion);
  return [...comments.flatMap((comment) => ownOf(document, comment)), ...ofPint(document, comments)];
}

/**
 * Runs at every keystroke: many files are told by their first `#`, and the engine looks for a word faster than for a
 * pattern.
 */
function speaksOfLinters(text: string): boolean {
  const first = text.indexOf("#");
  if (first < 0 || !(text.includes("dkron-metrics", first) || text.includes("pint", first))) return false;
  return /#\s*(?:dkron-metrics|pint)/.test(text);
}

/** Whether a suppression turns off the check with this id. */
export function names({ pattern }: Suppression, code: string): boolean {
  return pattern === "*" || pattern === code || (pattern.endsWith("/*") && code.startsWith(pattern.slice(0, -1)));
}

/** The findings that nobody turned off, and the suppressions that turned off at least one. */
export function suppress(findings: readonly Finding[], suppressions: readonly Suppression[]) {
  const used = new Set<Suppression>();
  if (suppressions.length === 0) return { kept: findings, used };
  const kept = findings.filter((finding) => {
    const { start } = finding.range;
    const hits = suppressions.filter(
      (one) => names(one, finding.code) && one.areas.some((area) => area.start <= start && start <= area.end),
    );
    for (const hit of hits) used.add(hit);
    return hits.length === 0;
  });
  return { kept, used };
}

/** Comments of YAML, and those of PromQL in literal blocks. */
function commentsOf({ yaml, kind, text }: Document, prometheusVersion: string): Comment[] {
  const comments: Comment[] = [];
  for (const chunk of chunksOf(yaml.chunk))
    for (const comment of chunk.comments)
      comments.push({ ...rangeIn(chunk, comment), text: comment.text, alone: comment.alone });
  if (kind !== "prometheus-rules") return comments;
  for (const { rules } of ruleGroups(yaml))
    for (const { expr } of rules) {
      if (!expr?.value.includes("#")) continue;
      for (const comment of parsed(expr, prometheusVersion).comments) {
        const range = placeOf(expr, comment);
        const line = text.slice(text.lastIndexOf("\n", range.start) + 1, range.start);
        comments.push({ ...range, text: comment.text.replace(/^#/, "").trim(), alone: line.trim() === "" });
      }
    }
  return comments;
}

const own = /^dkron-metrics:?\s+(disable(?:-file)?)(?=\s|$)(?:\s+(.*))?$/;

function ownOf(document: Document, comment: Comment): Suppression[] {
  const match = own.exec(comment.text);
  if (!match) return [];
  const [, verb, rest = ""] = match;
  const areas = verb === "disable-file" ? [{ start: 0, end: document.text.length }] : [areaOf(document, comment)];
  return idsIn(document.text, comment, rest).map(({ id, range }) => ({
    pattern: id === "" ? "*" : id.includes("/") ? id : `${id}/*`,
    range,
    comment,
    areas,
    own: true,
  }));
}

/** The ids up to a reason, which follows behind `--`; without any, one for all checks. */
function idsIn(text: string, comment: Range, rest: string): { id: string; range: Range }[] {
  const list = rest.split(/(?:^|\s)--(?:\s|$)/)[0] ?? "";
  const from = comment.start + text.slice(comment.start, comment.end).lastIndexOf(rest);
  const found = [...list.matchAll(/[^\s,]+/g)].map((match) => ({
    id: match[0],
    range: { start: from + match.index, end: from + match.index + match[0].length },
  }));
  return found.length > 0 ? found : [{ id: "", range: { start: comment.start, end: comment.end } }];
}

/** Behind something: its line. Alone on a line: the entry that begins on the next line with content. */
function areaOf(document: Document, comment: Comment): Range {
  const line = lineRange(document, comment.start);
  if (!comment.alone) return line;
  const next = nextContent(document.text, comment.end);
  return entryAt(document, next) ?? lineRange(document, next);
}

function lineRange({ lineStarts, text }: Document, offset: number): Range {
  const line = lineAt(lineStarts, offset);
  return { start: startOfLine(lineStarts, line) ?? 0, end: (startOfLine(lineStarts, line + 1) ?? text.length + 1) - 1 };
}

/** The first character behind the line that is neither blank nor in a line that is all comment. */
function nextContent(text: string, offset: number): number {
  const pattern = /\S/g;
  pattern.lastIndex = offset;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (match[0] !== "#") return match.index;
    const end = text.indexOf("\n", match.index);
    if (end < 0) break;
    pattern.lastIndex = end;
  }
  return text.length;
}

/** The outermost pair or item that begins at the offset. */
function entryAt({ yaml }: Document, offset: number): Range | undefined {
  const document = yaml.documents.find((one) => startOf(one) <= offset && offset <= endOf(one));
  let node: YamlNode | undefined = document?.root;
  while (node) {
    const entries: readonly YamlEntry[] =
      node.kind === "mapping" ? node.pairs : node.kind === "sequence" ? node.items : [];
    const entry = entries.find((one) => startOf(one) <= offset && offset <= endOf(one));
    if (!entry) return undefined;
    if (startOf(entry) === offset) return rangeOf(entry);
    node = entry.value;
  }
  return undefined;
}

type YamlEntry = Parameters<typeof rangeOf>[0] & { readonly value: YamlNode };

const pint = /^pint\s+(\S+)(?:\s+(.*))?$/;

/** pint's comments: https://cloudflare.github.io/pint/ignoring.html. */
function ofPint(document: Document, comments: readonly Comment[]): Suppression[] {
  const all: Suppression[] = [];
  let begin: number | undefined;
  const turnOff = (comment: Comment, patterns: readonly string[], area: Range | undefined): void => {
    const { start, end } = comment;
    if (area)
      for (const pattern of patterns) all.push({ pattern, range: { start, end }, comment, areas: [area], own: false });
  };
  for (const comment of [...comments].sort((a, b) => a.start - b.start)) {
    const [, verb = "", rest = ""] = pint.exec(comment.text) ?? [];
    const end = document.text.length;
    switch (verb) {
      case "ignore/file":
        turnOff(comment, ["*"], { start: 0, end });
        break;
      case "ignore/line":
        turnOff(comment, ["*"], lineRange(document, comment.start));
        break;
      case "ignore/next-line":
        turnOff(comment, ["*"], lineRange(document, Math.min(end, lineRange(document, comment.end).end + 1)));
        break;
      case "ignore/begin":
        begin ??= comment.start;
        break;
      case "ignore/end":
        if (begin !== undefined) turnOff(comment, ["*"], { start: begin, end: comment.end });
        begin = undefined;
        break;
      case "disable":
      case "snooze":
        turnOff(comment, pintChecks(verb, rest), ruleAround(document, comment));
        break;
      case "file/disable":
      case "file/snooze":
        turnOff(comment, pintChecks(verb, rest), { start: 0, end });
        break;
    }
  }
  const last = comments.at(-1);
  if (begin !== undefined && last) turnOff(last, ["*"], { start: begin, end: document.text.length });
  return all;
}

/** The rule whose lines hold the comment, or that begins below it. */
function ruleAround(document: Document, comment: Comment): Range | undefined {
  const next = comment.alone ? nextContent(document.text, comment.end) : comment.start;
  for (const { rules } of ruleGroups(document.yaml)) {
    for (const { node } of rules) {
      const start = lineRange(document, startOf(node)).start;
      const end = lineRange(document, endOf(node)).end;
      if ((start <= comment.start && comment.start <= end) || (start <= next && next <= end)) return { start, end };
    }
  }
  return undefined;
}

// What stands between tokens: blanks, comments, and tabs where none may be. Knows no events.
import { isBreak } from "../lines.ts";
import type { Draft } from "./draft.ts";
import { describeReason } from "./syntaxError.ts";
import type { YamlComment } from "./tree.ts";

/** `source` is the text that js-yaml's events speak of; `pad` of its first characters are not the chunk's. */
export type Gaps = {
  readonly source: string;
  readonly chunk: Draft;
  readonly pad: number;
  /** Offset in `source` behind the last character of the last token. */
  end: number;
  /** Flow collections that are open. */
  flow: number;
  /** Column beyond which a blank line may hold a tab: behind a plain scalar that of its block collection, else none, and between brackets any. */
  tabsBehind: number;
};

/** The next offset from `from` that holds neither blank, line break nor comment; comments on the way are kept. */
export function skipBlank(b: Gaps, from: number): number {
  const { source } = b;
  let at = from;
  for (;;) {
    const code = source.charCodeAt(at);
    if (code === 9) refuseTab(b, at++);
    else if (code === 32 || code === 10 || code === 13 || code === 0xfeff) at++;
    else if (code === 35) at = comment(b, at);
    else return at;
  }
}

/** A tab that leads a line in block style or behind a plain scalar, even a blank one: js-yaml takes it, Go's parsers do not. */
function refuseTab(b: Gaps, at: number): void {
  const start = lineStart(b.source, at);
  if (b.flow > 0 && b.tabsBehind === Infinity) return;
  if (at - start > b.tabsBehind || b.source.slice(start, at).trim() !== "") return;
  if (start < b.end) return;
  const last = b.chunk.errors.at(-1);
  if (last && last.code === "tab" && last.end >= at - b.pad) return;
  b.chunk.errors.push({ ...describeReason("tab characters"), start: at - b.pad, end: at - b.pad + 1 });
}

function comment(b: Gaps, start: number): number {
  const { source, pad } = b;
  b.tabsBehind = Infinity;
  let end = start;
  while (end < source.length && !isBreak(source.charCodeAt(end))) end++;
  const last = b.chunk.comments.at(-1);
  if (!last || last.start < start - pad) b.chunk.comments.push(commentAt(source, start, end, pad));
  return end;
}

function commentAt(source: string, start: number, end: number, pad: number): YamlComment {
  let before = start;
  while (before > 0 && (source.charCodeAt(before - 1) === 32 || source.charCodeAt(before - 1) === 9)) before--;
  const alone = before === 0 || isBreak(source.charCodeAt(before - 1)) || source.charCodeAt(before - 1) === 0xfeff;
  return { start: start - pad, end: end - pad, text: source.slice(start + 1, end).trim(), alone };
}

/** Keeps the comments of a block scalar's header. */
export function gapBetween(b: Gaps, start: number, end: number): void {
  for (let at = start; at < end; at++) {
    if (b.source.charCodeAt(at) !== 35) continue;
    if (at > 0 && !isBlankOrEnd(b.source.charCodeAt(at - 1))) continue;
    at = comment(b, at);
  }
}

/** Offset at which the line of `at` begins, a byte order mark left out. */
export function lineStart(source: string, at: number): number {
  let start = at;
  while (start > 0 && !isBreak(source.charCodeAt(start - 1))) start--;
  return start === 0 && source.charCodeAt(0) === 0xfeff ? 1 : start;
}

/** Blank, line break or the end of the text. */
export function isBlankOrEnd(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13 || Number.isNaN(code);
}

// How a regular expression of a matcher is made, as far as simple ones go: alternatives, anchors, plain texts, wildcards.
import { keptByText } from "../../../kept.ts";
import type { Range } from "../../../ranges.ts";

/** One alternative of a pattern: offsets in the pattern, and what is left of its text without anchors and outer groups. */
export type Alternative = Range & { readonly core: string };

export type Shape = {
  readonly alternatives: readonly Alternative[];
  /** `^` at the start and `$` at the end of alternatives; a matcher is anchored without them. */
  readonly anchors: readonly Range[];
  /** The values that it stands for, where it is a list of plain texts. */
  readonly values: readonly string[] | undefined;
  /** It matches every value, that of an absent label too. */
  readonly matchesAll: boolean;
};

/** How many patterns: rules repeat theirs. */
const mostPatterns = 1000;

/** What is known of a pattern that RE2 takes; both ends are anchored, as Prometheus does. */
export const shapeOf = keptByText(findShape, mostPatterns);

function findShape(pattern: string): Shape {
  const alternatives: Alternative[] = [];
  const anchors: Range[] = [];
  for (const { start, end } of split(pattern)) {
    const from = startsWithAnchor(pattern, start, end) ? start + 1 : start;
    const to = endsWithAnchor(pattern, from, end) ? end - 1 : end;
    if (from > start) anchors.push({ start, end: from });
    if (to < end) anchors.push({ start: to, end });
    alternatives.push({ start, end, core: ungrouped(pattern.slice(from, to)) });
  }
  const lists = alternatives.map(({ core }) => valuesOf(core));
  const values = lists.every((list) => list !== undefined) ? lists.flat() : undefined;
  return { alternatives, anchors, values, matchesAll: alternatives.some(({ core }) => core === ".*") };
}

/** The alternatives on the outermost level. */
function split(pattern: string): Range[] {
  const ranges: Range[] = [];
  let start = 0;
  for (const at of barsOf(pattern)) {
    ranges.push({ start, end: at });
    start = at + 1;
  }
  ranges.push({ start, end: pattern.length });
  return ranges;
}

function barsOf(pattern: string): number[] {
  // Inside \Q…\E nothing means anything; such patterns are left whole.
  if (pattern.includes("\\Q")) return [];
  const bars: number[] = [];
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === "\\") at++;
    else if (character === "[") at = endOfClass(pattern, at);
    else if (character === "(") depth++;
    else if (character === ")") depth--;
    else if (character === "|" && depth === 0) bars.push(at);
  }
  return bars;
}

/** The offset of the bracket that closes a class; one right behind its start stands for itself. */
function endOfClass(pattern: string, open: number): number {
  let at = open + 1;
  if (pattern[at] === "^") at++;
  if (pattern[at] === "]") at++;
  for (; at < pattern.length && pattern[at] !== "]"; at++) {
    if (pattern[at] === "\\") at++;
    else if (pattern.startsWith("[:", at)) at = Math.max(at, pattern.indexOf(":]", at) + 1);
  }
  return at;
}

function startsWithAnchor(pattern: string, start: number, end: number): boolean {
  return pattern[start] === "^" && start < end && !/[*+?{]/.test(pattern[start + 1] ?? "");
}

function endsWithAnchor(pattern: string, start: number, end: number): boolean {
  if (pattern[end - 1] !== "$" || end - 1 < start || pattern.includes("\\Q")) return false;
  const slashes = /\\*$/.exec(pattern.slice(start, end - 1))?.[0].length ?? 0;
  return slashes % 2 === 0;
}

/** The text without the parentheses round all of it. */
function ungrouped(text: string): string {
  const inner = /^\((?:\?:)?([^()[\]\\|?]*)\)$/.exec(text)?.[1];
  return inner === undefined ? text : ungrouped(inner);
}

/** `a(b|c)` stays what it is; a group of plain texts alone is their list. */
function valuesOf(core: string): readonly string[] | undefined {
  const group = /^\((?:\?:)?([^()[\]\\?*+.{}^$]*)\)$/.exec(core)?.[1];
  if (group !== undefined) return group.split("|");
  const text = plainText(core);
  return text === undefined ? undefined : [text];
}

/** The only value that a piece matches; undefined where there are several, or where that is not easily seen. */
function plainText(piece: string): string | undefined {
  return /^(?:[^\\.+*?()|[\]{}^$]|\\[^A-Za-z0-9])*$/.test(piece) ? piece.replace(/\\(.)/gsu, "$1") : undefined;
}

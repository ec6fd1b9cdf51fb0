// Entries as most people write most of them: a key or a dash and a value on each line, indentation and comments around.
// Builds at once what js-yaml's events would give, and leaves alone whatever could mean anything else.
import { ownTexts } from "../kept.ts";
import type { BuiltDocument } from "./build.ts";
import type { Draft } from "./draft.ts";
import { plainText, quickBlockScalar, quickValue, remark, scalar } from "./quickValue.ts";
import type { Chunk, Item, Mapping, Pair, Scalar, Sequence, YamlComment, YamlNode } from "./tree.ts";

/**
 * Indentation, a dash, a key with its colon: each may be missing but the indentation. Then blanks, and plain text where it
 * is all that the line has more, for most have that.
 */
const opening = new RegExp(
  `( *)(-(?: +|(?=\\r?\\n|$)))?(?:([A-Za-z_][\\w-]{0,99}):(?= |\\r?\\n|$))?( *)(?:(${plainText}) *(?:\\r?\\n|$))?`,
  "y",
);
/** What is left of a line that says nothing more: blanks, or a comment. */
const nothing = new RegExp(` *(?:(${remark}))?(?:\\r?\\n|$)`, "y");

/** How deep collections may nest here. */
export const quickDepth = 20;

/** A line that holds something: offsets in the text, columns of the file. */
type Line = {
  /** Where it begins to say something. */
  readonly column: number;
  /** The dash, or -1. */
  readonly dash: number;
  readonly key: Scalar | undefined;
  readonly keyColumn: number;
  /** `undefined`: nothing stands behind the key or the dash. */
  readonly value: YamlNode | undefined;
  /** Where the next line begins, behind the block of text below this one. */
  readonly end: number;
};

/** What the text of an entry holds, placed in `chunk`; `pad` is the column of its first line. Undefined where js-yaml has to be asked. */
export function quickBlock(text: string, pad: number, chunk: Draft): BuiltDocument[] | undefined {
  const comments: YamlComment[] = [];
  const lines = linesOf(text, pad, chunk, comments);
  if (!lines) return undefined;
  const reading: Reading = { lines, next: 0, chunk };
  const root = collection(reading, 0);
  if (!root || reading.next < lines.length) return undefined;
  for (let i = 0; i < comments.length; i++) chunk.comments.push(comments[i] as YamlComment);
  return [{ start: root.start, end: root.end, root, explicit: false }];
}

function linesOf(text: string, pad: number, chunk: Chunk, comments: YamlComment[]): Line[] | undefined {
  const lines: Line[] = [];
  for (let at = 0; at < text.length; ) {
    const line = lineAt(text, at, at === 0 ? pad : 0, chunk, comments);
    const end = line ? line.end : endOfNothing(text, at, comments, true);
    if (end === undefined) return undefined;
    if (line) lines.push(line);
    at = end;
  }
  return lines.length > 0 ? lines : undefined;
}

/** Where the line ends that holds nothing more than blanks and a comment; undefined where it holds something. */
function endOfNothing(text: string, at: number, comments: YamlComment[], alone: boolean): number | undefined {
  nothing.lastIndex = at;
  const found = nothing.exec(text);
  if (!found) return undefined;
  const { lastIndex } = nothing;
  const comment = found[1];
  if (comment !== undefined) {
    const start = at + found[0].indexOf("#");
    comments.push(commentAt(start, comment, alone));
  }
  return lastIndex;
}

function commentAt(start: number, text: string, alone: boolean): YamlComment {
  return { start, end: start + text.length, text: text.slice(1).trim(), alone };
}

function lineAt(text: string, at: number, pad: number, chunk: Chunk, comments: YamlComment[]): Line | undefined {
  opening.lastIndex = at;
  // Groups one by one: taking an array apart is slow in code that has not run often.
  const groups = opening.exec(text);
  const indent = groups?.[1] ?? "";
  const dash = groups?.[2] ?? "";
  const written = groups?.[3];
  const key = written === undefined ? undefined : ownKey(written);
  if (dash === "" && key === undefined) return undefined;
  const start = at + indent.length;
  const blanks = groups?.[4] ?? "";
  const behind = start + dash.length + (key === undefined ? 0 : key.length + 1) + blanks.length;
  const keyColumn = indent.length + pad + dash.length;
  const word = groups?.[5];
  let value: YamlNode | undefined;
  let end: number | undefined = opening.lastIndex;
  if (word !== undefined) value = scalar(chunk, "plain", behind, word, word);
  else {
    value = quickValue(text, behind, chunk) ?? (key ? quickBlockScalar(text, behind, keyColumn, chunk) : undefined);
    end = value ? endOfValue(text, value, comments) : endOfNothing(text, behind, comments, false);
  }
  if (end === undefined || (value && key !== undefined && blanks === "")) return undefined;
  return {
    column: indent.length + pad,
    dash: dash === "" ? -1 : start,
    key: key === undefined ? undefined : scalar(chunk, "plain", start + dash.length, key, key),
    keyColumn,
    value,
    end,
  };
}

const mostKeys = 1000;
const ownKey = ownTexts(mostKeys);

/** Where the lines of a value end; keeps the comment behind a value of one line. */
function endOfValue(text: string, value: YamlNode, comments: YamlComment[]): number | undefined {
  if (value.kind === "scalar" && value.indent >= 0) return value.rawStart + value.raw.length;
  return text.charCodeAt(value.end) === lineFeed ? value.end + 1 : endOfNothing(text, value.end, comments, false);
}

const lineFeed = 10;

/** `next` is the line that is read next. */
type Reading = { readonly lines: readonly Line[]; next: number; readonly chunk: Chunk };

/** The collection that begins with the next line; undefined where its lines do not stand as they should. */
function collection(reading: Reading, depth: number): Mapping | Sequence | undefined {
  const line = reading.lines[reading.next];
  if (!line || depth > quickDepth) return undefined;
  return line.dash < 0 ? mapping(reading, line.column, depth) : sequence(reading, line.column, depth);
}

function sequence(reading: Reading, column: number, depth: number): Sequence | undefined {
  const { lines, chunk } = reading;
  const items: Item[] = [];
  for (let line = lines[reading.next]; line?.column === column && line.dash >= 0; line = lines[reading.next]) {
    const value = line.key ? mapping(reading, line.keyColumn, depth + 1) : single(reading, line, line.dash + 1, column);
    if (!value) return undefined;
    items.push({ kind: "item", chunk, start: line.dash, end: value.end, dash: line.dash, value });
  }
  const first = items[0];
  const last = items.at(-1);
  if (!first || !last || (lines[reading.next]?.column ?? -1) >= column) return undefined;
  return {
    kind: "sequence",
    chunk,
    start: first.start,
    end: last.end,
    anchor: undefined,
    tag: undefined,
    flow: false,
    items,
  };
}

/** A mapping whose keys stand at `column`; its first key may stand behind a dash. */
function mapping(reading: Reading, column: number, depth: number): Mapping | undefined {
  const { lines, chunk } = reading;
  const pairs: Pair[] = [];
  for (let line = lines[reading.next]; line?.key; line = lines[reading.next]) {
    const isFirst = pairs.length === 0;
    if (line.keyColumn !== column || (line.dash >= 0 && !isFirst)) break;
    const colon = line.key.end;
    const value = pairValue(reading, line, column, depth);
    if (!value) return undefined;
    pairs.push({ kind: "pair", chunk, start: line.key.start, end: value.end, key: line.key, colon, value });
  }
  const first = pairs[0];
  const last = pairs.at(-1);
  if (!first || !last || (lines[reading.next]?.column ?? -1) >= column) return undefined;
  return {
    kind: "mapping",
    chunk,
    start: first.start,
    end: last.end,
    anchor: undefined,
    tag: undefined,
    flow: false,
    pairs,
    kept: undefined,
  };
}

/** What stands behind a key on its line, or below it and deeper. */
function pairValue(reading: Reading, line: Line, column: number, depth: number): YamlNode | undefined {
  const below = reading.lines[reading.next + 1];
  const colon = line.key?.end ?? 0;
  if (line.value || !below || below.column < column) return single(reading, line, colon + 1, column);
  // A dash at the key's own column can be its list or the next item around it.
  if (below.column === column) return below.dash >= 0 ? undefined : single(reading, line, colon + 1, column);
  reading.next++;
  return collection(reading, depth + 1);
}

/** The value of one line, with nothing that goes on below it. `empty`: where one stands that is not written. */
function single(reading: Reading, { value }: Line, empty: number, column: number): YamlNode | undefined {
  reading.next++;
  if ((reading.lines[reading.next]?.column ?? -1) > column) return undefined;
  return value ?? { kind: "empty", chunk: reading.chunk, start: empty, end: empty, anchor: undefined, tag: undefined };
}

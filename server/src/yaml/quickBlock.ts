// Entries as most people write most of them: a key or a dash and a value on each line, indentation around. Builds at once
// what js-yaml's events would give, and leaves alone whatever could mean anything else.
import type { BuiltDocument } from "./build.ts";
import type { Chunk, Item, Mapping, Pair, Scalar, Sequence, YamlNode } from "./tree.ts";

/** Indentation, a dash, a key with its colon: each may be missing but the indentation. Then blanks. */
const opening = /( *)(-(?: +|(?=\r?\n|$)))?(?:([A-Za-z_][\w-]{0,99}):(?= |\r?\n|$))?( *)/y;
const blank = / *(?:\r?\n|$)/y;

/** A value and the blanks behind it: plain text of printable ASCII without `: ` and `#`, quotes without escapes, a list of names. */
const plain = /([A-Za-z0-9_./$(^+\\=~;)](?:[!"$-9;-~]|:(?=[!"$-~])| +(?=[!"$-9;-~]))*) *(?:\r?\n|$)/y;
const quoted = /("[ !#-[\]-~]*"|'[ -&(-~]*') *(?:\r?\n|$)/y;
const listed = /(\[(?: *(?:\w[\w./-]*(?::[\w./-]+)*|"[ !#-[\]-~]*") *(?:,(?! *\])|(?=\])))*\]) *(?:\r?\n|$)/y;
/** The head of a literal block, and a line of one: ASCII again, and more than blanks. */
const literalHead = /\|(-?) *\n/y;
const literalLine = /( *)[!-~][ -~]*(?:\n|$)/y;
const names = /\w[\w./-]*(?::[\w./-]+)*|"[ !#-[\]-~]*"/g;

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
};

/** What the text of an entry holds, placed in `chunk`; `pad` is the column of its first line. Undefined where js-yaml has to be asked. */
export function quickBlock(text: string, pad: number, chunk: Chunk): BuiltDocument[] | undefined {
  const lines = linesOf(text, pad, chunk);
  if (!lines) return undefined;
  const reading: Reading = { lines, next: 0, chunk };
  const root = collection(reading, 0);
  if (!root || reading.next < lines.length) return undefined;
  return [{ start: root.start, end: root.end, root, explicit: false }];
}

function linesOf(text: string, pad: number, chunk: Chunk): Line[] | undefined {
  const lines: Line[] = [];
  for (let at = 0; at < text.length; ) {
    blank.lastIndex = at;
    if (blank.test(text)) {
      at = blank.lastIndex;
      continue;
    }
    opening.lastIndex = at;
    const [, indent = "", dash = "", key, gap = ""] = opening.exec(text) ?? [];
    if (dash === "" && key === undefined) return undefined;
    const column = indent.length + (at === 0 ? pad : 0);
    const start = at + indent.length;
    const behind = opening.lastIndex;
    const keyColumn = column + dash.length;
    const value = valueAt(text, behind, chunk) ?? (key ? literalAt(text, behind, keyColumn, chunk) : undefined);
    if (value && key !== undefined && gap === "") return undefined;
    if (!value) {
      blank.lastIndex = behind;
      if (!blank.test(text)) return undefined;
    }
    lines.push({
      column,
      dash: dash === "" ? -1 : start,
      key: key === undefined ? undefined : scalar(chunk, "plain", start + dash.length, key),
      keyColumn,
      value,
    });
    at = lineEnd;
  }
  return lines.length > 0 ? lines : undefined;
}

/** Where the line of the last value, or the last blank line, ended. */
let lineEnd = 0;

/** The value that is all of the line from there on; undefined where there is none, or one that is not read here. */
function valueAt(text: string, at: number, chunk: Chunk): YamlNode | undefined {
  plain.lastIndex = at;
  const word = plain.exec(text)?.[1];
  if (word !== undefined) {
    lineEnd = plain.lastIndex;
    return scalar(chunk, "plain", at, word);
  }
  quoted.lastIndex = at;
  const quotes = quoted.exec(text)?.[1];
  if (quotes !== undefined) {
    lineEnd = quoted.lastIndex;
    return inQuotes(chunk, at, quotes);
  }
  listed.lastIndex = at;
  const list = listed.exec(text)?.[1];
  if (list !== undefined) {
    lineEnd = listed.lastIndex;
    return listOf(chunk, at, list);
  }
  blank.lastIndex = at;
  if (blank.test(text)) lineEnd = blank.lastIndex;
  return undefined;
}

/** A literal block below a key at `column`; undefined where none begins, or one whose lines want a second look. */
function literalAt(text: string, at: number, column: number, chunk: Chunk): Scalar | undefined {
  literalHead.lastIndex = at;
  const head = literalHead.exec(text);
  if (!head) return undefined;
  const rawStart = literalHead.lastIndex;
  let indent = -1;
  let end = rawStart;
  let to = rawStart;
  for (;;) {
    literalLine.lastIndex = to;
    const found = literalLine.exec(text)?.[1]?.length;
    if (found !== undefined && found > column) {
      if (indent < 0) indent = found;
      // A line between the two columns is a mistake, blanks alone may be text or none.
      if (found < indent) return undefined;
      to = literalLine.lastIndex;
      end = text[to - 1] === "\n" ? to - 1 : to;
    } else if (indent >= 0 && text[to] === "\n") to++;
    else if (indent >= 0 && (found !== undefined || to === text.length)) break;
    else return undefined;
  }
  lineEnd = to;
  const value = text.slice(rawStart + indent, end).replaceAll(`\n${" ".repeat(indent)}`, "\n");
  const strip = head[1] === "-";
  while (text[end - 1] === " ") end--;
  return {
    ...scalar(chunk, "plain", at, ""),
    end,
    style: "literal",
    value: strip ? value : `${value}\n`,
    raw: text.slice(rawStart, to),
    rawStart,
    indent,
    chomping: strip ? "strip" : "clip",
  };
}

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
  const [first, last] = [items[0], items.at(-1)];
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
  const [first, last] = [pairs[0], pairs.at(-1)];
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
    kept: [],
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

function listOf(chunk: Chunk, start: number, text: string): YamlNode {
  const items = [...text.matchAll(names)].map(({ 0: name, index }): Item => {
    const at = start + index;
    const value = name.startsWith('"') ? inQuotes(chunk, at, name) : scalar(chunk, "plain", at, name);
    return { kind: "item", chunk, start: value.start, end: value.end, dash: undefined, value };
  });
  const end = start + text.length;
  return { kind: "sequence", chunk, start, end, anchor: undefined, tag: undefined, flow: true, items };
}

const inQuotes = (chunk: Chunk, start: number, text: string): Scalar =>
  scalar(chunk, text.startsWith('"') ? "double" : "single", start, text.slice(1, -1));

/** `raw` stands for itself. */
function scalar(chunk: Chunk, style: "plain" | "single" | "double", start: number, raw: string): Scalar {
  const quote = style === "plain" ? 0 : 1;
  return {
    kind: "scalar",
    chunk,
    start,
    end: start + raw.length + 2 * quote,
    anchor: undefined,
    tag: undefined,
    style,
    value: raw,
    raw,
    rawStart: start + quote,
    indent: -1,
    chomping: "clip",
  };
}

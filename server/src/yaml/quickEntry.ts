// One entry on one line, as most entries are: `key: value`, `key:`, `- value`, `-`. Builds at once what js-yaml's events
// would give, and leaves alone whatever could mean anything else.
import type { BuiltDocument } from "./build.ts";
import type { Chunk, Item, Pair, Scalar, YamlNode } from "./tree.ts";

/** Indentation, then a dash or a key with its colon. */
const opening = /^( *)(?:(-)|([A-Za-z_][\w-]{0,99})(:))( *)/;

/** A value and the blanks behind it: plain text of printable ASCII without `: ` and `#`, quotes without escapes, a list of names. */
const plain = /^([A-Za-z0-9_./$(^+\\=~;)](?:[!"$-9;-~]|:(?=[!"$-~])| +(?=[!"$-9;-~]))*) *\r?\n?$/;
const quoted = /^("[ !#-[\]-~]*"|'[ -&(-~]*') *\r?\n?$/;
const listed = /^\[(?: *(?:\w[\w./-]*(?::[\w./-]+)*|"[ !#-[\]-~]*") *(?:,(?! *\])|(?=\])))*\] *\r?\n?$/;
const items = /\w[\w./-]*(?::[\w./-]+)*|"[ !#-[\]-~]*"/g;

/** What the text of an entry holds, placed in `chunk`; undefined where js-yaml has to be asked. */
export function quickEntry(text: string, chunk: Chunk): BuiltDocument[] | undefined {
  const head = opening.exec(text);
  if (!head) return undefined;
  const [matched, { length: start }, dash, key, , gap] = head as unknown as [
    string,
    string,
    string?,
    string?,
    string?,
    string?,
  ];
  const rest = text.slice(matched.length);
  const value = valueIn(rest, matched.length, gap !== "", start + (key ?? dash ?? "").length + (key ? 1 : 0), chunk);
  if (!value) return undefined;
  const end = value.end;
  const place = { chunk, start, end, anchor: undefined, tag: undefined, flow: false } as const;
  let root: YamlNode;
  if (key === undefined) {
    const item: Item = { kind: "item", chunk, start, end, dash: start, value };
    root = { kind: "sequence", ...place, items: [item] };
  } else {
    const colon = start + key.length;
    const pair: Pair = { kind: "pair", chunk, start, end, key: scalar(chunk, "plain", start, key), colon, value };
    root = { kind: "mapping", ...place, pairs: [pair], kept: [] };
  }
  return [{ start, end, root, explicit: false }];
}

/** `empty`: where a value stands that is not written. */
function valueIn(rest: string, start: number, parted: boolean, empty: number, chunk: Chunk): YamlNode | undefined {
  if (/^\r?\n?$/.test(rest))
    return { kind: "empty", chunk, start: empty, end: empty, anchor: undefined, tag: undefined };
  if (!parted) return undefined;
  const text = plain.exec(rest)?.[1];
  if (text !== undefined) return scalar(chunk, "plain", start, text);
  const quotes = quoted.exec(rest)?.[1];
  if (quotes !== undefined) return inQuotes(chunk, start, quotes);
  return listed.test(rest) ? list(chunk, start, rest) : undefined;
}

function list(chunk: Chunk, start: number, rest: string): YamlNode {
  const found = [...rest.matchAll(items)].map(({ 0: text, index }): Item => {
    const value = text.startsWith('"')
      ? inQuotes(chunk, start + index, text)
      : scalar(chunk, "plain", start + index, text);
    return { kind: "item", chunk, start: value.start, end: value.end, dash: undefined, value };
  });
  const end = start + rest.lastIndexOf("]") + 1;
  return { kind: "sequence", chunk, start, end, anchor: undefined, tag: undefined, flow: true, items: found };
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

// Values as most people write most of them: one line of plain or quoted text, a list of names, a literal or folded block.
// Builds at once what js-yaml's events would give, and leaves alone whatever could mean anything else.
import type { Chunk, Item, Scalar, YamlNode } from "./tree.ts";

/** Characters beyond ASCII that are text to every reader: no control, no line break, no half of a pair. */
const wide = "\\u00a0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd";

/** A comment behind blanks, without its line break. */
export const remark = `#[\\t -~${wide}]*`;

/** What may stand between a value and the end of its line. */
const rest = `(?: *| +${remark})(?:\\r?\\n|$)`;

/** Plain text without `: ` and `#`. */
export const plainText = `[A-Za-z0-9_./$(^+\\\\=~;](?:[!"$-9;-~${wide}]|:(?=[!"$-~])| +(?=[!"$-9;-~${wide}]))*`;

/** Plain text; quotes, with the escapes that everybody knows; a list of names. */
const plain = new RegExp(`(${plainText})${rest}`, "y");
const quoted = new RegExp(`("(?:[ !#-[\\]-~${wide}]|\\\\["\\\\nt])*"|'(?:[ -&(-~${wide}]|'')*')${rest}`, "y");
const listed = new RegExp(
  `(\\[(?: *(?:\\w[\\w./-]*(?::[\\w./-]+)*|"[ !#-[\\]-~]*") *(?:,(?! *\\])|(?=\\])))*\\])${rest}`,
  "y",
);
const names = /\w[\w./-]*(?::[\w./-]+)*|"[ !#-[\]-~]*"/g;

/** The head of a block of text, and a line of one: more than blanks. */
const blockHead = /([|>])(-?) *\n/y;
const blockLine = new RegExp(`( *)[!-~${wide}][ -~${wide}]*(?:\\n|$)`, "y");

/** The value that is all of the line from `at` on but for a comment; undefined where there is none, or one that is not read here. */
export function quickValue(text: string, at: number, chunk: Chunk): YamlNode | undefined {
  switch (text[at]) {
    case '"':
    case "'": {
      const quotes = matched(quoted, text, at);
      return quotes === undefined ? undefined : inQuotes(chunk, at, quotes);
    }
    case "[": {
      const list = matched(listed, text, at);
      return list === undefined ? undefined : listOf(chunk, at, list);
    }
    default: {
      const word = matched(plain, text, at);
      return word === undefined ? undefined : scalar(chunk, "plain", at, word, word);
    }
  }
}

/** What the pattern's first group holds where it matches at that place. */
function matched(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[1];
}

/** A literal or folded block below a key at `column`; undefined where none begins, or one whose lines want a second look. */
export function quickBlockScalar(text: string, at: number, column: number, chunk: Chunk): Scalar | undefined {
  blockHead.lastIndex = at;
  const head = blockHead.exec(text);
  if (!head) return undefined;
  const folded = head[1] === ">";
  const rawStart = blockHead.lastIndex;
  let indent = -1;
  let end = rawStart;
  let to = rawStart;
  for (;;) {
    blockLine.lastIndex = to;
    const found = blockLine.exec(text)?.[1]?.length;
    if (found !== undefined && found > column) {
      // A line between the two columns is a mistake, blanks alone may be text or none, and a deeper line is not folded.
      if (indent >= 0 && (folded ? found !== indent || end < to - 1 : found < indent)) return undefined;
      if (indent < 0) indent = found;
      to = blockLine.lastIndex;
      end = text[to - 1] === "\n" ? to - 1 : to;
    } else if (indent >= 0 && text[to] === "\n") to++;
    else if (indent >= 0 && (found !== undefined || to === text.length)) break;
    else return undefined;
  }
  const value = text.slice(rawStart + indent, end).replaceAll(`\n${" ".repeat(indent)}`, folded ? " " : "\n");
  const strip = head[2] === "-";
  while (text[end - 1] === " ") end--;
  return {
    kind: "scalar",
    chunk,
    start: at,
    end,
    anchor: undefined,
    tag: undefined,
    style: folded ? "folded" : "literal",
    value: strip ? value : `${value}\n`,
    raw: text.slice(rawStart, to),
    rawStart,
    indent,
    chomping: strip ? "strip" : "clip",
    kept: undefined,
  };
}

function listOf(chunk: Chunk, start: number, text: string): YamlNode {
  const items = [...text.matchAll(names)].map(({ 0: name, index }): Item => {
    const at = start + index;
    const value = name.startsWith('"') ? inQuotes(chunk, at, name) : scalar(chunk, "plain", at, name, name);
    return { kind: "item", chunk, start: value.start, end: value.end, dash: undefined, value };
  });
  const end = start + text.length;
  return { kind: "sequence", chunk, start, end, anchor: undefined, tag: undefined, flow: true, items };
}

function inQuotes(chunk: Chunk, start: number, text: string): Scalar {
  const raw = text.slice(1, -1);
  if (text.startsWith('"')) {
    return scalar(chunk, "double", start, raw, unescaped(raw));
  }
  return scalar(chunk, "single", start, raw, raw.includes("'") ? raw.replaceAll("''", "'") : raw);
}

/** The text without its escapes, of which each is one letter behind a backslash. */
function unescaped(raw: string): string {
  let at = raw.indexOf("\\");
  if (at < 0) return raw;
  let value = "";
  let from = 0;
  for (; at >= 0; at = raw.indexOf("\\", from)) {
    value += raw.slice(from, at) + meant(raw.charAt(at + 1));
    from = at + 2;
  }
  return value + raw.slice(from);
}

/** What the letter of an escape stands for. */
function meant(letter: string): string {
  if (letter === "n") return "\n";
  return letter === "t" ? "\t" : letter;
}

/** A scalar on one line that begins at `start`, with its quotes if it has some. */
export function scalar(
  chunk: Chunk,
  style: "plain" | "single" | "double",
  start: number,
  raw: string,
  value: string,
): Scalar {
  const quote = style === "plain" ? 0 : 1;
  return {
    kind: "scalar",
    chunk,
    start,
    end: start + raw.length + 2 * quote,
    anchor: undefined,
    tag: undefined,
    style,
    value,
    raw,
    rawStart: start + quote,
    indent: -1,
    chomping: "clip",
    kept: undefined,
  };
}

// The shape of a YAML file: chunks, documents and nodes, and how to ask them where they stand. Knows no parser and no schema.
import type { Owner } from "../kept.ts";
import type { Range } from "../ranges.ts";

/**
 * A stretch of whole lines that was parsed on its own: the file, a document, one entry of a mapping, one item of a sequence.
 * Everything in it stands relative to `base`, so that an edit elsewhere moves a chunk by changing one number.
 * A chunk that an edit did not touch stays the same object, and so do its nodes: cache on their identity.
 * A chunk with children is a new object as soon as one of them is.
 */
export type Chunk = {
  /** Absolute offset of the first character. The only thing here that changes: `updateYaml` moves it. */
  base: number;
  /** UTF-16 units; the children's stretches are in here. */
  readonly length: number;
  readonly children: readonly Chunk[];
  /** Syntax errors of this chunk, without its children's; relative. */
  readonly errors: readonly YamlError[];
  /** Comments of this chunk, without its children's; relative. */
  readonly comments: readonly YamlComment[];
  /** Nodes of this chunk, without its children's, that carry an anchor; in the order of the text. */
  readonly anchored: readonly YamlNode[];
  /** Aliases in this chunk, without its children's; in the order of the text. */
  readonly aliases: readonly Alias[];
  /** The pairs or items that this chunk brings to the collection around it; none for the file and for documents. */
  readonly entries: readonly (Pair | Item)[];
  /** How it was read, so that the same text at the same place need not be read again. */
  readonly reading: Reading;
};

/** The collection whose entries are chunks of their own. */
export type Level = { readonly kind: "mapping" | "sequence"; readonly column: number };

/** Bookkeeping of the parser; of no meaning to others. */
export type Reading = {
  /** Undefined for the file and for documents. */
  readonly level: Level | undefined;
  /** Levels above. */
  readonly depth: number;
  /** Column at which the chunk's first line begins. */
  readonly pad: number;
  /** Whether it does not line up with its level. */
  readonly stray: boolean;
  /** Length of what stands before the first child. */
  readonly head: number;
  /** Split only because it could not be read in one go. */
  readonly forced: boolean;
  /** Something in it, or in a child, is opened and never closed, or goes on where the indentation says that it ends. */
  readonly open: boolean;
};

/** Where something stands, relative to its chunk; `startOf`, `endOf` and `rangeOf` give absolute offsets. */
export type Placed = { readonly chunk: Chunk; readonly start: number; readonly end: number };

/** A syntax error. `code` is stable, `message` is for people; offsets relative to the chunk that holds it. */
export type YamlError = {
  readonly code: YamlErrorCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
};

export type YamlErrorCode =
  | "alias"
  | "character"
  | "colon"
  | "depth"
  | "directive"
  | "document"
  | "escape"
  | "flow"
  | "header"
  | "indentation"
  | "marker"
  | "property"
  | "quote"
  | "start"
  | "syntax"
  | "tab";

/** `# …` up to the end of its line, the `#` included; offsets relative to the chunk that holds it. */
export type YamlComment = {
  readonly start: number;
  readonly end: number;
  /** The comment without `#` and without the blanks around. */
  readonly text: string;
  /** Whether nothing else stands on its line. */
  readonly alone: boolean;
};

/** An anchor or a tag in front of a node: `&name` or `!name`, with its sign; offsets relative to the node's chunk. */
export type Property = { readonly text: string; readonly start: number; readonly end: number };

type NodeBase = Placed & { readonly anchor: Property | undefined; readonly tag: Property | undefined };

/** `start` and `end` of a node never include its anchor and tag. A block collection ends where its last node does. */
export type YamlNode = Mapping | Sequence | Scalar | Alias | Empty | Broken;

export type Mapping = NodeBase &
  Owner & { readonly kind: "mapping"; readonly flow: boolean; readonly pairs: readonly Pair[] };

export type Sequence = NodeBase & {
  readonly kind: "sequence";
  readonly flow: boolean;
  readonly items: readonly Item[];
};

/** One entry of a mapping. */
export type Pair = Placed & {
  readonly kind: "pair";
  readonly key: YamlNode;
  /** Offset of the `:`, relative; undefined where none is written (a half-typed key, `{a, b}`). */
  readonly colon: number | undefined;
  readonly value: YamlNode;
};

/** One entry of a sequence; `start` is the dash, in flow style the value. */
export type Item = Placed & {
  readonly kind: "item";
  /** Offset of the `-`, relative; undefined in flow style. */
  readonly dash: number | undefined;
  readonly value: YamlNode;
};

export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";

/** `start` and `end` include quotes and the `|` or `>` header; the end is behind the last character that is not a line break. */
export type Scalar = NodeBase &
  Owner & {
    readonly kind: "scalar";
    readonly style: ScalarStyle;
    /** The decoded text: escapes, folding, indentation and chomping applied. Its type is `resolveScalar`'s to say. */
    readonly value: string;
    /** What is written, without quotes or header: of a block scalar its whole lines. */
    readonly raw: string;
    /** Offset of `raw`, relative to the chunk. */
    readonly rawStart: number;
    /** Columns that are cut from each line of a block scalar; -1 where it has no text. Of no meaning in other styles. */
    readonly indent: number;
    /** What happens to the last line breaks of a block scalar. Of no meaning in other styles. */
    readonly chomping: "clip" | "strip" | "keep";
  };

export type Alias = NodeBase & { readonly kind: "alias"; readonly name: string };

/** Nothing is written: `key:`, `- `. It stands, without length, just behind the `:` or `-`. */
export type Empty = NodeBase & { readonly kind: "empty" };

/** A value that could not be parsed: there is one, what it is nobody knows. An error of its chunk says why. */
export type Broken = NodeBase & { readonly kind: "broken" };

export type Document = {
  readonly chunk: Chunk;
  /** Relative to `chunk`: from the first character that belongs to the document to the last. */
  readonly start: number;
  readonly end: number;
  readonly root: YamlNode;
  /** Whether `---` opens it. */
  readonly explicit: boolean;
};

/** What `parseYaml` and `updateYaml` give. After `updateYaml` the file before must not be asked any more: its chunks have moved. */
export type YamlFile = Owner & {
  readonly text: string;
  readonly documents: readonly Document[];
  /** The whole file; its children are the documents' chunks. */
  readonly chunk: Chunk;
  /**
   * Whether any edit makes all of it be read anew: lines go on with a value where their column says that it has ended, or
   * end as Go's parsers see it and editors do not.
   */
  readonly whole: boolean;
  /** The same through all versions of a text that `updateYaml` makes one of the other. */
  readonly versions: Owner;
};

/** Absolute offset of the first character. */
export function startOf(place: Placed | Document): number {
  return place.chunk.base + place.start;
}

/** Absolute offset behind the last character. */
export function endOf(place: Placed | Document): number {
  return place.chunk.base + place.end;
}

export function rangeOf(place: Placed | Document): Range {
  return { start: place.chunk.base + place.start, end: place.chunk.base + place.end };
}

/** Absolute range of an anchor, a tag, a comment or an error of `chunk`. */
export function rangeIn(chunk: Chunk, part: { readonly start: number; readonly end: number }): Range {
  return { start: chunk.base + part.start, end: chunk.base + part.end };
}

/** Absolute offset of a pair's `:`. */
export function colonOf(pair: Pair): number | undefined {
  return pair.colon === undefined ? undefined : pair.chunk.base + pair.colon;
}

/** Text of a key, or undefined where the key is not a scalar. */
export function keyOf(pair: Pair): string | undefined {
  return pair.key.kind === "scalar" ? pair.key.value : undefined;
}

/** The first pair with this key; merges and aliases are not followed. Undefined too where the node is not a mapping. */
export function pairOf(node: YamlNode | undefined, key: string): Pair | undefined {
  if (node?.kind !== "mapping") return undefined;
  return node.pairs.find((pair) => pair.key.kind === "scalar" && pair.key.value === key);
}

/** The value of the first pair with this key. */
export function valueAt(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return pairOf(node, key)?.value;
}

/** Values of a sequence's items; empty where the node is not a sequence. */
export function valuesOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === "sequence" ? node.items.map((item) => item.value) : [];
}

/** Keys, values and items right below a node, in the order of the text. */
export function childrenOf(node: YamlNode): YamlNode[] {
  if (node.kind === "mapping") return node.pairs.flatMap((pair) => [pair.key, pair.value]);
  if (node.kind === "sequence") return node.items.map((item) => item.value);
  return [];
}

/** A node and all below it, parents first. Aliases are not followed. */
export function* walk(node: YamlNode): Generator<YamlNode> {
  const open: YamlNode[] = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    const children = childrenOf(next);
    for (let i = children.length - 1; i >= 0; i--) open.push(children[i] as YamlNode);
  }
}

/** A chunk and all chunks below it, in the order of the text. */
export function chunksOf(chunk: Chunk): readonly Chunk[] {
  const chunks: Chunk[] = [];
  addChunks(chunk, chunks);
  return chunks;
}

function addChunks(chunk: Chunk, chunks: Chunk[]): void {
  chunks.push(chunk);
  const { children } = chunk;
  for (let i = 0; i < children.length; i++) addChunks(children[i] as Chunk, chunks);
}

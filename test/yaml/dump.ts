// A file's tree as plain data with absolute ranges, to compare one reading with another.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { emptyChunk } from "../../server/src/yaml/draft.ts";
import { readLeaf } from "../../server/src/yaml/leaf.ts";
import {
  type Chunk,
  chunksOf,
  colonOf,
  type Document,
  rangeIn,
  rangeOf,
  type YamlFile,
  type YamlNode,
} from "../../server/src/yaml/tree.ts";

/** All that a consumer can see of a file but the division into chunks. */
export function dump(file: YamlFile): unknown {
  const chunks = [...chunksOf(file.chunk)];
  return {
    documents: file.documents.map((document) => ({
      explicit: document.explicit,
      ...rangeOf(document),
      root: dumpNode(document.root),
    })),
    errors: inOrder(chunks.flatMap((chunk) => chunk.errors.map((error) => ({ ...error, ...rangeIn(chunk, error) })))),
    comments: inOrder(chunks.flatMap((chunk) => chunk.comments.map((one) => ({ ...one, ...rangeIn(chunk, one) })))),
    anchors: inOrder(chunks.flatMap((chunk) => chunk.anchored.map((node) => rangeOf(node)))),
    aliases: inOrder(chunks.flatMap((chunk) => chunk.aliases.map((node) => rangeOf(node)))),
  };
}

function inOrder<T extends { start: number; end: number }>(list: T[]): T[] {
  return list.sort((a, b) => a.start - b.start || a.end - b.end);
}

export function dumpNode(node: YamlNode): unknown {
  const common = {
    kind: node.kind,
    ...rangeOf(node),
    anchor: node.anchor && { text: node.anchor.text, ...rangeIn(node.chunk, node.anchor) },
    tag: node.tag && { text: node.tag.text, ...rangeIn(node.chunk, node.tag) },
  };
  if (node.kind === "scalar") {
    const { style, value, raw, indent, chomping } = node;
    return { ...common, style, value, raw, rawStart: node.chunk.base + node.rawStart, indent, chomping };
  }
  if (node.kind === "alias") return { ...common, name: node.name };
  if (node.kind === "sequence") {
    const items = node.items.map((item) => ({
      ...rangeOf(item),
      dash: item.dash === undefined ? undefined : item.chunk.base + item.dash,
      value: dumpNode(item.value),
    }));
    return { ...common, flow: node.flow, items };
  }
  if (node.kind !== "mapping") return common;
  const pairs = node.pairs.map((pair) => ({
    ...rangeOf(pair),
    colon: colonOf(pair),
    key: dumpNode(pair.key),
    value: dumpNode(pair.value),
  }));
  return { ...common, flow: node.flow, pairs };
}

/** The chunk tree as text: what belongs to which chunk, from where to where. */
export function dumpChunks(chunk: Chunk): unknown {
  const { base, length, reading } = chunk;
  return { base, length, reading, children: chunk.children.map(dumpChunks) };
}

/** The text read in one go, without chunks; undefined where js-yaml refuses it. */
export function readWhole(text: string): YamlFile | undefined {
  const chunk = emptyChunk({ start: 0, end: text.length, pad: 0 }, {});
  const leaf = readLeaf(text, 0, 0, chunk);
  if (!leaf.ok) return undefined;
  const documents: Document[] = leaf.documents.map((built) => ({ chunk, ...built }));
  return { text, documents, chunk, whole: false, versions: { kept: undefined }, kept: undefined };
}

const shared = resolve(import.meta.dirname, "../../../shared");

/** YAML files below folders of ../shared, read in place; empty, with a line that says so, where it is absent. */
export function sharedFiles(...folders: string[]): { name: string; text: string }[] {
  if (!existsSync(shared)) {
    console.log(`../shared is absent: the files of ${folders.join(", ")} are not tried`);
    return [];
  }
  return folders.flatMap((folder) =>
    readdirSync(join(shared, folder))
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(shared, folder, name), "utf8") })),
  );
}

type Case = {
  readonly id: string;
  readonly text: string;
  readonly ok: boolean;
  readonly output: string;
  readonly at?: { readonly line: number; readonly column: number };
};

/** Cases of a JSON-lines file below ../shared; none, with a line that says so, where it is absent. */
export function sharedLines(path: string): Case[] {
  const file = join(shared, path);
  if (!existsSync(file)) {
    console.log(`../shared is absent: ${path} is not tried`);
    return [];
  }
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Case);
}

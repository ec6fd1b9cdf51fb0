// Which node an alias stands for. Resolves one step at a time and never expands anything.
import { chunksOf, type Document, endOf, startOf, type YamlFile, type YamlNode } from "./tree.ts";

/** Anchored nodes of a document by name, in the order of the text. */
const anchors = new WeakMap<Document, ReadonlyMap<string, readonly YamlNode[]>>();

/**
 * The node itself, or if it is an alias the node that it stands for: the last one before it with that anchor, as YAML has it.
 * Undefined where there is none, and where the alias stands inside the very node. An alias of an alias does not exist in YAML.
 */
export function resolveAlias(file: YamlFile, node: YamlNode | undefined): YamlNode | undefined {
  if (node?.kind !== "alias") return node;
  const at = startOf(node);
  const document = documentAt(file, at);
  if (!document) return undefined;
  const candidates = anchorsOf(document).get(`&${node.name}`) ?? [];
  const found = lastBefore(candidates, anchorStart, at);
  return found && at < endOf(found) ? undefined : found;
}

/** The document that holds the offset; between two documents it is the first of them. */
export function documentAt(file: YamlFile, offset: number): Document | undefined {
  return lastBefore(file.documents, startOf, offset) ?? file.documents[0];
}

/** The last of an ordered list that starts at or before the offset. */
function lastBefore<T>(list: readonly T[], start: (one: T) => number, offset: number): T | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start(list[middle] as T) <= offset) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}

/** Nodes of a document that carry an anchor, by `&name`, in the order of the text. */
export function anchorsOf(document: Document): ReadonlyMap<string, readonly YamlNode[]> {
  let byName = anchors.get(document);
  if (!byName) {
    byName = collect(document);
    anchors.set(document, byName);
  }
  return byName;
}

function collect(document: Document): ReadonlyMap<string, readonly YamlNode[]> {
  const byName = new Map<string, YamlNode[]>();
  const found = chunksOf(document.chunk).flatMap((chunk) => chunk.anchored);
  found.sort((a, b) => anchorStart(a) - anchorStart(b));
  for (const node of found) {
    const name = node.anchor?.text ?? "";
    const sameName = byName.get(name);
    if (sameName) sameName.push(node);
    else byName.set(name, [node]);
  }
  return byName;
}

function anchorStart(node: YamlNode): number {
  return node.chunk.base + (node.anchor?.start ?? node.start);
}

/** Whether nothing in a node depends on an anchor that stands elsewhere: what was found in it holds as long as it is the same object. */
export function standsAlone({ chunk }: YamlNode): boolean {
  for (const { aliases } of chunksOf(chunk)) if (aliases.length > 0) return false;
  return true;
}

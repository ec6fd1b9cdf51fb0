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
  let found: YamlNode | undefined;
  for (const candidate of candidates) {
    if (!candidate.anchor || candidate.chunk.base + candidate.anchor.start > at) break;
    found = candidate;
  }
  return found && at < endOf(found) ? undefined : found;
}

/** The document that holds the offset; between two documents it is the first of them. */
export function documentAt(file: YamlFile, offset: number): Document | undefined {
  let found = file.documents[0];
  for (const document of file.documents) if (startOf(document) <= offset) found = document;
  return found;
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
  const found = [...chunksOf(document.chunk)].flatMap((chunk) => chunk.anchored);
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

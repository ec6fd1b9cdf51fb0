// Which nodes enclose an offset of a parsed file. For half-typed text ask `slotAt` instead.
import { documentAt } from "./alias.ts";
import { type Document, endOf, type Item, type Pair, startOf, type YamlFile, type YamlNode } from "./tree.ts";

/** From the document's root to the innermost node at an offset. */
export type NodePath = {
  readonly document: Document;
  /** Pairs and items on the way, outermost first; the last holds `node`, unless `node` is the root. */
  readonly entries: readonly (Pair | Item)[];
  /** Keys and indexes on the way; the key's text, or "" where it is not a scalar. */
  readonly path: readonly (string | number)[];
  /** The innermost node that holds or touches the offset; a key, a value, or the collection around them. */
  readonly node: YamlNode;
  /** Whether `node` is the key of the last entry (or inside it). */
  readonly isKey: boolean;
};

/** Undefined where the file has no document. */
export function pathAt(file: YamlFile, offset: number): NodePath | undefined {
  const document = documentAt(file, offset);
  if (!document) return undefined;
  const entries: (Pair | Item)[] = [];
  const path: (string | number)[] = [];
  let node = document.root;
  let isKey = false;
  for (;;) {
    const list = node.kind === "mapping" ? node.pairs : node.kind === "sequence" ? node.items : [];
    const index = lastBefore(list, offset);
    const entry = list[index];
    if (!entry || offset > endOf(entry)) return { document, entries, path, node, isKey };
    entries.push(entry);
    path.push(entry.kind === "item" ? index : entry.key.kind === "scalar" ? entry.key.value : "");
    const inKey = entry.kind === "pair" && offset <= endOf(entry.key);
    isKey ||= inKey;
    const child = inKey ? entry.key : entry.value;
    if (offset < startOf(child) || offset > endOf(child)) return { document, entries, path, node: child, isKey };
    node = child;
  }
}

/** Index of the last entry that begins at or before the offset; -1 if none does. */
function lastBefore(entries: readonly (Pair | Item)[], offset: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(entries[middle] as Pair | Item) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

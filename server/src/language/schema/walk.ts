// One walk over a YAML tree with a schema beside it: says what stands where it should not, and what stands where.
// Serves dkron.yml and prometheus.yml; it must not know either: what a scalar accepts and what a message says is theirs.
import {
  availability,
  type EnumValue,
  keyOf as knownKey,
  objectOf,
  type Schema,
  type SchemaKey,
  type SchemaObject,
  type SchemaType,
} from "../../catalog/schema.ts";
import { resolveAlias } from "../../yaml/alias.ts";
import { isMerge, type MergedPair, mergedPairs } from "../../yaml/keys.ts";
import { isNullScalar } from "../../yaml/resolve.ts";
import type { Mapping, Pair, Scalar, YamlFile, YamlNode } from "../../yaml/tree.ts";

export type Path = readonly (string | number)[];

/** A pair in force in a mapping, and the `<<` of that mapping by which it came; undefined for its own. */
export type Entry = { readonly pair: Pair; readonly via: Pair | undefined };

/** By key as written. */
export type Entries = ReadonlyMap<string, Entry>;

/** One thing the walk came by. `path` is where; `key` is the schema's key that the value belongs to (of a list: its key). */
export type SchemaEvent =
  | {
      readonly kind: "unknown-key";
      readonly pair: Pair;
      readonly name: string;
      readonly owner: SchemaObject;
      readonly path: Path;
      readonly via: Pair | undefined;
    }
  | {
      readonly kind: "duplicate-key";
      readonly pair: Pair;
      readonly first: Pair;
      readonly name: string;
      readonly path: Path;
      /** The object it is a key of; undefined in a map. */
      readonly owner: SchemaObject | undefined;
      /** The `<<` by which the later one came. */
      readonly via: Pair | undefined;
    }
  | { readonly kind: "bad-merge"; readonly pair: Pair; readonly path: Path }
  | { readonly kind: "bad-key"; readonly pair: Pair; readonly path: Path }
  | {
      readonly kind: "early-key" | "late-key";
      readonly pair: Pair;
      readonly key: SchemaKey;
      readonly owner: SchemaObject;
      readonly path: Path;
    }
  | {
      readonly kind: "missing-key";
      readonly node: Mapping;
      readonly key: SchemaKey;
      readonly owner: SchemaObject;
      readonly path: Path;
    }
  | {
      readonly kind: "wrong-shape";
      readonly node: YamlNode;
      readonly type: SchemaType;
      readonly key: SchemaKey | undefined;
      readonly path: Path;
    }
  | {
      readonly kind: "empty";
      readonly node: YamlNode;
      readonly type: SchemaType;
      readonly key: SchemaKey | undefined;
      readonly path: Path;
    }
  | {
      readonly kind: "scalar";
      readonly node: Scalar;
      readonly type: SchemaType;
      readonly key: SchemaKey | undefined;
      readonly path: Path;
    }
  | {
      readonly kind: "wrong-enum";
      readonly node: Scalar;
      readonly values: readonly EnumValue[];
      readonly key: SchemaKey | undefined;
      readonly path: Path;
    }
  | {
      readonly kind: "early-value";
      readonly node: Scalar;
      readonly value: EnumValue;
      readonly key: SchemaKey | undefined;
      readonly path: Path;
    }
  | {
      readonly kind: "object";
      readonly node: Mapping;
      readonly entries: Entries;
      readonly owner: SchemaObject;
      readonly path: Path;
    };

export type Walk = {
  readonly schema: Schema;
  /** Version of the program that reads the file. */
  readonly version: string;
  readonly file: YamlFile;
  readonly report: (event: SchemaEvent) => void;
  /**
   * What `<<` does: "fills" only keys that the mapping lacks, as yaml v3 has it, or stands for its keys at its place, as
   * yaml v2 has it: later ones win in an object and are refused in a map. Absent: "fills".
   */
  readonly merges?: "fills" | "in place";
  /** Asked before a node is walked; `false` leaves it to the caller, who may remember what was said of it. */
  readonly enter?: (node: YamlNode, type: SchemaType, path: Path) => boolean;
};

/**
 * Walks `node`, which should be of `type`, and reports in the order of the text; `object` comes after what is in it.
 * Any node of a file can be the start, so that a caller may walk and remember chunk by chunk.
 * Broken nodes are passed over in silence: the parser has said so. Aliases are walked where they are used.
 */
export function walkSchema(walk: Walk, node: YamlNode, type: SchemaType, key?: SchemaKey, path: Path = []): void {
  const target = tagged(resolveAlias(walk.file, node));
  if (!target || target.kind === "broken" || target.kind === "alias" || type.kind === "any") return;
  if (walk.enter && !walk.enter(node, type, path)) return;
  if (isEmpty(target)) {
    walk.report({ kind: "empty", node: target, type, key, path });
  } else if (target.kind === "scalar") {
    walkScalar(walk, target, type, key, path);
  } else if (target.kind === "sequence" && type.kind === "list") {
    for (const [index, item] of target.items.entries()) walkSchema(walk, item.value, type.of, key, [...path, index]);
  } else if (target.kind === "mapping" && type.kind === "map") {
    walkMap(walk, target, type.of, key, path);
  } else if (target.kind === "mapping" && type.kind === "object") {
    const owner = objectOf(walk.schema, type);
    if (owner) walkObject(walk, target, owner, path);
  } else {
    walk.report({ kind: "wrong-shape", node: target, type, key, path });
  }
}

/** A tag with nothing behind it stands for an empty text. */
function tagged(node: YamlNode | undefined): YamlNode | undefined {
  if (node?.kind !== "empty" || !node.tag) return node;
  const { start } = node;
  const empty = { style: "plain", value: "", raw: "", rawStart: start, indent: -1, chomping: "clip" } as const;
  return { ...node, kind: "scalar", ...empty, kept: undefined };
}

function isEmpty(node: YamlNode): boolean {
  return node.kind === "empty" || (node.kind === "scalar" && isNullScalar(node));
}

function walkScalar(walk: Walk, node: Scalar, type: SchemaType, key: SchemaKey | undefined, path: Path): void {
  if (type.kind !== "scalar" && type.kind !== "enum") {
    walk.report({ kind: "wrong-shape", node, type, key, path });
    return;
  }
  walk.report({ kind: "scalar", node, type, key, path });
  if (type.kind !== "enum") return;
  const same = (value: EnumValue): boolean =>
    value.value === node.value || (type.ignoreCase && value.value.toLowerCase() === node.value.toLowerCase());
  const value = type.values.find(same);
  if (!value) walk.report({ kind: "wrong-enum", node, values: type.values, key, path });
  else if (availability(value, walk.version) === "early") walk.report({ kind: "early-value", node, value, key, path });
}

function walkMap(walk: Walk, node: Mapping, of: SchemaType, key: SchemaKey | undefined, path: Path): void {
  for (const [name, { pair }] of entriesOf(walk, node, undefined, path).read)
    walkSchema(walk, pair.value, of, key, [...path, name]);
}

function walkObject(walk: Walk, node: Mapping, owner: SchemaObject, path: Path): void {
  const { entries, read } = entriesOf(walk, node, owner, path);
  for (const [name, { pair, via }] of read) {
    const key = knownKey(walk.schema, owner, name);
    if (!key) {
      walk.report({ kind: "unknown-key", pair, name, owner, path, via });
      continue;
    }
    const known = availability(key, walk.version);
    if (known !== "known") walk.report({ kind: known === "early" ? "early-key" : "late-key", pair, key, owner, path });
    walkSchema(walk, pair.value, key.type, key, [...path, key.name]);
  }
  const written = new Set([...entries.keys()].map((name) => knownKey(walk.schema, owner, name)?.name));
  for (const key of owner.keys.values()) {
    if (key.required && !written.has(key.name) && availability(key, walk.version) === "known")
      walk.report({ kind: "missing-key", node, key, owner, path });
  }
  walk.report({ kind: "object", node, entries, owner, path });
}

/** `read`: also those that are read, and judged, before another one takes their place. */
type Found = { readonly entries: Map<string, Entry>; readonly read: Iterable<readonly [string, Entry]> };

/** Of a map no key may come again; of an object none that it has, within one mapping. */
function isReadTwice(
  walk: Walk,
  { visit }: MergedPair,
  before: MergedPair,
  name: string,
  owner: SchemaObject | undefined,
): boolean {
  return !owner || (visit === before.visit && knownKey(walk.schema, owner, name) !== undefined);
}

/** The text of a key; yaml v2 takes a null for the empty text, yaml v3 passes it over. */
function nameOf(walk: Walk, key: YamlNode | undefined): string | undefined {
  if (key && isEmpty(key)) return walk.merges === "in place" ? "" : undefined;
  return key?.kind === "scalar" ? key.value : undefined;
}

/**
 * The entries in force by their key. Reports keys that are no scalars, those that are written twice, and values of `<<`
 * that cannot be merged. Of a key written twice the first counts.
 */
function entriesOf(walk: Walk, node: Mapping, owner: SchemaObject | undefined, path: Path): Found {
  const { pairs, refused } = mergedPairs(walk.file, node);
  if (refused.length > 0) {
    const pair = node.pairs.find(isMerge);
    if (pair) walk.report({ kind: "bad-merge", pair, path });
  }
  const inPlace = walk.merges === "in place";
  const found = new Map<string, MergedPair>();
  // yaml v3 passes nulls over, and still wants each written once; it compares texts alone.
  const nulls = new Map<string, MergedPair>();
  const read: [string, Entry][] = [];
  for (const entry of pairs) {
    const { pair, via } = entry;
    const key = resolveAlias(walk.file, pair.key);
    if (key?.kind === "mapping" || key?.kind === "sequence") walk.report({ kind: "bad-key", pair, path });
    const name = nameOf(walk, key);
    if (name === undefined) {
      if (!key || !isEmpty(key) || via) continue;
      const text = key.kind === "scalar" ? key.value : "";
      const first = nulls.get(text) ?? found.get(text);
      if (first) walk.report({ kind: "duplicate-key", pair, first: first.pair, name: text, path, owner, via });
      else nulls.set(text, entry);
      continue;
    }
    const before = found.get(name) ?? nulls.get(name);
    const isTwice = before && (inPlace ? isReadTwice(walk, entry, before, name, owner) : !via && !before.via);
    if (isTwice) walk.report({ kind: "duplicate-key", pair, first: before.pair, name, path, owner, via });
    else if (!before || inPlace || !via || before.via) found.set(name, entry);
    if (!isTwice || !owner) read.push([name, entry]);
  }
  return { entries: found, read: inPlace ? read : found };
}

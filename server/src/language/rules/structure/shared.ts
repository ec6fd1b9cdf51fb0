// What a fault in the structure of a rule file is, and how the checks and the readers of faults look at fields.
import type { Range } from "../../../ranges.ts";
import { resolveAlias } from "../../../yaml/alias.ts";
import { mergedPairs } from "../../../yaml/keys.ts";
import { resolveScalar } from "../../../yaml/resolve.ts";
import {
  endOf,
  keyOf,
  type Mapping,
  type Pair,
  rangeOf,
  startOf,
  type YamlFile,
  type YamlNode,
} from "../../../yaml/tree.ts";
import { scalarText } from "../../scalarText.ts";

export type FaultKind = "unknownField" | "duplicateKey" | "wrongType" | "duration" | "name" | "missing" | "conflict";

/** One fault. Its place is asked for when it is shown: what stands before it may have moved it. */
export type Fault = {
  readonly kind: FaultKind;
  readonly at: () => Range;
  /** Prometheus' words, without a full stop. */
  readonly says: string;
  /** The entry to blame, where there is one. */
  readonly pair?: Pair;
  /** Of a duplicate: the first entry of that name. Of an unknown field: the fields that the object has. */
  readonly first?: Pair;
  readonly fields?: readonly string[];
};

/** The first key of a mapping: where something that it lacks is told. */
export function headOf(mapping: Mapping): Range {
  const first = mapping.pairs[0];
  return first ? { start: startOf(first.key), end: endOf(first.key) } : rangeOf(mapping);
}

/** The fields in force: own ones before merged ones, and of own ones the first. */
export function fieldsOf(file: YamlFile, mapping: Mapping): ReadonlyMap<string, Pair> {
  const own = new Map<string, Pair>();
  const merged = new Map<string, Pair>();
  for (const { pair, via } of mergedPairs(file, mapping).pairs) {
    const key = keyOf(pair);
    if (key === undefined) continue;
    if (via) merged.set(key, pair);
    else if (!own.has(key)) own.set(key, pair);
  }
  return merged.size === 0 ? own : new Map([...merged, ...own]);
}

export type Entry = { readonly pair: Pair; readonly name: string; readonly value: string | undefined };

export function entriesOf(file: YamlFile, pair: Pair | undefined): Entry[] {
  const node = resolveAlias(file, pair?.value);
  if (node?.kind !== "mapping") return [];
  return mergedPairs(file, node).pairs.flatMap(({ pair: entry }) => {
    const name = keyOf(entry);
    // yaml.v3 passes over a key that is null.
    return name === undefined || isNull(entry.key) ? [] : [{ pair: entry, name, value: textOf(file, entry) }];
  });
}

/** The text of a field; empty where the field is absent or null, `undefined` where it is no scalar. */
export function textOf(file: YamlFile, pair: Pair | undefined): string | undefined {
  if (!pair) return "";
  const node = resolveAlias(file, pair.value);
  if (!node || node.kind === "empty") return "";
  return node.kind === "scalar" ? scalarText(node) : undefined;
}

export const isNull = (node: YamlNode): boolean =>
  node.kind === "scalar" && resolveScalar(node, "yaml3").type === "null";

export const isBroken = (file: YamlFile, pair: Pair | undefined): boolean =>
  resolveAlias(file, pair?.value)?.kind === "broken";

// Keys of a mapping beyond what is written in it one by one: those written twice, and those that `<<` merges in. Data, no judgement.
import { resolveAlias } from "./alias.ts";
import { keyOf, type Mapping, type Pair, type YamlFile, type YamlNode } from "./tree.ts";

/** Two pairs of one mapping with the same key text. */
export type Duplicate = { readonly first: Pair; readonly second: Pair };

/** Each pair whose key stands above already, with the first of that key. `<<` may repeat; a key that is not there is "". */
export function duplicateKeys(mapping: Mapping): Duplicate[] {
  const seen = new Map<string, Pair>();
  const found: Duplicate[] = [];
  for (const pair of mapping.pairs) {
    const key = pair.key.kind === "empty" ? "" : keyOf(pair);
    if (key === undefined || isMerge(pair)) continue;
    const first = seen.get(key);
    if (first) found.push({ first, second: pair });
    else seen.set(key, pair);
  }
  return found;
}

/** Whether the pair is `<<: …`; quoted, `<<` is a key like any other. */
export function isMerge(pair: Pair): boolean {
  return pair.key.kind === "scalar" && pair.key.style === "plain" && pair.key.value === "<<";
}

/**
 * A pair that a mapping has, and the `<<` pair of that mapping by which it came; undefined for its own. `visit` tells
 * apart the mappings that the pairs are written in, and a mapping from itself where it is merged twice.
 */
export type MergedPair = { readonly pair: Pair; readonly via: Pair | undefined; readonly visit: number };

export type Merged = {
  /** Own pairs and merged ones in the order in which they take effect, each key as often as it comes. */
  readonly pairs: readonly MergedPair[];
  /** Values of `<<` that are no mapping, no alias of one and no list of these. */
  readonly refused: readonly YamlNode[];
};

/** How many pairs, merges included, are looked at before the rest is left out: merged bombs stay small. */
const mostPairs = 10_000;

/** A mapping's pairs with those of `<<` at its place; of a list of mappings the first wins in Go, so it comes last. */
export function mergedPairs(file: YamlFile, mapping: Mapping): Merged {
  const pairs: MergedPair[] = [];
  const refused: YamlNode[] = [];
  const open = new Set<Mapping>();
  let seen = 0;
  let visits = 0;
  const add = (node: Mapping, via: Pair | undefined): void => {
    if (open.has(node)) return;
    open.add(node);
    const visit = visits++;
    for (const pair of node.pairs) {
      if (++seen > mostPairs) break;
      if (isMerge(pair)) merge(pair.value, via ?? pair, true);
      else pairs.push({ pair, via, visit });
    }
    open.delete(node);
  };
  const merge = (value: YamlNode, via: Pair, mayBeList: boolean): void => {
    const target = resolveAlias(file, value);
    if (target?.kind === "mapping") add(target, via);
    else if (target?.kind === "sequence" && mayBeList && value.kind !== "alias") {
      for (const item of target.items.toReversed()) merge(item.value, via, false);
    } else if (target && target.kind !== "broken") refused.push(value);
  };
  add(mapping, undefined);
  return { pairs, refused };
}

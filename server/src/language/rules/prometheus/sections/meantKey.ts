// Which key of a section is meant by one that it does not have: a slip of the pen, or the name of old. Judges nothing.
import { distance } from "fastest-levenshtein";
import { removedKey } from "../../../../catalog/prometheus/schema.ts";
import type { SchemaKey, SchemaObject } from "../../../../catalog/schema.ts";

/** Whether a key can be proposed. */
export const isOffered = ({ hidden, until }: SchemaKey): boolean => !hidden && until === undefined;

/** The key whose name is nearly the one that is written. */
export function nearestKey(name: string, owner: SchemaObject): string | undefined {
  const tidy = name.toLowerCase().replaceAll("-", "_");
  const near = [...owner.keys.values()]
    .filter(isOffered)
    .map((key) => ({ name: key.name, steps: distance(tidy, key.name) }))
    .sort((a, b) => a.steps - b.steps)[0];
  return near && near.steps <= Math.max(1, Math.floor(name.length / 4)) ? near.name : undefined;
}

/** The key that a name which a section does not read, or not any more, stands for. */
export function meantKey(name: string, owner: SchemaObject): string | undefined {
  const key = owner.keys.get(name);
  if (!key) return nearestKey(name, owner);
  if (key.until === undefined) return undefined;
  const removed = removedKey(owner.name, name);
  return removed?.asList || removed?.asScalar ? undefined : removed?.write;
}

// Which part of a rule file a path of keys and indexes leads to, plain or in a manifest. Reads by path alone, so that the
// size of the file does not matter. Judges nothing.
import { documentAt, resolveAlias } from "../yaml/alias.ts";
import type { SlotPath } from "../yaml/slot.ts";
import { keyOf, type Scalar, valueAt, type YamlFile, type YamlNode } from "../yaml/tree.ts";
import { isManifest } from "./ruleFile.ts";

/** The node at a path of the document around an offset, aliases followed; of keys that are written twice the last. */
export function nodeAtPath(file: YamlFile, path: SlotPath, at = 0): YamlNode | undefined {
  let node = documentAt(file, at)?.root;
  for (const part of path) {
    node = resolveAlias(file, node);
    if (node?.kind === "sequence" && typeof part === "number") node = node.items[part]?.value;
    else if (node?.kind === "mapping") node = node.pairs.findLast((pair) => keyOf(pair) === part)?.value;
    else return undefined;
  }
  return node;
}

/** The path as it would be in a plain rule file: without the `spec` of a manifest. */
export function plainPath(file: YamlFile, path: SlotPath): SlotPath {
  return path[0] === "spec" && isManifest(file.documents[0]?.root) ? path.slice(1) : path;
}

/**
 * What a path of a plain rule file leads to. `expr`: the expression; `template`: the value of a label or annotation of a
 * rule; `field`: anything else.
 */
export type RulePart =
  | { readonly kind: "expr" }
  | { readonly kind: "template"; readonly place: "annotation" | "label"; readonly name: string }
  | { readonly kind: "field" };

export function rulePart(path: SlotPath): RulePart {
  const [groups, , rules, , field, name] = path;
  if (groups !== "groups" || rules !== "rules") return { kind: "field" };
  if (field === "expr" && path.length === 5) return { kind: "expr" };
  if ((field === "labels" || field === "annotations") && path.length === 6 && typeof name === "string")
    return { kind: "template", place: field === "labels" ? "label" : "annotation", name };
  return { kind: "field" };
}

/** The path of the rule that a path leads into: its first four parts, five in a manifest. */
export function pathOfRule(path: SlotPath): SlotPath {
  return path.slice(0, path.indexOf("rules") + 2);
}

/** A scalar field of the mapping at a path of the document around an offset. */
export function scalarAt(file: YamlFile, path: SlotPath, key: string, at = 0): Scalar | undefined {
  const node = resolveAlias(file, valueAt(resolveAlias(file, nodeAtPath(file, path, at)), key));
  return node?.kind === "scalar" ? node : undefined;
}

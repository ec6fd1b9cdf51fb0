// scenario/invalid: what the emitter would refuse in a scenario of one's own, at the place that is wrong.
import { checkScenario } from "../../../catalog/scenario/check.ts";
import type { Range } from "../../../ranges.ts";
import { resolveAlias } from "../../../yaml/alias.ts";
import { resolveScalar } from "../../../yaml/resolve.ts";
import { endOf, keyOf, pairOf, rangeOf, startOf, type YamlFile, type YamlNode } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";

export const scenarioInvalid: FileCheck = {
  id: "scenario/invalid",
  level: "error",
  title: "A scenario that the emitter cannot play",
  kinds: ["emitter-scenario"],
  *check({ yaml }): Iterable<Report> {
    const root = yaml.documents[0]?.root;
    if (!root || root.kind === "empty" || root.kind === "broken") return;
    for (const { path, message } of checkScenario(plainValue(yaml, root)))
      yield {
        range: placeOf(root, path),
        message: `${message} The emitter refuses the scenario until this is mended.`,
      };
  },
};

/** The plain value of a node, as the emitter's own reader gets it. Nodes that could not be read are left out. */
function plainValue(file: YamlFile, node: YamlNode, depth = 0): unknown {
  const target = resolveAlias(file, node);
  if (!target || depth > 20) return undefined;
  switch (target.kind) {
    case "mapping":
      return Object.fromEntries(
        target.pairs.flatMap((pair) => {
          const key = keyOf(pair);
          return key === undefined ? [] : [[key, plainValue(file, pair.value, depth + 1)] as const];
        }),
      );
    case "sequence":
      return target.items.map((item) => plainValue(file, item.value, depth + 1));
    case "scalar":
    case "empty":
      return resolveScalar(target, "yaml3").value ?? undefined;
    default:
      return undefined;
  }
}

/** Where a path leads: the value at its end; the key where the value is a collection; else what stands around it. */
function placeOf(root: YamlNode, path: readonly (string | number)[]): Range {
  let node = root;
  let range = headOf(root);
  for (const step of path) {
    const pair = typeof step === "string" ? pairOf(node, step) : undefined;
    const next =
      pair?.value ?? (node.kind === "sequence" && typeof step === "number" ? node.items[step]?.value : undefined);
    if (!next) return range;
    node = next;
    range =
      pair && (next.kind === "mapping" || next.kind === "sequence" || next.kind === "empty")
        ? rangeOf(pair.key)
        : headOf(next);
  }
  return range;
}

/** Of a mapping its first key is enough to show. */
function headOf(node: YamlNode): Range {
  const first = node.kind === "mapping" ? node.pairs[0] : undefined;
  return first ? { start: startOf(first.key), end: endOf(first.key) } : rangeOf(node);
}

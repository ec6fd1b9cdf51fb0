// The text of a scalar as Prometheus' decoder of prometheus.yml reads it. Knows no schema and no key.
import { bytesText } from "../catalog/prometheus/goQuote.ts";
import { isNullScalar, resolveScalar } from "../yaml/resolve.ts";
import type { YamlNode } from "../yaml/tree.ts";

/** The text that Go reads from a scalar, "" from a null; a byte that is no UTF-8 is a lone surrogate. */
export function scalarText(node: YamlNode): string {
  if (node.kind !== "scalar") return "";
  if (!node.tag) return isNullScalar(node) ? "" : node.value;
  const read = resolveScalar(node, "yaml2");
  if (read.type === "null") return "";
  if (read.type !== "binary" || read.problem) return node.value;
  const bytes = Uint8Array.from(atob(node.value.replace(/\s/g, "")), (character) => character.charCodeAt(0));
  return bytesText(bytes);
}

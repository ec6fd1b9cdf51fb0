// What is known of the key or value under the cursor in a YAML file that a schema describes. Knows no file kind.
import { type SchemaPlace, schemaAt } from "../../catalog/schema.ts";
import { pathAt } from "../../yaml/path.ts";
import { rangeOf, type YamlFile } from "../../yaml/tree.ts";
import type { Hover } from "../answers.ts";
import { describeKey, describeValue, type Reader } from "./describe.ts";

/**
 * The hover at an offset: of a key all that is known, of an enum's value its meaning, of any other value its key.
 * `more` may add a paragraph of its own, about the place and the text of the value.
 */
export function schemaHover(
  file: YamlFile,
  offset: number,
  reader: Reader,
  more?: (place: SchemaPlace, path: readonly (string | number)[]) => string | undefined,
): Hover | undefined {
  const found = pathAt(file, offset);
  if (!found || found.path.length === 0) return undefined;
  const place = schemaAt(reader.schema, found.path);
  const { node } = found;
  if (!place?.key || (node.kind !== "scalar" && !found.isKey)) return undefined;
  const { type } = place;
  const ownKey = found.isKey ? place.key : undefined;
  const value =
    !ownKey && type.kind === "enum" && node.kind === "scalar"
      ? type.values.find((candidate) => candidate.value.toLowerCase() === node.value.toLowerCase())
      : undefined;
  const parts = [value ? describeValue(value) : describeKey(place.key, reader), more?.(place, found.path) ?? ""];
  return { range: rangeOf(node), markdown: parts.filter((part) => part !== "").join("\n\n---\n\n") };
}

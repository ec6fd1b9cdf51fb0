// What nearly all groups and rules look like: told at a glance that nothing is wrong with them, since files have thousands.
// Of what does not look like that, the walk and the validation have the last word.
import { ruleSchema } from "../../../catalog/rules/schema.ts";
import { availability, type SchemaKey, type SchemaType } from "../../../catalog/schema.ts";
import type { Mapping, Pair, YamlNode } from "../../../yaml/tree.ts";
import type { CheckSettings } from "../../check.ts";
import { durationProblem } from "../../duration.ts";
import { scalarText } from "../../scalarText.ts";

/**
 * Whether a mapping is written as nearly all are: known fields, each once, texts, maps of texts and lists of mappings, good
 * durations.
 * Nothing can be wrong with its shape then.
 */
export function isOrdinary({ pairs }: Mapping, object: string, settings: CheckSettings): boolean {
  if (pairs.length > mostKeys) return false;
  const shapes = shapesOf(object, settings);
  for (let i = 0; i < pairs.length; i++) {
    const { key, value } = pairs[i] as Pair;
    if (key.kind !== "scalar" || key.style !== "plain" || stoodBefore(pairs, key.value, i)) return false;
    if (!hasShape(value, shapes.get(key.value))) return false;
  }
  return true;
}

const mostKeys = 10;

/** What an ordinary field holds. Of groups and rules what is in each of them is walked by itself. */
type Shape = "text" | "duration" | "texts" | "mappings";
type Shapes = ReadonlyMap<string, Shape>;

const knownShapes = new Map<string, Shapes>();
/** Rules are asked about one after the other. */
let last: { readonly object: string; readonly settings: CheckSettings; readonly shapes: Shapes } | undefined;

/** The fields of an object that this version knows and that can be ordinary. */
function shapesOf(object: string, settings: CheckSettings): Shapes {
  if (last?.settings === settings && last.object === object) return last.shapes;
  const { dialects, prometheusVersion: version } = settings;
  const id = `${object}/${dialects.join()}/${version}`;
  let shapes = knownShapes.get(id);
  if (!shapes) {
    shapes = findShapes(ruleSchema(dialects).objects.get(object)?.keys, version);
    knownShapes.set(id, shapes);
  }
  last = { object, settings, shapes };
  return shapes;
}

function findShapes(keys: ReadonlyMap<string, SchemaKey> | undefined, version: string): Shapes {
  const shapes = new Map<string, Shape>();
  for (const [name, key] of keys ?? []) {
    const shape = availability(key, version) === "known" ? shapeOf(key.type) : undefined;
    if (shape) shapes.set(name, shape);
  }
  return shapes;
}

function shapeOf(type: SchemaType): Shape | undefined {
  if (type.kind === "map") return "texts";
  if (type.kind === "list") return "mappings";
  if (type.kind !== "scalar") return undefined;
  if (type.scalar === "duration") return "duration";
  return type.scalar === "string" || type.scalar === "expr" ? "text" : undefined;
}

function hasShape(value: YamlNode, shape: Shape | undefined): boolean {
  switch (shape) {
    case "text":
      return value.kind === "scalar" && !value.tag;
    case "duration":
      return value.kind === "scalar" && !value.tag && durationProblem(value.value) === undefined;
    case "texts":
      return value.kind === "mapping" && isMapOfTexts(value);
    case "mappings":
      return value.kind === "sequence" && !value.tag && value.items.every((item) => item.value.kind === "mapping");
    default:
      return false;
  }
}

function isMapOfTexts({ pairs }: Mapping): boolean {
  if (pairs.length > mostKeys) return false;
  for (let i = 0; i < pairs.length; i++) {
    const { key, value } = pairs[i] as Pair;
    if (key.kind !== "scalar" || key.value === "<<" || stoodBefore(pairs, key.value, i)) return false;
    if (value.kind !== "scalar" || value.tag) return false;
  }
  return true;
}

function stoodBefore(pairs: readonly Pair[], name: string, index: number): boolean {
  for (let i = 0; i < index; i++) {
    const before = pairs[i]?.key;
    if (before?.kind === "scalar" && before.value === name) return true;
  }
  return false;
}

/**
 * Whether an ordinary rule is seen to be valid without asking in detail: an alert, and not a recording rule too, with an
 * expression and with names as all versions take them. Of a rule that is not, `validationFaults` has the last word.
 */
export function isValidAtSight({ pairs }: Mapping): boolean {
  let kind: string | undefined;
  let hasExpr = false;
  for (let i = 0; i < pairs.length; i++) {
    const { key, value } = pairs[i] as Pair;
    const name = key.kind === "scalar" ? key.value : "";
    if (name === "labels" || name === "annotations") {
      if (value.kind !== "mapping") return false;
      for (let j = 0; j < value.pairs.length; j++) if (!isPlainEntry(value.pairs[j] as Pair)) return false;
    } else if (name === "alert" || name === "record") {
      if (kind !== undefined || scalarText(value) === "") return false;
      kind = name;
    } else if (name === "expr") hasExpr = scalarText(value) !== "";
  }
  return kind === "alert" && hasExpr;
}

const plainName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const surrogate = /[\ud800-\udfff]/;

function isPlainEntry({ key, value }: Pair): boolean {
  if (key.kind !== "scalar" || key.value === "__name__" || !plainName.test(key.value)) return false;
  return value.kind !== "scalar" || !surrogate.test(value.value);
}

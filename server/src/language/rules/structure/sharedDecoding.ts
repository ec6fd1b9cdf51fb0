// Faults that yaml.v3 finds while it fills Prometheus' structs: unknown and repeated keys, shapes and types.
import { ruleSchema } from "../../../catalog/rules/schema.ts";
import { availability, type Schema } from "../../../catalog/schema.ts";
import type { Range } from "../../../ranges.ts";
import { resolveScalar } from "../../../yaml/resolve.ts";
import { type Mapping, rangeOf, type YamlFile, type YamlNode } from "../../../yaml/tree.ts";
import type { CheckContext } from "../../check.ts";
import { durationProblem } from "../../duration.ts";
import { type SchemaEvent, walkSchema } from "../../schema/walk.ts";
import { type Fault, headOf } from "./shared.ts";

/** Faults that yaml.v3 finds while it fills the struct: unknown and repeated keys, shapes and types. */
export function decodingFaults(file: YamlFile, node: YamlNode, object: string, context: CheckContext): Fault[] {
  const faults: Fault[] = [];
  const version = context.prometheusVersion;
  const schema = shallow(object, context.dialects);
  if (node.kind === "mapping" && isOrdinary(node, schema, version)) return faults;
  walkSchema(
    {
      schema,
      version,
      file,
      report: (event) => {
        const fault = faultOf(event, context);
        if (fault) faults.push(fault);
      },
    },
    node,
    { kind: "object", name: object },
  );
  return faults;
}

const shallowSchemas = new Map<string, Schema>();

/** The schema of one object, without what is inside `groups` and `rules`: groups and rules are walked one by one. */
function shallow(object: string, dialects: readonly string[]): Schema {
  const id = `${object}/${dialects.join()}`;
  let schema = shallowSchemas.get(id);
  if (!schema) {
    const whole = ruleSchema(dialects);
    const own = whole.objects.get(object);
    schema = { ...whole, root: object, objects: new Map(own ? [[object, own]] : []) };
    shallowSchemas.set(id, schema);
  }
  return schema;
}

/**
 * Whether a mapping is written as nearly all rules are: known fields, each once, texts and maps of texts, good durations.
 * Nothing can be wrong then, and the walk is spared: files have thousands of rules.
 */
function isOrdinary(mapping: Mapping, { objects, root }: Schema, version: string): boolean {
  const keys = objects.get(root)?.keys;
  if (!keys || mapping.pairs.length > 10) return false;
  return mapping.pairs.every(({ key, value }, index) => {
    if (key.kind !== "scalar" || key.style !== "plain" || stoodBefore(mapping, key.value, index)) return false;
    const known = keys.get(key.value);
    if (!known || availability(known, version) !== "known") return false;
    if (known.type.kind === "map") return value.kind === "mapping" && isMapOfTexts(value);
    if (known.type.kind !== "scalar" || value.kind !== "scalar") return false;
    const { scalar } = known.type;
    return scalar === "duration"
      ? durationProblem(value.value) === undefined
      : scalar === "string" || scalar === "expr";
  });
}

function isMapOfTexts(mapping: Mapping): boolean {
  return (
    mapping.pairs.length <= 10 &&
    mapping.pairs.every(
      ({ key, value }, index) =>
        key.kind === "scalar" &&
        key.value !== "<<" &&
        value.kind === "scalar" &&
        !stoodBefore(mapping, key.value, index),
    )
  );
}

function stoodBefore({ pairs }: Mapping, name: string, index: number): boolean {
  for (let i = 0; i < index; i++) {
    const before = pairs[i]?.key;
    if (before?.kind === "scalar" && before.value === name) return true;
  }
  return false;
}

/** The fault behind what a walk came by; most of it is none. */
export function faultOf(event: SchemaEvent, context: CheckContext): Fault | undefined {
  switch (event.kind) {
    case "unknown-key":
      return {
        kind: "unknownField",
        at: () => rangeOf(event.pair.key),
        says: `field ${event.name} not found in type ${event.owner.name}`,
        pair: event.pair,
        fields: [...event.owner.keys.keys()],
      };
    case "early-key":
      return {
        kind: "unknownField",
        at: () => rangeOf(event.pair.key),
        says: `field ${event.key.name} needs Prometheus ${event.key.since}, and the files are checked for ${context.prometheusVersion}`,
        pair: event.pair,
      };
    case "duplicate-key":
      return {
        kind: "duplicateKey",
        at: () => rangeOf(event.pair.key),
        says: `mapping key "${event.name}" already defined`,
        pair: event.pair,
        first: event.first,
      };
    case "wrong-shape":
      return {
        kind: "wrongType",
        at: () => placeOf(event.node),
        says: `cannot unmarshal ${tagOf(event.node)} into ${goType(event.type)}`,
      };
    case "scalar":
      return scalarFault(event);
    default:
      return undefined;
  }
}

/** What a plain value may be read as, by the type of its field; for texts anything. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  int: ["int"],
  bool: ["bool"],
  number: ["int", "float"],
};

function scalarFault({ node, type }: Extract<SchemaEvent, { kind: "scalar" }>): Fault | undefined {
  if (type.kind !== "scalar") return undefined;
  if (type.scalar === "duration") {
    const says = durationProblem(node.value);
    return says === undefined ? undefined : { kind: "duration", at: () => rangeOf(node), says };
  }
  const resolved = resolveScalar(node, "yaml3");
  if ((wanted[type.scalar] ?? [resolved.type]).includes(resolved.type)) return undefined;
  return {
    kind: "wrongType",
    at: () => rangeOf(node),
    says: `cannot unmarshal !!${resolved.type} \`${node.value}\` into ${type.scalar}`,
  };
}

function tagOf(node: YamlNode): string {
  if (node.kind === "mapping") return "!!map";
  if (node.kind === "sequence") return "!!seq";
  return node.kind === "scalar" ? `!!${resolveScalar(node, "yaml3").type} \`${node.value.slice(0, 40)}\`` : "!!null";
}

function goType(type: Extract<SchemaEvent, { kind: "wrong-shape" }>["type"]): string {
  if (type.kind === "object") return type.name;
  if (type.kind === "list") return `[]${goType(type.of)}`;
  if (type.kind === "map") return "map[string]string";
  return type.kind === "scalar"
    ? type.scalar === "duration" || type.scalar === "expr"
      ? "string"
      : type.scalar
    : "value";
}

/** Of a collection its first line is enough to show. */
function placeOf(node: YamlNode): Range {
  return node.kind === "mapping" ? headOf(node) : rangeOf(node);
}

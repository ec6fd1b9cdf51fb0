// Faults that yaml.v3 finds while it fills Prometheus' structs: unknown and repeated keys, shapes and types.
import { goQuote } from "../../../catalog/prometheus/goQuote.ts";
import { ruleSchema } from "../../../catalog/rules/schema.ts";
import type { Schema } from "../../../catalog/schema.ts";
import type { Range } from "../../../ranges.ts";
import { duplicateKeys } from "../../../yaml/keys.ts";
import { booleanOf, type Engine, resolveScalar, shortTag } from "../../../yaml/resolve.ts";
import { keyOf, rangeOf, type Scalar, type YamlFile, type YamlNode } from "../../../yaml/tree.ts";
import type { CheckSettings } from "../../check.ts";
import { durationProblem } from "../../duration.ts";
import { scalarText } from "../../scalarText.ts";
import { type SchemaEvent, walkSchema } from "../../schema/walk.ts";
import { type Fault, headOf } from "./shared.ts";
import { isOrdinary } from "./sharedOrdinary.ts";

/** Faults that yaml.v3 finds while it fills the struct: unknown and repeated keys, shapes and types. */
export function decodingFaults(file: YamlFile, node: YamlNode, object: string, settings: CheckSettings): Fault[] {
  const faults: Fault[] = [];
  if (node.kind === "mapping" && isOrdinary(node, object, settings)) return faults;
  walkSchema(
    {
      schema: shallow(object, settings.dialects),
      version: settings.prometheusVersion,
      file,
      report: (event) => {
        const fault = faultOf(event, settings);
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

/** The fault behind what a walk came by; most of it is none. */
export function faultOf(event: SchemaEvent, settings: CheckSettings, engine: Engine = "yaml3"): Fault | undefined {
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
        says: `field ${event.key.name} needs Prometheus ${event.key.since}, and the files are checked for ${settings.prometheusVersion}`,
        pair: event.pair,
      };
    case "duplicate-key":
      return {
        kind: "duplicateKey",
        at: () => rangeOf(event.pair.key.kind === "empty" ? event.pair : event.pair.key),
        says: engine === "yaml3" ? `mapping key "${event.name}" already defined` : alreadySet(event),
        pair: event.pair,
        first: event.first,
      };
    case "bad-key": {
      const { key } = event.pair;
      return { kind: "wrongType", at: () => placeOf(key), says: `cannot unmarshal ${tagOf(key, engine)} into string` };
    }
    case "bad-merge":
      return {
        kind: "wrongType",
        at: () => placeOf(event.pair.value),
        says: "map merge requires map or sequence of maps as the value",
      };
    case "wrong-shape":
      return (
        (engine === "yaml3" ? repeatedKey(event.node) : undefined) ?? {
          kind: "wrongType",
          at: () => placeOf(event.node),
          says: `cannot unmarshal ${tagOf(event.node, engine)} into ${goType(event.type)}`,
        }
      );
    case "scalar":
      return scalarFault(event, engine);
    case "empty":
      return engine === "yaml2" ? nullFault(event) : undefined;
    default:
      return undefined;
  }
}

/** What a plain value may be read as, by the type of its field; for texts anything. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  bool: ["bool"],
  number: ["int", "float"],
};

/** yaml.v3 cuts a number that has a fraction, and takes what fits 64 bits. */
function fits(node: Scalar, scalar: string, engine: Engine): boolean {
  const resolved = resolveScalar(node, engine);
  if (scalar === "bool" && engine === "yaml3" && resolved.type === "str")
    return node.style === "plain" && booleanOf(node.value) !== undefined;
  if (scalar === "int" && resolved.type === "int") return BigInt(resolved.value) < 2n ** 63n;
  if (scalar === "int" && resolved.type === "float") return resolved.value <= 2 ** 63;
  return (wanted[scalar] ?? (scalar === "int" ? [] : [resolved.type])).includes(resolved.type);
}

function scalarFault({ node, type }: Extract<SchemaEvent, { kind: "scalar" }>, engine: Engine): Fault | undefined {
  if (type.kind !== "scalar") return undefined;
  const { problem } = resolveScalar(node, engine);
  if (problem !== undefined) return { kind: "wrongType", at: () => rangeOf(node), says: problem };
  if (type.scalar === "duration") {
    const says = durationProblem(scalarText(node));
    return says === undefined ? undefined : { kind: "duration", at: () => rangeOf(node), says };
  }
  if (fits(node, type.scalar, engine)) return undefined;
  const says = `cannot unmarshal ${tagOf(node, engine)} into ${type.scalar === "number" ? "float64" : type.scalar}`;
  return { kind: "wrongType", at: () => rangeOf(node), says };
}

/** Of a mapping yaml.v3 looks at the keys first, whatever it is to be filled into. */
function repeatedKey(node: YamlNode): Fault | undefined {
  const [twice] = node.kind === "mapping" ? duplicateKeys(node) : [];
  if (!twice) return undefined;
  const { first, second } = twice;
  const says = `mapping key "${keyOf(second) ?? ""}" already defined`;
  return {
    kind: "duplicateKey",
    at: () => rangeOf(second.key.kind === "empty" ? second : second.key),
    says,
    pair: second,
    first,
  };
}

/** yaml v2 names the struct or the map. */
function alreadySet({ name, owner }: Extract<SchemaEvent, { kind: "duplicate-key" }>): string {
  return owner ? `field ${name} already set in type ${owner.name}` : `key ${goQuote(name)} already set in map`;
}

/** yaml v2 lets a duration read `NULL`: as an empty text. */
function nullFault({ node, type }: Extract<SchemaEvent, { kind: "empty" }>): Fault | undefined {
  if (type.kind !== "scalar" || type.scalar !== "duration" || node.kind !== "scalar") return undefined;
  if (node.tag || !/^N/.test(node.value)) return undefined;
  return { kind: "duration", at: () => rangeOf(node), says: "empty duration string" };
}

function tagOf(node: YamlNode, engine: Engine): string {
  if (node.kind === "mapping") return "!!map";
  if (node.kind === "sequence") return "!!seq";
  if (node.kind !== "scalar") return "!!null";
  return `${shortTag(node.tag?.text === "!" && engine === "yaml3" ? undefined : node.tag?.text) ?? `!!${resolveScalar(node, engine).type}`} \`${shortened(node.value)}\``;
}

/** More than ten bytes: seven and dots. */
function shortened(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return bytes.length > 10 ? `${new TextDecoder().decode(bytes.subarray(0, 7))}...` : text;
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

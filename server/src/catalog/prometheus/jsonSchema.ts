// prometheus.yml as a JSON Schema (draft-07), from the same tables as everything else here. Knows no file system.
import type { EnumValue, SchemaKey, SchemaObject, SchemaType } from "../schema.ts";
import { anyCase, clientRules, constraints, type Json, type JsonObject, narrowed } from "./jsonConstraints.ts";
import { enumName, isChecked, prometheusSchema } from "./schema.ts";

/** For editors that read SchemaStore's: every key of the newest Prometheus, and what a schema can say of what it refuses. */
export function prometheusJsonSchema(): JsonObject {
  const root = prometheusSchema.objects.get(prometheusSchema.root);
  const sections = [...prometheusSchema.objects.values()].filter(({ name }) => name !== prometheusSchema.root);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: "https://json.schemastore.org/prometheus.json",
    title: "Prometheus configuration (prometheus.yml)",
    description: "Prometheus refuses a file with one unknown key or one value that it cannot read.",
    ...(root && section(root)),
    type: ["object", "null"],
    definitions: {
      ...scalars,
      httpClientRules: clientRules,
      ...Object.fromEntries(sections.map((one) => [one.name, section(one)])),
    },
  };
}

/** A duration: units from large to small, each once; or 0. */
const durationPattern = "^(0|(([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?))$";

/** What YAML gives to a key whose text Prometheus takes as it is written. */
const anyScalar: Json = ["string", "number", "boolean", "null"];

/** Numbers of YAML 1.1 that newer readers take for texts. */
const writtenNumber = "^[-+]?(0b[01_]+|0o?[0-7_]+|[0-9][0-9_]*_[0-9_]*)$";

const scalars: JsonObject = {
  text: { type: anyScalar },
  bool: {
    anyOf: [
      { type: ["boolean", "null"] },
      { enum: ["y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF"] },
    ],
  },
  integer: { anyOf: [{ type: ["number", "null"] }, { type: "string", pattern: writtenNumber }] },
  unsigned: { anyOf: [{ type: ["number", "null"] }, { type: "string", pattern: writtenNumber }], minimum: 0 },
  duration: {
    anyOf: [{ type: "null" }, { enum: [0] }, { type: "string", pattern: durationPattern, minLength: 1 }],
  },
  size: {
    anyOf: [
      { type: "null" },
      { enum: [0] },
      {
        type: "string",
        pattern: "^[-+]?(0|([0-9]*\\.?[0-9]*([KMGTPE]i)?B)+|([0-9]*\\.?[0-9]*[KMGTPE]?B)+)$",
        minLength: 1,
      },
    ],
  },
  ruleGlob: { type: anyScalar, pattern: "^[^*]*(\\*[^/]*)?$" },
  targetGlob: { type: "string", pattern: "^[^*]*(\\*[^/]*)?\\.(json|yml|yaml|JSON|YML|YAML)$" },
  address: { type: anyScalar },
};

function section(owner: SchemaObject): JsonObject {
  const keys = [...owner.keys.values()].filter(({ hidden, until }) => !hidden && until === undefined);
  const required = requiredKeys(owner);
  return {
    type: ["object", "null"],
    properties: Object.fromEntries(keys.map((key) => [key.name, sharedProperty(key, owner) ?? property(key, owner)])),
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    ...constraints(owner),
  };
}

/** A key that many sections have inlined is written once and referred to. */
function sharedProperty(key: SchemaKey, owner: SchemaObject): JsonObject | undefined {
  for (const name of ["ProxyConfig", "HTTPClientConfig", "ServiceDiscovery"]) {
    const home = prometheusSchema.objects.get(name);
    const own = home?.keys.get(key.name);
    if (home === owner) return undefined;
    if (!home || !own) continue;
    const written = property(own, home);
    if (
      JSON.stringify({ ...property(key, owner), description: "" }) === JSON.stringify({ ...written, description: "" })
    )
      return { $ref: `#/definitions/${name}/properties/${key.name}` };
  }
  return undefined;
}

/** Keys without which a section is refused; those with a default may be absent. */
function requiredKeys(owner: SchemaObject): string[] {
  return [...owner.keys.values()]
    .filter(({ facts }) => facts?.some(([label]) => label === "Required"))
    .map(({ name }) => name);
}

/** Required keys, and those whose default an empty value would take away. */
const isNeeded = ({ facts }: SchemaKey): boolean =>
  facts?.some(([label, value]) => label === "Required" || value.startsWith("has a default")) ?? false;

/** The value of a key that may not be null or empty. The address of remote storage may be empty. */
function needed(key: SchemaKey, owner: SchemaObject): JsonObject {
  const { type } = key;
  if (type.kind === "list") return { type: "array", items: item(type.of, key, owner), minItems: 1 };
  if (type.kind === "enum") return { ...typed(type, key, owner), not: { enum: [null, ""] } };
  const isRemote = /^Remote/.test(owner.name);
  return { type: ["string", "number", "boolean"], ...(!isRemote && { minLength: 1 }) };
}

function property(key: SchemaKey, owner: SchemaObject): JsonObject {
  const { summary, default: standing, since, notes } = key;
  const description = [summary, ...(notes ?? []), since ? `Since ${since}.` : undefined].filter(Boolean).join(" ");
  return {
    ...(isNeeded(key) ? needed(key, owner) : typed(key.type, key, owner)),
    ...narrowed(owner.name, key.name),
    ...(description !== "" && { description }),
    ...(standing !== undefined && { default: defaultOf(standing, key.type) }),
  };
}

function defaultOf(text: string, type: SchemaType): Json {
  if (type.kind !== "scalar") return text;
  if (type.scalar === "bool") return text === "true";
  return /^(?:int|uint|float)$/.test(type.scalar) ? Number(text) : text;
}

function typed(type: SchemaType, key: SchemaKey, owner: SchemaObject): JsonObject {
  switch (type.kind) {
    case "object":
      return ref(type.name);
    case "list":
      return {
        type: ["array", "null"],
        items: item(type.of, key, owner),
      };
    case "map":
      return { type: ["object", "null"], additionalProperties: typed(type.of, key, owner) };
    case "enum":
      return enumeration(type.values, type.ignoreCase);
    case "any":
      return {};
    case "scalar":
      return scalar(type.scalar, owner);
  }
}

const ref = (name: string): JsonObject => ({ allOf: [{ $ref: `#/definitions/${name}` }] });

/** Elements of a list of sections may not be null. */
function item(type: SchemaType, key: SchemaKey, owner: SchemaObject): JsonObject {
  return type.kind === "object" ? { ...ref(type.name), type: "object" } : typed(type, key, owner);
}

function scalar(name: string, owner: SchemaObject): JsonObject {
  switch (name) {
    case "bool":
      return ref("bool");
    case "int":
    case "float":
      return owner.name === "QueueConfig" ? { type: "number", exclusiveMinimum: 0 } : ref("integer");
    case "uint":
      return ref("unsigned");
    case "duration":
      return ref("duration");
    case "bytes":
      return ref("size");
    case "glob":
      return ref(owner.name === "sd.file" ? "targetGlob" : "ruleGlob");
    default:
      return ref("text");
  }
}

function enumeration(values: readonly EnumValue[], ignoreCase: boolean): JsonObject {
  const names = values.map(({ value }) => value);
  const known = { enum: names, enumDescriptions: values.map(({ summary }) => summary ?? "") };
  if (!isChecked(enumName(values))) return { anyOf: [known, { type: anyScalar }] };
  return ignoreCase ? { anyOf: [known, anyCase(names)] } : { anyOf: [known, { enum: [null, ...emptyToo(values)] }] };
}

/** Where an empty text is as good as none. */
const emptyToo = (values: readonly EnumValue[]): string[] =>
  /^(?:validationScheme|tracingCompression|scrapeProtocol)$/.test(enumName(values)) ? [""] : [];

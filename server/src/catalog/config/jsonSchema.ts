// dkron.yml as a JSON Schema (draft-07), from the same data as everything else here. Knows no file system.
import type { EnumValue } from "../schema.ts";
import { acceptedValues, type ConfigKey, configKeys } from "./keys.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The schema for editors that read SchemaStore's: what an agent takes in its weak typing is valid, the rest is not. */
export function dkronJsonSchema(): { readonly [key: string]: Json } {
  const properties = configKeys().map((key) => [key.name, property(key)] as const);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: "https://json.schemastore.org/dkron.json",
    title: "Dkron agent configuration (dkron.yml)",
    description: "Configuration of `dkron agent`. Unknown keys are ignored by the agent, so they are refused here.",
    type: "object",
    properties: Object.fromEntries(properties),
    patternProperties: { "^(x-|\\.|_)": {} },
    additionalProperties: false,
    definitions,
  };
}

/** What the decoder takes for a boolean, a whole number, a duration, a text. */
const definitions: { readonly [key: string]: Json } = {
  bool: {
    anyOf: [
      { type: "boolean" },
      { type: "integer", enum: [0, 1] },
      { type: "string", enum: ["true", "false", "True", "False", "TRUE", "FALSE", "t", "f", "T", "F", "1", "0"] },
      { type: "null" },
    ],
  },
  duration: {
    anyOf: [
      { type: "string", pattern: "^[+-]?((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+$|^0$" },
      { type: "null" },
    ],
  },
  text: { type: ["string", "number", "boolean", "null"] },
  texts: {
    anyOf: [{ type: "array", items: { type: ["string", "number", "boolean", "null"] } }, { type: ["string", "null"] }],
  },
};

function property(key: ConfigKey): Json {
  const { summary, default: fallback, examples, deprecated } = key;
  const written = (examples ?? []).flatMap(fromYaml);
  return {
    ...(typeSchema(key) as object),
    title: key.name,
    description: descriptionOf(key),
    markdownDescription: `${summary ?? ""}\n\n${(key.notes ?? []).map((note) => `- ${note}`).join("\n")}`.trim(),
    ...(fallback !== undefined && !/^the host/.test(fallback) && { default: fromYaml(fallback)[0] ?? fallback }),
    ...(written.length > 0 && { examples: written }),
    ...(deprecated !== undefined && { deprecationMessage: deprecated, deprecated: true }),
  };
}

function descriptionOf(key: ConfigKey): string {
  const facts = [`Since ${key.since}.`, ...(key.flag ? [`Flag ${key.flag}, environment ${key.env}.`] : [])];
  return [key.summary, ...facts].filter(Boolean).join(" ");
}

function typeSchema(key: ConfigKey): Json {
  const { type, minimum, maximum } = key;
  if (type.kind === "enum") return enumSchema(key.name, type.values, type.ignoreCase);
  if (type.kind === "list") return { allOf: [{ $ref: "#/definitions/texts" }] };
  if (type.kind === "map")
    return {
      type: ["object", "null"],
      propertyNames: { pattern: "^[^.]+$" },
      additionalProperties: { type: ["string", "number", "boolean", "null"] },
    };
  if (type.kind !== "scalar") return {};
  switch (type.scalar) {
    case "bool":
      return { allOf: [{ $ref: "#/definitions/bool" }] };
    case "int":
    case "uint16":
      return {
        anyOf: [
          { type: "integer", ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) },
          { type: "string", pattern: "^[+-]?(0[xob]?)?[0-9A-Fa-f]*$" },
          { type: "null" },
        ],
      };
    case "duration":
    case "duration-text":
      return { allOf: [{ $ref: "#/definitions/duration" }] };
    default:
      return { allOf: [{ $ref: "#/definitions/text" }] };
  }
}

function enumSchema(key: string, values: readonly EnumValue[], ignoreCase: boolean): Json {
  const names = values.map(({ value }) => value);
  const enumDescriptions = values.map(({ summary }) => summary ?? "");
  if (!ignoreCase) return { type: "string", enum: names, enumDescriptions };
  const anyCase = acceptedValues(key).map((name) =>
    [...name].map((letter) => `[${letter}${letter.toUpperCase()}]`).join(""),
  );
  return {
    anyOf: [
      { enum: names, enumDescriptions },
      { type: "string", pattern: `^(${anyCase.join("|")})$` },
    ],
  };
}

/** A value that the data writes as YAML: JSON's subset of it, a text in single quotes, or plain text. */
function fromYaml(text: string): Json[] {
  try {
    return [JSON.parse(text) as Json];
  } catch {
    if (/^'.*'$/.test(text)) return [text.slice(1, -1).replaceAll("''", "'")];
    return /^[[{]/.test(text) ? [] : [text];
  }
}

// What a configuration file may hold, as data: objects, their keys, the types of their values, since when. Serves
// dkron.yml and prometheus.yml alike; it must not know either, nor any text.
import { compareVersions } from "./versions.ts";

export type EnumValue = {
  readonly value: string;
  readonly summary?: string;
  readonly since?: string;
};

/**
 * Type of a value. A scalar is named as its table names it (`bool`, `duration`, `hostport` …): who checks the file
 * knows what each name accepts. An object is looked up by name, so that tables can be recursive.
 */
export type SchemaType =
  | { readonly kind: "scalar"; readonly scalar: string }
  | { readonly kind: "enum"; readonly values: readonly EnumValue[]; readonly ignoreCase: boolean }
  | { readonly kind: "list"; readonly of: SchemaType }
  | { readonly kind: "map"; readonly key: string; readonly of: SchemaType }
  | { readonly kind: "object"; readonly name: string }
  | { readonly kind: "any" };

/** A key of an object. Versions are of the program that reads the file; absent `since`: every version in question. */
export type SchemaKey = {
  readonly name: string;
  readonly type: SchemaType;
  /** One sentence: what it is for. */
  readonly summary?: string;
  /** Effective when the key is absent, as written in YAML. */
  readonly default?: string;
  /** Path of the key that the default is taken from. */
  readonly inherits?: string;
  readonly since?: string;
  /** Last version that reads it. */
  readonly until?: string;
  readonly required?: boolean;
  readonly deprecated?: string;
  readonly examples?: readonly string[];
  /** What surprises people, a sentence each, in Markdown. */
  readonly notes?: readonly string[];
  /** Rows of the hover's table: flag, environment variable … */
  readonly facts?: readonly (readonly [label: string, value: string])[];
  readonly secret?: boolean;
  /** Known to the program but not offered: for developers, or dead. */
  readonly hidden?: boolean;
};

export type SchemaObject = {
  readonly name: string;
  readonly keys: ReadonlyMap<string, SchemaKey>;
  /** Whether keys that are not in the table are refused, or ignored without a word. */
  readonly strict: boolean;
};

export type Schema = {
  /** Name of the object that the document is. */
  readonly root: string;
  readonly objects: ReadonlyMap<string, SchemaObject>;
  /** Whether keys are compared without regard to case. */
  readonly ignoreCase: boolean;
};

/** What stands at a path: the type in force there and the key it belongs to (the nearest one for list items). */
export type SchemaPlace = {
  readonly type: SchemaType;
  readonly key?: SchemaKey;
  /** The object the key is of. */
  readonly owner?: SchemaObject;
};

export function objectOf(schema: Schema, type: SchemaType): SchemaObject | undefined {
  return type.kind === "object" ? schema.objects.get(type.name) : undefined;
}

export function keyOf(schema: Schema, object: SchemaObject, name: string): SchemaKey | undefined {
  return object.keys.get(schema.ignoreCase ? name.toLowerCase() : name);
}

/**
 * What the schema says of a path: a string goes into an object or map, a number into a list.
 * Undefined where the path leaves the schema (an unknown key, an index into a scalar).
 */
export function schemaAt(schema: Schema, path: readonly (string | number)[]): SchemaPlace | undefined {
  let place: SchemaPlace = { type: { kind: "object", name: schema.root } };
  for (const step of path) {
    const next = stepInto(schema, place, step);
    if (!next) return undefined;
    place = next;
  }
  return place;
}

function stepInto(schema: Schema, place: SchemaPlace, step: string | number): SchemaPlace | undefined {
  const { type } = place;
  if (type.kind === "any") return place;
  if (typeof step === "number") return type.kind === "list" ? { ...place, type: type.of } : undefined;
  if (type.kind === "map") return { ...place, type: type.of };
  const owner = objectOf(schema, type);
  const key = owner && keyOf(schema, owner, step);
  return owner && key ? { type: key.type, key, owner } : undefined;
}

/**
 * A type as the tables write it: `bool`, `enum scheme`, `list<object RelabelConfig>`, `map<string,list<string>>`, `any`.
 * Enums are looked up by name in `enums`; a bare `enum` takes `fallback`. Throws RangeError for a type that cannot be
 * read or an enum that is not there: the tables are ours, a slip in them is ours to mend.
 */
export function parseType(text: string, enums: EnumTable, fallback?: string): SchemaType {
  const source = text.trim();
  const list = /^list<(.+)>$/.exec(source);
  if (list?.[1] !== undefined) return { kind: "list", of: parseType(list[1], enums, fallback) };
  const map = /^map<([\w-]+),(.+)>$/.exec(source);
  if (map?.[1] !== undefined && map[2] !== undefined)
    return { kind: "map", key: map[1], of: parseType(map[2], enums, fallback) };
  const object = /^object (\S+)$/.exec(source);
  if (object?.[1] !== undefined) return { kind: "object", name: object[1] };
  const named = /^enum(?: (\S+))?$/.exec(source);
  if (named) {
    const name = named[1] ?? fallback ?? "";
    const found = enums.get(name);
    if (!found) throw new RangeError(`no enum ${JSON.stringify(name)} for type ${JSON.stringify(text)}`);
    return { kind: "enum", values: found.values, ignoreCase: found.ignoreCase };
  }
  if (source === "any") return { kind: "any" };
  if (!/^[\w-]+$/.test(source)) throw new RangeError(`cannot read the type ${JSON.stringify(text)}`);
  return { kind: "scalar", scalar: source };
}

export type EnumTable = ReadonlyMap<string, { readonly values: readonly EnumValue[]; readonly ignoreCase: boolean }>;

/** A type in words a reader of a message knows: "list of string", "one of lan, wan, local". */
export function typeInWords(type: SchemaType): string {
  switch (type.kind) {
    case "scalar":
      return type.scalar;
    case "enum":
      return `one of ${type.values.map(({ value }) => value).join(", ")}`;
    case "list":
      return `list of ${typeInWords(type.of)}`;
    case "map":
      return `map of ${type.key} to ${typeInWords(type.of)}`;
    case "object":
      return "mapping";
    case "any":
      return "any value";
  }
}

/** Whether a version of the program reads the key: "early" it does not know it yet, "late" no longer. */
export function availability(key: SchemaKey | EnumValue, version: string): "known" | "early" | "late" {
  if (key.since !== undefined && compareVersions(version, key.since) < 0) return "early";
  if ("until" in key && key.until !== undefined && compareVersions(version, key.until) > 0) return "late";
  return "known";
}

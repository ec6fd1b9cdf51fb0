// The fields of rule files as a schema, for Prometheus alone or with what other systems add. Knows no text.
import { data } from "../../../catalog/rules/keys.yml";
import { read as testData } from "../../../catalog/rules/testKeys.yml";
import { keptOnce } from "../../kept.ts";
import { parseType, type Schema, type SchemaKey, type SchemaObject } from "../schema.ts";

type Row = {
  readonly key: string;
  readonly type: string;
  readonly summary: string;
  readonly default?: string;
  readonly since?: string;
  readonly required?: boolean;
  readonly examples?: readonly string[];
  readonly traps?: readonly string[];
  readonly dialect?: string;
};

type Table = { readonly objects: readonly { readonly name: string; readonly keys: readonly Row[] }[] };

const schemas = new Map<string, Schema>();

/** The schema of a file with the extra fields of these systems (`thanos`, `mimir`). */
export function ruleSchema(dialects: readonly string[]): Schema {
  const id = [...dialects].sort().join();
  let schema = schemas.get(id);
  if (!schema) {
    schema = schemaOf(data as Table, "rulefmt.RuleGroups", dialects);
    schemas.set(id, schema);
  }
  return schema;
}

/** The schema of a file of rule tests. */
export const ruleTestSchema = keptOnce((): Schema => schemaOf(testData() as Table, "main.unitTestFile", []));

function schemaOf({ objects }: Table, root: string, dialects: readonly string[]): Schema {
  return {
    root,
    ignoreCase: false,
    objects: new Map(objects.map(({ name, keys }) => [name, objectOf(name, keys, dialects)])),
  };
}

/** The system that has a field of this name in that object; `undefined` for Prometheus' own and for unknown ones. */
export function dialectOf(object: string, field: string): string | undefined {
  const { keys = [] } = (data as Table).objects.find(({ name }) => name === object) ?? {};
  return keys.find(({ key, dialect }) => key === field && dialect !== undefined)?.dialect;
}

function objectOf(name: string, rows: readonly Row[], dialects: readonly string[]): SchemaObject {
  const keys = rows
    .filter(({ dialect }) => dialect === undefined || dialects.includes(dialect))
    .map((row) => [row.key, keyOf(row)] as const);
  return { name, keys: new Map(keys), strict: true };
}

function keyOf({ key, type, traps, dialect: _, ...rest }: Row): SchemaKey {
  return { ...rest, name: key, type: parseType(type, new Map()), ...(traps && { notes: traps }) };
}

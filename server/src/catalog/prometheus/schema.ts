// The schema of prometheus.yml, made from its tables: inlined sections are part of the section they stand in. Knows no text.
import { read as readEnums } from "../../../catalog/prometheus/enums.yml";
import { read as readMeanings } from "../../../catalog/prometheus/meanings.yml";
import { read as readRemoved } from "../../../catalog/prometheus/removed.yml";
import { read as readTypes } from "../../../catalog/prometheus/types.yml";
import { keptOnce } from "../../kept.ts";
import {
  type EnumTable,
  type EnumValue,
  parseType,
  type Schema,
  type SchemaKey,
  type SchemaObject,
} from "../schema.ts";
import { compareVersions } from "../versions.ts";

type KeyRow = {
  readonly type: string;
  readonly default?: string | number | boolean;
  readonly inherits?: string;
  readonly since?: string;
  readonly required?: boolean;
  readonly requiredIf?: string;
  readonly hidden?: boolean;
  readonly note?: string;
};

type Inline = {
  readonly type: string;
  readonly since?: string;
  readonly defaults?: Readonly<Record<string, boolean>>;
};

type TypeRow = {
  /** The type's name in Go's messages about unknown fields. */
  readonly plain: string;
  readonly go: string;
  readonly inline?: readonly Inline[];
  readonly keys: Readonly<Record<string, KeyRow>>;
};

type EnumRow = {
  readonly checked: boolean;
  readonly ignoreCase?: boolean;
  readonly values: readonly { readonly value: string; readonly since?: string }[];
};

/** A key that is gone: what to write instead, or to do. */
export type RemovedKey = {
  readonly section: string;
  readonly key: string;
  readonly type: string;
  readonly since?: string;
  readonly until: string;
  readonly write?: string;
  readonly asList?: boolean;
  readonly asScalar?: boolean;
  readonly say?: string;
};

type Removed = {
  readonly keys: readonly RemovedKey[];
  readonly values: readonly {
    readonly enum: string;
    readonly value: string;
    readonly until: string;
    readonly write: string;
  }[];
  readonly changed: readonly { readonly section: string; readonly key: string; readonly say: string }[];
};

type Meanings = {
  /** By `Section.key`, and by key alone for those that mean the same wherever they stand. */
  readonly keys: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

// All of it is read when it is first asked for: a server that sees no prometheus.yml starts without it.
const types = keptOnce(() => readTypes() as Readonly<Record<string, TypeRow>>);
const enums = keptOnce(() => readEnums() as Readonly<Record<string, EnumRow>>);
const removed = keptOnce(() => readRemoved() as Removed);
const meanings = keptOnce(() => readMeanings() as Meanings);

const enumTable = keptOnce(
  (): EnumTable =>
    new Map(
      Object.entries(enums()).map(([name, { values, ignoreCase }]) => {
        const known = values.map(({ value, since }): EnumValue => {
          const summary = meanings().values[name]?.[value];
          return { value, ...(summary && { summary }), ...(since && { since }) };
        });
        return [name, { values: known, ignoreCase: ignoreCase ?? false }];
      }),
    ),
);

const enumNames = keptOnce(() => new Map([...enumTable()].map(([name, { values }]) => [values, name])));

/** The name of the enum that a type's values are of. */
export function enumName(values: readonly EnumValue[]): string {
  return enumNames().get(values) ?? "";
}

/** Whether Prometheus refuses other values. */
export function isChecked(name: string): boolean {
  return enums()[name]?.checked ?? false;
}

/** A value that Prometheus took once, and the one to write now. */
export function removedValue(
  name: string,
  value: string,
): { readonly until: string; readonly write: string } | undefined {
  return removed().values.find((row) => row.enum === name && row.value === value);
}

export function removedKey(section: string, key: string): RemovedKey | undefined {
  return removed().keys.find((row) => row.section === section && row.key === key);
}

/** Name of a section's Go type in messages about unknown and repeated keys, and about values of another shape. */
export function plainName(section: string): string {
  return types()[section]?.plain ?? section;
}

/** Name of a section's Go type as a list's messages have it: `[]*relabel.Config`. */
export function goName(section: string): string {
  return types()[section]?.go ?? section;
}

/** Whether a section has all the keys of another one inlined. */
export function hasInlined(section: string, other: string): boolean {
  return types()[section]?.inline?.some(({ type }) => type === other || hasInlined(type, other)) ?? false;
}

function keysOf(name: string): [string, SchemaKey][] {
  const row = types()[name];
  if (!row) return [];
  const own = Object.entries(row.keys).map(([key, field]): [string, SchemaKey] => [key, keyFrom(name, key, field)]);
  const inlined = (row.inline ?? []).flatMap(({ type, since, defaults }) =>
    keysOf(type).map(([key, inner]): [string, SchemaKey] => {
      const standing = defaults?.[key];
      const later = since !== undefined && newer(since, inner.since) ? { since } : {};
      return [key, { ...inner, ...later, ...(standing !== undefined && { default: String(standing) }) }];
    }),
  );
  const gone = removed()
    .keys.filter(({ section }) => section === name)
    .map(goneKey);
  return [...own, ...inlined, ...gone];
}

const newer = (version: string, other: string | undefined): boolean =>
  other === undefined || compareVersions(version, other) > 0;

function keyFrom(section: string, name: string, row: KeyRow): SchemaKey {
  const summary = meanings().keys[`${section}.${name}`] ?? meanings().keys[name];
  const changed = removed().changed.find((change) => change.section === section && change.key === name);
  const notes = [row.note ? sentence(row.note) : "", changed?.say ?? ""].filter((note) => note !== "");
  return {
    name,
    type: parseType(row.type, enumTable()),
    ...(summary && { summary }),
    ...(row.default !== undefined && { default: String(row.default) }),
    ...(row.inherits && { inherits: row.inherits }),
    ...(row.since && { since: row.since }),
    ...(row.hidden && { hidden: true }),
    ...(notes.length > 0 && { notes }),
    ...(row.required && { facts: [["Required", "yes"]] as const }),
    ...(row.requiredIf && { facts: [["Required if", row.requiredIf]] as const }),
  };
}

function goneKey({ key, type, since, until, write, say }: RemovedKey): [string, SchemaKey] {
  const deprecated = write ? `Write \`${write}\`.` : `${say ?? "Remove it"}.`;
  return [key, { name: key, type: parseType(type, enumTable()), ...(since && { since }), until, deprecated }];
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function objectFrom(name: string): SchemaObject {
  return { name, keys: new Map(keysOf(name)), strict: true };
}

const objects = keptOnce(
  (): Schema["objects"] => new Map(Object.keys(types()).map((name) => [name, objectFrom(name)])),
);

export const prometheusSchema: Schema = {
  root: "Config",
  get objects() {
    return objects();
  },
  ignoreCase: false,
};

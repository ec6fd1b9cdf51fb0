// The keys of dkron.yml from the data, and those that people write in vain. Knows no text and no version in force.
import { read as readEnums } from "../../../catalog/config/enums.yml";
import { read as readKeys } from "../../../catalog/config/keys.yml";
import { read as readOthers } from "../../../catalog/config/other-keys.yml";
import { keptOnce } from "../../kept.ts";
import { type EnumTable, type EnumValue, parseType, type Schema, type SchemaKey, type SchemaType } from "../schema.ts";
import type { Target } from "./decode.ts";

/** A key of dkron.yml. `flag` and `env` are absent where there is none. */
export type ConfigKey = SchemaKey & {
  /** What the decoder decodes it to; absent for the key that no struct field holds (`tag`). */
  readonly target?: Target;
  /** What the decoder calls it in its messages. */
  readonly field: string;
  readonly group: string;
  readonly flag?: string;
  readonly env?: string;
  /** Has no effect on an agent that is no server. */
  readonly serverOnly: boolean;
  /** Keys that must have a value for this one to have an effect. */
  readonly needs: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Key to write instead. */
  readonly use?: string;
};

/** A key that no agent in question reads, and what to do about it. */
export type OtherKey = {
  readonly key: string;
  readonly why: "removed" | "pro" | "invented";
  /** Last version that read it. */
  readonly last?: string;
  readonly use?: string;
  readonly say?: string;
  /** Set where the value has to change with the key, so that no machine should do it. */
  readonly value?: string;
};

type Row = {
  key: string;
  type: string;
  default?: string;
  field?: string;
  since: string;
  until?: string;
  flag?: false;
  env?: string;
  on?: "server";
  needs?: string[];
  group: string;
  summary: string;
  examples?: string[];
  traps?: string[];
  secret?: boolean;
  hidden?: boolean;
  minimum?: number;
  maximum?: number;
  use?: string;
};

type EnumRow = { ignoreCase: boolean; values: EnumValue[]; accepted?: string[] };

// All of it is read when somebody asks: most sessions and runs never see a dkron.yml.
const enumRows = keptOnce(() => readEnums() as Record<string, EnumRow>);
const enums = keptOnce((): EnumTable => new Map(Object.entries(enumRows())));

type Known = {
  readonly keys: readonly ConfigKey[];
  readonly byName: ReadonlyMap<string, ConfigKey>;
  readonly schema: Schema;
};

const knownKeys = keptOnce((): Known => {
  const keys = (readKeys() as Row[]).map(keyFrom);
  const byName = new Map(keys.map((key) => [key.name, key]));
  const file = { name: "dkron.yml", strict: false, keys: byName };
  return { keys, byName, schema: { root: file.name, ignoreCase: true, objects: new Map([[file.name, file]]) } };
});

/** All keys, in the order in which they are offered. */
export function configKeys(): readonly ConfigKey[] {
  return knownKeys().keys;
}

/** The key of that name; names are compared without regard to case, as viper does. */
export function configKey(name: string): ConfigKey | undefined {
  return knownKeys().byName.get(name.toLowerCase());
}

type OtherRow = Omit<OtherKey, "why">;

const others = keptOnce(() => {
  const rows = readOthers() as Record<string, OtherRow[]>;
  return new Map(
    (["removed", "pro", "invented"] as const).flatMap((why) =>
      (rows[why] ?? []).map((row) => [row.key, { ...row, why }] as const),
    ),
  );
});

/** What is known of a key that no agent reads; `_` counts as `-`. */
export function otherKey(name: string): OtherKey | undefined {
  return others().get(name.toLowerCase().replaceAll("_", "-"));
}

/** dkron.yml as a schema. */
export function configSchema(): Schema {
  return knownKeys().schema;
}

/** Values that the agent takes for an enum besides those that are offered. */
export function acceptedValues(name: string): readonly string[] {
  const row = enumRows()[name];
  return row ? [...row.values.map(({ value }) => value), ...(row.accepted ?? [])] : [];
}

function keyFrom(row: Row): ConfigKey {
  const type = parseType(row.type, enums());
  const target = row.key === "tag" ? undefined : targetOf(type);
  const variable = `DKRON_${row.key.toUpperCase().replaceAll("-", "_")}`;
  return {
    name: row.key,
    type,
    field: row.field ?? row.key,
    group: row.group,
    summary: row.summary,
    since: row.since,
    serverOnly: row.on === "server",
    needs: row.needs ?? [],
    secret: row.secret ?? false,
    hidden: row.hidden ?? false,
    examples: row.examples ?? [],
    notes: row.traps ?? [],
    facts: factsOf(row, variable),
    ...(target && { target }),
    ...(row.flag !== false && { flag: `--${row.key}`, env: variable }),
    ...(row.default !== undefined && { default: row.default }),
    ...(row.until !== undefined && { until: row.until }),
    ...(row.minimum !== undefined && { minimum: row.minimum }),
    ...(row.maximum !== undefined && { maximum: row.maximum }),
    ...(row.use !== undefined && { use: row.use, deprecated: `Write \`${row.use}\`.` }),
  };
}

function factsOf(row: Row, variable: string): (readonly [string, string])[] {
  const flag = row.flag === false ? "none, only in the file" : `\`--${row.key}\``;
  const environment =
    row.flag !== false
      ? `\`${variable}\``
      : row.env === "JSON"
        ? `\`${variable}\`, as a JSON object`
        : `\`${variable}\`, if the file has the key too`;
  return [
    ["Flag", flag],
    ["Environment", environment],
    ...(row.on === "server" ? ([["Matters on", "servers"]] as const) : []),
    ...(row.needs ? ([["Needs", row.needs.map((key) => `\`${key}\``).join(", ")]] as const) : []),
  ];
}

/** Decoder's target for a type of the data: whatever is no bool, number or duration is a text. */
function targetOf(type: SchemaType): Target {
  if (type.kind === "list") return "strings";
  if (type.kind === "map") return "string-map";
  if (type.kind === "scalar" && (type.scalar === "bool" || type.scalar === "int")) return type.scalar;
  if (type.kind === "scalar" && (type.scalar === "uint16" || type.scalar === "duration")) return type.scalar;
  return "string";
}

// What a .dkron-metrics.yml may hold, as a schema: completion, hover and checks come from here. Reads no file.
import type { EnumValue, Schema, SchemaKey } from "../catalog/schema.ts";

export const configurationNames: readonly string[] = [".dkron-metrics.yml", ".dkron-metrics.yaml"];

export const levels: readonly EnumValue[] = [
  { value: "error", summary: "An error." },
  { value: "warning", summary: "A warning." },
  { value: "information", summary: "Worth knowing." },
  { value: "hint", summary: "Three dots in the editor." },
  { value: "off", summary: "The check does not run." },
];

const dialects: readonly EnumValue[] = [
  { value: "thanos", summary: "`partial_response_strategy` of Thanos' ruler." },
  { value: "mimir", summary: "`source_tenants`, `align_evaluation_time_on_interval` and others of Mimir's ruler." },
];

const keys: readonly SchemaKey[] = [
  {
    name: "agent-version",
    type: { kind: "scalar", scalar: "version" },
    summary: "The Dkron version that files are checked against.",
    default: "latest",
    examples: ["4.0.9", "latest"],
  },
  {
    name: "prometheus-version",
    type: { kind: "scalar", scalar: "version" },
    summary: "The Prometheus version that expressions, rule files and prometheus.yml are checked against.",
    default: "latest",
    examples: ["2.53", "latest"],
  },
  {
    name: "dialects",
    type: { kind: "list", of: { kind: "enum", values: dialects, ignoreCase: false } },
    summary: "Systems whose extra group fields rule files may have.",
  },
  {
    name: "ignore",
    type: { kind: "list", of: { kind: "scalar", scalar: "glob" } },
    summary: "Files that are not checked: globs, from the folder of this file on.",
    examples: ["vendor/**", "**/generated/*.yml"],
  },
  {
    name: "rules",
    type: { kind: "map", key: "check", of: { kind: "enum", values: levels, ignoreCase: false } },
    summary: "Level of a check by its id, or of all checks of a group by `group/*`.",
    examples: ["template/raw-number", "template/*"],
  },
];

export const configurationSchema: Schema = {
  root: "configuration",
  objects: new Map([
    ["configuration", { name: "configuration", keys: new Map(keys.map((key) => [key.name, key])), strict: true }],
  ]),
  ignoreCase: false,
};

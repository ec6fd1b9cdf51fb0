// Scenarios as a schema, for completion and hover; what is wrong with one is `checkScenario`'s to say. Knows no text.
import { keptOnce } from "../../kept.ts";
import type { Schema, SchemaKey, SchemaType } from "../schema.ts";
import { type ActionFacts, actionTable, type FieldFacts } from "./actions.ts";

const actions = (): [string, ActionFacts][] => Object.entries(actionTable().actions);

const special = keptOnce(
  (): Partial<Record<FieldFacts["type"], SchemaType>> => ({
    steps: { kind: "list", of: { kind: "object", name: "step" } },
    action: {
      kind: "enum",
      ignoreCase: false,
      values: actions().map(([value, { about }]) => ({ value, summary: about })),
    },
    flag: { kind: "scalar", scalar: "bool" },
  }),
);

function keysOf(fields: Readonly<Record<string, FieldFacts>>): [string, SchemaKey][] {
  return Object.entries(fields).map(([name, { type, required, about }]) => [
    name,
    { name, type: special()[type] ?? { kind: "scalar", scalar: type }, summary: about, ...(required && { required }) },
  ]);
}

export const scenarioSchema = keptOnce((): Schema => {
  const { scenario, step } = actionTable();
  // A step may have the fields of its action only; the schema offers those of all, and the check says which fit.
  const anyStep = new Map([...keysOf(step), ...actions().flatMap(([, { fields }]) => keysOf(fields))]);
  return {
    root: "scenario",
    ignoreCase: false,
    objects: new Map([
      ["scenario", { name: "scenario", strict: true, keys: new Map(keysOf(scenario)) }],
      ["step", { name: "step", strict: true, keys: anyStep }],
    ]),
  };
});

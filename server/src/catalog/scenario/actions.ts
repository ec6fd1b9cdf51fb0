// What the steps of scenarios can do, as data: server/catalog/emitter/actions.yml. It must not know a step's effect.
import { data } from "../../../catalog/emitter/actions.yml";
import type { ActionName } from "./scenario.ts";

export type FieldType =
  | "text"
  | "flag"
  | "steps"
  | "action"
  | "duration"
  | "share"
  | "number"
  | "bytes"
  | "job"
  | "node";

export type FieldFacts = { readonly type: FieldType; readonly required?: boolean; readonly about: string };

type Fields = Readonly<Record<string, FieldFacts>>;

type ActionTable = {
  /** Keys of a scenario. */
  readonly scenario: Fields;
  /** Keys that every step has. */
  readonly step: Fields;
  readonly actions: Readonly<Record<ActionName, { readonly about: string; readonly fields: Fields }>>;
};

export const actionTable = data as ActionTable;

export function isAction(text: string): text is ActionName {
  return Object.hasOwn(actionTable.actions, text);
}

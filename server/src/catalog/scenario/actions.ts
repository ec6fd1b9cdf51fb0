// What the steps of scenarios can do, as data: server/catalog/emitter/actions.yml. It must not know a step's effect.
import { read } from "../../../catalog/emitter/actions.yml";
import { keptOnce } from "../../kept.ts";
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

export type ActionFacts = { readonly about: string; readonly fields: Fields };

type ActionTable = {
  /** Keys of a scenario. */
  readonly scenario: Fields;
  /** Keys that every step has. */
  readonly step: Fields;
  readonly actions: Readonly<Record<ActionName, ActionFacts>>;
};

export const actionTable = keptOnce(() => read() as ActionTable);

export function isAction(text: string): text is ActionName {
  return Object.hasOwn(actionTable().actions, text);
}

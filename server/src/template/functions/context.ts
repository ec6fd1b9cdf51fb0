// What a function gets besides its arguments, how it fails, and how arguments are read. Knows no function.
import type { Maybe, Value } from "../go/values.ts";

/** What a query gave: rows of labels and numbers, or PromQL's message. */
export type QueryRow = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

/** What lies outside of a template. */
export type World = {
  /** Rows in the order in which the server returns them; a scalar is one row without labels. */
  readonly query: (expr: string) => readonly QueryRow[] | { readonly error: string };
  /** Time of evaluation, Unix seconds with milliseconds. */
  readonly now: number;
};

export type Context = { readonly world: World; readonly externalURL: string };

/** The values are of the types that the function table names. */
export type Implementation = (args: readonly Maybe[], context: Context) => Maybe;

/** Why a function gave no value. */
export class FunctionFailure extends Error {}

export function textAt(args: readonly Maybe[], index: number): string {
  const value = args[index];
  return value?.kind === "string" ? value.value : "";
}

export function itemsAt(args: readonly Maybe[], index: number): readonly Value[] {
  const value = args[index];
  return value?.kind === "slice" ? value.items : [];
}

/** What Go says when a function follows a nil pointer. */
export const nilDereference = "runtime error: invalid memory address or nil pointer dereference";

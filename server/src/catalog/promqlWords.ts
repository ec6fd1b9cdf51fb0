// What the words of PromQL mean, in sentences: functions, aggregations, keywords and operators. Knows no types and no text.
import { read } from "../../catalog/promql/words.yml";
import { keptOnce } from "../kept.ts";

/** `args` are names: one that may be left out ends with `?`, one that may be repeated with `...`. */
export type FunctionWords = { readonly args: readonly string[]; readonly says: string };

/** `param`: the name of the argument before the vector, where there is one. */
export type AggregationWords = { readonly param?: string; readonly says: string };

/** What a word or sign must follow to have its meaning. */
export type WordPlace = "aggregation" | "comparison" | "operand" | "operator" | "range" | "selector";

export type Word = { readonly says: string; readonly after: WordPlace };

type Table = {
  readonly functions: Readonly<Record<string, FunctionWords>>;
  readonly aggregations: Readonly<Record<string, AggregationWords>>;
  readonly words: Readonly<Record<string, Word>>;
};

export type PromqlWords = {
  readonly functions: ReadonlyMap<string, FunctionWords>;
  readonly aggregations: ReadonlyMap<string, AggregationWords>;
  /** Keywords and operators, in the order in which they are offered. */
  readonly others: ReadonlyMap<string, Word>;
};

export const promqlWords = keptOnce((): PromqlWords => {
  const { functions, aggregations, words } = read() as Table;
  return {
    functions: new Map(Object.entries(functions)),
    aggregations: new Map(Object.entries(aggregations)),
    others: new Map(Object.entries(words)),
  };
});

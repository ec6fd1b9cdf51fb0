// What the words of PromQL mean, in sentences: functions, aggregations, keywords and operators. Knows no types and no text.
import { data } from "../../catalog/promql/words.yml";

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

const { functions, aggregations, words } = data as Table;

export const functionWords: ReadonlyMap<string, FunctionWords> = new Map(Object.entries(functions));
export const aggregationWords: ReadonlyMap<string, AggregationWords> = new Map(Object.entries(aggregations));
/** Keywords and operators, in the order in which they are offered. */
export const otherWords: ReadonlyMap<string, Word> = new Map(Object.entries(words));

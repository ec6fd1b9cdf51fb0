// What a template makes of its data, as plain shapes: labels read, values shown, queries, variables, calls that will fail. No code.

import type { Range } from "../ranges.ts";
import type { GoType, Value } from "./go/values.ts";
import type { StringLiteral } from "./tree.ts";

/** `$labels.job`, `.Labels.job`, `index $labels "job"` or a field of a dot that is the map. */
export type LabelUse = Range & {
  readonly from: "labels" | "externalLabels";
  readonly name: string;
  /** The name alone: without its dot, or inside its quotes. */
  readonly nameRange: Range;
  /** Whether an absent label is provided for: an `if` or `with` tests it, or `or` has another value. */
  readonly guarded: boolean;
};

/** A function that a value went through; `format` is the literal first argument of `printf`. */
export type Formatter = Range & { readonly name: string; readonly format: string | undefined };

/** `$value` or `.Value` of the alert, or a number of an inner query. */
export type ValueUse = Range & {
  /** The alert's own value, or the text of the query that gave it. */
  readonly from: "alert" | { readonly query: string };
  /** Functions applied, in the order of their application. */
  readonly formatters: readonly Formatter[];
  /** Whether it is written out, rather than compared, tested or kept in a variable. */
  readonly printed: boolean;
};

/** `query "…"`: the literal with its quotes, what it says, and the way from there back to the template's text. */
export type QueryUse = Range & {
  readonly expr: string;
  /** Template offset of each UTF-16 unit of `expr`, and one for its end. */
  readonly offsets: readonly number[];
};

export type VariableUse = Range & { readonly name: string; readonly declares: boolean };

/** A call or access that fails, or prints something unwanted, whenever it is reached. */
export type TemplateProblem = Range & {
  readonly kind:
    | "arguments"
    | "type"
    | "comparison"
    | "field"
    | "format"
    | "pattern"
    | "number"
    | "template"
    | "variable";
  /** What Go says, without the place. */
  readonly message: string;
  /** Whether the whole text is lost (an error at expansion) rather than spoilt in one place. */
  readonly fatal: boolean;
  /** Names that could stand there instead, for a "did you mean". */
  readonly known: readonly string[];
};

export type TemplateUses = {
  readonly labels: readonly LabelUse[];
  readonly values: readonly ValueUse[];
  readonly queries: readonly QueryUse[];
  readonly variables: readonly VariableUse[];
  readonly problems: readonly TemplateProblem[];
};

/** What is known of a value before it exists. No type: it can be anything. */
export type Known = {
  readonly type: GoType | undefined;
  /** The value itself, where the template writes it. */
  readonly constant?: Value;
  /** The literal that writes it. */
  readonly literal?: StringLiteral;
  /** Which of the two label maps it is. */
  readonly map?: LabelUse["from"];
  /** The number that it shows. */
  readonly value?: Tracked;
  /** The query whose rows it holds. */
  readonly query?: string;
  /** Untyped nil. */
  readonly nil?: true;
};

/** A `ValueUse` while functions are still added to it. */
export type Tracked = Omit<ValueUse, "printed"> & { readonly formatters: Formatter[]; printed: boolean };

/** Which names can be used at a place, and what they and the dot are. */
export type Scope = {
  readonly dot: Known;
  readonly variables: readonly { readonly name: string; readonly known: Known }[];
};

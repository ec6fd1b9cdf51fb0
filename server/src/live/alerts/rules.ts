// Rules as they are evaluated: what a rule file says, in plain values. Knows no YAML, no clock, no samples.
import { type ParseResult, parse } from "../../promql/syntax/parse.ts";
import { parseTemplate } from "../../template/parser.ts";
import type { ParseResult as Template } from "../../template/tree.ts";

/** Durations in ms. `labels` and `annotations` hold templates as written; a group's labels are among the labels. */
export type RuleSpec = {
  readonly kind: "alert" | "record";
  readonly name: string;
  readonly expr: string;
  readonly holdFor: number;
  readonly keepFiringFor: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
};

export type GroupSpec = {
  /** URI. */
  readonly file: string;
  readonly name: string;
  readonly interval: number;
  /** Rules look at the samples of so long ago. */
  readonly queryOffset: number;
  readonly rules: readonly RuleSpec[];
};

/** A text with its template read; undefined: there is none in it. */
export type Text = { readonly name: string; readonly text: string; readonly template: Template | undefined };

export type Rule = {
  readonly spec: RuleSpec;
  readonly parsed: ParseResult;
  readonly labels: readonly Text[];
  readonly annotations: readonly Text[];
};

/** Reads expression and templates once, for all evaluations. */
export function readRule(spec: RuleSpec): Rule {
  const { expr, labels, annotations } = spec;
  return { spec, parsed: parse(expr), labels: textsOf(labels), annotations: textsOf(annotations) };
}

function textsOf(record: Readonly<Record<string, string>>): Text[] {
  return Object.entries(record).map(([name, text]) => ({
    name,
    text,
    template: text.includes("{{") ? parseTemplate(text) : undefined,
  }));
}

// Go templates where they stand in YAML: the labels and annotations of an alert, read once each. Judges nothing.
import { keptByText } from "../kept.ts";
import { analyzeTemplate } from "../template/analysis.ts";
import { parseTemplate } from "../template/parser.ts";
import type { ParseResult } from "../template/tree.ts";
import type { TemplateUses } from "../template/uses.ts";
import { keyOf, type Pair, type Scalar } from "../yaml/tree.ts";
import type { Rule } from "./ruleFile.ts";

/** One templated text. Offsets of `parsed` are those of `scalar.value`; `placeOf` leads to the file. */
export type TemplateText = {
  readonly pair: Pair;
  /** The label's or annotation's name. */
  readonly name: string;
  readonly scalar: Scalar;
  readonly place: "label" | "annotation";
  readonly parsed: ParseResult;
  readonly reading: Reading;
};

/** A text read, and where somebody asked what it uses. */
type Reading = { readonly parsed: ParseResult; uses?: TemplateUses };

/** The alerts of a file say much in the same words. */
const mostReadings = 200;
const readingOf = keptByText((text): Reading => ({ parsed: parseTemplate(text) }), mostReadings);

const none: readonly TemplateText[] = [];
/** All checks look at one rule after the other. */
let last: { readonly rule: Rule; readonly texts: readonly TemplateText[] } | undefined;

/** Every text with an action in it, labels first. Recording rules have none: Prometheus expands only those of alerts. */
export function templatesOf(rule: Rule): readonly TemplateText[] {
  if (rule.kind !== "alert") return none;
  if (last?.rule !== rule) last = { rule, texts: textsOf(rule) };
  return last.texts;
}

function textsOf({ labels, annotations }: Rule): readonly TemplateText[] {
  const texts: TemplateText[] = [];
  for (const pair of labels) addText(texts, pair, "label");
  for (const pair of annotations) addText(texts, pair, "annotation");
  return texts;
}

function addText(texts: TemplateText[], pair: Pair, place: TemplateText["place"]): void {
  const { value } = pair;
  if (value.kind !== "scalar" || !value.value.includes("{{")) return;
  const reading = readingOf(value.value);
  texts.push({ pair, name: keyOf(pair) ?? "", scalar: value, place, parsed: reading.parsed, reading });
}

/** What the template reads and where it will fail; of a template that does not parse, what its healthy part does. */
export function usesOf({ reading }: TemplateText): TemplateUses {
  reading.uses ??= analyzeTemplate(reading.parsed.tree);
  return reading.uses;
}

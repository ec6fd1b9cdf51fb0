// Go templates where they stand in YAML: the labels and annotations of an alert, read once each. Judges nothing.
import { analyzeTemplate } from "../template/analysis.ts";
import { parseTemplate } from "../template/parser.ts";
import { quickUses, type UsesOfData } from "../template/quickUses.ts";
import type { ParseResult } from "../template/tree.ts";
import { keyOf, type Pair, type Scalar } from "../yaml/tree.ts";
import type { Rule } from "./ruleFile.ts";

/** One templated text. Offsets in what is read are those of `scalar.value`; `placeOf` leads to the file. */
export type TemplateText = {
  readonly pair: Pair;
  /** The label's or annotation's name. */
  readonly name: string;
  readonly scalar: Scalar;
  readonly place: "label" | "annotation";
  readonly reading: Reading;
};

/** A text as far as it was read: of most texts what they use is found without their tree. */
type Reading = {
  readonly text: string;
  readonly isSimple: boolean;
  uses: UsesOfData | undefined;
  parsed: ParseResult | undefined;
};

function readingOf(text: string): Reading {
  const uses = quickUses(text);
  return { text, isSimple: uses !== undefined, uses, parsed: undefined };
}

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
  for (let i = 0; i < labels.length; i++) addText(texts, labels[i] as Pair, "label");
  for (let i = 0; i < annotations.length; i++) addText(texts, annotations[i] as Pair, "annotation");
  return texts;
}

function addText(texts: TemplateText[], pair: Pair, place: TemplateText["place"]): void {
  const { value } = pair;
  if (value.kind !== "scalar" || !value.value.includes("{{")) return;
  texts.push({ pair, name: keyOf(pair) ?? "", scalar: value, place, reading: readingOf(value.value) });
}

/** The tree and the errors. */
export function parsedOf({ reading }: TemplateText): ParseResult {
  reading.parsed ??= parseTemplate(reading.text);
  return reading.parsed;
}

/** Whether it does more than write labels or the value, by means that every version has: only then it may have errors. */
export function isIntricate({ reading }: TemplateText): boolean {
  return !reading.isSimple;
}

/** Whether Prometheus' parser takes the text. */
export function isWhole(template: TemplateText): boolean {
  return template.reading.isSimple || parsedOf(template).errors.length === 0;
}

/** What the template reads and where it will fail; of a template that does not parse, what its healthy part does. */
export function usesOf(template: TemplateText): UsesOfData {
  const { reading } = template;
  reading.uses ??= analyzeTemplate(parsedOf(template).tree);
  return reading.uses;
}

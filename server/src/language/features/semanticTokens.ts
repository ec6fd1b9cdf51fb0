// Colours for what the grammar cannot tell apart: the parts of expressions and of templates; the YAML around stays as it is.

import { keptOn } from "../../kept.ts";
import { parse } from "../../promql/syntax/parse.ts";
import { type Range, shift } from "../../ranges.ts";
import type { Scalar } from "../../yaml/tree.ts";
import type { Token } from "../answers.ts";
import type { CheckContext } from "../check.ts";
import type { Document } from "../document.ts";
import { parsed, placeOf } from "../expression.ts";
import { rulesIn } from "../expressions.ts";
import { templatesOf } from "../templates.ts";
import { expressionTokens } from "./semanticTokens/expression.ts";
import { templateTokens } from "./semanticTokens/template.ts";

/** Tokens in the order of the text, of the rules that `range` touches or of all. */
export function semanticTokens(document: Document, context: CheckContext, range?: Range): readonly Token[] {
  if (document.kind === "promql") return expressionTokens(parse(document.text, context));
  const tokens: Token[] = [];
  for (const rule of rulesIn(document, range)) {
    const { expr } = rule;
    if (expr && rule.fields.get("expr")?.value === expr)
      tokens.push(...placed(expr, () => expressionTokens(parsed(expr, context.prometheusVersion))));
    for (const { scalar } of templatesOf(rule)) tokens.push(...placed(scalar, () => templateTokens(scalar.value)));
  }
  return tokens.sort((a, b) => a.range.start - b.range.start);
}

/** Tokens of a scalar in offsets from its chunk: true as long as the scalar is the same object. */
const kept = keptOn<Scalar, readonly Token[]>("scalar");

function placed(scalar: Scalar, find: () => readonly Token[]): Token[] {
  const { base } = scalar.chunk;
  let tokens = kept.get(scalar);
  if (!tokens) {
    tokens = find().map(({ range, type }) => ({ range: shift(placeOf(scalar, range), -base), type }));
    kept.set(scalar, tokens);
  }
  return tokens.map(({ range, type }) => ({ range: shift(range, base), type }));
}

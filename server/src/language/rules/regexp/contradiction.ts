// regexp/contradiction: matchers of one label in one selector that no value fulfils together.
import type { LabelMatcher, VectorSelector } from "../../../promql/syntax/tree.ts";
import { regexpMatches } from "../../../promql/types/regexps.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { textOf } from "./shared.ts";
import { shapeOf } from "./sharedPattern.ts";

export const regexpContradiction: RuleCheck = {
  id: "regexp/contradiction",
  level: "warning",
  title: "Matchers of one label that no value fulfils together",
  needs: ["valid expression", "several matchers"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const selector of analysis.selectors)
      for (const [first, second] of contradictions(selector))
        report({
          range: placeOf(expr, second),
          message: `No value is both ${textOf(first)} and ${textOf(second)}. The selector finds nothing, whatever is scraped. Join the two with a pattern, ${first.label}=~"a|b", or remove one.`,
          related: [{ range: placeOf(expr, first), message: "the matcher that it contradicts" }],
        });
  }),
};

/** The pairs of matchers that exclude each other, each label's first pair. */
function contradictions({ matchers }: VectorSelector): readonly (readonly [LabelMatcher, LabelMatcher])[] {
  const pairs: [LabelMatcher, LabelMatcher][] = [];
  matchers.forEach((second, index) => {
    const first = matchers.find((one, at) => at < index && one.label === second.label && exclude(one, second));
    if (first && !pairs.some(([{ label }]) => label === second.label)) pairs.push([first, second]);
  });
  return pairs;
}

function exclude(a: LabelMatcher, b: LabelMatcher): boolean {
  if (a.value === b.value && isOpposite(a, b)) return true;
  const ours = valuesOf(a);
  const theirs = valuesOf(b);
  if (ours) return !ours.some((value) => takes(b, value));
  return theirs !== undefined && !theirs.some((value) => takes(a, value));
}

function isOpposite({ op: a }: LabelMatcher, { op: b }: LabelMatcher): boolean {
  const pair = new Set([a, b]);
  return (pair.has("=") && pair.has("!=")) || (pair.has("=~") && pair.has("!~"));
}

/** All values that a matcher takes, where they are few. */
function valuesOf({ op, value }: LabelMatcher): readonly string[] | undefined {
  if (op === "=") return [value];
  return op === "=~" ? shapeOf(value).values : undefined;
}

function takes({ op, value: wanted }: LabelMatcher, value: string): boolean {
  if (op === "=" || op === "!=") return (op === "=") === (wanted === value);
  return (op === "=~") === regexpMatches(wanted, value);
}

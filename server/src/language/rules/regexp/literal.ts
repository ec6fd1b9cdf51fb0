// regexp/literal: a value that looks like a pattern behind `=` or `!=`, which compare letter by letter.
import type { LabelMatcher } from "../../../promql/syntax/tree.ts";
import { regexpError } from "../../../promql/types/regexps.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { rewritten, textOf } from "./shared.ts";

export const regexpLiteral: RuleCheck = {
  id: "regexp/literal",
  level: "information",
  title: "A value that looks like a pattern, behind = or !=, which compare letter by letter",
  needs: ["valid expression", "matcher"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const selector of analysis.selectors)
      for (const matcher of selector.matchers) {
        if (!looksLikePattern(matcher)) continue;
        const info = analysis.uses.find((use) => use.selector === selector)?.info;
        // label/value knows the values, and says which there are.
        if (info?.labels.some(({ name, values }) => name === matcher.label && values)) continue;
        const wanted = matcher.op === "=";
        const op = wanted ? "=~" : "!~";
        report({
          range: placeOf(expr, matcher),
          message: `${textOf(matcher)} compares letter by letter: ${wanted ? "only a label with just this text is found" : "only a label with just this text is left out"}. If a pattern is meant, write ${op}.`,
          fixes: [{ ...rewritten({ scalar: expr, matcher }, op, matcher.value), safe: false }],
        });
      }
  }),
};

/** Labels in which programs write patterns, those of their routes for example. */
const ofPatterns = /path|route|ur[il]|handler|endpoint|pattern|regex|expr|query|rule|command|glob|name_filter/i;

/** Wildcards, classes and alternatives of words. A lone dot, star or bracket is in many names. */
const signs =
  /\.[*+]|^\^|\$$|^[\w-]+(?:\|[\w-]+)+$|\((?:\?:)?[\w-]+(?:\|[\w-]+)+\)|\[[0-9a-zA-Z]-[0-9a-zA-Z]\]|^[1-5]\.\.$/;

function looksLikePattern({ label, op, value, valueStart }: LabelMatcher): boolean {
  if ((op !== "=" && op !== "!=") || valueStart < 0 || ofPatterns.test(label)) return false;
  return signs.test(value) && regexpError(value) === undefined;
}

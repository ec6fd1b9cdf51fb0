// What the checks of regular expressions share: the matchers of an expression with their shapes, found once, and edits.
import { quoteString } from "../../../promql/syntax/quoting.ts";
import type { LabelMatcher, VectorSelector } from "../../../promql/syntax/tree.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import { type Analysis, analysisOf } from "../../analysis.ts";
import type { CheckContext, Report, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { expressionFix } from "../../expressionFix.ts";
import type { Fix } from "../../finding.ts";
import { type Shape, shapeOf } from "./sharedPattern.ts";

/** A matcher with `=~` or `!~`, with all that checks ask of it. */
export type PatternUse = {
  readonly scalar: Scalar;
  readonly selector: VectorSelector;
  readonly matcher: LabelMatcher;
  /** `=~`; otherwise `!~`. */
  readonly wanted: boolean;
  readonly shape: Shape;
};

/** All checks look at one expression after the other. */
let last: { readonly analysis: Analysis; readonly patterns: readonly PatternUse[] } | undefined;

/** The matchers with a pattern in an expression. */
function patternsOf(scalar: Scalar, context: CheckContext): readonly PatternUse[] {
  const analysis = analysisOf(scalar, context);
  if (last?.analysis === analysis) return last.patterns;
  const patterns: PatternUse[] = [];
  for (const selector of analysis.selectors) {
    for (const matcher of selector.matchers) {
      if (matcher.op !== "=~" && matcher.op !== "!~") continue;
      patterns.push({ scalar, selector, matcher, wanted: matcher.op === "=~", shape: shapeOf(matcher.value) });
    }
  }
  last = { analysis, patterns };
  return patterns;
}

type Spec = Omit<RuleCheck, "check" | "needs"> & {
  readonly look: (use: PatternUse) => Omit<Report, "range"> | undefined;
};

/** A check of each matcher with a pattern; what it says is said of the whole matcher. */
export function patternCheck({ look, ...about }: Spec): RuleCheck {
  return {
    ...about,
    needs: ["valid expression", "pattern"],
    check({ rule: { expr }, context }, report) {
      for (const use of expr ? patternsOf(expr, context) : []) {
        const said = look(use);
        if (said) report({ ...said, range: placeOf(use.scalar, use.matcher) });
      }
    },
  };
}

/** A matcher as a message names it. */
export function textOf({ label, op, value }: LabelMatcher): string {
  return `${label}${op ?? "="}${quoteString(value)}`;
}

/** Writes another operator and value; the quotes stay what they are where the value allows. */
export function rewritten(
  { scalar, matcher }: Pick<PatternUse, "scalar" | "matcher">,
  op: string,
  value: string,
  title?: string,
): Fix {
  const { opStart, end, valueStart } = matcher;
  const quote = scalar.value.charAt(valueStart);
  const text = quote === "`" ? !value.includes("`") : !/[\\\p{C}]/u.test(value) && !value.includes(quote);
  const quoted = text ? `${quote}${value}${quote}` : quoteString(value);
  return expressionFix(
    scalar,
    title ?? `Write ${matcher.label}${op}${quoted}`,
    [{ range: { start: opStart, end }, text: `${op}${quoted}` }],
    true,
  );
}

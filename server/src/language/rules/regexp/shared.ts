// What the checks of regular expressions share: the matchers of an expression with their shapes, found once, and edits.
import { quoteString } from "../../../promql/syntax/quoting.ts";
import type { LabelMatcher, VectorSelector } from "../../../promql/syntax/tree.ts";
import { walk } from "../../../promql/syntax/walk.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import type { CheckContext, Report, RuleCheck } from "../../check.ts";
import { parsed, placeOf, problems } from "../../expression.ts";
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

type Matchers = {
  readonly patterns: readonly PatternUse[];
  /** Selectors with several matchers of one label. */
  readonly repeating: readonly VectorSelector[];
};

const none: Matchers = { patterns: [], repeating: [] };

/** All checks look at one expression after the other. */
let last: { readonly scalar: Scalar; readonly version: string; readonly matchers: Matchers } | undefined;

/** The matchers of an expression that Prometheus takes; none where it refuses it. */
export function matchersOf(scalar: Scalar, { prometheusVersion: version }: CheckContext): Matchers {
  if (last?.scalar !== scalar || last.version !== version) {
    const matchers = problems(scalar, version).length > 0 ? none : findMatchers(scalar, version);
    last = { scalar, version, matchers };
  }
  return last.matchers;
}

function findMatchers(scalar: Scalar, version: string): Matchers {
  const { expr } = parsed(scalar, version);
  if (!expr || !scalar.value.includes("{")) return none;
  const patterns: PatternUse[] = [];
  const repeating: VectorSelector[] = [];
  walk(expr, (node) => {
    if (node.kind !== "VectorSelector") return;
    for (const matcher of node.matchers) {
      if (matcher.op !== "=~" && matcher.op !== "!~") continue;
      patterns.push({
        scalar,
        selector: node,
        matcher,
        wanted: matcher.op === "=~",
        shape: shapeOf(matcher.value),
      });
    }
    const { matchers } = node;
    if (matchers.length > 1 && new Set(matchers.map(({ label }) => label)).size < matchers.length) repeating.push(node);
  });
  return { patterns, repeating };
}

type Spec = Omit<RuleCheck, "check"> & { readonly look: (use: PatternUse) => Omit<Report, "range"> | undefined };

/** A check of each matcher with a pattern; what it says is said of the whole matcher. */
export function patternCheck({ look, ...about }: Spec): RuleCheck {
  return {
    ...about,
    check({ expr }, _, context): readonly Report[] {
      if (!expr) return [];
      return matchersOf(expr, context).patterns.flatMap((use) => {
        const said = look(use);
        return said ? [{ ...said, range: placeOf(expr, use.matcher) }] : [];
      });
    },
  };
}

/** A matcher as a message names it. */
export function textOf({ label, op, value }: LabelMatcher): string {
  return `${label}${op ?? "="}${quoteString(value)}`;
}

/** Writes another operator and value; the quotes stay what they are where the value allows. */
export function rewritten({ scalar, matcher }: PatternUse, op: string, value: string, title?: string): Fix {
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

// kind/first-increment: increase above zero of a counter that is born with its first count, which increase does not see.
import type { Call, Expr } from "../../../promql/syntax/tree.ts";
import { type Analysis, bare, nameOf, type SeriesUse, type Threshold, textOf, usesIn } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { ancestors, isMoved, nameRange, selectorText, windowText } from "./shared.ts";

const growth: ReadonlySet<string> = new Set(["increase", "rate", "irate", "delta"]);

export const kindFirstIncrement: RuleCheck = {
  id: "kind/first-increment",
  level: "information",
  title: "increase() above zero, which does not see a counter's first count",
  needs: ["known metric", "call", "limit"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const threshold of analysis.thresholds) {
      const [use, ...others] = usesIn(analysis, threshold.series);
      if (!use || others.length > 0 || !wantsFirst(threshold) || !isBornCounting(use)) continue;
      const { call } = use;
      if (!call || !growth.has(call.name) || !isPlain(threshold.series, call) || isCovered(analysis, threshold, use))
        continue;
      const text = newborn(analysis, threshold, use, call);
      report({
        range: placeOf(expr, nameRange(call)),
        message: `${nameOf(use)} has no series before its first count and is born with it, and ${call.name}() sees only what follows. The first of all is missed. ${text === undefined ? "Look for series that are new, too, with unless ... offset." : `Add "or ${text}".`}`,
        fixes:
          text === undefined ? [] : [expressionFix(expr, "Look for new series, too", edits(analysis, threshold, text))],
      });
    }
  }),
};

/** Whether one count should be enough for the condition. */
function wantsFirst({ op, value }: Threshold): boolean {
  return (
    (op === ">" && value >= 0 && value < 1) || (op === ">=" && value > 0 && value <= 1) || (op === "!=" && value === 0)
  );
}

function isBornCounting({ info, name }: SeriesUse): boolean {
  return info?.everyServerCounts === true && !info.expires60s && name !== "";
}

/** Whether the series are the growth itself, or the greatest or the sum of it. */
function isPlain(series: Expr, call: Call): boolean {
  const node = bare(series);
  if (node === call) return true;
  return (
    node.kind === "AggregateExpr" &&
    /^(max|sum|min)$/.test(node.op) &&
    node.expr !== undefined &&
    bare(node.expr) === call
  );
}

/** Whether `or` already looks for new series: `… or x unless x offset 5m`. */
function isCovered(analysis: Analysis, { expr }: Threshold, { name }: SeriesUse): boolean {
  for (const node of ancestors(analysis, expr)) {
    if (node.kind === "ParenExpr") continue;
    if (node.kind !== "BinaryExpr" || node.op !== "or") return false;
    const unless = analysis.binaries.filter(
      ({ op, start, end }) => op === "unless" && node.start <= start && end <= node.end,
    );
    if (unless.some(({ right }) => usesIn(analysis, right).some((use) => use.name === name && use.selector.offset)))
      return true;
  }
  return false;
}

/** `max by (a) (x unless x offset 5m)` for `max by (a) (increase(x[5m])) > 0`. */
function newborn(analysis: Analysis, { series }: Threshold, use: SeriesUse, call: Call): string | undefined {
  const range = windowText(analysis, use);
  if (range === undefined || isMoved(use)) return undefined;
  const selector = selectorText(analysis, use);
  const fresh = `${selector} unless ${selector} offset ${range}`;
  const node = bare(series);
  if (node === call) return fresh;
  return (
    textOf(analysis, { start: node.start, end: call.start }) +
    fresh +
    textOf(analysis, { start: call.end, end: node.end })
  );
}

/** Behind the comparison; in parentheses where something stands round it. */
function edits(analysis: Analysis, { expr }: Threshold, text: string) {
  const alone = analysis.parent(expr) === undefined || analysis.parent(expr)?.kind === "ParenExpr";
  const before = alone ? [] : [{ range: { start: expr.start, end: expr.start }, text: "(" }];
  return [...before, { range: { start: expr.end, end: expr.end }, text: ` or ${text}${alone ? "" : ")"}` }];
}

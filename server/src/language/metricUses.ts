// Metrics that an expression names, and where: before the braces, or as a matcher on __name__. Knows no catalogue.

import type { Expr, VectorSelector } from "../promql/syntax/tree.ts";
import { walk } from "../promql/syntax/walk.ts";
import type { Range } from "../ranges.ts";

/** One metric of an expression; `range` is the name's, in the expression's text, quotes included where it is quoted. */
export type MetricUse = { readonly name: string; readonly range: Range; readonly selector: VectorSelector };

/** All uses in the order of the text. Names given by a regular expression are no use of one metric. */
export function metricUses(expr: Expr | undefined): MetricUse[] {
  const uses: MetricUse[] = [];
  if (!expr) return uses;
  walk(expr, (node) => {
    const use = node.kind === "VectorSelector" ? nameOf(node) : undefined;
    if (use) uses.push(use);
  });
  return uses.sort((a, b) => a.range.start - b.range.start);
}

function nameOf(selector: VectorSelector): MetricUse | undefined {
  const { name, start, matchers } = selector;
  if (name !== "") return { name, range: { start, end: start + name.length }, selector };
  const matcher = matchers.find(({ label, op }) => label === "__name__" && op === "=");
  if (!matcher || matcher.valueStart < 0) return undefined;
  return { name: matcher.value, range: { start: matcher.valueStart, end: matcher.end }, selector };
}

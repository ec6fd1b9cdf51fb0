// What the checks of kinds share: pieces of text round a series, and the edits that change a call. Judges nothing.
import type { Edit } from "../../../edits.ts";
import type { Call, Expr } from "../../../promql/syntax/tree.ts";
import type { Range } from "../../../ranges.ts";
import { type Analysis, type SeriesUse, textOf } from "../../analysis.ts";
import type { CheckContext } from "../../check.ts";
import { durationText, scrapeOf } from "../../scrapes.ts";

/** Functions that need two samples, for they look at what changed between them. */
export const twoSamples: ReadonlySet<string> = new Set([
  "changes",
  "delta",
  "deriv",
  "double_exponential_smoothing",
  "holt_winters",
  "idelta",
  "increase",
  "irate",
  "predict_linear",
  "rate",
  "resets",
]);

/** Where the name of a function stands. */
export function nameRange({ start, name }: Call): Range {
  return { start, end: start + name.length };
}

/** Writes another function in a call's place. */
export function renamed(call: Call, name: string): Edit {
  return { range: nameRange(call), text: name };
}

/** Puts texts round a node. */
export function wrapped({ start, end }: Range, before: string, after: string): Edit[] {
  return [
    { range: { start, end: start }, text: before },
    { range: { start: end, end }, text: after },
  ];
}

/** Whether the series are read at another time, by `offset` or `@`. */
export function isMoved({ selector, matrix }: SeriesUse): boolean {
  return [selector.offset, selector.at, matrix?.offset, matrix?.at].some((modifier) => modifier !== undefined);
}

/** The length of the window of a series in seconds, where it is written as a number. */
export function windowSeconds({ matrix }: SeriesUse): number | undefined {
  return matrix?.range.kind === "NumberLiteral" ? matrix.range.value : undefined;
}

/** The text between the brackets: `5m`. */
export function windowText(analysis: Analysis, { matrix }: SeriesUse): string | undefined {
  return matrix && matrix.close >= 0 ? analysis.text.slice(matrix.open + 1, matrix.close).trim() : undefined;
}

/** A range that holds enough samples of this series: five minutes, or four scrapes where these are rarer. */
export function goodRange(use: SeriesUse, context: CheckContext): string {
  return durationText(Math.max(300, 4 * (scrapeOf(use, context)?.seconds ?? 0)));
}

/** The nodes around a node, innermost first. */
export function* ancestors(analysis: Analysis, node: Expr): Iterable<Expr> {
  for (let above = analysis.parent(node); above; above = analysis.parent(above)) yield above;
}

/** The series' text without its window: `x{job="a"} offset 1h`. */
export function selectorText(analysis: Analysis, { selector }: SeriesUse): string {
  return textOf(analysis, selector);
}

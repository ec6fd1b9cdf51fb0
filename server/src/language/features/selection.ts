// What a selection grows to, step by step: the parts of an expression, its scalar, then the entries of YAML around it.
import { pathTo } from "../../promql/syntax/walk.ts";
import { contains, type Range } from "../../ranges.ts";
import { valueOffset } from "../../yaml/offsets.ts";
import { pathAt } from "../../yaml/path.ts";
import { rangeOf } from "../../yaml/tree.ts";
import type { CheckContext } from "../check.ts";
import type { Document } from "../document.ts";
import { parsed, placeOf } from "../expression.ts";
import { plainPath, rulePart } from "../rulePath.ts";

/** Ranges around the offset, innermost first; each holds the one before and is larger. */
export function selectionRanges(
  document: Document,
  offset: number,
  { prometheusVersion }: CheckContext,
): readonly Range[] {
  const found = pathAt(document.yaml, offset);
  const whole = { start: 0, end: document.text.length };
  if (!found) return [whole];
  const { node, entries, isKey } = found;
  const ranges: Range[] = [whole, ...entries.flatMap((entry) => [rangeOf(entry), rangeOf(entry.value)])];
  ranges.push(rangeOf(node));
  const inExpression =
    document.kind === "prometheus-rules" && rulePart(plainPath(document.yaml, found.path)).kind === "expr";
  if (node.kind === "scalar" && !isKey && inExpression) {
    const { expr } = parsed(node, prometheusVersion);
    const path = expr ? pathTo(expr, valueOffset(node, offset)) : [];
    ranges.push(...path.map((part) => placeOf(node, part)));
  }
  return growing(ranges.reverse(), offset);
}

function growing(ranges: readonly Range[], offset: number): Range[] {
  const kept: Range[] = [];
  for (const range of ranges) {
    const last = kept.at(-1) ?? { start: offset, end: offset };
    const larger = range.end - range.start > last.end - last.start || kept.length === 0;
    if (larger && contains(range, last)) kept.push(range);
  }
  return kept;
}

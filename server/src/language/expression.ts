// PromQL where it stands in YAML: the parsed expression of a scalar, and places in it as places in the file.
import { type ParseResult, parse } from "../promql/syntax/parse.ts";
import type { PromqlError } from "../promql/syntax/tree.ts";
import { check } from "../promql/types/check.ts";
import type { Range } from "../ranges.ts";
import { textRange } from "../yaml/offsets.ts";
import type { Scalar } from "../yaml/tree.ts";

type Kept = { readonly version: string; readonly result: ParseResult };

const kept = new WeakMap<Scalar, Kept>();

/** The expression in a scalar as this Prometheus reads it; parsed once for each scalar. Offsets are those of `scalar.value`. */
export function parsed(scalar: Scalar, prometheusVersion: string): ParseResult {
  const before = kept.get(scalar);
  if (before?.version === prometheusVersion) return before.result;
  const result = parse(scalar.value, { prometheusVersion });
  kept.set(scalar, { version: prometheusVersion, result });
  return result;
}

/** All that this Prometheus would refuse in the expression, in its words; offsets are those of `scalar.value`. */
export function problems(scalar: Scalar, prometheusVersion: string): readonly PromqlError[] {
  return check(parsed(scalar, prometheusVersion), { prometheusVersion });
}

/** Where a piece of the scalar's value stands in the file, absolute. */
export function placeOf(scalar: Scalar, piece: Range): Range {
  return textRange(scalar, piece);
}

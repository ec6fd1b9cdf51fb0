// PromQL where it stands in YAML: the parsed expression of a scalar, and places in it as places in the file.
import { keptOn } from "../kept.ts";
import { type ParseResult, parse } from "../promql/syntax/parse.ts";
import type { PromqlError } from "../promql/syntax/tree.ts";
import { check } from "../promql/types/check.ts";
import type { Range } from "../ranges.ts";
import { textRange } from "../yaml/offsets.ts";
import type { Scalar } from "../yaml/tree.ts";

type Kept = { readonly version: string; readonly result: ParseResult; problems?: readonly PromqlError[] };

const kept = keptOn<Scalar, Kept>("scalar");

/** The expression in a scalar as this Prometheus reads it; parsed once for each scalar. Offsets are those of `scalar.value`. */
export function parsed(scalar: Scalar, prometheusVersion: string): ParseResult {
  return read(scalar, prometheusVersion).result;
}

function read(scalar: Scalar, version: string): Kept {
  const before = kept.get(scalar);
  if (before?.version === version) return before;
  const read: Kept = { version, result: parse(scalar.value, { prometheusVersion: version }) };
  kept.set(scalar, read);
  return read;
}

/** All that this Prometheus would refuse in the expression, in its words, found once for each scalar; offsets are those of `scalar.value`. */
export function problems(scalar: Scalar, prometheusVersion: string): readonly PromqlError[] {
  const expression = read(scalar, prometheusVersion);
  expression.problems ??= check(expression.result, { prometheusVersion });
  return expression.problems;
}

/** Where a piece of the scalar's value stands in the file, absolute. */
export function placeOf(scalar: Scalar, piece: Range): Range {
  return textRange(scalar, piece);
}

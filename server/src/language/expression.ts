// PromQL where it stands in YAML: the parsed expression of a scalar, and places in it as places in the file.
import { type ParseResult, parse } from "../promql/syntax/parse.ts";
import type { PromqlError } from "../promql/syntax/tree.ts";
import { check } from "../promql/types/check.ts";
import type { Range } from "../ranges.ts";
import { textRange } from "../yaml/offsets.ts";
import type { Scalar } from "../yaml/tree.ts";

type Read = {
  readonly scalar: Scalar;
  readonly version: string;
  readonly result: ParseResult;
  problems?: readonly PromqlError[];
};

/** All that is asked of one expression is asked in a row. To parse again costs less than to keep the trees of thousands. */
let last: Read | undefined;

/** The expression in a scalar as this Prometheus reads it. Offsets are those of `scalar.value`. */
export function parsed(scalar: Scalar, prometheusVersion: string): ParseResult {
  return read(scalar, prometheusVersion).result;
}

function read(scalar: Scalar, version: string): Read {
  if (last?.scalar !== scalar || last.version !== version)
    last = { scalar, version, result: parse(scalar.value, { prometheusVersion: version }) };
  return last;
}

/** All that this Prometheus would refuse in the expression, in its words; offsets are those of `scalar.value`. */
export function problems(scalar: Scalar, prometheusVersion: string): readonly PromqlError[] {
  const expression = read(scalar, prometheusVersion);
  expression.problems ??= check(expression.result, { prometheusVersion });
  return expression.problems;
}

/** Where a piece of the scalar's value stands in the file, absolute. */
export function placeOf(scalar: Scalar, piece: Range): Range {
  return textRange(scalar, piece);
}

// Fixes inside an expression: edits of its text as edits of the file, whatever style of YAML it is written in.
import { applyEdits, type Edit } from "../edits.ts";
import type { Scalar } from "../yaml/tree.ts";
import { placeOf } from "./expression.ts";
import type { Fix } from "./finding.ts";

/** A fix whose edits are given in offsets of `scalar.value`. `safe`: it can't change what the author meant. */
export function expressionFix(scalar: Scalar, title: string, edits: readonly Edit[], safe = false): Fix {
  return { title, edits: written(scalar, edits), safe };
}

/**
 * The edits in the file. A plain scalar that would be read as something else behind them is written anew in quotes:
 * `{` at its start is a mapping to YAML, and `: ` a key.
 */
function written(scalar: Scalar, edits: readonly Edit[]): Edit[] {
  if (scalar.style === "plain") {
    const value = applyEdits(scalar.value, edits);
    if (!staysPlain(value)) {
      return [
        { range: placeOf(scalar, { start: 0, end: scalar.value.length }), text: `'${value.replaceAll("'", "''")}'` },
      ];
    }
  }
  return edits.map(({ range, text }) => ({ range: placeOf(scalar, range), text: escaped(scalar, text) }));
}

function escaped({ style }: Scalar, text: string): string {
  if (style === "single") return text.replaceAll("'", "''");
  if (style === "double") return text.replace(/[\\"]/g, "\\$&");
  return text;
}

function staysPlain(value: string): boolean {
  return !/^[{[\]},#&*!|>'"%@`]|^[-?:](?:\s|$)|:(?:\s|$)|\s#/.test(value);
}

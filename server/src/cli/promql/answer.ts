// One expression answered for programs. Knows no terminal.
import { prettify } from "../../promql/format/format.ts";
import { print } from "../../promql/format/print.ts";
import { parse } from "../../promql/syntax/parse.ts";
import type { ParseOptions } from "../../promql/syntax/parser.ts";
import type { PromqlError } from "../../promql/syntax/tree.ts";
import { check } from "../../promql/types/check.ts";
import type { ValueType } from "../../promql/types/functions.ts";
import { inferType } from "../../promql/types/inferType.ts";

export type Answer = {
  readonly ok: boolean;
  readonly errors: readonly PromqlError[];
  readonly type?: ValueType;
  /** Canonical, on one line. */
  readonly string?: string;
  /** Broken into lines where Prometheus' formatter breaks it. */
  readonly pretty?: string;
};

/** What is said of a line that should hold one JSON string. Never throws. */
export function answer(line: string, language: ParseOptions): Answer {
  const text = readString(line);
  if (text === undefined)
    return { ok: false, errors: [{ message: "the line is not a JSON string", start: 0, end: 0 }] };
  const parsed = parse(text, language);
  const errors = check(parsed, language).map(({ message, hint, start, end }) => ({
    message,
    ...(hint !== undefined && { hint }),
    start,
    end,
  }));
  const { expr } = parsed;
  const type = expr && errors.length === 0 ? inferType(expr) : undefined;
  if (!expr || type === undefined) return { ok: false, errors };
  return { ok: true, errors, type, string: print(expr), pretty: prettify(expr) };
}

function readString(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

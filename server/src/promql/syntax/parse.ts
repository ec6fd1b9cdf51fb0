// The door of the syntax room: PromQL text to a typed tree with all errors. Knows the language, but no function.
import { parseWhole } from "./expressions.ts";
import type { NotedError } from "./lexer.ts";
import type { ParseOptions, Parser } from "./parser.ts";
import { UNREAD } from "./tokens.ts";
import type { Comment, Expr } from "./tree.ts";

/** `expr` is undefined only for a text without any token; `errors` are in the order in which Prometheus gives them. */
export type ParseResult = {
  readonly text: string;
  readonly expr: Expr | undefined;
  readonly errors: readonly NotedError[];
  readonly comments: readonly Comment[];
  /** From here on the tree is a guess: Prometheus gave up, operators further on were read all the same. */
  readonly guessedFrom: number;
};

const newest: ParseOptions = {};

/**
 * Parses an expression. Never throws. Offsets are UTF-16 units of `text`. Messages, ranges and order of errors are those
 * of Prometheus' parser; what it checks beyond the grammar (functions, types, regular expressions) is `check`'s.
 * With errors the tree holds what could be read: Missing stands for operands, open brackets have offset -1.
 */
export function parse(text: string, options: ParseOptions = newest): ParseResult {
  const comments: Parser["comments"] = [];
  const errors: Parser["errors"] = [];
  const parser: Parser = {
    text,
    kind: UNREAD,
    start: 0,
    end: 0,
    position: 0,
    mode: 0,
    parenDepth: 0,
    bracketOpen: false,
    gotColon: false,
    gotDuration: false,
    lastClosing: 0,
    comments,
    errors,
    quiet: false,
    guessedFrom: text.length + 1,
    options,
    unwinding: false,
    aborted: false,
    recoveredAt: -1,
    depth: 0,
    height: 0,
  };
  const expr = parseWhole(parser);
  return { text, expr, errors, comments, guessedFrom: parser.guessedFrom };
}

// Notes what is wrong with a text, in Prometheus' words and at its place. Knows tokens and operands, but no grammar.
import type { Lexer } from "./lexer.ts";
import { quoteString, utf8Length } from "./quoting.ts";
import * as t from "./tokens.ts";
import type { Expr } from "./tree.ts";

export function addError(lexer: Lexer, start: number, end: number, message: string): void {
  if (!lexer.quiet) lexer.errors.push({ start, end, message, seen: lexer.start });
}

/** Reports a whole operand, with the end that Prometheus knows of it. */
export function addOperandError(lexer: Lexer, start: number, operand: Expr, message: string): void {
  addError(lexer, start, statedEnd(operand), message);
}

function statedEnd(expr: Expr): number {
  switch (expr.kind) {
    case "AggregateExpr":
      return expr.statedEnd ?? expr.end;
    case "BinaryExpr":
      return statedEnd(expr.right);
    case "UnaryExpr":
      return statedEnd(expr.expr);
    default:
      return expr.end;
  }
}

const named: Readonly<Record<number, string>> = {
  [t.STRING]: "string ",
  [t.NUMBER]: "number ",
  [t.DURATION]: "duration ",
};

/** How much of a long token a message shows. */
const SHOWN = 10;

/** The token at hand as Prometheus' messages name it (promql/parser/lex.go, `Item.desc`). */
function describe(lexer: Lexer): string {
  const { kind, text, start, end } = lexer;
  if (kind === t.EOF) return "end of input";
  const value = text.slice(start, end);
  if (kind === t.IDENTIFIER) return `identifier ${quoteString(value)}`;
  if (kind === t.METRIC_IDENTIFIER) return `metric identifier ${quoteString(value)}`;
  if (kind >= t.FIRST_KEYWORD && kind < t.FIRST_PREPROCESSOR) return `<${value}>`;
  if (kind >= t.FIRST_OPERATOR && kind < t.FIRST_AGGREGATOR) return `<op:${value}>`;
  if (t.isAggregator(kind)) return `<aggr:${value}>`;
  const isLong = value.length > SHOWN || utf8Length(value) > SHOWN;
  const shown = isLong ? `${quoteString(firstCharacters(value, SHOWN))}...` : quoteString(value);
  return (named[kind] ?? "") + shown;
}

function firstCharacters(value: string, count: number): string {
  return [...value.slice(0, 2 * count)].slice(0, count).join("");
}

/** Reports the token at hand as unexpected. What the lexer could not read it has reported itself. */
export function addUnexpected(lexer: Lexer, context: string, expected: string): void {
  if (lexer.kind === t.ERROR || lexer.quiet) return;
  let message = `unexpected ${describe(lexer)}`;
  if (context !== "") message += ` in ${context}`;
  if (expected !== "") message += `, expected ${expected}`;
  addError(lexer, lexer.start, lexer.end, message);
}

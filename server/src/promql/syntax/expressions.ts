// Operators, operands, calls and aggregations: the recursive part of the grammar. Knows no function.
import { isSpace } from "./characters.ts";
import { type OperatorModifiers, parseGrouping, parseOperatorModifiers } from "./labelLists.ts";
import { consume, peek } from "./lexer.ts";
import { readNumberLiteral, readStringLiteral, type Writable } from "./literals.ts";
import { parseModifiers } from "./modifiers.ts";
import { ownWord } from "./ownWord.ts";
import {
  DEEPEST,
  enter,
  justRecovered,
  leave,
  missing,
  type Parser,
  raise,
  recover,
  skipUntil,
  unwind,
} from "./parser.ts";
import { parseNamelessSelector, parseSelectorAfterName } from "./selectors.ts";
import { addError, addOperandError } from "./syntaxErrors.ts";
import * as t from "./tokens.ts";
import type { AggregateExpr, AggregateOp, BinaryExpr, BinaryOp, Expr, Grouping, NumberLiteral } from "./tree.ts";

/** Binding power of a sign: `-1^2` is `-(1^2)`, `-1*2` is `(-1)*2`. */
const SIGN_OPERAND = 6;

/**
 * An expression whose operators bind at least as tight as `power`. Where the parser unwinds, it is what was read so
 * far, with Missing for an operand that is not there.
 */
export function parseExpression(parser: Parser, power: number): Expr {
  if (!enter(parser)) return missing(parser);
  const expr = parseOperators(parser, parseOperand(parser), power);
  leave(parser);
  return expr;
}

function parseOperators(parser: Parser, first: Expr, power: number): Expr {
  let left = first;
  while (!parser.unwinding) {
    const kind = peek(parser);
    const own = t.precedence[kind] ?? 0;
    if (own === 0 || own < power) return left;
    left = parseBinary(parser, left, kind, own);
  }
  return left;
}

function parseBinary(parser: Parser, left: Expr, kind: number, power: number): BinaryExpr {
  const { start: opStart, end: opEnd, height } = parser;
  consume(parser);
  const modifiers: OperatorModifiers = { bool: undefined, matching: undefined, group: undefined, fill: undefined };
  const next = peek(parser);
  if (next >= t.BOOL && next <= t.ON) parseOperatorModifiers(parser, modifiers);
  let right: Expr;
  if (parser.unwinding || !findOperand(parser)) right = missing(parser);
  else right = parseExpression(parser, kind === t.POW ? power : power + 1);
  raise(parser, Math.max(height, parser.height));
  const { bool, matching, group, fill } = modifiers;
  const binary: BinaryExpr = {
    kind: "BinaryExpr",
    start: left.start,
    end: right.end,
    op: ownWord(parser.text.slice(opStart, opEnd).toLowerCase()) as BinaryOp,
    opStart,
    opEnd,
    left,
    right,
    bool,
    matching,
    group,
    fill,
  };
  if (fill && !parser.unwinding && !parser.options.fillModifiers) {
    addOperandError(parser, left.start, right, "binop fill modifiers are experimental and not enabled");
  }
  return binary;
}

/** Whether an operand is at hand, just after recovering also further on; unwinds where there is none. */
function findOperand(parser: Parser): boolean {
  if (t.startsExpression(peek(parser))) return true;
  if (justRecovered(parser)) skipUntil(parser, t.startsExpression);
  else unwind(parser);
  return !parser.unwinding;
}

function parseOperand(parser: Parser): Expr {
  const kind = peek(parser);
  if (kind === t.ADD || kind === t.SUB) return parseSigned(parser, kind);
  const operand = parsePrimary(parser, kind);
  return parser.unwinding ? operand : parseModifiers(parser, operand);
}

/** A sign belongs to a number, and is an operator before anything else. */
function parseSigned(parser: Parser, kind: number): Expr {
  const { start } = parser;
  consume(parser);
  const expr = parseExpression(parser, SIGN_OPERAND);
  if (expr.kind === "NumberLiteral") {
    const literal: Writable<NumberLiteral> = expr;
    literal.start = start;
    if (kind === t.SUB) literal.value = -literal.value;
    return literal;
  }
  raise(parser, parser.height);
  return { kind: "UnaryExpr", start, end: expr.end, op: kind === t.SUB ? "-" : "+", expr };
}

function parsePrimary(parser: Parser, kind: number): Expr {
  parser.height = 0;
  switch (kind) {
    case t.NUMBER:
    case t.DURATION:
      return readNumberLiteral(parser);
    case t.STRING:
      return readStringLiteral(parser);
    case t.LEFT_PAREN:
      return parseParentheses(parser);
    case t.LEFT_BRACE:
      return parseNamelessSelector(parser);
  }
  if (t.mayNameMetric(kind)) return parseNamed(parser, kind);
  unwind(parser);
  return missing(parser);
}

/** What begins with a word: the token behind it tells a metric from a call. */
function parseNamed(parser: Parser, kind: number): Expr {
  const { start, end } = parser;
  const name = parser.text.slice(start, end);
  consume(parser);
  const next = peek(parser);
  if (t.isAggregator(kind)) {
    if (next === t.LEFT_PAREN || next === t.BY || next === t.WITHOUT) return parseAggregate(parser, name, start);
  } else if (next === t.LEFT_PAREN && (kind === t.IDENTIFIER || kind >= t.FIRST_PREPROCESSOR)) {
    const open = parser.start;
    const args: Expr[] = [];
    const close = parseArguments(parser, args);
    const end = close < 0 ? Math.max(parser.start, args.at(-1)?.end ?? 0) : close + 1;
    return { kind: "Call", start, end, name: ownWord(name), args, open, close };
  }
  return parseSelectorAfterName(parser, name, start, end);
}

function parseParentheses(parser: Parser): Expr {
  const { start } = parser;
  consume(parser);
  let expr = parseExpression(parser, 0);
  while (!parser.unwinding && peek(parser) !== t.RIGHT_PAREN) {
    if (justRecovered(parser)) {
      skipUntil(parser, continuesParentheses);
      if (!parser.unwinding) expr = parseOperators(parser, parseModifiers(parser, expr), 0);
    } else {
      unwind(parser);
    }
  }
  raise(parser, parser.height);
  if (parser.unwinding) return { kind: "ParenExpr", start, end: Math.max(expr.end, start + 1), expr, close: -1 };
  const close = parser.start;
  consume(parser);
  return { kind: "ParenExpr", start, end: close + 1, expr, close };
}

function continuesParentheses(kind: number): boolean {
  return (
    kind === t.RIGHT_PAREN ||
    (t.precedence[kind] ?? 0) > 0 ||
    kind === t.LEFT_BRACKET ||
    kind === t.OFFSET ||
    kind === t.AT ||
    kind === t.ANCHORED ||
    kind === t.SMOOTHED
  );
}

/** Reads `( a, b )` into `args`; gives the offset of the closing parenthesis, -1 where the parser unwinds. */
function parseArguments(parser: Parser, args: Expr[]): number {
  consume(parser);
  if (peek(parser) === t.RIGHT_PAREN) return closeArguments(parser, 0);
  let height = 0;
  for (;;) {
    args.push(parseExpression(parser, 0));
    height = Math.max(height, parser.height);
    while (!parser.unwinding) {
      const kind = peek(parser);
      if (kind === t.RIGHT_PAREN) return closeArguments(parser, height);
      if (kind === t.COMMA) {
        const { start, end } = parser;
        consume(parser);
        if (t.startsExpression(peek(parser))) break;
        addError(parser, start, end, "trailing commas not allowed in function call args");
      } else if (justRecovered(parser)) {
        skipUntil(parser, endsArgument);
      } else {
        unwind(parser);
      }
    }
    if (parser.unwinding) {
      raise(parser, height);
      return -1;
    }
  }
}

function closeArguments(parser: Parser, height: number): number {
  const close = parser.start;
  consume(parser);
  raise(parser, height);
  return close;
}

function endsArgument(kind: number): boolean {
  return kind === t.COMMA || kind === t.RIGHT_PAREN;
}

/** An aggregation whose name has been used up. Errors inside it end here: it is its own island of recovery. */
function parseAggregate(parser: Parser, name: string, start: number): AggregateExpr {
  const args: Expr[] = [];
  let grouping: Grouping | undefined;
  let open = -1;
  let close = -1;
  if (peek(parser) !== t.LEFT_PAREN) {
    grouping = parseGrouping(parser);
    if (!parser.aborted) findArguments(parser);
  }
  let end = -1;
  if (!parser.unwinding) {
    open = parser.start;
    close = parseArguments(parser, args);
    if (!parser.unwinding && grouping === undefined) {
      const next = peek(parser);
      if (next === t.BY || next === t.WITHOUT) grouping = parseGrouping(parser);
      else end = previousParen(parser);
    }
  }
  const op = ownWord(name.toLowerCase()) as AggregateOp;
  const broken = parser.unwinding;
  if (broken && !parser.aborted) recover(parser, "aggregation", "");
  if (end < 0) end = parser.lastClosing;
  const reported = parser.aborted ? undefined : whatIsWrong(parser, op, broken ? 0 : args.length);
  if (reported !== undefined) addError(parser, start, end, reported);
  const usable = reported === undefined && !broken;
  const withParam = takesParameter(op);
  const aggregate: AggregateExpr = {
    kind: "AggregateExpr",
    start,
    end: Math.max(end, start + name.length, args.at(-1)?.end ?? 0),
    op,
    grouping,
    args,
    param: usable && withParam ? args[0] : undefined,
    expr: usable ? args[withParam ? 1 : 0] : undefined,
    open,
    close,
  };
  return end === aggregate.end ? aggregate : { ...aggregate, statedEnd: end };
}

function findArguments(parser: Parser): void {
  if (peek(parser) === t.LEFT_PAREN) return;
  if (justRecovered(parser)) skipUntil(parser, (kind) => kind === t.LEFT_PAREN);
  else unwind(parser);
}

function takesParameter(op: AggregateOp): boolean {
  return (
    op === "topk" ||
    op === "bottomk" ||
    op === "count_values" ||
    op === "quantile" ||
    op === "limitk" ||
    op === "limit_ratio"
  );
}

function whatIsWrong(parser: Parser, op: AggregateOp, count: number): string | undefined {
  if (count === 0) return "no arguments for aggregate expression provided";
  if ((op === "limitk" || op === "limit_ratio") && !parser.options.experimentalFunctions) {
    return `${op}() is experimental and must be enabled with --enable-feature=promql-experimental-functions`;
  }
  const wanted = takesParameter(op) ? 2 : 1;
  if (count === wanted) return undefined;
  return `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${count}`;
}

/**
 * Where Prometheus ends an aggregation without grouping behind it: it has read one token more by then, and goes back
 * over spaces to the parenthesis before only if that token is `)` too (promql/parser/lex.go, `findPrevRightParen`).
 */
function previousParen(parser: Parser): number {
  const { text, start, lastClosing } = parser;
  if (start <= 0 || text.charCodeAt(start) !== 41) return lastClosing;
  for (let i = start - 1; i > 0; i--) {
    if (text.charCodeAt(i) === 41) return i + 1;
    if (!isSpace(text.charCodeAt(i))) break;
  }
  return lastClosing;
}

/** Parses the whole text; a token that follows a complete expression, or nothing at all, is reported. */
export function parseWhole(parser: Parser): Expr | undefined {
  if (peek(parser) === t.EOF) {
    parser.errors.push({ start: 0, end: 0, message: "no expression found in input", seen: 0 });
    return undefined;
  }
  const expr = parseExpression(parser, 0);
  if (parser.aborted) return expr;
  const last = peek(parser);
  const surplus = last !== t.EOF && !justRecovered(parser);
  if (parser.unwinding || surplus) recover(parser, "", "");
  return last === t.EOF ? expr : guessRest(parser, expr);
}

/**
 * Behind a token that fits nowhere Prometheus only looks for what the lexer cannot read. The operators there are read
 * too, in silence, so that the healthy parts of text that is being typed have a tree.
 */
function guessRest(parser: Parser, first: Expr): Expr {
  let expr = first;
  parser.guessedFrom = parser.start;
  parser.quiet = true;
  for (;;) {
    let kind = peek(parser);
    while (kind !== t.EOF && kind !== t.ERROR && !isOutsideOperator(parser, kind)) {
      consume(parser);
      kind = peek(parser);
    }
    if (kind === t.EOF || kind === t.ERROR || parser.height >= DEEPEST) return expr;
    parser.unwinding = false;
    parser.aborted = false;
    expr = parseOperators(parser, expr, 0);
  }
}

function isOutsideOperator(parser: Parser, kind: number): boolean {
  return (t.precedence[kind] ?? 0) > 0 && parser.parenDepth === 0 && !parser.bracketOpen;
}

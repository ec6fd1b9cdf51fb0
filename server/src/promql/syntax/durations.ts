// Durations inside `[ ]` and behind `offset`: literals and arithmetic on them. Knows no expression.
import type { Range } from "../../ranges.ts";
import { consume, peek } from "./lexer.ts";
import { isNumeric, readNumberLiteral, type Writable } from "./literals.ts";
import { isDurationOutOfRange } from "./numbers.ts";
import { enter, leave, type Parser, raise } from "./parser.ts";
import { addError } from "./syntaxErrors.ts";
import * as t from "./tokens.ts";
import type { Duration, DurationExpr, NumberLiteral } from "./tree.ts";
import { isAtLeast } from "./versions.ts";

type Operator = "%" | "*" | "+" | "-" | "/" | "^";

const operators: Readonly<Record<number, Operator>> = {
  [t.ADD]: "+",
  [t.SUB]: "-",
  [t.MUL]: "*",
  [t.DIV]: "/",
  [t.MOD]: "%",
  [t.POW]: "^",
};

/** Binding power of `^`, and of what a sign stands before. */
const POWER = 6;

/** What Prometheus puts in place of a duration that it refused: zero, at the start of the text. */
function refused(): NumberLiteral {
  return { kind: "NumberLiteral", start: 0, end: 0, value: 0, duration: false };
}

/**
 * A duration with operators that bind at least as tight as `power`; undefined where the token at hand does not fit:
 * the construct round it reports that.
 */
export function parseDurationExpr(parser: Parser, power: number): Duration | undefined {
  if (!enter(parser)) return undefined;
  const operand = parseOperand(parser);
  const whole = operand && parseOperators(parser, operand, power);
  leave(parser);
  return whole;
}

function parseOperators(parser: Parser, first: Duration, power: number): Duration | undefined {
  let left = first;
  for (;;) {
    const kind = peek(parser);
    const op = operators[kind];
    const own = t.precedence[kind] ?? 0;
    if (op === undefined || own < power) return left;
    const operator = { start: parser.start, end: parser.end };
    const { height } = parser;
    consume(parser);
    const right = parseDurationExpr(parser, op === "^" ? POWER : own + 1);
    raise(parser, Math.max(height, parser.height));
    if (!right || parser.aborted) return undefined;
    requireFeature(parser, left);
    left = combine(parser, op, left, right, operator);
  }
}

function combine(parser: Parser, op: Operator, left: Duration, right: Duration, operator: Range): Duration {
  if ((op === "/" || op === "%") && right.kind === "NumberLiteral" && right.value === 0) {
    addError(parser, operator.start, operator.end, op === "/" ? "division by zero" : "modulo by zero");
    return refused();
  }
  return { kind: "DurationExpr", start: left.start, end: right.end, op, left, right, wrapped: false };
}

function parseOperand(parser: Parser): Duration | undefined {
  const kind = peek(parser);
  parser.height = 0;
  if (isNumeric(kind)) return inRange(parser, readNumberLiteral(parser));
  if (kind === t.ADD || kind === t.SUB) {
    const sign = { start: parser.start, end: parser.end };
    consume(parser);
    const operand = parseDurationExpr(parser, POWER);
    return operand && applySign(parser, kind === t.SUB, sign, operand);
  }
  if (kind === t.LEFT_PAREN) return parseParentheses(parser);
  return parseCall(parser, kind);
}

function inRange(parser: Parser, literal: NumberLiteral): NumberLiteral {
  if (!isDurationOutOfRange(literal.value)) return literal;
  addError(parser, literal.start, literal.end, "duration out of range");
  return refused();
}

function applySign(parser: Parser, negative: boolean, sign: Range, operand: Duration): Duration {
  if (operand.kind === "DurationExpr") {
    if (!negative) return operand;
    raise(parser, parser.height);
    return signed(true, sign, operand);
  }
  const value = negative ? -operand.value : operand.value;
  if (isDurationOutOfRange(value)) {
    addError(parser, sign.start, sign.end, "duration out of range");
    return refused();
  }
  return { ...operand, start: sign.start, value };
}

function signed(negative: boolean, sign: Range, right: Duration): DurationExpr {
  const op = negative ? "-" : "+";
  return { kind: "DurationExpr", start: sign.start, end: right.end, op, left: undefined, right, wrapped: false };
}

function parseParentheses(parser: Parser): Duration | undefined {
  consume(parser);
  const inner = parseDurationExpr(parser, 0);
  if (!inner || peek(parser) !== t.RIGHT_PAREN) return undefined;
  consume(parser);
  requireFeature(parser, inner);
  return wrap(inner);
}

function wrap(duration: Duration): Duration {
  if (duration.kind === "DurationExpr") (duration as Writable<DurationExpr>).wrapped = true;
  return duration;
}

/** `step()`, `range()`, `min_of(a, b)`, `max_of(a, b)`. */
function parseCall(parser: Parser, kind: number): DurationExpr | undefined {
  const call = readCall(parser, kind);
  if (call) requireFeature(parser, call);
  return call;
}

function readCall(parser: Parser, kind: number): DurationExpr | undefined {
  if (kind < t.STEP || kind > t.MIN_OF) return undefined;
  const { start } = parser;
  const height = parser.height;
  consume(parser);
  if (peek(parser) !== t.LEFT_PAREN) return undefined;
  consume(parser);
  let left: Duration | undefined;
  let right: Duration | undefined;
  if (kind === t.MAX_OF || kind === t.MIN_OF) {
    left = parseDurationExpr(parser, 0);
    if (!left || peek(parser) !== t.COMMA) return undefined;
    const leftHeight = parser.height;
    consume(parser);
    right = parseDurationExpr(parser, 0);
    raise(parser, Math.max(height, leftHeight, parser.height));
    if (!right || parser.aborted) return undefined;
  }
  if (peek(parser) !== t.RIGHT_PAREN) return undefined;
  consume(parser);
  const op = kind === t.STEP ? "step" : kind === t.RANGE ? "range" : kind === t.MAX_OF ? "max_of" : "min_of";
  return { kind: "DurationExpr", start, end: parser.end, op, left, right, wrapped: false };
}

/**
 * The duration behind `offset`. A literal, a call, or a sign before one of them or before parentheses ends it, so that
 * `x offset 5m + y` adds y; what begins with parentheses takes operators (promql/parser/generated_parser.y,
 * `offset_duration_expr`).
 */
export function parseOffsetDuration(parser: Parser): Duration | undefined {
  const kind = peek(parser);
  if (kind === t.LEFT_PAREN) return parseDurationExpr(parser, 0);
  if (kind !== t.ADD && kind !== t.SUB) return parseOperand(parser);
  const sign = { start: parser.start, end: parser.end };
  const negative = kind === t.SUB;
  consume(parser);
  const next = peek(parser);
  parser.height = 0;
  if (isNumeric(next)) return applySign(parser, negative, sign, readNumberLiteral(parser));
  if (next === t.LEFT_PAREN) {
    consume(parser);
    const inner = parseDurationExpr(parser, 0);
    if (!inner || peek(parser) !== t.RIGHT_PAREN) return undefined;
    consume(parser);
    return applySign(parser, negative, sign, wrap(inner));
  }
  if (next === t.ADD || next === t.SUB) {
    const operand = parseDurationExpr(parser, POWER);
    return operand && parseOperators(parser, applySign(parser, negative, sign, operand), 0);
  }
  const call = readCall(parser, next);
  if (!call) return undefined;
  const whole = signed(negative, sign, call);
  requireFeature(parser, whole);
  return whole;
}

function requireFeature(parser: Parser, duration: Duration): void {
  const { durationExpressions, prometheusVersion } = parser.options;
  if (durationExpressions ?? isAtLeast(prometheusVersion, "3.14")) return;
  const { start, end } = reportedRange(duration);
  addError(parser, start, end, "experimental duration expression is not enabled");
}

/** Prometheus' range of a duration: that of `min_of(a, b)` is from a to b. */
function reportedRange(duration: Duration): Range {
  if (duration.kind === "NumberLiteral") return duration;
  const { left, right } = duration;
  if (!right) return duration;
  return { start: left ? reportedRange(left).start : duration.start, end: reportedRange(right).end };
}

/** Reports a literal that is no length of time; what is computed can be known only when it is evaluated. */
export function requirePositive(parser: Parser, duration: Duration): void {
  if (duration.kind === "NumberLiteral" && duration.value <= 0) {
    addError(parser, duration.start, duration.end, "duration must be greater than 0");
  }
}

// What stands behind an operand: `[5m]`, `[1h:5m]`, `offset`, `@`, `anchored`, `smoothed`. Knows no expression.

import { parseDurationExpr, parseOffsetDuration, requirePositive } from "./durations.ts";
import { consume, peek } from "./lexer.ts";
import { isNumeric, readNumberLiteral, type Writable } from "./literals.ts";
import { type Parser, raise, recover } from "./parser.ts";
import { quickRange } from "./quickParts.ts";
import { addError, addOperandError } from "./syntaxErrors.ts";
import * as t from "./tokens.ts";
import type {
  AtModifier,
  Duration,
  Expr,
  ExtendedModifier,
  MatrixSelector,
  OffsetModifier,
  SubqueryExpr,
  VectorSelector,
} from "./tree.ts";
import { isAtLeast } from "./versions.ts";

const SELECTORS = "an instant vector selector or range vector selector or a subquery";
const ONLY_SELECTORS = "ranges only allowed for vector selectors";

/** The operand with all modifiers that follow it. */
export function parseModifiers(parser: Parser, operand: Expr): Expr {
  let expr = operand;
  for (;;) {
    switch (peek(parser)) {
      case t.LEFT_BRACKET:
        expr = parseBrackets(parser, expr);
        break;
      case t.OFFSET:
        parseOffset(parser, expr);
        break;
      case t.AT:
        parseAt(parser, expr);
        break;
      case t.ANCHORED:
      case t.SMOOTHED:
        parseExtended(parser, expr);
        break;
      default:
        return expr;
    }
    if (parser.aborted) return expr;
  }
}

/** A range or a subquery; where it cannot be read, the operand alone. */
function parseBrackets(parser: Parser, expr: Expr): Expr {
  const open = parser.start;
  const { height } = parser;
  const quick = quickRange(parser);
  if (quick) {
    raise(parser, height);
    return finishRange(parser, expr, quick, open);
  }
  consume(parser);
  const range = parseDurationExpr(parser, 0);
  if (parser.aborted) return expr;
  if (!range) {
    recover(parser, "subquery or range selector", "number, duration, step(), or range()");
    return expr;
  }
  requirePositive(parser, range);
  raise(parser, Math.max(height, parser.height));
  const kind = peek(parser);
  if (kind === t.RIGHT_BRACKET) return finishRange(parser, expr, range, open);
  if (kind === t.COLON) return parseStep(parser, expr, range, open);
  recover(parser, "subquery or range", '":" or "]"');
  return expr;
}

function finishRange(parser: Parser, selector: Expr, range: Duration, open: number): MatrixSelector {
  const close = parser.start;
  consume(parser);
  const wrong = whyNoRange(parser, selector);
  if (wrong !== undefined) addError(parser, open, close + 1, wrong);
  return {
    kind: "MatrixSelector",
    start: selector.start,
    end: close + 1,
    selector,
    range,
    open,
    close,
    at: undefined,
    offset: undefined,
    extended: undefined,
  };
}

/** From 3.15 on every modifier before a range is refused; before, only those with a value known at once. */
function whyNoRange(parser: Parser, selector: Expr): string | undefined {
  if (selector.kind !== "VectorSelector") return ONLY_SELECTORS;
  const all = isAtLeast(parser.options.prometheusVersion, "3.15");
  const { offset, at } = selector;
  const hasOffset = offset !== undefined && (all ? isOffset(offset) : isLiteralOffset(offset));
  if (hasOffset) return "no offset modifiers allowed before range";
  if (at !== undefined && (all || at.timestamp !== undefined)) return "no @ modifiers allowed before range";
  return undefined;
}

function parseStep(parser: Parser, expr: Expr, range: Duration, open: number): Expr {
  const colon = parser.start;
  const { height } = parser;
  consume(parser);
  if (peek(parser) === t.RIGHT_BRACKET) return finishSubquery(parser, expr, range, undefined, open, colon);
  const step = parseDurationExpr(parser, 0);
  if (parser.aborted) return expr;
  if (!step) {
    recover(parser, "subquery selector", 'number, duration, step(), range(), or "]"');
    return expr;
  }
  requirePositive(parser, step);
  raise(parser, Math.max(height, parser.height));
  if (peek(parser) === t.RIGHT_BRACKET) return finishSubquery(parser, expr, range, step, open, colon);
  recover(parser, "subquery selector", '"]"');
  return expr;
}

function finishSubquery(
  parser: Parser,
  expr: Expr,
  range: Duration,
  step: Duration | undefined,
  open: number,
  colon: number,
): SubqueryExpr {
  const close = parser.start;
  consume(parser);
  return {
    kind: "SubqueryExpr",
    start: expr.start,
    end: close + 1,
    expr,
    range,
    step,
    open,
    colon,
    close,
    at: undefined,
    offset: undefined,
    extended: undefined,
  };
}

type Modifiable = VectorSelector | MatrixSelector | SubqueryExpr;

/** The node that takes an `offset` or an `@`; reports where there is none. */
function modifiable(parser: Parser, expr: Expr, modifier: string): Writable<Modifiable> | undefined {
  switch (expr.kind) {
    case "MatrixSelector":
      if (expr.selector.kind === "VectorSelector") return expr;
      addError(parser, expr.start, expr.end, ONLY_SELECTORS);
      return undefined;
    case "VectorSelector":
    case "SubqueryExpr":
      return expr;
    default:
      addOperandError(parser, expr.start, expr, `${modifier} modifier must be preceded by ${SELECTORS}`);
      return undefined;
  }
}

/** A range shares `offset` and `@` with its selector. */
function inner(node: Modifiable): VectorSelector | undefined {
  return node.kind === "MatrixSelector" && node.selector.kind === "VectorSelector" ? node.selector : undefined;
}

function isLiteralOffset({ duration }: OffsetModifier): boolean {
  return duration.kind === "NumberLiteral" && Math.round(duration.value * 1e9) !== 0;
}

/** `offset 0s` is as good as none. */
function isOffset(offset: OffsetModifier): boolean {
  return offset.duration.kind === "DurationExpr" || isLiteralOffset(offset);
}

function parseOffset(parser: Parser, expr: Expr): void {
  const { start } = parser;
  const { height } = parser;
  consume(parser);
  const duration = parseOffsetDuration(parser);
  if (parser.aborted) return;
  if (!duration) {
    recover(parser, "offset", "number, duration, step(), or range()");
    parser.height = height;
    return;
  }
  parser.height = Math.max(height, parser.height + 1);
  const node = modifiable(parser, expr, "offset");
  if (!node) return;
  const earlier = [node.offset, inner(node)?.offset];
  if (earlier.some((offset) => offset && isOffset(offset))) {
    addError(parser, node.start, node.end, "offset may not be set multiple times");
  } else {
    node.offset = { start, end: parser.lastClosing, duration };
  }
  node.end = parser.lastClosing;
}

function parseAt(parser: Parser, expr: Expr): void {
  const { start } = parser;
  consume(parser);
  const kind = peek(parser);
  if (kind === t.START || kind === t.END) {
    consume(parser);
    if (peek(parser) === t.LEFT_PAREN) {
      consume(parser);
      if (peek(parser) === t.RIGHT_PAREN) {
        consume(parser);
        setAt(parser, expr, { start, end: parser.end, timestamp: undefined, edge: kind === t.START ? "start" : "end" });
        return;
      }
    }
  } else {
    if (kind === t.ADD || kind === t.SUB) consume(parser);
    if (isNumeric(peek(parser))) {
      const { value, end } = readNumberLiteral(parser);
      setTimestamp(parser, expr, kind === t.SUB ? -value : value, { start, end });
      return;
    }
  }
  recover(parser, "@", "timestamp");
}

function setTimestamp(parser: Parser, expr: Expr, seconds: number, range: { start: number; end: number }): void {
  if (!(Math.abs(seconds) < 2 ** 63)) {
    addOperandError(parser, expr.start, expr, `timestamp out of bounds for @ modifier: ${sixDecimals(seconds)}`);
  }
  setAt(parser, expr, { ...range, timestamp: wholeMilliseconds(seconds) / 1000, edge: undefined });
}

/** Prometheus keeps milliseconds in 64 bits; what does not fit becomes the least of them. */
function wholeMilliseconds(seconds: number): number {
  const rounded = Math.sign(seconds) * Math.round(Math.abs(seconds) * 1000);
  return Math.abs(rounded) < 2 ** 63 ? rounded : -(2 ** 63);
}

/** A number as Go's `%f`. */
function sixDecimals(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  return Math.abs(value) < 1e21 ? value.toFixed(6) : `${BigInt(value)}.000000`;
}

function setAt(parser: Parser, expr: Expr, at: AtModifier): void {
  const node = modifiable(parser, expr, "@");
  if (!node) return;
  if (node.at || inner(node)?.at) {
    addError(parser, node.start, node.end, "@ <timestamp> may not be set multiple times");
    return;
  }
  node.at = at;
  node.end = parser.lastClosing;
}

function parseExtended(parser: Parser, expr: Expr): void {
  const keyword: ExtendedModifier["keyword"] = parser.kind === t.ANCHORED ? "anchored" : "smoothed";
  const { start, end } = parser;
  consume(parser);
  const report = (message: string): void => addOperandError(parser, expr.start, expr, message);
  if (!parser.options.extendedRangeSelectors) {
    report(`${keyword} modifier is experimental and not enabled`);
    return;
  }
  switch (expr.kind) {
    case "VectorSelector":
    case "MatrixSelector": {
      const before = expr.extended ?? (expr.kind === "MatrixSelector" ? inner(expr)?.extended : undefined);
      if (expr.kind === "MatrixSelector" && !inner(expr)) return;
      const mixed = before !== undefined && (before.mixed === true || before.keyword !== keyword);
      const extended = mixed ? { start, end, keyword, mixed } : { start, end, keyword };
      (expr as Writable<VectorSelector | MatrixSelector>).extended = extended;
      if (mixed) report("anchored and smoothed modifiers cannot be used together");
      return;
    }
    case "SubqueryExpr":
      report(`${keyword} modifier is not supported for subqueries`);
      return;
    default:
      report(`${keyword} modifier not implemented`);
  }
}

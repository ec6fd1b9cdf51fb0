// Vector selectors: `name{label="value"}`. Knows no expression.
import { consume, peek } from "./lexer.ts";
import { justRecovered, type Parser, recover, skipUntil } from "./parser.ts";
import { quickMatchers } from "./quickParts.ts";
import { unquote } from "./quoting.ts";
import * as t from "./tokens.ts";
import type { LabelMatcher, MatchOp, VectorSelector } from "./tree.ts";

const CONTEXT = "label matching";

const matchOps: Readonly<Record<number, MatchOp>> = {
  [t.EQL]: "=",
  [t.NEQ]: "!=",
  [t.EQL_REGEX]: "=~",
  [t.NEQ_REGEX]: "!~",
};

/** Behind a metric's name at `start`..`end`, which has been used up: the braces, if there are any. */
export function parseSelectorAfterName(parser: Parser, name: string, start: number, end: number): VectorSelector {
  if (peek(parser) === t.LEFT_BRACE) return parseBraces(parser, name, start);
  return selector(name, start, end, [], -1, -1);
}

/** A selector whose `{` is at hand. */
export function parseNamelessSelector(parser: Parser): VectorSelector {
  return parseBraces(parser, "", parser.start);
}

function selector(
  name: string,
  start: number,
  end: number,
  matchers: LabelMatcher[],
  open: number,
  close: number,
): VectorSelector {
  return {
    kind: "VectorSelector",
    start,
    end,
    name,
    matchers,
    open,
    close,
    at: undefined,
    offset: undefined,
    extended: undefined,
  };
}

function parseBraces(parser: Parser, name: string, start: number): VectorSelector {
  const open = parser.start;
  const quick = quickMatchers(parser);
  if (quick) return selector(name, start, parser.end, quick, open, parser.start);
  consume(parser);
  const matchers: LabelMatcher[] = [];
  if (peek(parser) !== t.RIGHT_BRACE) parseMatchers(parser, matchers);
  if (parser.aborted) return selector(name, start, Math.max(parser.start, open + 1), matchers, open, -1);
  const close = parser.start;
  consume(parser);
  return selector(name, start, close + 1, matchers, open, close);
}

/** Matchers up to the closing brace, which is left at hand; or the parse is aborted. */
function parseMatchers(parser: Parser, matchers: LabelMatcher[]): void {
  parseMatcher(parser, matchers);
  for (;;) {
    const kind = peek(parser);
    if (kind === t.RIGHT_BRACE) return;
    if (kind === t.COMMA) {
      consume(parser);
      if (peek(parser) === t.RIGHT_BRACE) return;
      parseMatcher(parser, matchers);
    } else if (!justRecovered(parser)) {
      recover(parser, CONTEXT, '"," or "}"');
    } else {
      skipUntil(parser, endsMatcher);
      if (parser.aborted) return;
    }
  }
}

function endsMatcher(kind: number): boolean {
  return kind === t.COMMA || kind === t.RIGHT_BRACE;
}

function parseMatcher(parser: Parser, matchers: LabelMatcher[]): void {
  const kind = peek(parser);
  if (kind !== t.IDENTIFIER && kind !== t.STRING) {
    recover(parser, CONTEXT, 'identifier or "}"');
    return;
  }
  const { text, start, end } = parser;
  const label = kind === t.STRING ? unquote(text, start, end) : text.slice(start, end);
  consume(parser);
  const op = matchOps[peek(parser)];
  if (op === undefined) {
    if (kind === t.STRING) {
      matchers.push(matcher(start, end, "__name__", end, "=", start, label, start));
      return;
    }
    recover(parser, CONTEXT, "label matching operator");
    matchers.push(matcher(start, end, label, end, undefined, end, "", -1));
    return;
  }
  const opStart = parser.start;
  const opEnd = parser.end;
  consume(parser);
  if (peek(parser) !== t.STRING) {
    recover(parser, CONTEXT, "string");
    matchers.push(matcher(start, opEnd, label, end, op, opStart, "", -1));
    return;
  }
  const valueStart = parser.start;
  const value = unquote(text, valueStart, parser.end);
  consume(parser);
  matchers.push(matcher(start, parser.end, label, end, op, opStart, value, valueStart));
}

function matcher(
  start: number,
  end: number,
  label: string,
  labelEnd: number,
  op: MatchOp | undefined,
  opStart: number,
  value: string,
  valueStart: number,
): LabelMatcher {
  return { start, end, label, labelEnd, op, opStart, value, valueStart };
}

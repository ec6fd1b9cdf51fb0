// Lists of labels in parentheses, and what carries them: `by`, `without`, `on`, `ignoring`, `group_left`, `fill`.
// Knows no expression.
import type { Range } from "../../ranges.ts";
import { consume, peek } from "./lexer.ts";
import { isNumeric, readNumberLiteral } from "./literals.ts";
import { justRecovered, type Parser, recover, skipUntil, unwind } from "./parser.ts";
import { quickLabels } from "./quickParts.ts";
import { quoteString, unquote } from "./quoting.ts";
import { addError } from "./syntaxErrors.ts";
import * as t from "./tokens.ts";
import type { FillModifier, Grouping, GroupModifier, LabelName, VectorMatching } from "./tree.ts";

const CONTEXT = "grouping opts";

/** `(a, "b", c,)`. What is missing is reported, and the list is as far as it was read. */
function parseLabelList(parser: Parser): LabelName[] {
  const labels: LabelName[] = [];
  if (peek(parser) !== t.LEFT_PAREN) {
    recover(parser, CONTEXT, '"("');
    return labels;
  }
  const quick = quickLabels(parser);
  if (quick) return quick;
  consume(parser);
  if (peek(parser) === t.RIGHT_PAREN) {
    consume(parser);
    return labels;
  }
  parseLabel(parser, labels);
  for (;;) {
    const kind = peek(parser);
    if (kind === t.RIGHT_PAREN) {
      consume(parser);
      return labels;
    }
    if (kind === t.COMMA) {
      consume(parser);
      if (peek(parser) !== t.RIGHT_PAREN) parseLabel(parser, labels);
    } else if (!justRecovered(parser)) {
      recover(parser, CONTEXT, '"," or ")"');
    } else {
      skipUntil(parser, endsLabel);
      if (parser.aborted) return labels;
    }
  }
}

function endsLabel(kind: number): boolean {
  return kind === t.COMMA || kind === t.RIGHT_PAREN;
}

function parseLabel(parser: Parser, labels: LabelName[]): void {
  const kind = peek(parser);
  const { start, end } = parser;
  if (t.mayNameLabel(kind)) {
    labels.push({ name: parser.text.slice(start, end), start, end });
  } else if (kind === t.STRING) {
    const name = unquote(parser.text, start, end);
    // Units of text that are no UTF-8: no label may have such a name, nor an empty one.
    if (name === "" || !name.isWellFormed()) {
      addError(parser, start, end, `invalid label name for grouping: ${quoteString(name)}`);
    }
    labels.push({ name, start, end });
  } else {
    recover(parser, CONTEXT, "label");
    return;
  }
  consume(parser);
}

/** End of what has been read: of the token at hand if it is used up, else of the one before. */
function endOfRead(parser: Parser, otherwise: number): number {
  return parser.kind === t.UNREAD ? parser.end : otherwise;
}

/** `by (…)` or `without (…)`, whose keyword is at hand. */
export function parseGrouping(parser: Parser): Grouping {
  const { start, end, kind } = parser;
  consume(parser);
  const labels = parseLabelList(parser);
  return { start, end: endOfRead(parser, end), without: kind === t.WITHOUT, labels };
}

/** What may stand between an operator and its right side. */
export type OperatorModifiers = {
  bool: Range | undefined;
  matching: VectorMatching | undefined;
  group: GroupModifier | undefined;
  fill: FillModifier | undefined;
};

/** Reads the modifiers into `into`. Most operators have none: the caller asks for this only where a keyword follows. */
export function parseOperatorModifiers(parser: Parser, into: OperatorModifiers): void {
  if (peek(parser) === t.BOOL) {
    into.bool = { start: parser.start, end: parser.end };
    consume(parser);
  }
  const kind = peek(parser);
  if (kind === t.ON || kind === t.IGNORING) {
    const { start, end } = parser;
    consume(parser);
    const labels = parseLabelList(parser);
    into.matching = { start, end: endOfRead(parser, end), on: kind === t.ON, labels };
    if (parser.aborted) return;
    const next = peek(parser);
    if (next === t.GROUP_LEFT || next === t.GROUP_RIGHT) into.group = parseGroupModifier(parser, next);
    if (parser.aborted) return;
  }
  const last = peek(parser);
  if (last >= t.FILL && last <= t.FILL_RIGHT) into.fill = parseFill(parser, last);
}

function parseGroupModifier(parser: Parser, kind: number): GroupModifier {
  const { start, end } = parser;
  consume(parser);
  const next = peek(parser);
  const include = next !== t.LEFT_PAREN && t.startsExpression(next) ? [] : parseLabelList(parser);
  return { start, end: endOfRead(parser, end), side: kind === t.GROUP_LEFT ? "left" : "right", include };
}

function parseFill(parser: Parser, kind: number): FillModifier {
  const { start } = parser;
  consume(parser);
  const first = parseFillValue(parser);
  let left = kind === t.FILL_RIGHT ? undefined : first;
  let right = kind === t.FILL_LEFT ? undefined : first;
  if (!parser.unwinding && kind !== t.FILL) {
    const other = peek(parser);
    if (other === (kind === t.FILL_LEFT ? t.FILL_RIGHT : t.FILL_LEFT)) {
      consume(parser);
      const second = parseFillValue(parser);
      if (kind === t.FILL_LEFT) right = second;
      else left = second;
    }
  }
  return { start, end: endOfRead(parser, parser.lastClosing), left, right };
}

/** `(1)` or `(-1)`; anything else gives up the expression. */
function parseFillValue(parser: Parser): number | undefined {
  if (peek(parser) !== t.LEFT_PAREN) {
    unwind(parser);
    return undefined;
  }
  consume(parser);
  const sign = peek(parser);
  const negative = sign === t.SUB;
  if (negative || sign === t.ADD) consume(parser);
  if (!isNumeric(peek(parser))) {
    unwind(parser);
    return undefined;
  }
  const { value } = readNumberLiteral(parser);
  if (peek(parser) !== t.RIGHT_PAREN) unwind(parser);
  else consume(parser);
  return negative ? -value : value;
}

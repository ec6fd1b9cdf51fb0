// Numbers, durations and strings as operands. Knows their tokens only.
import { consume } from "./lexer.ts";
import { type Parsed, parseDuration, parseNumber } from "./numbers.ts";
import type { Parser } from "./parser.ts";
import { unquote } from "./quoting.ts";
import { addError } from "./syntaxErrors.ts";
import * as t from "./tokens.ts";
import type { NumberLiteral, StringLiteral } from "./tree.ts";

export type Writable<T> = { -readonly [K in keyof T]: T[K] };

export function isNumeric(kind: number): boolean {
  return kind === t.NUMBER || kind === t.DURATION;
}

/** The number or duration at hand; one that cannot be read is reported and counts as 0. */
export function readNumberLiteral(parser: Parser): Writable<NumberLiteral> {
  const { start, end, kind } = parser;
  const word = parser.text.slice(start, end);
  const duration = kind === t.DURATION;
  const parsed: Parsed = duration ? parseDuration(word) : parseNumber(word);
  consume(parser);
  if (parsed.error !== undefined) addError(parser, start, end, parsed.error);
  return { kind: "NumberLiteral", start, end, value: parsed.value, duration };
}

export function readStringLiteral(parser: Parser): StringLiteral {
  const { start, end } = parser;
  consume(parser);
  return { kind: "StringLiteral", start, end, value: unquote(parser.text, start, end) };
}

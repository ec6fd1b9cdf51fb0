// Parts that nearly every expression has, as nearly everybody writes them: `{a="b", c=~"d"}`, `(a, b)`, `[5m]`. They are
// read at once by the engine's own search; where one could mean anything else, nothing has happened and it is left to
// the tokens. Knows no error.

import { skipTo } from "./lexer.ts";
import { parseDuration } from "./numbers.ts";
import { ownWord } from "./ownWord.ts";
import type { Parser } from "./parser.ts";
import * as t from "./tokens.ts";
import type { LabelMatcher, LabelName, MatchOp, NumberLiteral } from "./tree.ts";

const matcher =
  /([ \t\r\n]*)([A-Za-z_]\w*)([ \t\r\n]*)(=~|!~|!=|=)([ \t\r\n]*)("[\t !#-[\]-~]*"|'[\t -&(-[\]-~]*')[ \t\r\n]*(,[ \t\r\n]*\}|,|\})/y;

/** Reads the matchers behind the `{` at hand, and the brace that closes them. */
export function quickMatchers(parser: Parser): LabelMatcher[] | undefined {
  const { text } = parser;
  const matchers: LabelMatcher[] = [];
  for (let at = parser.end; ; at = matcher.lastIndex) {
    matcher.lastIndex = at;
    const found = matcher.exec(text);
    if (!found) return undefined;
    // Groups one by one: taking an array apart is slow in code that has not run often.
    const label = ownWord(found[2] as string);
    const op = ownWord(found[4] as string) as MatchOp;
    const quoted = found[6] as string;
    const start = at + (found[1] as string).length;
    const labelEnd = start + label.length;
    const opStart = labelEnd + (found[3] as string).length;
    const valueStart = opStart + op.length + (found[5] as string).length;
    const end = valueStart + quoted.length;
    matchers.push({ start, end, label, labelEnd, op, opStart, value: quoted.slice(1, -1), valueStart });
    if (found[7] !== ",") {
      skipTo(parser, matcher.lastIndex - 1);
      return matchers;
    }
  }
}

const label = /[ \t\r\n]*([A-Za-z_]\w*)[ \t\r\n]*([,)])/y;

/** Reads the names behind the `(` at hand, and the parenthesis that closes them. */
export function quickLabels(parser: Parser): LabelName[] | undefined {
  const { text } = parser;
  const labels: LabelName[] = [];
  for (label.lastIndex = parser.end; ; ) {
    const found = label.exec(text);
    const name = found?.[1];
    if (name === undefined || t.keywords.has(name.toLowerCase())) return undefined;
    const start = text.indexOf(name, found?.index);
    labels.push({ name: ownWord(name), start, end: start + name.length });
    if (found?.[2] === ")") {
      parser.parenDepth--;
      skipTo(parser, label.lastIndex - 1);
      return labels;
    }
  }
}

const range = /[ \t\r\n]*([1-9]\d{0,5}(?:ms|[smhdw]))[ \t\r\n]*\]/y;

/** Reads the duration behind the `[` at hand, and the bracket that closes it. */
export function quickRange(parser: Parser): NumberLiteral | undefined {
  const { text } = parser;
  range.lastIndex = parser.end;
  const word = range.exec(text)?.[1];
  if (word === undefined) return undefined;
  const start = text.indexOf(word, parser.end);
  parser.bracketOpen = false;
  parser.gotDuration = true;
  skipTo(parser, range.lastIndex - 1);
  return { kind: "NumberLiteral", start, end: start + word.length, value: parseDuration(word).value, duration: true };
}

// Cuts the values of an input series into tokens. Knows no grammar. Source: promql/parser/lex.go, `lexValueSequence`.
import { isAlpha, isAlphaNumeric, isDigit, isSpace } from "./characters.ts";
import { quoteRune, quoteString } from "./quoting.ts";
import * as t from "./tokens.ts";
import { keywords } from "./tokens.ts";
import type { PromqlError } from "./tree.ts";

/** `at`: the offset from which the next token is read. */
export type SeriesLexer = { readonly text: string; at: number };

/** `keyword`: a word that PromQL keeps for itself. */
export type SeriesToken = {
  readonly kind: "end" | "space" | "sign" | "times" | "blank" | "number" | "word" | "keyword" | "histogram";
  readonly text: string;
  readonly start: number;
  readonly end: number;
};

/** The first error ends the reading. */
export class SeriesStop extends Error {
  readonly error: PromqlError;
  constructor(error: PromqlError) {
    super(error.message);
    this.error = error;
  }
}

export function stop({ start, end }: { readonly start: number; readonly end: number }, message: string): never {
  throw new SeriesStop({ start, end, message });
}

export function unexpected(token: SeriesToken, context: string, expected: string): never {
  const place = context === "" ? "" : ` in ${context}`;
  stop(token, `unexpected ${describe(token)}${place}${expected === "" ? "" : `, expected ${expected}`}`);
}

function describe({ kind, text }: SeriesToken): string {
  if (kind === "end") return "end of input";
  if (kind === "word") return `${text.includes(":") ? "metric identifier" : "identifier"} ${quoteString(text)}`;
  if (kind === "sign") return `<op:${text}>`;
  if (kind === "keyword") return keywordWords(text);
  const shown = text.length > 10 ? `${quoteString(text.slice(0, 10))}...` : quoteString(text);
  return kind === "number" ? `number ${shown}` : shown;
}

function keywordWords(text: string): string {
  const kind = keywords.get(text.toLowerCase()) ?? 0;
  if (t.isAggregator(kind)) return `<aggr:${text}>`;
  if (kind < t.FIRST_AGGREGATOR) return `<op:${text}>`;
  return kind < t.FIRST_PREPROCESSOR ? `<${text}>` : quoteString(text);
}

export function nextToken(lexer: SeriesLexer): SeriesToken {
  const { text, at: start } = lexer;
  const emit = (kind: SeriesToken["kind"], end: number, from = end): SeriesToken => {
    lexer.at = from;
    return { kind, text: text.slice(start, end), start, end };
  };
  if (start >= text.length) return emit("end", start);
  const code = text.charCodeAt(start);
  if (text.startsWith("{{", start)) return emit("histogram", start + 2);
  if (isSpace(code)) {
    let end = start + 1;
    while (isSpace(text.charCodeAt(end))) end++;
    return emit("space", start + 1, end);
  }
  if (code === 43 || code === 45) return emit("sign", start + 1);
  if (code === 120) return emit("times", start + 1);
  if (code === 95) return emit("blank", start + 1);
  if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(start + 1))))
    return emit("number", numberEnd(text, start));
  if (isAlpha(code)) return word(text, start, emit);
  return stop({ start, end: text.length }, `unexpected character in series sequence: ${quoteRune(text, start)}`);
}

function word(text: string, start: number, emit: (kind: SeriesToken["kind"], end: number) => SeriesToken): SeriesToken {
  let end = start;
  while (isAlphaNumeric(text.charCodeAt(end)) || text.charAt(end) === ":") end++;
  const kind = keywords.get(text.slice(start, end).toLowerCase());
  if (kind === undefined || (kind >= t.FILL && kind <= t.FILL_RIGHT && !/^\s*\(/.test(text.slice(end))))
    return emit("word", end);
  return emit(kind === t.NUMBER ? "number" : "keyword", end);
}

/** Refuses what looks like a number to the lexer and is none to Go. */
export function checkNumber(token: { readonly text: string; readonly start: number; readonly end: number }): void {
  const { text } = token;
  const isWhole = /^(?:0|[1-9](?:_?\d)*|0(?:_?[0-7])+)$/.test(text);
  if (isWhole || /^(?:inf|nan)$/i.test(text)) return;
  // `_` parts digits of floats, too, and digits alone.
  const isFloat = /^(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?$/.test(text);
  if (isFloat && Number.isFinite(Number(text.replaceAll("_", "")))) return;
  const reason = isFloat ? "value out of range" : "invalid syntax";
  stop(token, `error parsing number: strconv.ParseFloat: parsing ${quoteString(text)}: ${reason}`);
}

/** Where a number ends; a repetition may follow it at once. */
export function numberEnd(text: string, start: number): number {
  const bad = (end: number): never =>
    stop({ start, end: text.length }, `bad number syntax: ${quoteString(text.slice(start, end))}`);
  let at = start;
  let dotted = false;
  let raised = false;
  if (text.charAt(at) === ".") at++;
  if (isDigit(text.charCodeAt(at))) at++;
  for (;;) {
    const character = text.charAt(at);
    if (character === "." || character === "_" || /[eE]/.test(character)) {
      if (character === "." && dotted) return bad(at + 1);
      if (/[eE]/.test(character) && raised) return bad(at + 1);
      at++;
      dotted ||= character === ".";
      raised ||= /[eE]/.test(character);
      if (/[eE]/.test(character) && /[+-]/.test(text.charAt(at))) at++;
      if ((character === "." ? /[._]/ : /[._eE]/).test(text.charAt(at))) return bad(at + 1);
      if (character !== "." && at >= text.length) return bad(at);
    } else if (isDigit(character.charCodeAt(0))) at++;
    else break;
  }
  const after = text.charCodeAt(at);
  return at === start || (after !== 120 && isAlphaNumeric(after)) ? bad(at) : at;
}

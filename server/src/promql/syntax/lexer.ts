// Cuts PromQL text into tokens, one at a time and only when asked. Knows no grammar.
import { isAlpha, isDigit, isSpace } from "./characters.ts";
import { quoteRune, quoteString } from "./quoting.ts";
import { scanDuration, scanNumber } from "./scanNumber.ts";
import { scanString } from "./scanString.ts";
import * as t from "./tokens.ts";
import type { Comment, PromqlError } from "./tree.ts";

/**
 * An error with `seen`, the offset up to which the text had been read: what Prometheus checks while it parses but this
 * parser leaves to others (functions, regular expressions) finds its place among syntax errors by it.
 */
export type NotedError = PromqlError & { readonly seen: number };

/** Where the next token begins decides how it is read: anywhere, inside `{ }`, or behind `[` before the first number. */
const STATEMENT = 0;
const BRACES = 1;
const DURATION_START = 2;

/**
 * The state of the scan. `kind`, `start`, `end` describe the token at hand; `kind` is UNREAD once it has been used.
 * An ERROR token reaches to the end of the text, nothing follows it, and its message is in `errors` already.
 * Tokens are read late because Prometheus reports what a finished construct lacks before it looks at what follows.
 * `lastClosing` is the end of the last closing bracket or number read: Prometheus ends several ranges there.
 */
export type Lexer = {
  readonly text: string;
  kind: number;
  start: number;
  end: number;
  position: number;
  mode: number;
  parenDepth: number;
  bracketOpen: boolean;
  gotColon: boolean;
  gotDuration: boolean;
  lastClosing: number;
  readonly comments: Comment[];
  readonly errors: NotedError[];
  /** Whether only the lexer reports: what is read now is guessed, behind a place where Prometheus gave up. */
  quiet: boolean;
};

/** A lexer at the start of a text; `quiet`: only the lexer reports. */
export function lexerOf(text: string, quiet = false): Lexer {
  return {
    text,
    kind: t.UNREAD,
    start: 0,
    end: 0,
    position: 0,
    mode: 0,
    parenDepth: 0,
    bracketOpen: false,
    gotColon: false,
    gotDuration: false,
    lastClosing: 0,
    comments: [],
    errors: [],
    quiet,
  };
}

/** The kind of the token at hand, read now if it was not. */
export function peek(lexer: Lexer): number {
  return lexer.kind === t.UNREAD ? read(lexer) : lexer.kind;
}

/** Marks the token at hand as used; `start` and `end` keep telling its range until the next one is read. */
export function consume(lexer: Lexer): void {
  lexer.kind = t.UNREAD;
}

/** Marks all up to a closing bracket that has been found as used, the bracket as the last of it. */
export function skipTo(lexer: Lexer, bracket: number): void {
  lexer.kind = t.UNREAD;
  lexer.mode = STATEMENT;
  lexer.start = bracket;
  lexer.end = bracket + 1;
  lexer.position = bracket + 1;
  lexer.lastClosing = bracket + 1;
}

function emit(lexer: Lexer, kind: number, end: number): number {
  lexer.kind = kind;
  lexer.end = end;
  lexer.position = end;
  return kind;
}

function emitClosing(lexer: Lexer, kind: number, end: number): number {
  lexer.lastClosing = end;
  return emit(lexer, kind, end);
}

function fail(lexer: Lexer, message: string, start: number = lexer.start): number {
  lexer.errors.push({ start, end: lexer.text.length, message, seen: start });
  lexer.start = start;
  return emit(lexer, t.ERROR, lexer.text.length);
}

function read(lexer: Lexer): number {
  const { text } = lexer;
  for (;;) {
    let at = lexer.position;
    let code = text.charCodeAt(at);
    // Most tokens have one blank before them or none.
    while (code <= 32 && isSpace(code)) code = text.charCodeAt(++at);
    lexer.position = at;
    lexer.start = at;
    if (lexer.mode === DURATION_START) return readDurationStart(lexer, code);
    if (code === 35) {
      skipComment(lexer);
      continue;
    }
    return lexer.mode === BRACES ? readInBraces(lexer, code) : readStatement(lexer, code);
  }
}

function skipComment(lexer: Lexer): void {
  const { text, start } = lexer;
  let end = start + 1;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
  lexer.comments.push({ start, end, text: text.slice(start, end) });
  lexer.position = end;
}

/** What a character begins outside braces, by its code: a token of its own, a word, a number, or 0 for all others. */
const beginnings = new Uint8Array(0x10000);
const WORD = 255;
const NUMBER = 254;
for (let code = 0; code < 128; code++) {
  if (isAlpha(code) || code === 58) beginnings[code] = WORD;
  else if (isDigit(code)) beginnings[code] = NUMBER;
}
for (const [character, kind] of [
  [",", t.COMMA],
  ["*", t.MUL],
  ["/", t.DIV],
  ["%", t.MOD],
  ["+", t.ADD],
  ["-", t.SUB],
  ["^", t.POW],
  ["@", t.AT],
] as const) {
  beginnings[character.charCodeAt(0)] = kind;
}

function readStatement(lexer: Lexer, code: number): number {
  const { text, start } = lexer;
  const beginning = beginnings[code] ?? 0; // Behind the end of the text there is none.
  if (beginning === WORD) return lexer.bracketOpen ? readWordInBrackets(lexer, code) : readWord(lexer);
  if (beginning === NUMBER) return readNumber(lexer);
  if (beginning !== 0) return emit(lexer, beginning, start + 1);
  switch (code) {
    case 40: // (
      lexer.parenDepth++;
      return emit(lexer, t.LEFT_PAREN, start + 1);
    case 41: // )
      return readRightParen(lexer);
    case 123: // {
      lexer.mode = BRACES;
      return emit(lexer, t.LEFT_BRACE, start + 1);
    case 91: // [
      if (lexer.bracketOpen) return fail(lexer, "unexpected left bracket '['");
      lexer.gotColon = false;
      lexer.bracketOpen = true;
      lexer.mode = DURATION_START;
      return emit(lexer, t.LEFT_BRACKET, start + 1);
    case 93: // ]
      if (!lexer.bracketOpen) return fail(lexer, "unexpected right bracket ']'");
      lexer.bracketOpen = false;
      return emitClosing(lexer, t.RIGHT_BRACKET, start + 1);
    case 34: // "
    case 39: // '
    case 96: // `
      return readString(lexer);
    case 46: // .
      if (isDigit(text.charCodeAt(start + 1))) return readNumber(lexer);
      break;
    case 60: // <
    case 61: // =
    case 62: // >
    case 33: // !
      return readComparison(lexer, code);
  }
  return start >= text.length ? readEnd(lexer) : fail(lexer, `unexpected character: ${quoteRune(text, start)}`);
}

function readEnd(lexer: Lexer): number {
  if (lexer.parenDepth !== 0) return fail(lexer, "unclosed left parenthesis");
  if (lexer.bracketOpen) return fail(lexer, "unclosed left bracket");
  return emit(lexer, t.EOF, lexer.start);
}

/** Prometheus notices a surplus `)` only after it: the error begins one further. */
function readRightParen(lexer: Lexer): number {
  lexer.parenDepth--;
  if (lexer.parenDepth < 0) return fail(lexer, "unexpected right parenthesis ')'", lexer.start + 1);
  return emitClosing(lexer, t.RIGHT_PAREN, lexer.start + 1);
}

function readComparison(lexer: Lexer, code: number): number {
  const { text, start } = lexer;
  const next = text.charCodeAt(start + 1);
  if (code === 33) {
    if (next === 61) return emit(lexer, t.NEQ, start + 2);
    return fail(lexer, `unexpected character after '!': ${quoteRune(text, start + 1)}`);
  }
  if (code === 61) {
    if (next === 126) return fail(lexer, "unexpected character after '=': '~'");
    return next === 61 ? emit(lexer, t.EQLC, start + 2) : emit(lexer, t.EQL, start + 1);
  }
  const less = code === 60;
  if (next === 61) return emit(lexer, less ? t.LTE : t.GTE, start + 2);
  if (next === 47) return emit(lexer, less ? t.TRIM_UPPER : t.TRIM_LOWER, start + 2);
  return emit(lexer, less ? t.LSS : t.GTR, start + 1);
}

/** Most numbers and durations: `5`, `0.5`, `5m`. The engine's own search is fast from the first call on. */
const plainNumber = /(?:0|[1-9]\d*)(?:\.\d+)?(?![\w.])/y;
const plainDuration = /\d+(?:ms|[smhdwy])(?!\w)/y;

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function readNumber(lexer: Lexer): number {
  const { text, start } = lexer;
  lexer.mode = STATEMENT;
  const plain = endOf(plainNumber, text, start);
  if (plain >= 0) return emitClosing(lexer, t.NUMBER, plain);
  const period = endOf(plainDuration, text, start);
  if (period >= 0) return emitClosing(lexer, t.DURATION, period);
  const number = scanNumber(text, start);
  if (number >= 0) return emitClosing(lexer, t.NUMBER, number);
  const duration = scanDuration(text, -1 - number);
  if (duration >= 0) return emitClosing(lexer, t.DURATION, duration);
  return fail(lexer, `bad number or duration syntax: ${quoteString(text.slice(start, -1 - duration))}`);
}

function readString(lexer: Lexer): number {
  const scanned = scanString(lexer.text, lexer.start);
  return typeof scanned === "number" ? emit(lexer, t.STRING, scanned) : fail(lexer, scanned);
}

const LONGEST_KEYWORD = 12;

const name = /[\w:]*/y;
const labelName = /\w*/y;
const hasCapital = /[A-Z]/;

function readWord(lexer: Lexer): number {
  const { text, start } = lexer;
  const end = endOf(name, text, start);
  const word = text.slice(start, end);
  if (word.includes(":")) return emit(lexer, t.METRIC_IDENTIFIER, end);
  if (end - start > LONGEST_KEYWORD) return emit(lexer, t.IDENTIFIER, end);
  const kind = t.keywords.get(word) ?? (hasCapital.test(word) ? t.keywords.get(word.toLowerCase()) : undefined);
  if (kind === undefined) return emit(lexer, t.IDENTIFIER, end);
  if (kind === t.NUMBER) return emitClosing(lexer, t.NUMBER, end);
  // `fill` and its kin are keywords only as calls, so that metrics of these names go on working.
  const isFill = kind >= t.FILL && kind <= t.FILL_RIGHT;
  return emit(lexer, isFill && !parenFollows(text, end) ? t.IDENTIFIER : kind, end);
}

function parenFollows(text: string, from: number): boolean {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === 40;
}

/** Keyword of a duration expression that begins at `start`, or its word where there is none. Digits do not belong. */
function scanDurationKeyword(text: string, start: number): { kind: number; end: number } {
  let end = start;
  while (isAlpha(text.charCodeAt(end))) end++;
  const kind = t.keywords.get(text.slice(start, end).toLowerCase()) ?? 0;
  return { kind: kind >= t.STEP && kind <= t.MIN_OF ? kind : 0, end };
}

function readWordInBrackets(lexer: Lexer, code: number): number {
  const { text, start } = lexer;
  if (code === 58) {
    if (lexer.gotColon) return fail(lexer, "unexpected colon ':'");
    lexer.gotColon = true;
    return emit(lexer, t.COLON, start + 1);
  }
  const word = scanDurationKeyword(text, start);
  if (word.kind !== 0) return emit(lexer, word.kind, word.end);
  return fail(lexer, `unexpected character: ${quoteRune(text, start)}, expected ':'`);
}

/** Behind `[`, until the first number: only arithmetic on durations. */
function readDurationStart(lexer: Lexer, code: number): number {
  const { text, start } = lexer;
  if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(start + 1)))) {
    lexer.gotDuration = true;
    return readNumber(lexer);
  }
  if (isAlpha(code)) {
    const word = scanDurationKeyword(text, start);
    if (word.kind !== 0) return emit(lexer, word.kind, word.end);
  }
  const kind = beginnings[code] ?? 0;
  if (kind !== 0 && kind !== t.AT && kind < NUMBER) return emit(lexer, kind, start + 1);
  switch (code) {
    case 40:
      lexer.parenDepth++;
      return emit(lexer, t.LEFT_PAREN, start + 1);
    case 41:
      return readRightParen(lexer);
    case 93:
      lexer.mode = STATEMENT;
      lexer.bracketOpen = false;
      lexer.gotColon = false;
      return emitClosing(lexer, t.RIGHT_BRACKET, start + 1);
    case 58:
      if (!lexer.gotDuration) {
        return fail(lexer, "unexpected colon before duration in duration expression", start + 1);
      }
      if (lexer.gotColon) return fail(lexer, "unexpected repeated colon in duration expression", start + 1);
      lexer.gotColon = true;
      return emit(lexer, t.COLON, start + 1);
  }
  if (start >= text.length) return fail(lexer, "unexpected end of input in duration expression");
  return fail(lexer, `unexpected character in duration expression: ${quoteRune(text, start)}`);
}

/** Inside braces words are never keywords, and there are no numbers. */
function readInBraces(lexer: Lexer, code: number): number {
  const { text, start } = lexer;
  if (isAlpha(code)) return emit(lexer, t.IDENTIFIER, endOf(labelName, text, start));
  const next = text.charCodeAt(start + 1);
  switch (code) {
    case 34:
    case 39:
    case 96:
      return readString(lexer);
    case 44:
      return emit(lexer, t.COMMA, start + 1);
    case 61:
      return next === 126 ? emit(lexer, t.EQL_REGEX, start + 2) : emit(lexer, t.EQL, start + 1);
    case 33:
      if (next === 126) return emit(lexer, t.NEQ_REGEX, start + 2);
      if (next === 61) return emit(lexer, t.NEQ, start + 2);
      return fail(lexer, `unexpected character after '!' inside braces: ${quoteRune(text, start + 1)}`);
    case 123:
      return fail(lexer, "unexpected left brace '{'");
    case 125:
      lexer.mode = STATEMENT;
      return emitClosing(lexer, t.RIGHT_BRACE, start + 1);
  }
  if (start >= text.length) return fail(lexer, "unexpected end of input inside braces");
  return fail(lexer, `unexpected character inside braces: ${quoteRune(text, start)}`);
}

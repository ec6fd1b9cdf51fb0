// Template text to tokens, one at a time, as Go's lexer cuts them. Knows no grammar.

import type { Range } from "../ranges.ts";
import { codePoint } from "./go/bytes.ts";
import { quote, unicodeName } from "./go/quote.ts";
import { isAlphaNumeric, isPrint } from "./go/unicode.ts";
import { isKeyword, type Token, type TokenKind } from "./tokens.ts";

/** Where reading stands. The parser sets `insideAction` to false when it gives an action up. */
export type Lexer = {
  readonly text: string;
  position: number;
  insideAction: boolean;
  parenDepth: number;
  readonly comments: Range[];
};

export function lexerOf(text: string): Lexer {
  const comments: Range[] = [];
  return { text, position: 0, insideAction: false, parenDepth: 0, comments };
}

/** The next token; at the end `eof` again and again. */
export function nextToken(lexer: Lexer): Token {
  return lexer.insideAction ? actionToken(lexer) : textToken(lexer);
}

/** Gives the action up that holds `position`: the next token is what stands behind its `}}`. */
export function leaveAction(lexer: Lexer): void {
  if (!lexer.insideAction) return;
  const close = lexer.text.indexOf("}}", lexer.position);
  const open = lexer.text.indexOf("{{", lexer.position);
  lexer.insideAction = false;
  lexer.parenDepth = 0;
  if (open >= 0 && (close < 0 || open < close)) lexer.position = open;
  else lexer.position = close < 0 ? lexer.text.length : close + 2;
}

function emit(lexer: Lexer, kind: TokenKind, start: number, end: number): Token {
  lexer.position = end;
  return { kind, start, end, value: lexer.text.slice(start, end) };
}

function failure(lexer: Lexer, message: string, start: number, end: number): Token {
  lexer.position = Math.max(end, start);
  return { kind: "error", start, end: lexer.position, value: message };
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

function skipSpaces(text: string, index: number): number {
  let i = index;
  while (isSpace(text.charCodeAt(i))) i++;
  return i;
}

function trimsLeft(text: string, index: number): boolean {
  return text[index] === "-" && isSpace(text.charCodeAt(index + 1));
}

/** Length of the closing braces at `index`, with a trim mark before them 4; 0 where there are none. */
function closing(text: string, index: number): number {
  if (text.startsWith("}}", index)) return 2;
  return isSpace(text.charCodeAt(index)) && text.startsWith("-}}", index + 1) ? 4 : 0;
}

function textToken(lexer: Lexer): Token {
  const { text } = lexer;
  for (;;) {
    const start = lexer.position;
    const open = text.indexOf("{{", start);
    if (open < 0)
      return start < text.length ? emit(lexer, "text", start, text.length) : emit(lexer, "eof", start, start);
    const trims = trimsLeft(text, open + 2);
    let end = open;
    if (trims) while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
    if (end > start) {
      const token = emit(lexer, "text", start, end);
      lexer.position = open;
      return token;
    }
    const inside = open + (trims ? 4 : 2);
    if (!text.startsWith("/*", inside)) {
      lexer.insideAction = true;
      lexer.parenDepth = 0;
      const token = emit(lexer, "leftDelimiter", open, open + 2);
      lexer.position = inside;
      return token;
    }
    const failed = skipComment(lexer, open, inside);
    if (failed !== undefined) return failed;
  }
}

/** Steps over a comment; a token only if it is malformed. */
function skipComment(lexer: Lexer, open: number, start: number): Token | undefined {
  const { text } = lexer;
  const close = text.indexOf("*/", start + 2);
  if (close < 0) return failure(lexer, "unclosed comment", start, text.length);
  const length = closing(text, close + 2);
  if (length === 0) {
    const failed = failure(lexer, "comment ends before closing delimiter", start, close + 2);
    lexer.insideAction = true;
    leaveAction(lexer);
    return failed;
  }
  const end = close + 2 + length;
  lexer.comments.push({ start: open, end });
  lexer.position = length === 4 ? skipSpaces(text, end) : end;
  return undefined;
}

function rightDelimiter(lexer: Lexer, length: number): Token {
  const end = lexer.position + length;
  const token = emit(lexer, "rightDelimiter", end - 2, end);
  if (length === 4) lexer.position = skipSpaces(lexer.text, end);
  lexer.insideAction = false;
  return token;
}

const singles = new Map<string, TokenKind>([
  ["=", "assign"],
  ["|", "pipe"],
]);

function actionToken(lexer: Lexer): Token {
  const { text, position: start } = lexer;
  const close = closing(text, start);
  if (close > 0) {
    if (lexer.parenDepth === 0) return rightDelimiter(lexer, close);
    return failure(lexer, "unclosed left paren", start, start);
  }
  if (start >= text.length) return failure(lexer, "unclosed action", start, start);
  const code = codePoint(text, start);
  const char = text[start] ?? "";
  if (isSpace(code)) return spaceToken(lexer, start);
  const single = singles.get(char);
  if (single !== undefined) return emit(lexer, single, start, start + 1);
  if (char === ":") {
    if (text[start + 1] === "=") return emit(lexer, "declare", start, start + 2);
    return failure(lexer, "expected :=", start, start + 1);
  }
  if (char === '"') return quotedToken(lexer, start, '"', "string", "unterminated quoted string");
  if (char === "'") return quotedToken(lexer, start, "'", "character", "unterminated character constant");
  if (char === "`") {
    const end = text.indexOf("`", start + 1);
    if (end < 0) return unterminated(lexer, "unterminated raw quoted string", start, text.length);
    return emit(lexer, "rawString", start, end + 1);
  }
  if (char === "$") return nameToken(lexer, start, "variable");
  if (char === "." && start + 1 < text.length && !/[0-9]/.test(text[start + 1] ?? "")) {
    return nameToken(lexer, start, "field");
  }
  if (/[.+\-0-9]/.test(char)) return numberToken(lexer, start);
  if (isAlphaNumeric(code)) return wordToken(lexer, start);
  return otherToken(lexer, start, code);
}

function otherToken(lexer: Lexer, start: number, code: number): Token {
  if (code === 40) {
    lexer.parenDepth++;
    return emit(lexer, "leftParen", start, start + 1);
  }
  if (code === 41) {
    if (--lexer.parenDepth < 0) return failure(lexer, "unexpected right paren", start, start + 1);
    return emit(lexer, "rightParen", start, start + 1);
  }
  if (code < 0x80 && isPrint(code)) return emit(lexer, "char", start, start + 1);
  const end = start + (code > 0xffff ? 2 : 1);
  return failure(lexer, `unrecognized character in action: ${unicodeName(code)}`, start, end);
}

/** A run of blanks, short of the one that belongs to a trimming ` -}}`. */
function spaceToken(lexer: Lexer, start: number): Token {
  const end = skipSpaces(lexer.text, start);
  return emit(lexer, "space", start, closing(lexer.text, end - 1) === 4 ? end - 1 : end);
}

function quotedToken(lexer: Lexer, start: number, quoteChar: string, kind: TokenKind, message: string): Token {
  const { text } = lexer;
  for (let i = start + 1; i < text.length; i++) {
    const char = text[i];
    if (char === quoteChar) return emit(lexer, kind, start, i + 1);
    if (char === "\\") i++;
    if (text[i] === "\n") return unterminated(lexer, message, start, i);
  }
  return unterminated(lexer, message, start, text.length);
}

/** The action's own end may stand in what looks like the string: reading on begins right behind the quote. */
function unterminated(lexer: Lexer, message: string, start: number, end: number): Token {
  lexer.position = start + 1;
  return { kind: "error", start, end, value: message };
}

/** Whether a name may end at `index`. */
function terminates(text: string, index: number): boolean {
  if (index >= text.length || isSpace(text.charCodeAt(index))) return true;
  return ".,|:)(".includes(text[index] ?? "") || text.startsWith("}}", index);
}

function skipName(text: string, index: number): number {
  let i = index;
  while (i < text.length) {
    const code = codePoint(text, i);
    if (!isAlphaNumeric(code)) break;
    i += code > 0xffff ? 2 : 1;
  }
  return i;
}

function badCharacter(lexer: Lexer, start: number, at: number): Token {
  const code = codePoint(lexer.text, at);
  lexer.position = at;
  return { kind: "error", start, end: at + (code > 0xffff ? 2 : 1), value: `bad character ${unicodeName(code)}` };
}

function nameToken(lexer: Lexer, start: number, kind: "variable" | "field"): Token {
  const { text } = lexer;
  if (terminates(text, start + 1)) return emit(lexer, kind === "variable" ? kind : "dot", start, start + 1);
  const end = skipName(text, start + 1);
  return terminates(text, end) ? emit(lexer, kind, start, end) : badCharacter(lexer, start, end);
}

function wordToken(lexer: Lexer, start: number): Token {
  const { text } = lexer;
  const end = skipName(text, start);
  if (!terminates(text, end)) return badCharacter(lexer, start, end);
  const word = text.slice(start, end);
  if (isKeyword(word)) return emit(lexer, word, start, end);
  return emit(lexer, word === "true" || word === "false" ? "boolean" : "identifier", start, end);
}

const numberForms: readonly { prefix: RegExp; rest: RegExp }[] = [
  { prefix: /[+-]?0[xX]/y, rest: /[0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?i?/y },
  { prefix: /[+-]?0[oO]/y, rest: /[0-7_]*(?:\.[0-7_]*)?i?/y },
  { prefix: /[+-]?0[bB]/y, rest: /[01_]*(?:\.[01_]*)?i?/y },
  { prefix: /[+-]?/y, rest: /[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?i?/y },
];

function matchEnd(pattern: RegExp, text: string, index: number): number {
  pattern.lastIndex = index;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** End of the number-like run at `index`, and whether a name runs into it. */
function scanNumber(text: string, index: number): { end: number; good: boolean } {
  for (const form of numberForms) {
    const inside = matchEnd(form.prefix, text, index);
    if (inside < 0) continue;
    const end = matchEnd(form.rest, text, inside);
    const code = codePoint(text, end);
    if (code >= 0 && isAlphaNumeric(code)) return { end: end + (code > 0xffff ? 2 : 1), good: false };
    return { end, good: true };
  }
  return { end: index, good: false };
}

function numberToken(lexer: Lexer, start: number): Token {
  const { text } = lexer;
  const first = scanNumber(text, start);
  const sign = text[first.end];
  if (first.good && sign !== "+" && sign !== "-") return emit(lexer, "number", start, first.end);
  const second = first.good ? scanNumber(text, first.end) : first;
  if (first.good && second.good && text[second.end - 1] === "i") return emit(lexer, "complex", start, second.end);
  return failure(lexer, `bad number syntax: ${quote(text.slice(start, second.end))}`, start, second.end);
}

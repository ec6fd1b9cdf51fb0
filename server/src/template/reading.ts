// What the grammar stands on: the tokens with a way back, the scope of names, the list of errors. Knows no grammar.
import type { Range } from "../ranges.ts";
import { functionTable } from "./functionTable.ts";
import { byteLength } from "./go/bytes.ts";
import { unquote } from "./go/quote.ts";
import { type Lexer, leaveAction, lexerOf, nextToken } from "./lexer.ts";
import { describeToken, type Token } from "./tokens.ts";
import type { Definition, ParseError } from "./tree.ts";

/** Raised where Go's parser stops; caught where reading can go on. */
class Stopped extends Error {}

/** What belongs to one template: a `define` or `block` begins with `$` alone. */
export type Scope = { variables: string[]; rangeDepth: number; actionStart: number };

/** What a template can name. */
export type Names = { readonly functions: ReadonlyMap<string, unknown>; readonly variables: readonly string[] };

export type Parser = {
  readonly lexer: Lexer;
  readonly functions: Names["functions"];
  /** The token read last; its line is the one that Go reports. */
  last: Token;
  /** Tokens given back, the next one at the end. */
  readonly pending: Token[];
  scope: Scope;
  /** How deep actions and parentheses stand in one another: a guard for the stack. */
  depth: number;
  readonly errors: ParseError[];
  readonly definitions: Definition[];
  /** Names of those that hold something. */
  readonly defined: Set<string>;
  /** Whether the end of the text was reported already. */
  ended: boolean;
};

/** What Prometheus has and declares before every template of an alert. */
const alertNames: Names = {
  functions: functionTable,
  variables: ["$", "$labels", "$externalLabels", "$externalURL", "$value"],
};

/** Deeper than anything written by hand and within the smallest stack of a browser's worker. */
export const maxDepth = 400;

export function parserOf(text: string, { functions, variables } = alertNames): Parser {
  const last: Token = { kind: "eof", start: 0, end: 0, value: "" };
  const lexer = lexerOf(text);
  const scope = scopeOf([...variables]);
  const pending: Token[] = [];
  const errors: ParseError[] = [];
  const definitions: Definition[] = [];
  const defined = new Set<string>();
  return { lexer, functions, last, pending, scope, depth: 0, errors, definitions, defined, ended: false };
}

function scopeOf(variables: string[]): Scope {
  return { variables, rangeDepth: 0, actionStart: -1 };
}

/** Parses as a template of its own, which sees no variable but `$`. */
export function inOwnScope<T>(parser: Parser, parse: () => T): T {
  const outer = parser.scope;
  parser.scope = scopeOf(["$"]);
  const parsed = parse();
  parser.scope = outer;
  return parsed;
}

export function next(parser: Parser): Token {
  const given = parser.pending.pop();
  if (given !== undefined) return given;
  parser.last = nextToken(parser.lexer);
  return parser.last;
}

export function giveBack(parser: Parser, ...tokens: Token[]): void {
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i];
    if (token !== undefined) parser.pending.push(token);
  }
}

export function peek(parser: Parser): Token {
  const token = next(parser);
  parser.pending.push(token);
  return token;
}

export function nextNonSpace(parser: Parser): Token {
  let token = next(parser);
  while (token.kind === "space") token = next(parser);
  return token;
}

export function peekNonSpace(parser: Parser): Token {
  const token = nextNonSpace(parser);
  parser.pending.push(token);
  return token;
}

/** The line ends of the text that was asked about last: one with many errors is asked about for each. */
let known: { readonly text: string; readonly ends: readonly number[] } = { text: "", ends: [] };

function lineEnds(text: string): readonly number[] {
  if (known.text === text) return known.ends;
  const ends: number[] = [];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) ends.push(i);
  known = { text, ends };
  return ends;
}

/** Line from 1 of an offset, as Go counts: by "\n" alone. */
export function lineOf(text: string, offset: number): number {
  const ends = lineEnds(text);
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** Byte from 0 in the line of an offset, as Go counts where an execution failed. */
export function columnOf(text: string, offset: number): number {
  return byteLength(text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset));
}

/** Notes an error at a place of the text; Go's line is the one of the token read last, where `more` has no other. */
export function report(
  parser: Parser,
  message: string,
  at: Range,
  more: Partial<Pick<ParseError, "line" | "actionLine" | "token" | "tokenLine" | "unknown">> = {},
): void {
  const line = lineOf(parser.lexer.text, parser.last.start);
  parser.errors.push({ message, line, start: at.start, end: at.end, ...more });
}

export function stop(parser: Parser, message: string, at: Range, unknown?: ParseError["unknown"]): never {
  report(parser, message, at, unknown === undefined ? {} : { unknown });
  throw new Stopped();
}

/** Stops at a token that doesn't belong here; a lexical error tells where its action began, if on another line. */
export function unexpected(parser: Parser, token: Token, context: string): never {
  const { text } = parser.lexer;
  const of = { token, tokenLine: lineOf(text, token.start) };
  if (token.kind !== "error") {
    report(parser, `unexpected ${describeToken(token)} in ${context}`, token, of);
    throw new Stopped();
  }
  const { actionStart } = parser.scope;
  const actionLine = lineOf(text, Math.max(actionStart, 0));
  const elsewhere = actionStart >= 0 && actionLine !== of.tokenLine;
  report(parser, token.value, token, elsewhere ? { ...of, actionLine } : of);
  throw new Stopped();
}

/** Decoded text of a string token. */
export function stringValue(parser: Parser, token: Token): string {
  return unquote(token.value) ?? stop(parser, "invalid syntax", token);
}

/** More than anybody mends at once: behind so many errors nothing is read. */
const maxErrors = 1000;

/** Gives the action up in which reading stopped; the next token is the first behind it. */
export function recover(parser: Parser, thrown: unknown): void {
  if (!(thrown instanceof Stopped)) throw thrown;
  const { lexer } = parser;
  parser.pending.length = 0;
  leaveAction(lexer);
  if (parser.errors.length >= maxErrors) lexer.position = lexer.text.length;
  if (lexer.position >= lexer.text.length) parser.ended = true;
}

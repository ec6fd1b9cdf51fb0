// The tokens of a template and how Go names them in its messages. Knows no grammar.
import { byteLength } from "./go/bytes.ts";
import { quote } from "./go/quote.ts";

export const keywords = [
  "block",
  "break",
  "continue",
  "define",
  "else",
  "end",
  "if",
  "nil",
  "range",
  "template",
  "with",
] as const;

export type Keyword = (typeof keywords)[number];

export type TokenKind =
  | Keyword
  | "error"
  | "boolean"
  | "char"
  | "character"
  | "complex"
  | "assign"
  | "declare"
  | "dot"
  | "eof"
  | "field"
  | "identifier"
  | "leftDelimiter"
  | "leftParen"
  | "number"
  | "pipe"
  | "rawString"
  | "rightDelimiter"
  | "rightParen"
  | "space"
  | "string"
  | "text"
  | "variable";

/** `value` is the source, or the message of an error. Offsets are UTF-16 units. */
export type Token = {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  readonly value: string;
};

const keywordSet: ReadonlySet<string> = new Set(keywords);

export function isKeyword(word: string): word is Keyword {
  return keywordSet.has(word);
}

/** A token as it stands in a message: keywords in angle brackets, the rest quoted and cut to ten characters. */
export function describeToken(token: Token): string {
  if (token.kind === "eof") return "EOF";
  if (token.kind === "error") return token.value;
  if (token.kind === "dot" || isKeyword(token.kind)) return `<${token.value}>`;
  if (byteLength(token.value) <= 10) return quote(token.value);
  return `${quote([...token.value].slice(0, 10).join(""))}...`;
}

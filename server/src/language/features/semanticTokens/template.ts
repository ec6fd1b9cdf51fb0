// The coloured pieces of a template's actions; its text has none. Knows no YAML.
import { leaveAction, lexerOf, nextToken } from "../../../template/lexer.ts";
import { isKeyword, type TokenKind } from "../../../template/tokens.ts";
import type { Token, TokenType } from "../../answers.ts";

const types: Partial<Record<TokenKind, TokenType>> = {
  assign: "operator",
  boolean: "keyword",
  character: "string",
  declare: "operator",
  dot: "label",
  field: "label",
  identifier: "function",
  number: "number",
  pipe: "operator",
  rawString: "string",
  string: "string",
  variable: "variable",
};

/** Pieces in the order of the text, in its offsets. */
export function templateTokens(text: string): readonly Token[] {
  const lexer = lexerOf(text);
  const tokens: Token[] = [];
  for (let token = nextToken(lexer); token.kind !== "eof"; token = nextToken(lexer)) {
    const type = isKeyword(token.kind) ? "keyword" : types[token.kind];
    if (type && token.end > token.start) tokens.push({ range: { start: token.start, end: token.end }, type });
    // An error without width stands at the end of the action, which is over then.
    if (token.kind === "error" && lexer.position <= token.start) leaveAction(lexer);
    if (token.kind === "error" && lexer.position >= text.length) break;
  }
  return tokens;
}

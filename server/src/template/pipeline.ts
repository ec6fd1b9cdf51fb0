// What stands between the braces: pipelines, commands, operands. Knows the names of functions, no values.

import type { Range } from "../ranges.ts";
import { quote } from "./go/quote.ts";
import { type NumberReading, readCharacter, readComplex, readNumber } from "./literals.ts";
import {
  giveBack,
  maxDepth,
  next,
  nextNonSpace,
  type Parser,
  peek,
  peekNonSpace,
  stop,
  stringValue,
  unexpected,
} from "./reading.ts";
import type { Token, TokenKind } from "./tokens.ts";
import type { Command, Link, NumberLiteral, Operand, Pipe, Variable } from "./tree.ts";

const operandKinds: ReadonlySet<TokenKind> = new Set([
  "boolean",
  "character",
  "complex",
  "dot",
  "field",
  "identifier",
  "number",
  "nil",
  "rawString",
  "string",
  "variable",
  "leftParen",
]);

/** A pipeline and the token that closes it; stops at the first error. `context` is the word that Go's messages use. */
export function parsePipeline(parser: Parser, context: string, closer: TokenKind): { pipe: Pipe; close: Token } {
  const first = peekNonSpace(parser);
  const declarations: Variable[] = [];
  const assigns = parseDeclarations(parser, context, declarations);
  const commands: Command[] = [];
  for (;;) {
    const token = nextNonSpace(parser);
    if (token.kind === closer) {
      const end = commands.at(-1)?.end ?? declarations.at(-1)?.end ?? first.start;
      const range = { start: first.start, end };
      const pipe: Pipe = { kind: "pipe", ...range, outer: range, declarations, assigns, commands };
      checkPipeline(parser, pipe, context, token);
      return { pipe, close: token };
    }
    if (!operandKinds.has(token.kind)) unexpected(parser, token, context);
    giveBack(parser, token);
    commands.push(parseCommand(parser));
  }
}

/** `$x :=`, `$x =` or, in `range`, `$i, $x :=`. Whether it is an assignment. */
function parseDeclarations(parser: Parser, context: string, declarations: Variable[]): boolean {
  for (;;) {
    const variable = peekNonSpace(parser);
    if (variable.kind !== "variable") return false;
    next(parser);
    const after = peek(parser);
    const token = peekNonSpace(parser);
    if (token.kind === "assign" || token.kind === "declare") {
      nextNonSpace(parser);
      declare(parser, variable, declarations);
      return token.kind === "assign";
    }
    if (token.kind !== "char" || token.value !== ",") {
      // The blank behind the variable separates it from its argument.
      if (after.kind === "space") giveBack(parser, variable, after);
      else giveBack(parser, variable);
      return false;
    }
    nextNonSpace(parser);
    declare(parser, variable, declarations);
    if (context !== "range" || declarations.length >= 2) stop(parser, `too many declarations in ${context}`, token);
    const following = peekNonSpace(parser);
    if (!["variable", "rightDelimiter", "rightParen"].includes(following.kind)) {
      stop(parser, "range can only initialize variables", following);
    }
  }
}

function declare(parser: Parser, token: Token, declarations: Variable[]): void {
  declarations.push(variableOf(token));
  parser.scope.variables.push(token.value);
}

const literalKinds: ReadonlySet<Operand["kind"]> = new Set(["boolean", "dot", "nil", "number", "string"]);

function checkPipeline(parser: Parser, pipe: Pipe, context: string, close: Token): void {
  if (pipe.commands.length === 0) stop(parser, `missing value for ${context}`, { start: pipe.start, end: close.end });
  for (let i = 1; i < pipe.commands.length; i++) {
    const command = pipe.commands[i];
    const head = command?.args[0];
    if (head !== undefined && literalKinds.has(head.kind)) {
      stop(parser, `non executable command in pipeline stage ${i + 1}`, head);
    }
  }
}

/** Operands up to a `|`, which is taken, or to the end of the pipeline, which is left. */
function parseCommand(parser: Parser): Command {
  const start = peekNonSpace(parser).start;
  const args: Operand[] = [];
  for (;;) {
    peekNonSpace(parser);
    const operand = parseOperand(parser);
    if (operand !== undefined) args.push(operand);
    const token = next(parser);
    if (token.kind === "space") continue;
    if (token.kind === "rightDelimiter" || token.kind === "rightParen") giveBack(parser, token);
    else if (token.kind !== "pipe") unexpected(parser, token, "operand");
    if (args.length === 0) stop(parser, "empty command", token);
    return { kind: "command", start, end: outerRange(args.at(-1))?.end ?? start, args };
  }
}

function linkOf(token: Token): Link {
  return { start: token.start, end: token.end, name: token.value.slice(1) };
}

/** A term with the fields behind it; undefined if the next token begins none. */
function parseOperand(parser: Parser): Operand | undefined {
  const term = parseTerm(parser);
  const first = peek(parser);
  if (term === undefined || first.kind !== "field") return term;
  const links: Link[] = [];
  while (peek(parser).kind === "field") links.push(linkOf(next(parser)));
  const at = first.start;
  const end = links.at(-1)?.end ?? at;
  if (term.kind === "field" || term.kind === "variable") {
    return { ...term, links: [...term.links, ...links], at, end };
  }
  if (literalKinds.has(term.kind)) {
    const written = parser.lexer.text.slice(term.start, term.end);
    stop(parser, `unexpected . after term ${quote(written)}`, first);
  }
  return {
    kind: "chain",
    start: outerRange(term)?.start ?? at,
    end,
    operand: term,
    links,
    at,
  };
}

/** The operand with its parentheses. */
function outerRange(operand: Operand | undefined): Range | undefined {
  return operand?.kind === "pipe" ? operand.outer : operand;
}

function variableOf(token: Token): Variable {
  const { start, end, value } = token;
  return { kind: "variable", start, end, name: value, nameRange: { start, end }, links: [], at: start };
}

function unknownName(parser: Parser, token: Token, what: "function" | "variable"): never {
  const name = quote(token.value);
  const message = what === "function" ? `function ${name} not defined` : `undefined variable ${name}`;
  const known = what === "function" ? [...parser.functions.keys()] : [...parser.scope.variables];
  stop(parser, message, token, { what, name: token.value, known });
}

function parseTerm(parser: Parser): Operand | undefined {
  const token = nextNonSpace(parser);
  const { start, end } = token;
  switch (token.kind) {
    case "identifier":
      if (!parser.functions.has(token.value)) unknownName(parser, token, "function");
      return { kind: "identifier", start, end, name: token.value };
    case "dot":
    case "nil":
      return { kind: token.kind, start, end };
    case "variable":
      if (!parser.scope.variables.includes(token.value)) unknownName(parser, token, "variable");
      return variableOf(token);
    case "field":
      return { kind: "field", start, end, links: [linkOf(token)], at: start };
    case "boolean":
      return { kind: "boolean", start, end, value: token.value === "true" };
    case "character":
      return numberOf(parser, token, readCharacter(token.value));
    case "complex":
      return numberOf(parser, token, readComplex(token.value));
    case "number":
      return numberOf(parser, token, readNumber(token.value));
    case "leftParen":
      return parseParentheses(parser, token);
    case "string":
    case "rawString":
      return { kind: "string", start, end, source: token.value, value: stringValue(parser, token) };
    default:
      giveBack(parser, token);
      return undefined;
  }
}

function numberOf(parser: Parser, token: Token, reading: NumberReading): NumberLiteral {
  if ("message" in reading) stop(parser, reading.message, token);
  return { kind: "number", start: token.start, end: token.end, source: token.value, ...reading };
}

function parseParentheses(parser: Parser, open: Token): Pipe {
  if (++parser.depth > maxDepth) stop(parser, "max expression depth exceeded", open);
  const { pipe, close } = parsePipeline(parser, "parenthesized pipeline", "rightParen");
  parser.depth--;
  return { ...pipe, outer: { start: open.start, end: close.end } };
}

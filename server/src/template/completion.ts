// What can be written at a place of a template, and which call stands around it. Knows no editor and no protocol.
import type { Range } from "../ranges.ts";
import { scopeAt } from "./analysis.ts";
import { type FunctionInfo, functionTable } from "./functionTable.ts";
import { decodeLiteral } from "./go/quote.ts";
import { types } from "./go/values.ts";
import { fieldNames, type Inference, inferOperand, inferPipe } from "./inference.ts";
import { leaveAction, lexerOf, nextToken } from "./lexer.ts";
import { parseTemplate } from "./parser.ts";
import type { Keyword, Token } from "./tokens.ts";
import type { Tree } from "./tree.ts";
import type { Known, LabelUse, Scope } from "./uses.ts";

/** `range` is what a suggestion replaces; `prefix` is the part of it before the cursor. */
export type CompletionSlot = Range & { readonly prefix: string } & (
    | {
        /** Somewhere a value or call begins. `keywords` only at the start of an action, `functions` not behind a first value. */
        readonly expects: "operand";
        readonly functions: readonly string[];
        readonly variables: readonly string[];
        readonly keywords: readonly Keyword[];
        /** Fields of the dot. */
        readonly fields: readonly string[];
      }
    | { readonly expects: "variable"; readonly variables: readonly string[] }
    /** A label of the alert's result, of the server, or of the rows of a query. */
    | { readonly expects: "label"; readonly from: LabelUse["from"] | { readonly query: string | undefined } }
    | { readonly expects: "field"; readonly fields: readonly string[] }
    /** Inside the literal of a `query`: the expression as decoded, and where in it the cursor is. */
    | {
        readonly expects: "query";
        readonly expr: string;
        readonly cursor: number;
        /** Template offset of each UTF-16 unit of `expr`, and one for its end. */
        readonly offsets: readonly number[];
      }
    | { readonly expects: "template"; readonly names: readonly string[] }
  );

/** The call around a place: which function, and which of its arguments from 0 is being written. */
export type CallAt = { readonly info: FunctionInfo; readonly argument: number };

/** The tokens of the action around an offset that begin before it; none outside of braces. */
function tokensBefore(text: string, offset: number): { tokens: readonly Token[]; inside: boolean } {
  const lexer = lexerOf(text);
  let tokens: Token[] = [];
  for (;;) {
    const token = nextToken(lexer);
    if (token.kind === "eof" || token.start >= offset) break;
    if (token.kind === "leftDelimiter" || token.kind === "text") tokens = [];
    tokens.push(token);
    if (token.kind === "error" && token.end >= offset) break;
    // An error without width stands at the end of the action, which is over then.
    if (token.kind === "error" && lexer.position <= token.start) leaveAction(lexer);
  }
  const [first] = tokens;
  const last = tokens.at(-1);
  const closed = last?.kind === "rightDelimiter" && last.end <= offset;
  return { tokens, inside: first?.kind === "leftDelimiter" && offset >= first.end && !closed };
}

const nothing: readonly string[] = [];
const atStart: readonly Keyword[] = [
  "if",
  "range",
  "with",
  "else",
  "end",
  "template",
  "define",
  "block",
  "break",
  "continue",
];

/** What is expected at `offset` (UTF-16 units), or undefined outside of actions and where only signs fit. */
export function completionSlot(text: string, offset: number): CompletionSlot | undefined {
  const { tokens, inside } = tokensBefore(text, offset);
  if (!inside) return undefined;
  const last = tokens.at(-1);
  if (last === undefined) return undefined;
  const start = tokens[0]?.start ?? offset;
  // A letter in the place of the action being written keeps the branch around it open at the end of the text.
  const { tree } = parseTemplate(`${text.slice(0, start)}x${behindAction(text, offset)}`);
  const scope = scopeAt(tree, start);
  const literal = stringAround(last, offset);
  if (literal !== undefined) return slotInString(text, tokens, literal, offset, scope, tree);
  const touching = last.end >= offset && last.kind !== "space" && last.kind !== "leftDelimiter";
  // A dot at the very end of the text reads as the start of a number.
  if (touching && (last.kind === "field" || last.kind === "dot" || last.value === "."))
    return slotOfField(text, tokens, last, scope, offset);
  if (touching && (last.kind === "variable" || last.value.startsWith("$"))) {
    const variables = scope.variables.map(({ name }) => name);
    return { expects: "variable", ...replaced(text, last.start, offset), variables };
  }
  return slotOfOperand(text, tokens, touching ? last : undefined, offset, scope);
}

/** The text after the action that is being written, which may still lack its end. */
function behindAction(text: string, offset: number): string {
  const close = text.indexOf("}}", offset);
  const open = text.indexOf("{{", offset);
  if (open >= 0 && (close < 0 || open < close)) return text.slice(open);
  return close < 0 ? "" : text.slice(close + 2);
}

/** The word around the cursor, from `start` on. */
function replaced(text: string, start: number, offset: number): Range & { prefix: string } {
  const rest = /^[\p{L}\p{Nd}_]*/u.exec(text.slice(offset))?.[0].length ?? 0;
  return { start, end: offset + rest, prefix: text.slice(start, offset) };
}

/** The string, closed or not, that holds the cursor. */
function stringAround(token: Token, offset: number): Token | undefined {
  const unclosed = token.kind === "error" && /unterminated (?:raw )?quoted string/.test(token.value);
  const closed = (token.kind === "string" || token.kind === "rawString") && offset < token.end;
  return offset > token.start && (unclosed || closed) ? token : undefined;
}

function slotInString(
  text: string,
  tokens: readonly Token[],
  literal: Token,
  offset: number,
  scope: Scope,
  tree: Tree,
): CompletionSlot | undefined {
  const words = tokens.filter((token) => token !== literal && token.kind !== "space");
  const before = words.at(-1);
  // A quote that ends only behind the braces is not the one that belongs to this string.
  const closed = literal.kind !== "error" && !text.slice(offset, literal.end).includes("}}");
  const end = closed ? literal.end - 1 : offset;
  const range = { start: literal.start + 1, end, prefix: text.slice(literal.start + 1, offset) };
  if (before?.kind === "template")
    return { expects: "template", ...range, names: tree.definitions.map(({ name }) => name) };
  if (before?.value === "query") {
    const { value, offsets } = decodeLiteral(text.slice(literal.start, end + 1));
    const expr = value.slice(
      0,
      offsets.findLastIndex((at) => at + literal.start <= end),
    );
    const cursor = offsets.findIndex((at) => at + literal.start >= offset);
    const shifted = offsets.map((at) => at + literal.start);
    return { expects: "query", ...range, expr, cursor: cursor < 0 ? expr.length : cursor, offsets: shifted };
  }
  const [callee, container] = words.slice(-2);
  if (callee?.value === "index" && container?.kind === "variable") {
    const known = scope.variables.find(({ name }) => name === container.value)?.known;
    return known?.map === undefined ? undefined : { expects: "label", ...range, from: known.map };
  }
  return before?.value === "label" ? { expects: "label", ...range, from: { query: undefined } } : undefined;
}

/** `.lab|`, `$labels.lab|`, `.Labels.lab|`, `(query "up" | first).|`. */
function slotOfField(
  text: string,
  tokens: readonly Token[],
  last: Token,
  scope: Scope,
  offset: number,
): CompletionSlot | undefined {
  const chain: string[] = [];
  let i = tokens.length - 2;
  while (tokens[i]?.kind === "field") chain.unshift(tokens[i--]?.value.slice(1) ?? "");
  const head = tokens[i];
  let known: Known | undefined = scope.dot;
  if (head?.kind === "variable") known = scope.variables.findLast(({ name }) => name === head.value)?.known;
  else if (head?.kind === "rightParen") known = parenthesized(text, tokens.slice(0, i + 1), scope);
  for (const name of chain) known = known === undefined ? undefined : linked(known, name);
  const range = { start: last.start + 1, end: last.end, prefix: last.value.slice(1, offset - last.start) };
  if (known?.map !== undefined) return { expects: "label", ...range, from: known.map };
  if (known?.type === types.labels) return { expects: "label", ...range, from: { query: known.query } };
  const fields = fieldNames(known?.type);
  return fields.length === 0 ? undefined : { expects: "field", ...range, fields };
}

/** What is known of the pipeline in the parentheses that end with the last token. */
function parenthesized(text: string, tokens: readonly Token[], scope: Scope): Known | undefined {
  let depth = 0;
  const open = tokens.findLast((token) => {
    if (token.kind === "rightParen") depth++;
    return token.kind === "leftParen" && --depth === 0;
  });
  const inside = text.slice(open?.start ?? 0, tokens.at(-1)?.end ?? 0);
  const [action] = parseTemplate(`{{${inside}}}`).tree.root.nodes;
  if (open === undefined || action?.kind !== "action") return undefined;
  return inferPipe(nothingFound(), { dot: scope.dot, variables: [...scope.variables] }, action.pipe);
}

function nothingFound(): Inference {
  return { labels: [], values: [], queries: [], variables: [], problems: [], guards: [] };
}

function linked(known: Known, name: string): Known {
  const link = { start: 0, end: 0, name };
  return inferOperand(
    nothingFound(),
    { dot: known, variables: [] },
    { kind: "field", start: 0, end: 0, at: 0, links: [link] },
  );
}

function slotOfOperand(
  text: string,
  tokens: readonly Token[],
  word: Token | undefined,
  offset: number,
  scope: Scope,
): CompletionSlot | undefined {
  const before = tokens.filter((token) => token !== word && token.kind !== "space").at(-1);
  if (before === undefined || ["define", "template", "block", "end"].includes(before.kind)) return undefined;
  const first = before.kind === "leftDelimiter";
  const afterElse = before.kind === "else";
  const keywords = first ? atStart : afterElse ? (["if", "with"] as const) : [];
  const heads = ["leftDelimiter", "leftParen", "pipe", "if", "range", "with", "assign", "declare"];
  const canCall = heads.includes(before.kind) || before.kind === "identifier";
  const afterPipe = before.kind === "pipe";
  return {
    expects: "operand",
    ...replaced(text, word?.start ?? offset, offset),
    functions: canCall && !afterElse ? [...functionTable.keys()] : nothing,
    variables: afterPipe || afterElse ? nothing : scope.variables.map(({ name }) => name),
    keywords,
    fields: afterPipe || afterElse ? nothing : fieldNames(scope.dot.type),
  };
}

/** The function call around `offset`, for signature help. A piped value counts as the last argument, which is not written. */
export function callAt(text: string, offset: number): CallAt | undefined {
  const { tokens, inside } = tokensBefore(text, offset);
  if (!inside) return undefined;
  let start = tokens.length - 1;
  for (let depth = 0; start > 0; start--) {
    const kind = tokens[start]?.kind;
    if (kind === "rightParen") depth++;
    else if (kind === "leftParen" && depth-- === 0) break;
    else if (depth === 0 && (kind === "pipe" || kind === "assign" || kind === "declare")) break;
  }
  let head: FunctionInfo | undefined;
  let argument = -1;
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (i <= start || token.kind === "space") continue;
    if (token.kind === "rightParen") depth--;
    const begins = depth === 0 && tokens[i - 1]?.kind !== "field" && token.kind !== "rightParen";
    const linksOn = token.kind === "field" || token.kind === "dot";
    const continues = linksOn && !["space", "leftParen", "identifier"].includes(tokens[i - 1]?.kind ?? "");
    if (begins && head === undefined) head = token.kind === "identifier" ? functionTable.get(token.value) : undefined;
    else if (begins && !continues && token.start < offset) argument++;
    if (token.kind === "leftParen") depth++;
  }
  if (head === undefined) return undefined;
  const next = tokens.at(-1)?.kind === "space" ? argument + 1 : argument;
  return { info: head, argument: Math.max(next, 0) };
}

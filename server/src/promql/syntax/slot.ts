// What may be written at a place of half-typed text. Knows tokens and what surrounds the place, but no metric.
import type { Range } from "../../ranges.ts";
import { isAlphaNumeric, isNamePart } from "./characters.ts";
import { consume, lexerOf, peek } from "./lexer.ts";
import { scanString } from "./scanString.ts";
import { type Frame, type LabelPlace, read, type State, startState, type Token, top, wordAt } from "./slotState.ts";
import * as t from "./tokens.ts";
import type { MatchOp } from "./tree.ts";

/** The call or aggregation whose arguments hold the place; `index` counts from 0. */
export type ArgumentPlace = { readonly name: string; readonly start: number; readonly index: number };

/**
 * What is expected. `range` is the word, or the inside of the string, that a completion replaces; empty where nothing
 * stands yet. `quoted`: the place is inside quotes, of which the closing one may be missing.
 * - `operand`: a metric, function, aggregation, number; `argument` tells of which call.
 * - `operator`: an operand is complete: operators, `offset`, `@`, `by` (`ofAggregation`), matching keywords (`afterOperator`).
 * - `label`: a label's name in a matcher, a grouping, `on`, `group_left` …; `owner` is where the selector's name or brace,
 *   the aggregation or the operator begins; `metric` the selector's name; `used` the labels that are there already.
 * - `matcher`: an operator between label and value. `value`: a label's value.
 * - `duration`, `timestamp`: behind `[`, `:`, `offset`, `@`. `text`: a string argument of `argument`.
 * - `open`: a parenthesis must follow first, as behind `by`. `none`: nothing to offer, as in a comment.
 */
export type Slot = { readonly range: Range; readonly quoted: boolean } & (
  | { readonly kind: "operand"; readonly argument: ArgumentPlace | undefined; readonly afterOperator: boolean }
  | { readonly kind: "operator"; readonly argument: ArgumentPlace | undefined; readonly ofAggregation: boolean }
  | {
      readonly kind: "label";
      readonly where: LabelPlace;
      readonly owner: number;
      readonly metric: string;
      readonly used: readonly string[];
    }
  | { readonly kind: "matcher"; readonly label: string; readonly metric: string; readonly owner: number }
  | {
      readonly kind: "value";
      readonly label: string;
      readonly op: MatchOp;
      readonly metric: string;
      readonly owner: number;
    }
  | { readonly kind: "duration"; readonly where: "offset" | "range" | "step" }
  | { readonly kind: "timestamp" }
  | { readonly kind: "text"; readonly argument: ArgumentPlace }
  | { readonly kind: "open"; readonly what: "(" | "," }
  | { readonly kind: "none" }
);

/** What may be written at `offset` of `text`. Never throws; looks at no more than the text before the place and its word. */
export function slotAt(text: string, offset: number): Slot {
  const at = Math.max(0, Math.min(offset, text.length));
  const { tokens, string, inComment, inBrackets } = scan(text, at);
  const state = startState(text);
  const range =
    inComment || string ? { start: at, end: at } : wordAt(text, at, inBrackets ? isAlphaNumeric : isNamePart);
  for (const token of tokens) if (token.end <= range.start || token.start < range.start) read(state, token);
  if (inComment) return { kind: "none", range, quoted: false };
  return string ? stringSlot(state, string) : bareSlot(state, range);
}

type Scanned = {
  readonly tokens: readonly Token[];
  /** The inside of the string that the place stands in. */
  readonly string: Range | undefined;
  readonly inComment: boolean;
  readonly inBrackets: boolean;
};

function scan(text: string, at: number): Scanned {
  const before = text.slice(0, at);
  const lexer = lexerOf(before, true);
  const tokens: Token[] = [];
  for (let kind = peek(lexer); kind !== t.EOF && kind !== t.ERROR; kind = peek(lexer)) {
    tokens.push({ kind, start: lexer.start, end: lexer.end });
    consume(lexer);
  }
  const comment = lexer.comments.at(-1);
  const inComment = comment?.end === at;
  const inBrackets = lexer.bracketOpen;
  const quote = lexer.kind === t.ERROR ? (before[lexer.start] ?? "") : "";
  const isOpen = quote !== "" && "\"'`".includes(quote) && typeof scanString(before, lexer.start) === "string";
  if (!inComment && isOpen) {
    const end = scanString(text, lexer.start);
    const string = { start: lexer.start + 1, end: typeof end === "number" ? Math.max(end - 1, at) : at };
    return { tokens, string, inComment, inBrackets };
  }
  return { tokens, string: undefined, inComment, inBrackets };
}

function argumentOf(state: State): ArgumentPlace | undefined {
  const inside = top(state);
  return inside?.kind === "call" ? { name: inside.name, start: inside.start, index: inside.index } : undefined;
}

const matchOps: Readonly<Record<number, MatchOp>> = {
  [t.EQL]: "=",
  [t.NEQ]: "!=",
  [t.EQL_REGEX]: "=~",
  [t.NEQ_REGEX]: "!~",
};

function bareSlot(state: State, range: Range): Slot {
  const inside = top(state);
  const base = { range, quoted: false };
  if (inside?.kind === "braces") return bracesSlot(inside, base);
  if (inside?.kind === "labels") {
    return inside.label === ""
      ? labelSlot(inside, inside.name as LabelPlace, base)
      : { kind: "open", what: ",", ...base };
  }
  switch (state.expects) {
    case "arguments":
    case "labels":
      return { kind: "open", what: "(", ...base };
    case "duration":
      if (inside?.kind !== "brackets") return { kind: "duration", where: "offset", ...base };
      return { kind: "duration", where: inside.index === 0 ? "range" : "step", ...base };
    case "at":
      return { kind: "timestamp", ...base };
    case "operand":
      return { kind: "operand", argument: argumentOf(state), afterOperator: state.afterOperator, ...base };
    case "operator":
      if (inside?.kind === "brackets") return { kind: "none", ...base };
      return { kind: "operator", argument: argumentOf(state), ofAggregation: state.ofAggregation, ...base };
  }
}

type Base = { readonly range: Range; readonly quoted: boolean };

function labelSlot({ start, used, kind, name }: Frame, where: LabelPlace, base: Base): Slot {
  return { kind: "label", where, owner: start, metric: kind === "braces" ? name : "", used, ...base };
}

function bracesSlot(inside: Frame, base: Base): Slot {
  const { label, op, name: metric, start: owner } = inside;
  if (label === "") return labelSlot(inside, "matcher", base);
  if (op === 0) return { kind: "matcher", label, metric, owner, ...base };
  const matchOp = matchOps[op];
  return matchOp ? { kind: "value", label, op: matchOp, metric, owner, ...base } : { kind: "open", what: ",", ...base };
}

function stringSlot(state: State, range: Range): Slot {
  const inside = top(state);
  const base = { range, quoted: true };
  if (inside?.kind === "braces") return bracesSlot(inside, base);
  if (inside?.kind === "labels") return labelSlot(inside, inside.name as LabelPlace, base);
  const argument = argumentOf(state);
  return argument ? { kind: "text", argument, ...base } : { kind: "none", ...base };
}

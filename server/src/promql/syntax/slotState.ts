// Follows half-typed text token by token: which brackets are open and what would come next. Knows no metric.
import type { Range } from "../../ranges.ts";
import { isNamePart } from "./characters.ts";
import { unquote } from "./quoting.ts";
import * as t from "./tokens.ts";

/** What a label's name is written for. */
export type LabelPlace = "by" | "group_left" | "group_right" | "ignoring" | "matcher" | "on" | "without";

export type Token = Range & { readonly kind: number };

/** A bracket that is open at the place, or the whole text. */
export type Frame = {
  readonly kind: "braces" | "brackets" | "call" | "labels" | "paren";
  /** Of a call: its name. Of braces: the metric. Of a list of labels: its keyword. */
  name: string;
  readonly start: number;
  index: number;
  readonly used: string[];
  /** The last label read in braces, and the operator behind it. */
  label: string;
  op: number;
};

export type State = {
  readonly text: string;
  readonly frames: Frame[];
  /** What the next token would be: an operand, what follows one, or a special place. */
  expects: "arguments" | "at" | "duration" | "labels" | "operand" | "operator";
  word: (Token & { readonly name: string }) | undefined;
  keyword: LabelPlace;
  owner: number;
  afterOperator: boolean;
  ofAggregation: boolean;
  /** Where the aggregation begins whose name or arguments have just been read; -1: none. */
  aggregation: number;
  /** Whether the grouping at hand stands before the arguments of its aggregation. */
  beforeArguments: boolean;
};

export function startState(text: string): State {
  return {
    text,
    frames: [],
    expects: "operand",
    word: undefined,
    keyword: "by",
    owner: 0,
    afterOperator: false,
    ofAggregation: false,
    aggregation: -1,
    beforeArguments: false,
  };
}

/** The word round `at`, of characters that `isPart` takes; empty where none stands there. */
export function wordAt(text: string, at: number, isPart: (code: number) => boolean): Range {
  let start = at;
  while (start > 0 && isPart(text.charCodeAt(start - 1))) start--;
  let end = at;
  while (isPart(text.charCodeAt(end))) end++;
  return { start, end };
}

const labelKeywords: Readonly<Record<number, LabelPlace>> = {
  [t.BY]: "by",
  [t.WITHOUT]: "without",
  [t.ON]: "on",
  [t.IGNORING]: "ignoring",
  [t.GROUP_LEFT]: "group_left",
  [t.GROUP_RIGHT]: "group_right",
};

function newFrame(kind: Frame["kind"], name: string, start: number): Frame {
  return { kind, name, start, index: 0, used: [], label: "", op: 0 };
}

export function top(state: State): Frame | undefined {
  return state.frames.at(-1);
}

/** Takes one token more into account. */
export function read(state: State, token: Token): void {
  const inside = top(state);
  if (inside?.kind === "braces" && token.kind !== t.RIGHT_BRACE) readInBraces(state, inside, token);
  else if (inside?.kind === "labels" && token.kind !== t.RIGHT_PAREN) readInLabels(state, inside, token);
  else readOutside(state, inside, token);
}

function readOutside(state: State, inside: Frame | undefined, token: Token): void {
  switch (token.kind) {
    case t.LEFT_PAREN:
      openParen(state, token);
      return;
    case t.LEFT_BRACE: {
      const owner = state.word?.start ?? token.start;
      state.frames.push(newFrame("braces", state.word?.name ?? "", owner));
      return;
    }
    case t.LEFT_BRACKET:
      state.frames.push(newFrame("brackets", "", token.start));
      state.expects = "duration";
      return;
    case t.RIGHT_PAREN:
    case t.RIGHT_BRACE:
    case t.RIGHT_BRACKET:
      close(state);
      return;
    case t.COMMA:
      if (inside) inside.index++;
      expectOperand(state, false);
      return;
    case t.COLON:
      if (inside) inside.index = 1;
      state.expects = "duration";
      return;
    case t.OFFSET:
      if (state.expects === "operator") {
        state.expects = "duration";
        return;
      }
      break;
    case t.AT:
      state.expects = "at";
      return;
  }
  readWordOrOperator(state, token);
}

function readWordOrOperator(state: State, token: Token): void {
  const keyword = labelKeywords[token.kind];
  const isGrouping = token.kind === t.BY || token.kind === t.WITHOUT;
  if (keyword && (isGrouping ? state.ofAggregation : state.afterOperator)) {
    state.keyword = keyword;
    if (isGrouping) state.owner = state.aggregation;
    state.beforeArguments = isGrouping && state.word !== undefined;
    state.expects = "labels";
    state.word = undefined;
    return;
  }
  if (token.kind === t.BOOL) return;
  if ((t.precedence[token.kind] ?? 0) > 0 && state.expects !== "operand") {
    if (state.expects === "operator") {
      state.owner = token.start;
      expectOperand(state, true);
    }
    return;
  }
  if (token.kind === t.ADD || token.kind === t.SUB) return;
  const isWord = t.mayNameMetric(token.kind) || token.kind === t.STEP;
  const name = state.text.slice(token.start, token.end);
  state.word = isWord ? { ...token, name } : undefined;
  state.expects = "operator";
  state.afterOperator = false;
  state.ofAggregation = t.isAggregator(token.kind);
  state.aggregation = state.ofAggregation ? token.start : -1;
}

function expectOperand(state: State, afterOperator: boolean): void {
  state.expects = "operand";
  state.word = undefined;
  state.afterOperator = afterOperator;
  state.ofAggregation = false;
  state.aggregation = -1;
}

function openParen(state: State, token: Token): void {
  if (state.expects === "labels") {
    const list = newFrame("labels", state.keyword, state.owner);
    list.index = state.beforeArguments ? 0 : 1;
    state.frames.push(list);
    return;
  }
  const { word, aggregation } = state;
  if (word || aggregation >= 0) {
    const start = word?.start ?? aggregation;
    state.frames.push(newFrame("call", state.text.slice(start, wordAt(state.text, start, isNamePart).end), start));
  } else {
    state.frames.push(newFrame("paren", "", token.start));
  }
  if (state.expects !== "duration") expectOperand(state, false);
}

function close(state: State): void {
  const closed = state.frames.pop();
  state.word = undefined;
  state.ofAggregation = false;
  if (closed?.kind === "labels" && closed.name !== "by" && closed.name !== "without") {
    expectOperand(state, true);
    return;
  }
  const awaitsArguments = closed?.kind === "labels" && closed.index === 0;
  state.expects = awaitsArguments ? "arguments" : "operator";
  state.afterOperator = false;
  const isAggregation = closed?.kind === "call" && t.isAggregator(t.keywords.get(closed.name.toLowerCase()) ?? 0);
  state.ofAggregation = isAggregation;
  state.aggregation = isAggregation || awaitsArguments ? (closed?.start ?? -1) : -1;
}

function readInBraces(state: State, inside: Frame, token: Token): void {
  if (token.kind === t.COMMA) {
    inside.label = "";
    inside.op = 0;
  } else if (token.kind === t.IDENTIFIER || (token.kind === t.STRING && inside.op === 0)) {
    const quoted = token.kind === t.STRING;
    inside.label = quoted ? unquote(state.text, token.start, token.end) : state.text.slice(token.start, token.end);
    inside.used.push(inside.label);
  } else if (token.kind === t.STRING) {
    if (inside.label === "__name__" && inside.name === "") inside.name = unquote(state.text, token.start, token.end);
    inside.op = -1;
  } else {
    inside.op = token.kind;
  }
}

function readInLabels(state: State, inside: Frame, token: Token): void {
  if (token.kind === t.COMMA) {
    inside.label = "";
    return;
  }
  const quoted = token.kind === t.STRING;
  inside.label = quoted ? unquote(state.text, token.start, token.end) : state.text.slice(token.start, token.end);
  inside.used.push(inside.label);
}

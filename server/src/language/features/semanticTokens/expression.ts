// The coloured pieces of an expression, from its tree. Knows no YAML.
import type { ParseResult } from "../../../promql/syntax/parse.ts";
import type { Duration, Expr, VectorSelector } from "../../../promql/syntax/tree.ts";
import { walk } from "../../../promql/syntax/walk.ts";
import type { Range } from "../../../ranges.ts";
import type { Token, TokenType } from "../../answers.ts";

/** Pieces in the order of the text, in its offsets. */
export function expressionTokens({ expr, comments, text }: ParseResult): readonly Token[] {
  const tokens: Token[] = comments.map(({ start, end }) => ({ range: { start, end }, type: "comment" }));
  const add = (type: TokenType, { start, end }: Range): void => {
    if (end > start) tokens.push({ range: { start, end }, type });
  };
  /** The word at the beginning of a range: `by (…)`, `offset 5m`. */
  const word = (range: Range | undefined): void => {
    const length = range ? (/^(?:\w+|@)/.exec(text.slice(range.start, range.end))?.[0].length ?? 0) : 0;
    if (range) add("keyword", { start: range.start, end: range.start + length });
  };
  if (expr) walk(expr, (node) => ofNode(node, add, word));
  return tokens.sort((a, b) => a.range.start - b.range.start);
}

type Add = (type: TokenType, range: Range) => void;
type Word = (range: Range | undefined) => void;

function ofNode(node: Expr, add: Add, word: Word): void {
  switch (node.kind) {
    case "VectorSelector":
      ofSelector(node, add);
      ofModifiers(node, add, word);
      return;
    case "MatrixSelector":
      ofDuration(node.range, add);
      ofModifiers(node, add, word);
      return;
    case "SubqueryExpr":
      ofDuration(node.range, add);
      if (node.step) ofDuration(node.step, add);
      ofModifiers(node, add, word);
      return;
    case "Call":
      add("function", { start: node.start, end: node.start + node.name.length });
      return;
    case "AggregateExpr":
      add("function", { start: node.start, end: node.start + node.op.length });
      word(node.grouping);
      for (const label of node.grouping?.labels ?? []) add("label", label);
      return;
    case "BinaryExpr":
      add(/^\w/.test(node.op) ? "keyword" : "operator", { start: node.opStart, end: node.opEnd });
      for (const modifier of [node.bool, node.matching, node.group, node.fill]) word(modifier);
      for (const label of [...(node.matching?.labels ?? []), ...(node.group?.include ?? [])]) add("label", label);
      return;
    case "NumberLiteral":
      add("number", node);
      return;
    case "StringLiteral":
      add("string", node);
      return;
    default:
  }
}

function ofSelector({ name, start, matchers }: VectorSelector, add: Add): void {
  add("metric", { start, end: start + name.length });
  for (const matcher of matchers) {
    const { op, opStart, valueStart, end, labelEnd } = matcher;
    if (valueStart !== matcher.start) add("label", { start: matcher.start, end: labelEnd });
    if (op && valueStart !== matcher.start) add("operator", { start: opStart, end: opStart + op.length });
    if (valueStart >= 0) add(matcher.label === "__name__" ? "metric" : "string", { start: valueStart, end });
  }
}

type Modified = Extract<Expr, { kind: "MatrixSelector" | "SubqueryExpr" | "VectorSelector" }>;

function ofModifiers({ offset, at, extended }: Modified, add: Add, word: Word): void {
  for (const modifier of [offset, at, extended]) word(modifier);
  if (offset) ofDuration(offset.duration, add);
}

function ofDuration(duration: Duration, add: Add): void {
  if (duration.kind === "NumberLiteral") add("number", duration);
  else for (const side of [duration.left, duration.right]) if (side) ofDuration(side, add);
}

// Lays PromQL out over lines by Prometheus' rules and keeps the comments. Knows no file and no editor.
import { type ParseResult, parse } from "../syntax/parse.ts";
import type { ParseOptions } from "../syntax/parser.ts";
import { utf8Length } from "../syntax/quoting.ts";
import type { Comment, Expr } from "../syntax/tree.ts";
import { typeErrors } from "../types/typeErrors.ts";
import { type Gap, gap, type Plan, plan } from "./commentPlan.ts";
import { aggregateArguments, aggregateHead, operatorText, print, subquerySuffix } from "./print.ts";

/** `width`: bytes that a part may take before it is broken; Prometheus has 100. Not counted: its indentation. */
export type FormatOptions = ParseOptions & { readonly width?: number };

const PROMETHEUS_WIDTH = 100;

/**
 * The text laid out as by `promtool promql format`, with comments kept: those that stand where no line can be broken
 * move above their part. Undefined for a text with errors, or whose meaning would not survive (a range of less than a
 * millisecond can't be written canonically). Formatting twice changes nothing.
 */
export function format(text: string, options: FormatOptions = {}): string | undefined {
  const parsed = parse(text, options);
  if (!parsed.expr || parsed.errors.length > 0 || typeErrors(text, parsed.expr).length > 0) return undefined;
  const out = layOut(parsed, parsed.expr, options.width ?? PROMETHEUS_WIDTH);
  const again = parse(out, options);
  const isSame = again.errors.length === 0 && again.expr !== undefined && print(again.expr) === print(parsed.expr);
  return isSame ? out : undefined;
}

/** An expression over lines, without its comments: Prometheus' `Prettify`. */
export function prettify(expr: Expr, width: number = PROMETHEUS_WIDTH): string {
  return render({ expr, lead: [], open: false, children: [], gaps: [] }, 0, width);
}

function layOut({ text, comments }: ParseResult, expr: Expr, width: number): string {
  if (comments.length === 0) return prettify(expr, width);
  const inside = (comment: Comment): boolean => comment.start >= expr.start && comment.start < expr.end;
  const whole = plan(text, expr, comments.filter(inside));
  const before = comments.filter(({ start }) => start < expr.start).map((comment) => comment.text.trimEnd());
  const after = gap(
    text,
    expr.end,
    comments.filter(({ start }) => start >= expr.end),
  );
  const body = ownLines([...before, ...whole.lead], 0) + render(whole, 0, width) + sameLine(after);
  return [body, ...after.lines].join("\n");
}

function indent(level: number): string {
  return "  ".repeat(level);
}

function ownLines(comments: readonly string[], level: number): string {
  return comments.map((comment) => `${indent(level)}${comment}\n`).join("");
}

function sameLine(one: Gap | undefined): string {
  return one?.sameLine === undefined ? "" : ` ${one.sameLine}`;
}

function partsOf(whole: Plan, exprs: readonly Expr[]): readonly Plan[] {
  if (whole.children.length > 0) return whole.children;
  return exprs.map((expr) => ({ expr, lead: [], open: false, children: [], gaps: [] }));
}

function render(whole: Plan, level: number, width: number): string {
  const { expr } = whole;
  if (expr.kind === "UnaryExpr") {
    const [inner] = partsOf(whole, [expr.expr]);
    return indent(level) + expr.op + (inner ? render(inner, level, width).trim() : "");
  }
  const line = print(expr);
  // A subquery that fits gets no indentation from Prometheus (promql/parser/prettier.go).
  if (!whole.open && utf8Length(line) <= width) return expr.kind === "SubqueryExpr" ? line : indent(level) + line;
  switch (expr.kind) {
    case "AggregateExpr":
      return list(whole, aggregateArguments(expr), aggregateHead(expr), level, width);
    case "Call":
      return list(whole, expr.args, expr.name, level, width);
    case "ParenExpr":
      return list(whole, [expr.expr], "", level, width);
    case "BinaryExpr": {
      const [left, right] = partsOf(whole, [expr.left, expr.right]);
      if (!left || !right) return indent(level) + line;
      const [before, after] = whole.gaps;
      const head = `${render(left, level + 1, width)}${sameLine(before)}\n${ownLines(before?.lines ?? [], level)}`;
      const operator = `${indent(level)}${operatorText(expr)}${sameLine(after)}\n`;
      return `${head}${operator}${ownLines([...(after?.lines ?? []), ...right.lead], level + 1)}${render(right, level + 1, width)}`;
    }
    case "SubqueryExpr": {
      const [inner] = partsOf(whole, [expr.expr]);
      return (inner ? render(inner, level, width) : "") + subquerySuffix(expr);
    }
    default:
      return indent(level) + line;
  }
}

function list(whole: Plan, exprs: readonly Expr[], head: string, level: number, width: number): string {
  const parts = partsOf(whole, exprs);
  const { gaps } = whole;
  let out = `${indent(level)}${head}(${sameLine(gaps[0])}\n`;
  parts.forEach((part, index) => {
    const comma = index < parts.length - 1 ? "," : "";
    out += ownLines([...(gaps[index]?.lines ?? []), ...part.lead], level + 1);
    out += `${render(part, level + 1, width)}${comma}${sameLine(gaps[index + 1])}\n`;
  });
  return `${out}${ownLines(gaps[parts.length]?.lines ?? [], level + 1)}${indent(level)})`;
}

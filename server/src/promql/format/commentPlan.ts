// Where the comments of an expression go when it is laid out: a tree beside the tree. Knows no width and prints nothing.
import type { AggregateExpr, BinaryExpr, Call, Comment, Expr } from "../syntax/tree.ts";

/** Comments between two parts: one on the line of the first, others on lines of their own. */
export type Gap = { sameLine: string | undefined; readonly lines: string[] };

/**
 * `lead`: comments that go above the whole expression, because they stand where no line can be broken (inside braces,
 * before the parenthesis of a call) or above its first part. `open`: comments keep it from standing on one line.
 * `gaps` are as many as the places between and beside `children` where a line can be broken.
 */
export type Plan = {
  readonly expr: Expr;
  readonly lead: readonly string[];
  readonly open: boolean;
  readonly children: readonly Plan[];
  readonly gaps: readonly Gap[];
};

export function plan(text: string, expr: Expr, comments: readonly Comment[]): Plan {
  if (comments.length === 0) return bare(expr);
  switch (expr.kind) {
    case "BinaryExpr":
      return planBinary(text, expr, comments);
    case "AggregateExpr":
    case "Call":
      return planCall(text, expr, comments);
    case "ParenExpr":
      return planList(text, expr, [expr.expr], expr.start, expr.end - 1, comments);
    case "SubqueryExpr":
    case "UnaryExpr": {
      const inner = plan(text, expr.expr, within(comments, expr.expr));
      const own = comments.filter((comment) => !inside(comment, expr.expr));
      const before = own.filter((comment) => comment.start < expr.expr.start);
      const after = own.filter((comment) => comment.start >= expr.expr.start);
      const lead = [...texts(before), ...inner.lead, ...texts(after)];
      return { expr, lead, open: inner.open, children: [inner], gaps: [] };
    }
    default:
      return { expr, lead: texts(comments), open: false, children: [], gaps: [] };
  }
}

/** The plan of an expression without comments: nothing to say of its parts either. */
function bare(expr: Expr): Plan {
  return { expr, lead: [], open: false, children: [], gaps: [] };
}

function texts(comments: readonly Comment[]): string[] {
  return comments.map(({ text }) => text.trimEnd());
}

function inside({ start }: Comment, expr: Expr): boolean {
  return expr.start <= start && start < expr.end;
}

function within(comments: readonly Comment[], expr: Expr): Comment[] {
  return comments.filter((comment) => inside(comment, expr));
}

/** Comments behind `from`: the first may stand on its line. */
export function gap(text: string, from: number, comments: readonly Comment[]): Gap {
  const [first, ...rest] = comments;
  if (!first) return { sameLine: undefined, lines: [] };
  if (/[\r\n]/.test(text.slice(from, first.start))) return { sameLine: undefined, lines: texts(comments) };
  return { sameLine: first.text.trimEnd(), lines: texts(rest) };
}

function isEmpty({ sameLine, lines }: Gap): boolean {
  return sameLine === undefined && lines.length === 0;
}

/** Where the operator's line ends: behind its modifiers. */
function operatorEnd({ opEnd, bool, matching, group, fill }: BinaryExpr): number {
  return Math.max(opEnd, bool?.end ?? 0, matching?.end ?? 0, group?.end ?? 0, fill?.end ?? 0);
}

function planBinary(text: string, expr: BinaryExpr, comments: readonly Comment[]): Plan {
  const left = plan(text, expr.left, within(comments, expr.left));
  const right = plan(text, expr.right, within(comments, expr.right));
  const between = comments.filter((comment) => !inside(comment, expr.left) && !inside(comment, expr.right));
  const end = operatorEnd(expr);
  const before = gap(
    text,
    expr.left.end,
    between.filter(({ start }) => start < expr.opStart),
  );
  before.lines.push(...texts(between.filter(({ start }) => start >= expr.opStart && start < end)));
  const after = gap(
    text,
    end,
    between.filter(({ start }) => start >= end),
  );
  const open = left.open || right.open || right.lead.length > 0 || !isEmpty(before) || !isEmpty(after);
  return { expr, lead: left.lead, open, children: [left, right], gaps: [before, after] };
}

function planCall(text: string, expr: AggregateExpr | Call, comments: readonly Comment[]): Plan {
  const outside = comments.filter(({ start }) => start < expr.open || start > expr.close);
  const rest = comments.filter(({ start }) => start > expr.open && start < expr.close);
  const list = planList(text, expr, expr.args, expr.open, expr.close, rest);
  return { ...list, lead: texts(outside) };
}

/** What stands between brackets at `open` and `close`, with a gap before each part and one behind the last. */
function planList(
  text: string,
  expr: Expr,
  parts: readonly Expr[],
  open: number,
  close: number,
  comments: readonly Comment[],
): Plan {
  const children = parts.map((part) => plan(text, part, within(comments, part)));
  const between = comments.filter((comment) => !parts.some((part) => inside(comment, part)));
  const ends = [open + 1, ...parts.map((part) => part.end)];
  const gaps = ends.map((from, index) => {
    const to = parts[index]?.start ?? close;
    return gap(
      text,
      from,
      between.filter(({ start }) => from <= start && start < to),
    );
  });
  const isOpen = children.some((child) => child.open || child.lead.length > 0) || gaps.some((one) => !isEmpty(one));
  return { expr, lead: [], open: isOpen, children, gaps };
}

// One side of an operator, seen as the series of one metric that it is made of: what the checks of shares compare.
import type { Expr, Grouping, VectorSelector } from "../../../promql/syntax/tree.ts";
import { type Analysis, bare } from "../../analysis.ts";

/** `core` is the side without the numbers that it is multiplied with, `inner` that without its aggregation. */
export type Side = {
  readonly core: Expr;
  readonly inner: Expr;
  readonly selector: VectorSelector;
  readonly aggregated: { readonly op: string; readonly grouping: Grouping | undefined } | undefined;
};

/** Aggregations that give the same for the same series, whatever they are. */
const aggregations: ReadonlySet<string> = new Set(["avg", "count", "max", "min", "sum"]);

/** Functions that make other series out of theirs, or say that there are none. */
const makesOthers = /^(?:absent|absent_over_time|info|label_\w+|histogram_quantiles?|scalar|sort\w*|vector)$/;

/** What a side is made of, where it is series of one named metric, under one aggregation at most. */
export function sideOf(expr: Expr): Side | undefined {
  const core = unscaled(expr);
  if (core.kind !== "AggregateExpr") {
    const selector = selectorIn(core);
    return selector && { core, inner: core, selector, aggregated: undefined };
  }
  if (!core.expr || !aggregations.has(core.op)) return undefined;
  const inner = bare(core.expr);
  const selector = selectorIn(inner);
  if (!selector) return undefined;
  const { op, grouping } = core;
  return { core, inner, selector, aggregated: { op, grouping } };
}

/** Whether two sides take the same from the same metric, and group it alike. */
export function areAlike(analysis: Analysis, left: Side, right: Side): boolean {
  return (
    left.selector.name === right.selector.name &&
    groupedAlike(left, right) &&
    shapeOf(analysis, left) === shapeOf(analysis, right)
  );
}

/** The side without the numbers that it is multiplied with or divided by. */
export function unscaled(expr: Expr): Expr {
  const node = bare(expr);
  if (node.kind !== "BinaryExpr" || (node.op !== "*" && node.op !== "/")) return node;
  if (bare(node.right).kind === "NumberLiteral") return unscaled(node.left);
  return node.op === "*" && bare(node.left).kind === "NumberLiteral" ? unscaled(node.right) : node;
}

/** What is divided by, without that which only makes it greater or leaves zeros out: `clamp_min(x, 1)`, `x > 0`, `x + 0.1`. */
export function lifted(expr: Expr): Expr {
  const node = bare(expr);
  if (node.kind === "Call" && node.name === "clamp_min" && node.args[0]) return lifted(node.args[0]);
  if (node.kind !== "BinaryExpr" || node.bool) return node;
  const number = bare(node.right);
  if (number.kind !== "NumberLiteral") return node;
  const isLifted = node.op === ">" || node.op === "!=" || (node.op === "+" && number.value >= 0);
  return isLifted ? lifted(node.left) : node;
}

/** The one selector in calls that keep series apart; none where there are several, or other things between. */
function selectorIn(expr: Expr): VectorSelector | undefined {
  const node = bare(expr);
  switch (node.kind) {
    case "VectorSelector":
      return node.name === "" ? undefined : node;
    case "MatrixSelector":
      return selectorIn(node.selector);
    case "Call": {
      if (makesOthers.test(node.name)) return undefined;
      const [series, ...more] = node.args.filter((arg) => bare(arg).kind !== "NumberLiteral");
      return series && more.length === 0 ? selectorIn(series) : undefined;
    }
    default:
      return undefined;
  }
}

/** The text without matchers, spaces and grouping. */
function shapeOf({ text }: Analysis, { inner: { start, end }, selector: { open, close } }: Side): string {
  const whole = open < 0 ? text.slice(start, end) : text.slice(start, open) + text.slice(close + 1, end);
  return whole.replace(/[\s()]+/g, " ").trim();
}

/** The matchers of a side that the other one has not, as written: a label and what is asked of it. */
export function moreMatchers({ selector }: Side, other: Side): readonly { label: string; asks: string }[] {
  const known = new Set(other.selector.matchers.map(asksOf));
  return selector.matchers
    .map((matcher) => ({ label: matcher.label, asks: asksOf(matcher) }))
    .filter(({ asks }) => !known.has(asks));
}

function asksOf({ label, op, value }: VectorSelector["matchers"][number]): string {
  return `${label}${op ?? "="}${value}`;
}

/** Whether both sides are aggregated to the same labels, or not at all. */
function groupedAlike({ aggregated: a }: Side, { aggregated: b }: Side): boolean {
  if (!a || !b) return a === b;
  return a.op === b.op && labelsOf(a.grouping) === labelsOf(b.grouping);
}

function labelsOf(grouping: Grouping | undefined): string {
  const names = grouping?.labels.map(({ name }) => name) ?? [];
  return `${grouping?.without ? "without" : "by"} ${[...new Set(names)].sort().join(",")}`;
}

/** Whether the label is still there on a side. */
export function keepsLabel({ aggregated }: Side, label: string): boolean {
  if (!aggregated) return true;
  const isNamed = aggregated.grouping?.labels.some(({ name }) => name === label) ?? false;
  return aggregated.grouping?.without ? !isNamed : isNamed;
}

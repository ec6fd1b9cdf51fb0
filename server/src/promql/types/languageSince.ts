// Which version of Prometheus brought a piece of the language. Knows no function and reports nothing.
import type { Range } from "../../ranges.ts";
import type { Duration, Expr, LabelName } from "../syntax/tree.ts";

/** A piece of an expression that not every version takes: what it is called, and the first version with it. */
export type Needed = Range & { readonly what: string; readonly since: string };

/** The newer pieces of one node, without those of its operands (CHANGELOG.md of Prometheus). */
export function newerPieces(expr: Expr): Needed[] {
  const pieces: Needed[] = [];
  const need = ({ start, end }: Range, what: string, since: string): void => {
    pieces.push({ start, end, what, since });
  };
  switch (expr.kind) {
    case "AggregateExpr":
      if (expr.op === "limitk" || expr.op === "limit_ratio") {
        need({ start: expr.start, end: expr.start + expr.op.length }, `${expr.op}()`, "2.54");
      }
      needLabels(expr.grouping?.labels, need);
      break;
    case "BinaryExpr":
      needLabels(expr.matching?.labels, need);
      needLabels(expr.group?.include, need);
      if (expr.op === "</" || expr.op === ">/")
        need({ start: expr.opStart, end: expr.opEnd }, `the operator ${expr.op}`, "3.11");
      if (expr.fill) need(expr.fill, "filling in missing series", "3.10");
      break;
    case "NumberLiteral":
      if (expr.duration) need(expr, "a duration as a number", "2.54");
      break;
    case "VectorSelector":
    case "MatrixSelector":
    case "SubqueryExpr":
      if (expr.extended) need(expr.extended, expr.extended.keyword, "3.7");
      if (expr.at) need(expr.at, "@", "2.25");
      if (expr.offset) needDuration(expr.offset.duration, need);
      if (expr.kind === "VectorSelector") needQuotes(expr, need);
      else needDuration(expr.range, need);
      if (expr.kind === "SubqueryExpr" && expr.step) needDuration(expr.step, need);
      break;
  }
  return pieces;
}

type Need = (range: Range, what: string, since: string) => void;

function needQuotes(expr: Expr & { readonly kind: "VectorSelector" }, need: Need): void {
  for (const { start, labelEnd, label, valueStart } of expr.matchers) {
    if (valueStart === start || labelEnd - start !== label.length)
      need({ start, end: labelEnd }, "a name in quotes", "3.0");
  }
}

/** Of the labels in `by (…)`, `on (…)` and their like. */
function needLabels(labels: readonly LabelName[] = [], need: Need): void {
  for (const label of labels) {
    if (label.end - label.start !== label.name.length) need(label, "a name in quotes", "3.0");
    else if (label.name.includes(":")) need(label, "a colon in the name of a label", "3.0");
  }
}

function needDuration(duration: Duration, need: Need): void {
  if (duration.kind === "NumberLiteral") {
    if (!duration.duration) need(duration, "a number as a duration", "2.54");
    return;
  }
  const { op, left, right } = duration;
  if (op === "min_of" || op === "max_of") need(duration, `${op}() in a duration`, "3.13");
  else if (op === "step" || op === "range") need(duration, `${op}() in a duration`, "3.6");
  else need(duration, "arithmetic on durations", "3.4");
  if (left) needDuration(left, need);
  if (right) needDuration(right, need);
}

// An expression on one line, in Prometheus' canonical form. Knows no layout.
import { formatDuration } from "../syntax/numbers.ts";
import { quoteString } from "../syntax/quoting.ts";
import type {
  AggregateExpr,
  AtModifier,
  BinaryExpr,
  Duration,
  Expr,
  LabelMatcher,
  LabelName,
  MatrixSelector,
  OffsetModifier,
  SubqueryExpr,
  VectorSelector,
} from "../syntax/tree.ts";
import { inferType } from "../types/inferType.ts";
import { plainNumber, shortNumber } from "./numberText.ts";

/**
 * The canonical text, equal to Prometheus' `Expr.String()` (promql/parser/printer.go): labels sorted, numbers and
 * durations normalized, modifiers in one order. Operands that are missing leave a gap.
 */
export function print(expr: Expr): string {
  switch (expr.kind) {
    case "AggregateExpr":
      return `${aggregateHead(expr)}(${aggregateArguments(expr).map(print).join(", ")})`;
    case "BinaryExpr":
      return `${print(expr.left)} ${operatorText(expr)} ${print(expr.right)}`;
    case "Call":
      return `${expr.name}(${expr.args.map(print).join(", ")})`;
    case "MatrixSelector":
      return rangeText(expr);
    case "Missing":
      return "";
    case "NumberLiteral":
      return literalText(expr);
    case "ParenExpr":
      return `(${print(expr.expr)})`;
    case "StringLiteral":
      return quoteString(expr.value);
    case "SubqueryExpr":
      return print(expr.expr) + subquerySuffix(expr);
    case "UnaryExpr":
      return expr.op + print(expr.expr);
    case "VectorSelector":
      return selectorText(expr);
  }
}

/** What an aggregation reads, in Prometheus' order: the parameter first; all of it where the count is wrong. */
export function aggregateArguments({ param, expr, args }: AggregateExpr): readonly Expr[] {
  if (!expr) return args;
  return param ? [param, expr] : [expr];
}

/** `sum by (job) `, up to the parenthesis of the arguments. */
export function aggregateHead({ op, grouping }: AggregateExpr): string {
  if (grouping?.without) return `${op} without (${labelsText(grouping.labels)}) `;
  if (grouping && grouping.labels.length > 0) return `${op} by (${labelsText(grouping.labels)}) `;
  return op;
}

const plainLabel = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function labelsText(labels: readonly LabelName[]): string {
  return labels.map(({ name }) => (plainLabel.test(name) ? name : quoteString(name))).join(", ");
}

/** The operator with its modifiers; matching is left out where a side is no vector, as it then means nothing. */
export function operatorText(expr: BinaryExpr): string {
  const { op, bool, matching, group, fill } = expr;
  const text = bool ? `${op} bool` : op;
  if (!matching && !fill) return text;
  if (inferType(expr.left) !== "vector" || inferType(expr.right) !== "vector") return text;
  let out = text;
  if (matching && (matching.on || matching.labels.length > 0 || group)) {
    out += ` ${matching.on ? "on" : "ignoring"} (${labelsText(matching.labels)})`;
  }
  if (group) out += ` group_${group.side} (${labelsText(group.include)})`;
  if (!fill) return out;
  const { left, right } = fill;
  if (left !== undefined && left === right) return `${out} fill (${shortNumber(left)})`;
  if (left !== undefined) out += ` fill_left (${shortNumber(left)})`;
  if (right !== undefined) out += ` fill_right (${shortNumber(right)})`;
  return out;
}

function literalText({ value, duration }: { readonly value: number; readonly duration: boolean }): string {
  return duration ? formatDuration(Math.trunc(value * 1e9) / 1e9) : plainNumber(value);
}

/** A duration where only durations stand: every literal is written as one. */
function lengthText(duration: Duration): string {
  return duration.kind === "NumberLiteral" ? formatDuration(duration.value) : durationText(duration);
}

function durationText(duration: Duration): string {
  if (duration.kind === "NumberLiteral") return literalText(duration);
  const { op, left, right, wrapped } = duration;
  const text = operationText(op, left && durationText(left), right && durationText(right));
  return wrapped ? `(${text})` : text;
}

function operationText(op: string, left: string | undefined, right: string | undefined): string {
  if (op === "step" || op === "range") return `${op}()`;
  if (op === "min_of" || op === "max_of") return `${op}(${left}, ${right})`;
  if (left === undefined) return op === "-" ? `-${right}` : (right ?? "");
  return `${left} ${op} ${right}`;
}

function atText(at: AtModifier | undefined): string {
  if (!at) return "";
  return at.timestamp === undefined ? ` @ ${at.edge}()` : ` @ ${threeDecimals(at.timestamp)}`;
}

/** Go's `%.3f`. */
function threeDecimals(value: number): string {
  return Math.abs(value) < 1e21 ? value.toFixed(3) : `${plainNumber(value)}.000`;
}

function offsetText(offset: OffsetModifier | undefined): string {
  if (!offset) return "";
  const { duration } = offset;
  const isZero = duration.kind === "NumberLiteral" && Math.round(duration.value * 1e9) === 0;
  return isZero ? "" : ` offset ${lengthText(duration)}`;
}

function extendedText({ extended }: VectorSelector | MatrixSelector): string {
  return extended ? ` ${extended.keyword}` : "";
}

function selectorText(selector: VectorSelector): string {
  const { at, offset } = selector;
  return bareSelector(selector) + atText(at) + extendedText(selector) + offsetText(offset);
}

function bareSelector({ name, matchers }: VectorSelector): string {
  if (matchers.length === 0) return name;
  const texts = matchers.map(matcherText);
  if (texts.length > 1) texts.sort(byCharacters);
  return `${name}{${texts.join(",")}}`;
}

function matcherText({ label, op, value }: LabelMatcher): string {
  return `${plainLabel.test(label) ? label : quoteString(label)}${op ?? ""}${quoteString(value)}`;
}

/** The order of UTF-8 bytes, which is that of code points and not quite that of UTF-16 units. */
function byCharacters(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a.charCodeAt(i) === b.charCodeAt(i)) continue;
    const start = i > 0 && /[\udc00-\udfff]/.test(a[i] ?? "") && /[\ud800-\udbff]/.test(a[i - 1] ?? "") ? i - 1 : i;
    return (a.codePointAt(start) ?? 0) - (b.codePointAt(start) ?? 0);
  }
  return a.length - b.length;
}

/** A modifier written before the range, where Prometheus lets that pass, is printed behind it. */
function rangeText(expr: MatrixSelector): string {
  const { selector, range } = expr;
  if (selector.kind !== "VectorSelector") return `${print(selector)}[${lengthText(range)}]`;
  const at = expr.at ?? selector.at;
  const offset = expr.offset ?? selector.offset;
  const extended = extendedText(expr) || extendedText(selector);
  return `${bareSelector(selector)}[${lengthText(range)}]${extended}${atText(at)}${offsetText(offset)}`;
}

/** `[1h:5m] @ end() offset 1d`. */
export function subquerySuffix({ range, step, at, offset }: SubqueryExpr): string {
  const stepText = step ? lengthText(step) : "";
  return `[${lengthText(range)}:${stepText}]${atText(at)}${offsetText(offset)}`;
}

// What an expression shows, told by its form and by names alone: a share, a share times a hundred, things by the second, a
// moment, a length of time. Holds no check, and knows no catalogue.
import type { Call, Expr } from "../../../promql/syntax/tree.ts";
import { inferType } from "../../../promql/types/inferType.ts";
import type { Unit } from "../../../promql/types/units.ts";
import { isNow } from "../../analysis.ts";
import { showsLeft } from "./shared.ts";

/** `time() - x`, `x - time()`: how long it is from one moment to the other, whatever x is called. */
export function isSpan(expr: Expr): boolean {
  switch (expr.kind) {
    case "ParenExpr":
      return isSpan(expr.expr);
    case "AggregateExpr":
      return /^(?:avg|max|min)$/.test(expr.op) && expr.expr !== undefined && isSpan(expr.expr);
    case "BinaryExpr":
      if (expr.op === "-") return isUntil(expr.left, expr.right) || isUntil(expr.right, expr.left);
      return showsLeft.has(expr.op) && !expr.bool && isSpan(expr.left);
    default:
      return false;
  }
}

/** Now, and series: `time() - 3600` is a moment itself. */
const isUntil = (now: Expr, other: Expr): boolean => isNow(now) && inferType(other) === "vector";

/** What names say that is counted, one by one. */
const things =
  /_(calls|errors|events|exceptions|failures|messages|requests|responses|restarts|retries|timeouts)(?:_count|_total)?$/;

/** `rate(http_requests_total[5m])` is in requests per second, summed up or not. */
export function countedIn(expr: Expr): Unit | undefined {
  switch (expr.kind) {
    case "ParenExpr":
      return countedIn(expr.expr);
    case "AggregateExpr":
      return expr.op === "sum" && expr.expr ? countedIn(expr.expr) : undefined;
    case "BinaryExpr":
      return showsLeft.has(expr.op) && !expr.bool ? countedIn(expr.left) : undefined;
    case "Call": {
      const name = /^i?rate$/.test(expr.name) ? things.exec(seriesName(expr) ?? "")?.[1] : undefined;
      return name === undefined ? undefined : { name, perSecond: true };
    }
    default:
      return undefined;
  }
}

/** The metric whose range a function is called for. */
function seriesName({ args: [series] }: Call): string | undefined {
  if (series?.kind !== "MatrixSelector" || series.selector.kind !== "VectorSelector") return undefined;
  return series.selector.name;
}

/** Aggregations that give a number of the kind that they are given. */
const alike = /^(?:avg|max|min)$/;

/** A share times a hundred, or what is left of it: `a / b * 100 > 90`, `100 - 100 * a / b`. */
export function isHundredfold(expr: Expr): boolean {
  if (expr.kind === "ParenExpr") return isHundredfold(expr.expr);
  if (expr.kind === "AggregateExpr") return alike.test(expr.op) && expr.expr !== undefined && isHundredfold(expr.expr);
  if (expr.kind !== "BinaryExpr") return false;
  const { op, left, right } = expr;
  if (showsLeft.has(op)) return !expr.bool && isHundredfold(left);
  if (op === "-") return isHundred(left) && isHundredfold(right);
  if (op === "*") return (isHundred(right) && isShare(left)) || (isHundred(left) && isShare(right));
  return op === "/" && left.kind === "BinaryExpr" && left.op === "*" && (isHundred(left.left) || isHundred(left.right));
}

const isHundred = (expr: Expr): boolean => expr.kind === "NumberLiteral" && expr.value === 100;

/** A quotient, what is left of one, or how much of each second went by: `rate(node_cpu_seconds_total[5m])`. */
function isShare(expr: Expr): boolean {
  switch (expr.kind) {
    case "ParenExpr":
      return isShare(expr.expr);
    case "AggregateExpr":
      return (alike.test(expr.op) || expr.op === "sum") && expr.expr !== undefined && isShare(expr.expr);
    case "Call":
      return /^i?rate$/.test(expr.name) && /_seconds_(?:total|sum)$/.test(seriesName(expr) ?? "");
    case "BinaryExpr":
      return expr.op === "/" || ((expr.op === "-" || expr.op === "+") && isShare(expr.right));
    default:
      return false;
  }
}

/** Seconds since 1970 as they stand, by the name of the series: `backup_last_success_timestamp < time() - 3600`. */
export function isTimestamp(expr: Expr): boolean {
  switch (expr.kind) {
    case "ParenExpr":
      return isTimestamp(expr.expr);
    case "AggregateExpr":
      return alike.test(expr.op) && expr.expr !== undefined && isTimestamp(expr.expr);
    case "BinaryExpr":
      return showsLeft.has(expr.op) && !expr.bool && isTimestamp(expr.left);
    case "Call":
      if (expr.name === "timestamp") return true;
      return /^(?:avg|last|max|min)_over_time$/.test(expr.name) && moment.test(seriesName(expr) ?? "");
    case "VectorSelector":
      return moment.test(expr.name);
    default:
      return false;
  }
}

/** `app_start_time_seconds` may be how long a start takes. */
const moment = /_timestamp(?:_seconds)?$|(?:^|_)(?:process|container)_start_time_seconds$|^node_boot_time_seconds$/;

/** `rate()` gives so many a second, `increase()` so many in its range; undefined where something else is made of them. */
export function paceOf(expr: Expr): "rate" | "increase" | undefined {
  switch (expr.kind) {
    case "ParenExpr":
      return paceOf(expr.expr);
    case "AggregateExpr":
      return (alike.test(expr.op) || expr.op === "sum") && expr.expr ? paceOf(expr.expr) : undefined;
    case "BinaryExpr":
      return showsLeft.has(expr.op) && !expr.bool ? paceOf(expr.left) : undefined;
    case "Call":
      return /^i?rate$/.test(expr.name) ? "rate" : expr.name === "increase" ? "increase" : undefined;
    default:
      return undefined;
  }
}

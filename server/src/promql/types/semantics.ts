// What the value of an expression is: its kind, unit and possible range, from what is known of its metrics.
// Knows no metric by itself.
import type { AggregateExpr, BinaryExpr, Call, Expr, VectorSelector } from "../syntax/tree.ts";
import { calculate, isComparison } from "./constants.ts";
import { inferType } from "./inferType.ts";
import type { MetricLookup, MetricType } from "./metricInfo.ts";
import { foundOnce } from "./pieces.ts";
import { metricNameOf } from "./selectorLabels.ts";
import {
  isCount,
  isKnown,
  isTime,
  perSecond,
  quotient,
  ratio,
  sameUnit,
  scaled,
  seconds,
  type Unit,
  unit,
  unknownUnit,
} from "./units.ts";

/**
 * `counter`: a sum that only grows, as stored. `increase`: how much something grew in a range. `rate`: the same per
 * second. `count`: a number of series, samples or events. `flag`: 0 or 1. `timestamp`: seconds since 1970.
 * `number`: a constant. `value`: any other measurement, such as a gauge. `unknown`: nothing is known.
 */
export type Kind = "count" | "counter" | "flag" | "increase" | "number" | "rate" | "timestamp" | "unknown" | "value";

/** Least and greatest value; null: no bound. */
export type Bounds = readonly [least: number | null, greatest: number | null];

/** What a value is. `metrics` are the names that it is computed from; `value` is set for constants. */
export type Quantity = {
  readonly kind: Kind;
  readonly unit: Unit;
  readonly range: Bounds;
  readonly value: number | undefined;
  readonly metrics: readonly string[];
  /** The types of those metrics that are known. */
  readonly types: readonly MetricType[];
};

const anything: Bounds = [null, null];
const positive: Bounds = [0, null];

type Sources = Pick<Quantity, "metrics" | "types">;

const nothing: Sources = { metrics: [], types: [] };

/** `first` and `second`: what it is computed from. */
function quantity(kind: Kind, of: Unit, range: Bounds, first: Sources = nothing, second: Sources = nothing): Quantity {
  const metrics = together(first.metrics, second.metrics);
  const types = together(first.types, second.types);
  return { kind, unit: of, range, value: undefined, metrics, types };
}

function together<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  if (b.length === 0) return a;
  return a.length === 0 ? b : [...new Set([...a, ...b])];
}

function number(value: number, of = unknownUnit): Quantity {
  const range: Bounds = [value, value];
  return { kind: "number", unit: of, range, value, metrics: nothing.metrics, types: nothing.types };
}

/** What was inferred of the pieces of one tree: who asks about several of them has each looked at once. */
export type QuantityPieces = Map<Expr, Quantity>;

type Inferring = { readonly lookup: MetricLookup; readonly pieces: QuantityPieces };

/**
 * Kind, unit and range of an expression's values. Where the answer is not certain it is `unknown` and unbounded. `pieces`
 * are to be handed in again where other pieces of the same tree are asked about with the same `lookup`.
 */
export function inferQuantity(expr: Expr, lookup: MetricLookup, pieces: QuantityPieces = new Map()): Quantity {
  return quantityOf(expr, { lookup, pieces });
}

function quantityOf(expr: Expr, inferring: Inferring): Quantity {
  switch (expr.kind) {
    case "NumberLiteral":
      return number(expr.value, expr.duration ? seconds : unknownUnit);
    case "MatrixSelector":
      return quantityOf(expr.selector, inferring);
    case "ParenExpr":
    case "SubqueryExpr":
      return quantityOf(expr.expr, inferring);
    case "UnaryExpr": {
      const inner = quantityOf(expr.expr, inferring);
      return expr.op === "+" ? inner : negated(inner);
    }
    case "StringLiteral":
    case "Missing":
      return quantity("unknown", unknownUnit, anything);
    default:
      return foundOnce(inferring.pieces, expr, quantityOfSeries, inferring);
  }
}

function quantityOfSeries(expr: VectorSelector | AggregateExpr | Call | BinaryExpr, inferring: Inferring): Quantity {
  switch (expr.kind) {
    case "VectorSelector":
      return selected(expr, inferring.lookup);
    case "AggregateExpr":
      return aggregated(expr, inferring);
    case "Call":
      return called(expr, inferring);
    case "BinaryExpr":
      return combined(expr, quantityOf(expr.left, inferring), quantityOf(expr.right, inferring));
  }
}

function selected(selector: VectorSelector, lookup: MetricLookup): Quantity {
  const name = metricNameOf(selector);
  const info = name === "" ? undefined : lookup(name);
  const metrics = name === "" ? [] : [name];
  if (!info) return quantity("unknown", unknownUnit, anything, { metrics, types: nothing.types });
  const isFlag = info.unit === "flag";
  const kind: Kind = info.type === "counter" ? "counter" : isFlag ? "flag" : "value";
  const types = [info.type];
  return quantity(kind, unit(info.unit), info.range, { metrics, types });
}

function negated(of: Quantity): Quantity {
  const least = of.range[0];
  const greatest = of.range[1];
  const range: Bounds = [greatest === null ? null : -greatest, least === null ? null : -least];
  const kind = of.kind === "counter" ? "value" : of.kind;
  return { ...of, kind, range, value: of.value === undefined ? undefined : -of.value };
}

function isPositive(range: Bounds): boolean {
  const least = range[0];
  return least !== null && least >= 0;
}

/** A part or a mixture of values, no constant any more; in the same bounds where no others are given. */
function among(of: Quantity, range = of.range): Quantity {
  return quantity(of.kind === "number" ? "value" : of.kind, of.unit, range, of);
}

function aggregated({ op, expr, args }: AggregateExpr, inferring: Inferring): Quantity {
  const inner = expr ?? args.at(-1);
  const of = inner ? quantityOf(inner, inferring) : quantity("unknown", unknownUnit, anything);
  switch (op) {
    case "count":
    case "count_values":
      return quantity("count", unit("series"), [1, null], of);
    case "group":
      return quantity("flag", unit("flag"), [1, 1], of);
    case "stddev":
      return quantity("value", of.unit, positive, of);
    case "stdvar":
      return quantity("value", unknownUnit, positive, of);
    case "sum":
      return summed(of);
    case "avg":
      return averaged(of);
    default:
      return among(of);
  }
}

/** The mean of flags is the share of those that are up. */
function averaged(of: Quantity): Quantity {
  return of.kind === "flag" ? quantity("value", ratio, of.range, of) : among(of);
}

/** A sum of flags is a number of things; a sum of ratios can be more than one. */
function summed(of: Quantity): Quantity {
  const range: Bounds = isPositive(of.range) ? positive : anything;
  if (of.kind === "flag") return quantity("count", unit("series"), positive, of);
  return among(of, range);
}

const clamps = new Set(["clamp", "clamp_max", "clamp_min"]);
const sameValue = new Set([
  "double_exponential_smoothing",
  "first_over_time",
  "label_join",
  "label_replace",
  "last_over_time",
  "max_over_time",
  "min_over_time",
  "predict_linear",
  "quantile_over_time",
  "round",
  "ceil",
  "floor",
  "scalar",
  "sort",
  "sort_by_label",
  "sort_by_label_desc",
  "sort_desc",
  "vector",
  "abs",
  "info",
]);
const counts = new Set(["changes", "count_over_time", "resets"]);
const clockRanges: Readonly<Record<string, Bounds>> = {
  day_of_month: [1, 31],
  day_of_week: [0, 6],
  day_of_year: [1, 366],
  days_in_month: [28, 31],
  hour: [0, 23],
  minute: [0, 59],
  month: [1, 12],
  year: anything,
};

function called(call: Call, inferring: Inferring): Quantity {
  const { name, args } = call;
  const clock = clockRanges[name];
  if (clock) return quantity("value", unknownUnit, clock);
  if (name === "time" || name === "timestamp" || name.startsWith("ts_of_"))
    return quantity("timestamp", seconds, positive);
  if (name === "pi") return number(Math.PI);
  const series = args[name === "histogram_quantile" || name === "quantile_over_time" ? 1 : 0];
  const of = series ? quantityOf(series, inferring) : quantity("unknown", unknownUnit, anything);
  switch (name) {
    case "rate":
    case "irate":
      return quantity("rate", perSecond(of.unit), positive, of);
    case "deriv":
      return quantity("rate", perSecond(of.unit), anything, of);
    case "increase":
      return quantity("increase", of.unit, positive, of);
    case "delta":
    case "idelta":
      return quantity("value", of.unit, anything, of);
    case "avg_over_time":
      return averaged(of);
    case "sum_over_time":
      return among(of, isPositive(of.range) ? positive : anything);
    case "stddev_over_time":
    case "mad_over_time":
      return quantity("value", of.unit, positive, of);
    case "absent":
    case "absent_over_time":
    case "present_over_time":
      return quantity("flag", unit("flag"), [1, 1], of);
    case "histogram_quantile":
      return bucketed(of, inferring.lookup);
    case "sgn":
      return quantity("value", unknownUnit, [-1, 1], of);
    case "abs":
      return among(of, isPositive(of.range) ? of.range : positive);
  }
  if (clamps.has(name)) return clamped(call, of, inferring);
  if (counts.has(name)) return quantity("count", unit(name === "count_over_time" ? "samples" : name), positive, of);
  return sameValue.has(name) ? passed(name, of) : quantity("unknown", unknownUnit, anything, of);
}

/** Functions that give a value as large as their argument's; some go beyond its bounds. */
function passed(name: string, of: Quantity): Quantity {
  if (name === "predict_linear" || name === "double_exponential_smoothing") return among(of, anything);
  if (name === "vector" || name === "scalar" || name.startsWith("sort") || name.startsWith("label_")) return of;
  return among(of);
}

/** What `clamp()` and its kin let through; a bound that is no constant says nothing. */
function clamped({ name, args }: Call, of: Quantity, inferring: Inferring): Quantity {
  const constant = (index: number): number => {
    const arg = args[index];
    return (arg && quantityOf(arg, inferring).value) ?? Number.NaN;
  };
  const floor = name === "clamp_max" ? Number.NEGATIVE_INFINITY : constant(1);
  const ceiling = name === "clamp_min" ? Number.POSITIVE_INFINITY : constant(name === "clamp" ? 2 : 1);
  const within = (bound: number): number | null => {
    const value = Math.min(Math.max(bound, floor), ceiling);
    return Number.isFinite(value) ? value : null;
  };
  const least = of.range[0];
  const greatest = of.range[1];
  const range: Bounds = [within(least ?? Number.NEGATIVE_INFINITY), within(greatest ?? Number.POSITIVE_INFINITY)];
  return among(of, range);
}

/** A quantile of buckets is measured like the observations: in the unit of the metric without `_bucket`. */
function bucketed(of: Quantity, lookup: MetricLookup): Quantity {
  const bucket = of.metrics.find((name) => name.endsWith("_bucket"));
  const info = bucket === undefined ? undefined : lookup(bucket.slice(0, -"_bucket".length));
  return quantity("value", info ? unit(info.unit) : unknownUnit, info?.range ?? anything, of);
}

function combined(expr: BinaryExpr, left: Quantity, right: Quantity): Quantity {
  const { op } = expr;
  if (isComparison(op)) {
    if (expr.bool) return quantity("flag", unit("flag"), [0, 1], left, right);
    // What comes through is the series, wherever the number stands.
    return inferType(expr.left) === "scalar" ? right : left;
  }
  const value = calculate(op, left.value, right.value);
  if (value !== undefined) return number(value, sum(left.unit, right.unit));
  switch (op) {
    case "and":
    case "unless":
      return left;
    case "or":
      return alternative(left, right);
    case "+":
    case "-":
      return added(op, left, right);
    case "*":
      return multiplied(left, right);
    case "/":
      return divided(left, right);
    default:
      return quantity("unknown", unknownUnit, anything, left, right);
  }
}

/** The unit of two constants together. */
function sum(a: Unit, b: Unit): Unit {
  if (!isKnown(a)) return b;
  return !isKnown(b) || sameUnit(a, b) ? a : unknownUnit;
}

function alternative(a: Quantity, b: Quantity): Quantity {
  const range: Bounds = [lower(a.range[0], b.range[0]), higher(a.range[1], b.range[1])];
  const isNumber = b.kind === "number";
  const kind = a.kind === b.kind || isNumber ? a.kind : a.kind === "number" ? b.kind : "unknown";
  const of = isNumber ? a.unit : a.kind === "number" ? b.unit : sameUnit(a.unit, b.unit) ? a.unit : unknownUnit;
  return quantity(kind, of, range, a, b);
}

function lower(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.min(a, b);
}

function higher(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function added(op: "+" | "-", a: Quantity, b: Quantity): Quantity {
  const other = op === "+" ? b.range : negated(b).range;
  const range: Bounds = [plus(a.range[0], other[0]), plus(a.range[1], other[1])];
  if (op === "-" && a.kind === "timestamp" && (b.kind === "timestamp" || isTimeStamp(b))) {
    return quantity("value", seconds, anything, a, b);
  }
  const of = sum(a.unit, b.unit);
  const same = a.kind === b.kind && a.kind !== "counter" && sameUnit(a.unit, b.unit);
  return quantity(same ? a.kind : isKnown(of) ? "value" : "unknown", of, range, a, b);
}

/** A gauge that holds a moment, such as `process_start_time_seconds`. */
function isTimeStamp(of: Quantity): boolean {
  return of.kind === "value" && isTime(of.unit) && of.metrics.some((name) => /time(stamp)?(_seconds)?$/.test(name));
}

function multiplied(a: Quantity, b: Quantity): Quantity {
  const constant = a.value === undefined ? b : a;
  const other = constant === a ? b : a;
  if (constant.value === undefined) {
    const of = a.unit.name === "ratio" ? b.unit : b.unit.name === "ratio" ? a.unit : unknownUnit;
    return quantity("value", of, isPositive(a.range) && isPositive(b.range) ? positive : anything, a, b);
  }
  return stretched(other, constant.value);
}

function stretched(of: Quantity, factor: number): Quantity {
  const a = of.range[0];
  const b = of.range[1];
  const least = a === null ? null : a * factor;
  const greatest = b === null ? null : b * factor;
  const range: Bounds = factor >= 0 ? [least, greatest] : [greatest, least];
  const kind = of.kind === "counter" || of.kind === "flag" || of.kind === "timestamp" ? "value" : of.kind;
  return quantity(kind, scaled(of.unit, factor), range, of);
}

function divided(a: Quantity, b: Quantity): Quantity {
  if (b.value !== undefined && b.value !== 0) return stretched(a, 1 / b.value);
  const range = isPositive(a.range) && isPositive(b.range) ? positive : anything;
  const share = quotient(a.unit, b.unit);
  if (share) return quantity("value", share, range, a, b);
  if (isKnown(a.unit) && isKnown(b.unit) && a.unit.perSecond === b.unit.perSecond && isCount(b.unit)) {
    return quantity("value", { name: a.unit.name, perSecond: false }, range, a, b);
  }
  return quantity("unknown", unknownUnit, range, a, b);
}

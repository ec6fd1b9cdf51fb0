// What the checks of an expression share, worked out once: its series with what the catalogue knows of them, its calls,
// its comparisons with constants, units and labels. Judges nothing.
import type { MetricInfo } from "../catalog/info.ts";
import { prometheusName } from "../catalog/names.ts";
import type { MetricRow } from "../catalog/types.ts";
import type {
  AggregateExpr,
  BinaryExpr,
  Call,
  ComparisonOp,
  Expr,
  LabelMatcher,
  MatrixSelector,
  VectorSelector,
} from "../promql/syntax/tree.ts";
import { eachChild } from "../promql/syntax/walk.ts";
import { calculate, isComparison } from "../promql/types/constants.ts";
import { type InferredLabels, type InferredPieces, inferLabels } from "../promql/types/inferLabels.ts";
import type { MetricLookup, MetricWorld } from "../promql/types/metricInfo.ts";
import { foundOnce } from "../promql/types/pieces.ts";
import { type PlainCondition, plainCondition } from "../promql/types/plainConditions.ts";
import { inferQuantity, type Quantity, type QuantityPieces } from "../promql/types/semantics.ts";
import type { Range } from "../ranges.ts";
import type { Scalar } from "../yaml/tree.ts";
import type { CheckContext } from "./check.ts";
import { parsed } from "./expression.ts";
import { knownMetric, knownPattern, rowsOfPattern } from "./knownMetrics.ts";

/** One selector that says which metric it is about. */
export type SeriesUse = {
  readonly selector: VectorSelector;
  /** "" where a pattern on `__name__` stands for the name. */
  readonly name: string;
  /** Where the metric is named: the name, or the value of the matcher, quotes included. */
  readonly range: Range;
  /** What the catalogue knows; undefined for metrics of other programs and for what recording rules make. */
  readonly info: MetricInfo | undefined;
  /** The rows behind it: of a pattern perhaps several. */
  readonly rows: readonly MetricRow[];
  /** `x[5m]` around it. */
  readonly matrix: MatrixSelector | undefined;
  /** The call whose argument it is, parentheses and subqueries aside. */
  readonly call: Call | undefined;
};

/** A comparison with a constant, turned so that the series stand on the left. */
export type Threshold = {
  readonly expr: BinaryExpr;
  readonly op: ComparisonOp;
  readonly series: Expr;
  readonly constant: Expr;
  readonly value: number;
};

export type Analysis = {
  readonly text: string;
  readonly expr: Expr | undefined;
  readonly uses: readonly SeriesUse[];
  /** Whether the catalogue knows one of the metrics. */
  readonly known: boolean;
  /** Uses of names that look like Dkron's and that neither an agent nor a recording rule makes. */
  readonly strange: readonly SeriesUse[];
  readonly selectors: readonly VectorSelector[];
  readonly calls: readonly Call[];
  readonly aggregates: readonly AggregateExpr[];
  readonly binaries: readonly BinaryExpr[];
  readonly thresholds: readonly Threshold[];
  /** Where it is a plain condition on metrics of which nothing is known, what that says of its result: `labels` need not be asked. */
  readonly condition: PlainCondition | undefined;
  /** The node around a node; the outermost has none. */
  readonly parent: (node: Expr) => Expr | undefined;
  readonly quantity: (node: Expr) => Quantity;
  readonly labels: (node: Expr) => InferredLabels;
};

type Kept = { readonly scalar: Scalar; readonly context: CheckContext; readonly analysis: Analysis };

/** All checks look at one rule after the other. More is not kept: of thousands of rules it is most of what there is to collect. */
let last: Kept | undefined;

/** The analysis of the expression in a scalar; offsets are those of `scalar.value`. */
export function analysisOf(scalar: Scalar, context: CheckContext): Analysis {
  const { expr } = parsed(scalar, context.prometheusVersion);
  // Of a tree that was made anew the nodes are others.
  if (last?.scalar !== scalar || last.context !== context || last.analysis.expr !== expr) {
    last = { scalar, context, analysis: analyze(scalar.value, expr, context) };
  }
  return last.analysis;
}

function analyze(text: string, expr: Expr | undefined, context: CheckContext): Analysis {
  const lookup: MetricLookup = (name) => infoIn(context, name);
  const parents = new Map<Expr, Expr>();
  const selectors: VectorSelector[] = [];
  const calls: Call[] = [];
  const aggregates: AggregateExpr[] = [];
  const binaries: BinaryExpr[] = [];
  const visit = (node: Expr): void => {
    if (node.kind === "VectorSelector") selectors.push(node);
    else if (node.kind === "Call") calls.push(node);
    else if (node.kind === "AggregateExpr") aggregates.push(node);
    else if (node.kind === "BinaryExpr") binaries.push(node);
    eachChild(node, enter, node);
  };
  const enter = (node: Expr, around: Expr): void => {
    parents.set(node, around);
    visit(node);
  };
  if (expr) visit(expr);
  const parent = (node: Expr): Expr | undefined => parents.get(node);
  // Of most expressions only some are asked for.
  let quantities: QuantityPieces | undefined;
  const quantity = (node: Expr): Quantity => {
    quantities ??= new Map();
    return inferQuantity(node, lookup, quantities);
  };
  const world: MetricWorld = { metric: lookup };
  let branches: InferredPieces | undefined;
  const uses = found(selectors, (selector) => useOf(selector, parent, context));
  const known = uses.some(isKnown);
  return {
    text,
    expr,
    uses,
    known,
    strange: uses.filter((use) => isStrange(use, context)),
    selectors,
    calls,
    aggregates,
    binaries,
    thresholds: found(binaries, thresholdOf),
    condition: known || !expr ? undefined : plainCondition(expr),
    parent,
    quantity,
    labels: remembered((node) => {
      branches ??= new Map();
      return inferLabels(node, world, branches);
    }),
  };
}

function infoIn({ dkronVersion, workspace }: CheckContext, name: string): MetricInfo | undefined {
  return workspace.recordings.has(name) ? undefined : knownMetric(name, dkronVersion);
}

function remembered<T>(find: (node: Expr) => T): (node: Expr) => T {
  let known: Map<Expr, T> | undefined;
  return (node) => {
    known ??= new Map();
    return foundOnce(known, node, find, undefined);
  };
}

function found<T, U>(items: readonly T[], find: (item: T) => U | undefined): U[] {
  const results: U[] = [];
  for (let i = 0; i < items.length; i++) {
    const result = find(items[i] as T);
    if (result !== undefined) results.push(result);
  }
  return results;
}

function useOf(
  selector: VectorSelector,
  parent: (node: Expr) => Expr | undefined,
  context: CheckContext,
): SeriesUse | undefined {
  const matcher = selector.name === "" ? selector.matchers.find(isNameMatcher) : undefined;
  if (selector.name === "" && !matcher) return undefined;
  const written = matcher ? matcher.value : selector.name;
  const isPattern = matcher?.op === "=~";
  const info = isPattern ? knownPattern(written, context.dkronVersion) : infoIn(context, written);
  const above = parent(selector);
  const matrix = above?.kind === "MatrixSelector" ? above : undefined;
  const rows = isPattern ? rowsOfPattern(written, context.dkronVersion) : rowsOf(info);
  const start = matcher ? matcher.valueStart : selector.start;
  const range = { start, end: matcher ? matcher.end : start + selector.name.length };
  const call = callAround(matrix ?? selector, parent);
  return { selector, name: isPattern ? "" : written, range, info, rows, matrix, call };
}

const noRows: readonly MetricRow[] = [];

function rowsOf(info: MetricInfo | undefined): readonly MetricRow[] {
  return info ? [info.row] : noRows;
}

function isKnown({ rows }: SeriesUse): boolean {
  return rows.length > 0;
}

function isStrange({ name, rows }: SeriesUse, { workspace }: CheckContext): boolean {
  return rows.length === 0 && name.startsWith("dkron_") && !workspace.recordings.has(name);
}

function isNameMatcher({ label, op, valueStart }: LabelMatcher): boolean {
  return label === "__name__" && (op === "=" || op === "=~") && valueStart >= 0;
}

function callAround(node: Expr, parent: (node: Expr) => Expr | undefined): Call | undefined {
  let above = parent(node);
  while (above?.kind === "ParenExpr" || above?.kind === "SubqueryExpr") above = parent(above);
  return above?.kind === "Call" ? above : undefined;
}

const mirrored: Readonly<Record<ComparisonOp, ComparisonOp>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

/** The comparison as one with a constant, if it is. */
export function thresholdOf(expr: BinaryExpr): Threshold | undefined {
  if (!isComparison(expr.op)) return undefined;
  const op = expr.op as ComparisonOp;
  const left = numberOf(expr.left);
  const right = numberOf(expr.right);
  if (left !== undefined && right === undefined)
    return { expr, op: mirrored[op], series: expr.right, constant: expr.left, value: left };
  if (right !== undefined && left === undefined)
    return { expr, op, series: expr.left, constant: expr.right, value: right };
  return undefined;
}

/** The value of what is made of numbers alone. */
function numberOf(expr: Expr): number | undefined {
  switch (expr.kind) {
    case "NumberLiteral":
      return expr.value;
    case "ParenExpr":
      return numberOf(expr.expr);
    case "UnaryExpr": {
      const value = numberOf(expr.expr);
      return value === undefined || expr.op === "+" ? value : -value;
    }
    case "BinaryExpr":
      return calculate(expr.op, numberOf(expr.left), numberOf(expr.right));
    default:
      return undefined;
  }
}

/** The expression inside parentheses. */
export function bare(expr: Expr): Expr {
  return expr.kind === "ParenExpr" ? bare(expr.expr) : expr;
}

/** `time()`, the moment of the evaluation. */
export function isNow(expr: Expr): boolean {
  const node = bare(expr);
  return node.kind === "Call" && node.name === "time";
}

/** The text of a node. */
export function textOf({ text }: Analysis, { start, end }: Range): string {
  return text.slice(start, end);
}

/** The metric as a message names it. */
export function nameOf({ name, rows }: SeriesUse): string {
  return name === "" ? (rows[0] ? prometheusName(rows[0]) : "this pattern") : name;
}

/** The uses whose selectors stand in a node. */
export function usesIn({ uses }: Analysis, { start, end }: Range): readonly SeriesUse[] {
  return uses.filter(({ selector }) => start <= selector.start && selector.end <= end);
}

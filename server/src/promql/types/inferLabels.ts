// The label algebra: which labels the result of an expression has, whether it always returns, and why. Reports nothing.
import type { AggregateExpr, BinaryExpr, Call, Expr, VectorSelector } from "../syntax/tree.ts";
import { binaryBranches, type Side } from "./binaryLabels.ts";
import { alive, type Branch, combine, constant, isLabelless, passedOn, sharedValue } from "./branches.ts";
import { callBranches } from "./functionLabels.ts";
import { functions } from "./functions.ts";
import { inferType } from "./inferType.ts";
import {
  either,
  factOf,
  type LabelFact,
  type LabelFacts,
  labelFact,
  METRIC_NAME,
  only,
  withFact,
  without,
} from "./labelFacts.ts";
import { type MetricWorld, unknownWorld } from "./metricInfo.ts";
import { foundOnce } from "./pieces.ts";
import { selectorBranch } from "./selectorLabels.ts";

/** `branches` are the alternatives that `or` joins, dead ones included; at least one. */
export type InferredLabels = {
  readonly branches: readonly Branch[];
  /** Something comes back at every moment, whatever is scraped. The opposite is "can be empty". */
  readonly alwaysReturns: boolean;
  /** Nothing ever comes back: every branch is dead. */
  readonly neverReturns: boolean;
  /** Whether every branch that lives depends on a condition, as an alert's expression should. */
  readonly isCondition: boolean;
  /** The value, where it is the same constant in every branch that lives. */
  readonly value: number | undefined;
};

/** What was inferred of the pieces of one tree: who asks about several of them has each looked at once. */
export type InferredPieces = Map<Expr, readonly Branch[]>;

type Inferring = { readonly world: MetricWorld; readonly pieces: InferredPieces };

/**
 * What is known of the labels of an expression's result, by its text and by what `world` tells of metrics.
 * Where nothing is known the answer is "maybe": "always" and "never" are certain.
 * Follows promql/engine.go and functions.go of Prometheus 3.14, with delayed name removal off. `pieces` are to be handed in
 * again where other pieces of the same tree are asked about in the same world.
 */
export function inferLabels(
  expr: Expr,
  world: MetricWorld = unknownWorld,
  pieces: InferredPieces = new Map(),
): InferredLabels {
  const branches = branchesOf(expr, { world, pieces });
  const living = alive(branches);
  return {
    branches,
    alwaysReturns: living.some((branch) => branch.alwaysReturns),
    neverReturns: living.length === 0,
    isCondition: living.length > 0 && living.every((branch) => branch.condition !== undefined),
    value: living.length === 0 ? undefined : sharedValue(living),
  };
}

/** What is known of one label of the result, over all branches that live. */
export function labelOf({ branches }: InferredLabels, label: string): LabelFact {
  const alone = branches.length === 1 ? branches[0] : undefined;
  if (alone) return factOf(alone.facts, label);
  const living = alive(branches);
  return either((living.length > 0 ? living : branches).map(({ facts }) => factOf(facts, label)));
}

function branchesOf(expr: Expr, inferring: Inferring): readonly Branch[] {
  switch (expr.kind) {
    case "MatrixSelector":
      return branchesOf(expr.selector, inferring);
    case "SubqueryExpr":
    case "ParenExpr":
      return branchesOf(expr.expr, inferring);
    case "NumberLiteral":
      return [constant(expr, expr.value, "a number has no labels")];
    case "StringLiteral":
    case "Missing":
      return [constant(expr, undefined, "there are no series here")];
    case "UnaryExpr":
      return branchesOf(expr.expr, inferring).map((branch) => negated(expr, branch));
    default:
      return foundOnce(inferring.pieces, expr, branchesOfSeries, inferring);
  }
}

function branchesOfSeries(
  expr: VectorSelector | AggregateExpr | Call | BinaryExpr,
  inferring: Inferring,
): readonly Branch[] {
  switch (expr.kind) {
    case "VectorSelector":
      return [selectorBranch(expr, inferring.world)];
    case "AggregateExpr":
      return [aggregated(expr, inferring)];
    case "Call":
      return called(expr, inferring);
    case "BinaryExpr":
      return binaryBranches(expr, side(expr.left, inferring), side(expr.right, inferring));
  }
}

function side(expr: Expr, inferring: Inferring): Side {
  return { isScalar: inferType(expr) === "scalar", branches: branchesOf(expr, inferring) };
}

function negated(expr: Expr & { readonly kind: "UnaryExpr" }, branch: Branch): Branch {
  if (expr.op === "+") return branch;
  const sign = { start: expr.start, end: expr.start + 1 };
  const facts = without(branch.facts, [METRIC_NAME], "the sign drops the name", sign);
  return passedOn(branch, expr, facts, branch.value === undefined ? undefined : -branch.value);
}

function called(call: Call, inferring: Inferring): readonly Branch[] {
  const types = functions.get(call.name)?.args ?? [];
  const index = types.findIndex((type) => type === "vector" || type === "matrix");
  const argument = index < 0 ? undefined : call.args[index];
  const scalar = call.name === "vector" ? call.args[0] : undefined;
  return callBranches(
    call,
    argument && branchesOf(argument, inferring),
    scalar && sharedValue(branchesOf(scalar, inferring)),
  );
}

/** Operators that give back some of the series as they are. */
const selects = new Set(["bottomk", "limit_ratio", "limitk", "topk"]);
/** Operators whose value on a single series is that series' value. */
const identity = new Set(["avg", "max", "min", "sum"]);

function aggregated(expr: AggregateExpr, inferring: Inferring): Branch {
  const inner = expr.expr ?? expr.args.at(-1);
  if (!inner) return constant(expr, undefined, "there are no series here");
  const source = combine(expr, branchesOf(inner, inferring));
  if (selects.has(expr.op)) return passedOn(source, expr, source.facts, undefined);
  const single = isLabelless(source.facts) || isGroupOfOne(expr, source.facts);
  const value = !single ? undefined : identity.has(expr.op) ? source.value : countOfOne(expr);
  return passedOn(source, expr, counted(expr, grouped(expr, source.facts)), value);
}

/** `count by (a, b) (sum by (a) (x))`: by all labels that there are, every group holds one series. */
function isGroupOfOne({ grouping }: AggregateExpr, { named, others }: LabelFacts): boolean {
  if (!grouping || grouping.without || others.presence !== "never") return false;
  const kept = new Set(grouping.labels.map(({ name }) => name));
  return [...named].every(
    ([label, { presence }]) => presence === "never" || (label !== METRIC_NAME && kept.has(label)),
  );
}

function countOfOne({ op }: AggregateExpr): number | undefined {
  return op === "count" || op === "group" ? 1 : undefined;
}

function grouped(expr: AggregateExpr, facts: LabelFacts): LabelFacts {
  const { op, grouping } = expr;
  if (!grouping) {
    return only(facts, [], `${op}() without by drops all labels`, { start: expr.start, end: expr.start + op.length });
  }
  const labels = grouping.labels.map(({ name }) => name);
  const range = { start: grouping.start, end: grouping.end };
  if (!grouping.without)
    return only(facts, labels, `by (${labels.join(", ")}) keeps only the labels that it names`, range);
  const rest = without(facts, labels, `without (${labels.join(", ")}) drops the labels that it names`, range);
  return without(rest, [METRIC_NAME], "an aggregation drops the name", range);
}

/** `count_values("label", x)` writes the value it counts into a label. */
function counted(expr: AggregateExpr, facts: LabelFacts): LabelFacts {
  if (expr.op !== "count_values" || expr.param?.kind !== "StringLiteral") return facts;
  const { value, start, end } = expr.param;
  return withFact(facts, value, labelFact("always", "count_values() writes the value there", { start, end }));
}

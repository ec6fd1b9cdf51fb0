// What operators do to labels: matching, what the sides must agree on, what is left. Knows no function.
import type { Range } from "../../ranges.ts";
import type { BinaryExpr, VectorMatching } from "../syntax/tree.ts";
import {
  alive,
  type Because,
  type Branch,
  combine,
  isLabelless,
  kill,
  onlyWhile,
  passedOn,
  sharedValue,
} from "./branches.ts";
import { calculate, compare, isComparison } from "./constants.ts";
import { agree, factOf, type LabelFact, type LabelFacts, METRIC_NAME, only, withFact, without } from "./labelFacts.ts";

/** What the types of the two sides are; the branches of a scalar hold its value. */
export type Side = { readonly isScalar: boolean; readonly branches: readonly Branch[] };

export function binaryBranches(expr: BinaryExpr, left: Side, right: Side): Branch[] {
  if (left.isScalar && right.isScalar) return [scalarPair(expr, left, right)];
  if (left.isScalar || right.isScalar) return withScalar(expr, left, right);
  switch (expr.op) {
    case "or":
      return union(expr, left.branches, right.branches);
    case "and":
      return left.branches.map((branch) => intersect(expr, branch, right.branches));
    case "unless":
      return left.branches.map((branch) => subtract(expr, branch, right.branches));
    default:
      return matched(expr, left.branches, right.branches);
  }
}

function operator(expr: BinaryExpr): { start: number; end: number } {
  return { start: expr.opStart, end: expr.opEnd };
}

function scalarPair(expr: BinaryExpr, left: Side, right: Side): Branch {
  const a = combine(expr.left, left.branches);
  return passedOn(a, expr, a.facts, calculate(expr.op, a.value, sharedValue(right.branches)));
}

/** Arithmetic changes what a value means, so the name goes; so does a comparison that gives 0 or 1. */
function dropsName(expr: BinaryExpr): boolean {
  return expr.bool !== undefined || !(isComparison(expr.op) || expr.op === "</" || expr.op === ">/");
}

function withoutName(expr: BinaryExpr, facts: LabelFacts): LabelFacts {
  if (!dropsName(expr)) return facts;
  return without(facts, [METRIC_NAME], `the operator ${expr.op} drops the name`, operator(expr));
}

function filters(expr: BinaryExpr): boolean {
  return isComparison(expr.op) && expr.bool === undefined;
}

function withScalar(expr: BinaryExpr, left: Side, right: Side): Branch[] {
  const scalar = sharedValue(left.isScalar ? left.branches : right.branches);
  const vector = left.isScalar ? right.branches : left.branches;
  const keepsValue = filters(expr);
  const resultOf = ({ value }: Branch): number | undefined => {
    if (keepsValue) return value;
    return left.isScalar ? calculate(expr.op, scalar, value) : calculate(expr.op, value, scalar);
  };
  const named = vector.map((branch) => passedOn(branch, expr, withoutName(expr, branch.facts), resultOf(branch)));
  if (!keepsValue) return named;
  return allFiltered(expr, vector, named, ({ value }) =>
    left.isScalar ? compare(expr.op, scalar, value) : compare(expr.op, value, scalar),
  );
}

/**
 * A comparison of several alternatives. What stood in the place of one of them is perhaps left out, and the alternative
 * does not come back for it: `(sum(foo) or vector(0)) < 1` returns nothing while the sum is 5.
 */
function allFiltered(
  expr: BinaryExpr,
  before: readonly Branch[],
  branches: readonly Branch[],
  holdsFor: (branch: Branch) => boolean | undefined,
): Branch[] {
  let leavesOut = false;
  return branches.map((branch, index) => {
    const source = before[index];
    if (branch.dead || !source) return branch;
    const holds = holdsFor(source);
    const shown = filtered(expr, branch, holds, branches.length > 1 ? source.expr : expr);
    const { behind } = branch;
    const result = behind && leavesOut && !shown.dead ? onlyWhile(shown, shown.condition ?? behind) : shown;
    leavesOut ||= holds !== true;
    return result;
  });
}

/** A comparison that lets through always, never, or at times. */
function filtered(expr: BinaryExpr, branch: Branch, holds: boolean | undefined, compared: Range): Branch {
  if (holds === true) return branch;
  if (holds === false) {
    const value = branch.value === undefined ? "" : `, as the value is always ${branch.value}`;
    return kill(branch, { reason: `the comparison is never true${value}`, range: compared });
  }
  const range = operator(expr);
  return onlyWhile(branch, branch.condition ?? { reason: "the comparison lets through what fulfils it", range });
}

function union(expr: BinaryExpr, left: readonly Branch[], right: readonly Branch[]): Branch[] {
  const sure = left.find((branch) => branch.alwaysReturns);
  const onNothing = expr.matching?.on === true && expr.matching.labels.length === 0;
  return [
    ...left,
    ...right.map((branch) => {
      const shadowed = sure !== undefined && (onNothing || (isLabelless(sure.facts) && isLabelless(branch.facts)));
      if (shadowed)
        return kill(branch, {
          reason: "the left side of or always returns a series with the same labels",
          range: branch.expr,
        });
      if (branch.behind || !left.some(({ facts }) => !agreement(expr, branch.facts, facts).conflict)) return branch;
      return { ...branch, behind: { reason: "the right side of or shows only what the left has not", range: expr } };
    }),
  ];
}

/** Whether any two series of the sides match, because there is nothing to differ in. */
function matchesAnything(expr: BinaryExpr, a: LabelFacts, b: LabelFacts): boolean {
  if (expr.matching?.on) return expr.matching.labels.length === 0;
  return isLabelless(a) && isLabelless(b);
}

/** Whether the other side always has something that matches the series of a branch. */
function surelyMatched(expr: BinaryExpr, branch: Branch, others: readonly Branch[]): boolean {
  return alive(others).some((other) => other.alwaysReturns && matchesAnything(expr, branch.facts, other.facts));
}

function intersect(expr: BinaryExpr, left: Branch, others: readonly Branch[]): Branch {
  if (left.dead) return left;
  const right = combine(expr.right, others);
  if (right.dead)
    return kill(left, { reason: `the right side of and never returns: ${right.dead.reason}`, range: right.dead.range });
  const { facts, conflict } = agreement(expr, left.facts, right.facts);
  if (conflict) return kill(left, conflict);
  if (surelyMatched(expr, left, others)) return passedOn(left, left.expr, facts, left.value);
  const own: Because = { reason: "and lets through only what the right side has too", range: operator(expr) };
  return onlyWhile(left, left.condition ?? right.condition ?? own, facts);
}

function subtract(expr: BinaryExpr, left: Branch, others: readonly Branch[]): Branch {
  const right = combine(expr.right, others);
  if (left.dead || right.dead) return left;
  if (surelyMatched(expr, left, others)) {
    return kill(left, {
      reason: "the right side of unless always returns and takes everything away",
      range: operator(expr),
    });
  }
  if (agreement(expr, left.facts, right.facts).conflict) return left;
  const own: Because = { reason: "unless takes away what the right side has too", range: operator(expr) };
  return onlyWhile(left, left.condition ?? own);
}

/** One to one, or with `group_left`, `group_right` many to one. */
function matched(expr: BinaryExpr, left: readonly Branch[], right: readonly Branch[]): Branch[] {
  const manyIsRight = expr.group?.side === "right";
  const many = manyIsRight ? right : left;
  const others = manyIsRight ? left : right;
  const one = combine(manyIsRight ? expr.left : expr.right, others);
  const results = many.map((branch) => {
    const own = passedOn(branch, expr, branch.facts, branch.value);
    if (branch.dead) return own;
    if (one.dead) return kill(own, { reason: `one side never returns: ${one.dead.reason}`, range: one.dead.range });
    const { facts, conflict } = expr.fill
      ? { facts: branch.facts, conflict: undefined }
      : agreement(expr, branch.facts, one.facts);
    if (conflict) return kill(own, conflict);
    const [a, b] = values(branch, one, manyIsRight);
    return {
      expr,
      facts: resultFacts(expr, facts, one.facts),
      alwaysReturns: branch.alwaysReturns && surelyMatched(expr, branch, others),
      condition: branch.condition ?? one.condition,
      value: filters(expr) ? a : calculate(expr.op, a, b),
      dead: undefined,
      behind: branch.behind,
    };
  });
  if (!filters(expr)) return results;
  return allFiltered(expr, many, results, (branch) => compare(expr.op, ...values(branch, one, manyIsRight)));
}

/** Of the left and of the right side. */
function values(many: Branch, one: Branch, manyIsRight: boolean): [number | undefined, number | undefined] {
  return manyIsRight ? [one.value, many.value] : [many.value, one.value];
}

/** promql/engine.go, `resultMetric`. */
function resultFacts(expr: BinaryExpr, many: LabelFacts, one: LabelFacts): LabelFacts {
  let facts = withoutName(expr, many);
  const { matching, group } = expr;
  if (group) {
    for (const { name, start, end } of group.include) {
      const source = factOf(one, name);
      const reason =
        source.presence === "never"
          ? `group_${group.side} takes ${name} from the other side, which has no such label`
          : `group_${group.side} takes ${name} from the other side`;
      facts = withFact(facts, name, { ...source, reason, range: { start, end } });
    }
    return facts;
  }
  if (!matching) return facts;
  const labels = names(matching);
  return matching.on
    ? only(facts, labels, `on(${labels.join(", ")}) keeps only the labels that it matches by`, matching)
    : without(facts, labels, "ignoring() drops the labels that it names", matching);
}

function names({ labels }: VectorMatching): string[] {
  return labels.map(({ name }) => name);
}

type Agreed = { readonly facts: LabelFacts; readonly conflict: Because | undefined };

/** The base side's labels, with what the other side's tell about the series that match. */
function agreement(expr: BinaryExpr, base: LabelFacts, other: LabelFacts): Agreed {
  const { matching } = expr;
  const at = matching ?? operator(expr);
  const named = new Map(base.named);
  const judged = matching?.on ? new Set(names(matching)) : new Set([...base.named.keys(), ...other.named.keys()]);
  if (!matching?.on) for (const label of [METRIC_NAME, ...(matching ? names(matching) : [])]) judged.delete(label);
  for (const label of judged) {
    const { fact, conflict } = agree(label, factOf(base, label), factOf(other, label));
    if (conflict) {
      const range = { start: at.start, end: at.end };
      const because: Because = { reason: `nothing can match: ${conflict}`, range };
      return { facts: base, conflict: because };
    }
    named.set(label, fact);
  }
  if (matching?.on || other.others.presence !== "never" || base.others.presence === "never")
    return agreed(named, base.others);
  // What is not matched on may be there all the same, whatever the other side has.
  for (const label of [METRIC_NAME, ...(matching ? names(matching) : [])]) named.set(label, factOf(base, label));
  return agreed(named, other.others);
}

function agreed(named: LabelFacts["named"], others: LabelFact): Agreed {
  const facts: LabelFacts = { named, others };
  return { facts, conflict: undefined };
}

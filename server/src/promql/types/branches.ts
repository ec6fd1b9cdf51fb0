// Where a result can come from: the alternatives of an expression and what is known of each. Knows no construct.
import type { Range } from "../../ranges.ts";
import type { Expr } from "../syntax/tree.ts";
import { either, factOf, type LabelFacts, METRIC_NAME, noLabels } from "./labelFacts.ts";

/** A piece of text and why it matters, as a sentence without a full stop. */
export type Because = { readonly reason: string; readonly range: Range };

/**
 * One alternative of a result; only `or` makes several. `expr` is the piece whose series these are.
 * `alwaysReturns`: at every moment, whatever is scraped. `condition`: what lets series through only at times.
 * `value`: of every series, where it is constant. `dead`: why this alternative can never return anything.
 * `behind`: it stands on the right of an `or` whose left side may have the same labels, and then shows in its place.
 */
export type Branch = {
  readonly expr: Expr;
  readonly facts: LabelFacts;
  readonly alwaysReturns: boolean;
  readonly condition: Because | undefined;
  readonly value: number | undefined;
  readonly dead: Because | undefined;
  readonly behind: Because | undefined;
};

/** A number, or a vector with one series without labels. */
export function constant(expr: Expr, value: number | undefined, reason: string): Branch {
  const facts = noLabels(reason, expr);
  return { expr, facts, alwaysReturns: true, condition: undefined, value, dead: undefined, behind: undefined };
}

/** The series of a branch as an operator, function or aggregation gives them on: under the same conditions. */
export function passedOn(branch: Branch, expr: Expr, facts: LabelFacts, value: number | undefined): Branch {
  const { alwaysReturns, condition, dead, behind } = branch;
  return { expr, facts, alwaysReturns, condition, value, dead, behind };
}

/** A branch that returns something at times only. */
export function onlyWhile(branch: Branch, condition: Because, facts = branch.facts): Branch {
  const { expr, value, dead, behind } = branch;
  return { expr, facts, alwaysReturns: false, condition, value, dead, behind };
}

export function kill(branch: Branch, dead: Because): Branch {
  if (branch.dead) return branch;
  const { expr, facts, condition, value, behind } = branch;
  return { expr, facts, alwaysReturns: false, condition, value, dead, behind };
}

export function alive(branches: readonly Branch[]): readonly Branch[] {
  const first = branches[0];
  if (branches.length === 1 && !first?.dead) return branches;
  return branches.some(({ dead }) => dead) ? branches.filter(({ dead }) => !dead) : branches;
}

/** Whether the series surely carry no label but perhaps a name, so that there is at most one of a kind. */
export function isLabelless({ named, others }: LabelFacts): boolean {
  if (others.presence !== "never") return false;
  for (const [label, { presence }] of named) if (label !== METRIC_NAME && presence !== "never") return false;
  return true;
}

/** All labels that something is known of in one of the branches. */
export function namedLabels(branches: readonly Branch[]): Set<string> {
  const labels = new Set<string>();
  for (const { facts } of branches) for (const label of facts.named.keys()) labels.add(label);
  return labels;
}

/** The value that they share, over all that live. */
export function sharedValue(branches: readonly Branch[]): number | undefined {
  const living = alive(branches);
  const used = living.length > 0 ? living : branches;
  const value = used[0]?.value;
  return used.length < 2 || used.every((branch) => branch.value === value) ? value : undefined;
}

/** The branches seen as one set of series, as an aggregation or the other side of a match sees them. */
export function combine(expr: Expr, branches: readonly Branch[]): Branch {
  const living = alive(branches);
  const used = living.length > 0 ? living : branches;
  const first = used[0];
  if (!first) return constant(expr, undefined, "nothing is here");
  if (used.length === 1) return first.expr === expr ? first : passedOn(first, expr, first.facts, first.value);
  const named = new Map(
    [...namedLabels(used)].map((label) => [label, either(used.map((b) => factOf(b.facts, label)))]),
  );
  const facts = { named, others: either(used.map((branch) => branch.facts.others)) };
  const sure = used.find((branch) => branch.alwaysReturns && !branch.condition);
  const alwaysReturns = used.some((branch) => branch.alwaysReturns);
  const condition = !sure && used.every((branch) => branch.condition) ? first.condition : undefined;
  const value = sharedValue(used);
  const dead = living.length > 0 ? undefined : first.dead;
  return { expr, facts, alwaysReturns, condition, value, dead, behind: undefined };
}

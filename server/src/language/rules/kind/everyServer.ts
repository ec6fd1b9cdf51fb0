// kind/every-server: a counter that every server counts, added up or alerted on server by server.
import type { Edit } from "../../../edits.ts";
import type { AggregateExpr, BinaryExpr, Expr, Grouping } from "../../../promql/syntax/tree.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import { type Analysis, bare, nameOf, type SeriesUse, usesIn } from "../../analysis.ts";
import type { Report, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { wrapped } from "./shared.ts";

const adding: ReadonlySet<string> = new Set(["sum", "count"]);
/** Without a label for the server each of these gives one series for all of them. */
const server = "instance";

export const kindEveryServer: RuleCheck = {
  id: "kind/every-server",
  level: "warning",
  title: "What every server counts, added up or alerted on server by server",
  needs: ["metric of every server"],
  check: onExpression(({ analysis, expr, rule: { kind } }, report): void => {
    let isSaid = false;
    for (const use of analysis.uses) {
      if (!use.info?.everyServerCounts) continue;
      const fate = fateOf(analysis, use);
      if (fate.kind === "added") report(added(expr, use, fate.by));
      if (fate.kind !== "apart" || kind !== "alert" || isSaid) continue;
      isSaid = true;
      report(apart(expr, analysis, use));
    }
  }),
};

/** What becomes of the servers' counts on the way out: added up, made one, left apart, kept apart by name, or only asked whether they are there. */
type Fate =
  | { readonly kind: "added"; readonly by: AggregateExpr }
  | { readonly kind: "one" }
  | { readonly kind: "apart" }
  | { readonly kind: "wanted" }
  | { readonly kind: "asked" };

function fateOf(analysis: Analysis, { selector }: SeriesUse): Fate {
  let below: Expr = selector;
  for (let node = analysis.parent(selector); node; node = analysis.parent(node)) {
    if (node.kind === "AggregateExpr" && wantsServer(node.grouping)) return { kind: "wanted" };
    if (node.kind === "AggregateExpr" && !keepsServer(node.grouping))
      return adding.has(node.op) ? { kind: "added", by: node } : { kind: "one" };
    // Of resets another check says that they do not show what was looked for.
    if (node.kind === "Call" && /^(absent|resets$)/.test(node.name)) return { kind: "asked" };
    if (node.kind === "BinaryExpr") {
      if ((node.op === "unless" || node.op === "and") && node.right === below) return { kind: "asked" };
      if (node.matching && !keepsServer({ ...node.matching, without: !node.matching.on })) return { kind: "one" };
    }
    below = node;
  }
  return isPinned(selector.matchers) ? { kind: "one" } : { kind: "apart" };
}

function keepsServer(grouping: Pick<Grouping, "without" | "labels"> | undefined): boolean {
  if (!grouping) return false;
  return grouping.labels.some(({ name }) => name === server) !== grouping.without;
}

/** `by (instance)`: the servers are kept apart on purpose. */
function wantsServer(grouping: Grouping | undefined): boolean {
  return grouping?.without === false && keepsServer(grouping);
}

function isPinned(matchers: readonly { readonly label: string; readonly op: string | undefined }[]): boolean {
  return matchers.some(({ label, op }) => label === server && op === "=");
}

function added(expr: Scalar, use: SeriesUse, by: AggregateExpr): Report {
  return {
    range: placeOf(expr, { start: by.start, end: by.start + by.op.length }),
    message: `Every server counts every execution, so ${by.op}() of ${nameOf(use)} gives as many times the number as there are servers. A limit of 3 is reached by one failure on three servers. Take max by (job_name) of the servers' counts.`,
    fixes: [expressionFix(expr, "Take max by (job_name)", maxEdits(by))],
  };
}

/** `sum by (job_name) (x)` becomes `max by (job_name) (x)`; of other groupings the inside is made one first. */
function maxEdits(by: AggregateExpr): Edit[] {
  const labels = by.grouping?.without ? undefined : (by.grouping?.labels.map(({ name }) => name) ?? []);
  if (by.op === "sum" && labels?.includes("job_name"))
    return [{ range: { start: by.start, end: by.start + by.op.length }, text: "max" }];
  if (!by.expr) return [];
  if (!labels) return wrapped(by.expr, `max without (${server}) (`, ")");
  return wrapped(by.expr, `max by (${[...labels, "job_name"].join(", ")}) (`, ")");
}

function apart(expr: Scalar, analysis: Analysis, use: SeriesUse): Report {
  const part = conditionOf(analysis, use);
  return {
    range: placeOf(expr, use.range),
    severity: "information",
    message: `Every server counts every execution, so this alert fires once for each server and job. Three servers send three pages for one failing job. Write max by (job_name) around it.`,
    fixes: [expressionFix(expr, "Write max by (job_name)", wrapped(part, "max by (job_name) (", ")"))],
  };
}

/** Whether the other side of an operator has such a counter too. */
function holdsCounter(analysis: Analysis, node: BinaryExpr, side: Expr): boolean {
  const other = node.left === side ? node.right : node.left;
  return usesIn(analysis, other).some(({ info }) => info?.everyServerCounts);
}

/** What is compared; the whole, where that is combined with something else by labels, or nothing is compared. */
function conditionOf(analysis: Analysis, { selector }: SeriesUse): Expr {
  const { thresholds, parent } = analysis;
  const threshold = thresholds.find(({ series }) => series.start <= selector.start && selector.end <= series.end);
  let whole: Expr = selector;
  let combined = false;
  for (let node = parent(whole); node; node = parent(whole)) {
    if (node.kind === "BinaryExpr" && node.op === "or" && !holdsCounter(analysis, node, whole)) break;
    combined ||= node.kind === "BinaryExpr" && (node.op === "or" || node.op === "and" || node.op === "unless");
    whole = node;
  }
  return bare(threshold && !combined ? threshold.series : whole);
}

// alert/same-labels: `or` whose sides have equal labels: where both hold, only the left one is seen.
import type { BinaryExpr, Expr } from "../../../promql/syntax/tree.ts";
import { labelOf } from "../../../promql/types/inferLabels.ts";
import { METRIC_NAME } from "../../../promql/types/labelFacts.ts";
import { type Analysis, bare, textOf, usesIn } from "../../analysis.ts";
import { placeOf } from "../../expression.ts";
import { type Alert, alertCheck, isFilter, isSet } from "./shared.ts";

export const alertSameLabels = alertCheck({
  id: "alert/same-labels",
  level: "information",
  title: "`or` whose sides end with equal labels, so that the right side is hidden by the left",
  needs: ["operator but limit"],
  look(alert, report) {
    for (const node of alert.analysis.binaries) {
      if (node.op !== "or" || node.matching || !isAlternative(alert, node)) continue;
      if (excludeEachOther(alert, node) || !sameLabels(alert, node)) continue;
      report({
        range: placeOf(alert.scalar, { start: node.opStart, end: node.opEnd }),
        message:
          "Both sides end with the same labels and without a name. Where both hold at once, `or` shows the left one only, and an annotation cannot tell which it was. Make two alerts, or give one side a label with label_replace().",
      });
    }
  },
});

/**
 * Whether each side is a condition of its own, and what it lets through becomes an alert. Elsewhere the right side is a
 * fallback: another name of the same value, or another reason for the left side of `and` to stay.
 */
function isAlternative({ analysis }: Alert, node: BinaryExpr): boolean {
  if (!isCondition(node.left) || !isCondition(node.right)) return false;
  let below: Expr = node;
  for (let above = analysis.parent(below); above; above = analysis.parent(above)) {
    const keepsOn = above.kind === "BinaryExpr" && isSet(above) && (above.op === "or" || above.left === below);
    if (above.kind !== "ParenExpr" && !keepsOn) return false;
    below = above;
  }
  return true;
}

/**
 * Two limits of one thing, and `absent(x)` beside x itself, are never true together. Of one condition over several windows, as in
 * alerts on burn rates, nobody asks which of them it was.
 */
function excludeEachOther({ analysis }: Alert, { left, right }: BinaryExpr): boolean {
  const a = bare(left);
  const b = bare(right);
  if (isAbsent(a) !== isAbsent(b)) return true;
  if (isFilter(a) && isFilter(b) && textOf(analysis, a.left) === textOf(analysis, b.left)) return true;
  if (!isCondition(a) || !isCondition(b)) return false;
  return withoutNumbers(textOf(analysis, a)) === withoutNumbers(textOf(analysis, b));
}

/** Whether only what is out of bounds is left of it: a comparison, or several that `and` and `or` join, aggregated or not. */
function isCondition(node: Expr): boolean {
  const inner: Expr = bare(node);
  if (isAbsent(inner)) return true;
  if (inner.kind === "AggregateExpr") return inner.expr !== undefined && isCondition(inner.expr);
  if (inner.kind !== "BinaryExpr") return false;
  if (inner.op === "or") return isCondition(inner.left) && isCondition(inner.right);
  return inner.op === "and" || inner.op === "unless" ? isCondition(inner.left) : isFilter(inner);
}

/** An expression with its thresholds, windows and the windows in its names taken out. */
function withoutNumbers(text: string): string {
  return text.replace(/\d+(?:ms|[smhdwy])(?![A-Za-z\d])|(?<!\w)\d[\d.e+-]*/g, "#").replace(/\s+/g, "");
}

function isAbsent(node: Expr): boolean {
  return node.kind === "Call" && (node.name === "absent" || node.name === "absent_over_time");
}

/** Whether the sides end with the same labels as far as the text tells; constants as fallback are what `or` is for. */
function sameLabels({ analysis }: Alert, { left, right }: BinaryExpr): boolean {
  const a = labelsOf(analysis.labels, left);
  const b = labelsOf(analysis.labels, right);
  return a !== undefined && a === b && !askForOthers(analysis, left, right);
}

/** Whether a label that is left tells the sides apart, because other values of it are asked for on each. */
function askForOthers(analysis: Analysis, left: Expr, right: Expr): boolean {
  const asked = (side: Expr): Map<string, string> =>
    new Map(
      usesIn(analysis, side).flatMap(({ selector }) =>
        selector.matchers.map(({ label, op, value }) => [label, `${op}${value}`] as const),
      ),
    );
  const others = asked(right);
  for (const [label, wanted] of asked(left)) {
    const other = others.get(label);
    if (other === undefined || other === wanted) continue;
    if (labelOf(analysis.labels(left), label).presence !== "never") return true;
  }
  return false;
}

/** The labels of a side as a text, with the values that are certain. */
function labelsOf(labels: Alert["analysis"]["labels"], expr: Expr): string | undefined {
  const { branches, alwaysReturns } = labels(expr);
  const branch = branches[0];
  if (branches.length !== 1 || !branch || alwaysReturns || branch.dead) return undefined;
  const { named, others } = branch.facts;
  const known = [others.presence === "never" ? "only" : "any"];
  if ((named.get(METRIC_NAME) ?? others).presence !== "never") return undefined;
  for (const [label, { presence, values }] of named)
    if (presence !== "never") known.push(`${label}=${values?.join("|") ?? presence}`);
  return known.sort().join();
}

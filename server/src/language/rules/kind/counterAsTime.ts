// kind/counter-as-time: `time() - x_total`, as if a counter held the moment when it last grew.
import type { AggregateExpr, BinaryExpr, Expr, VectorSelector } from "../../../promql/syntax/tree.ts";
import { type Analysis, bare, isNow } from "../../analysis.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { durationText } from "../../scrapes.ts";

export const kindCounterAsTime: RuleCheck = {
  id: "kind/counter-as-time",
  level: "warning",
  title: "time() less a counter, as if it held a moment",
  needs: ["operator but limit"],
  check: onExpression(({ analysis, expr }, report) => {
    for (const node of analysis.binaries) {
      if (node.op !== "-" || !isNow(node.left)) continue;
      const counter = counterIn(node.right);
      if (!counter) continue;
      const quiet = quietFor(analysis, node, counter);
      const { name } = counter;
      report({
        range: placeOf(expr, { start: counter.start, end: counter.start + name.length }),
        message:
          `${name} is how many there were, and not when. time() less that is no length of time: it is some fifty years, whatever happens. ` +
          `increase(${name}[${quiet?.window ?? "1h"}]) == 0 tells that there was none for a while.`,
        fixes: quiet ? [expressionFix(expr, `Write increase() == 0`, [{ range: quiet.range, text: quiet.grown }])] : [],
      });
    }
  }),
};

/** Names of what is counted, and not of a moment or a length of time: `uptime_seconds_total`. */
const counted = /_(?:total|count)$/;
const timely = /(?:^|_)(?:date|epoch|last|ms|seconds|seen|since|start|time)(?:_|$)|timestamp|uptime/i;

/** The counter as it stands, or the most or least of several. */
function counterIn(expr: Expr): VectorSelector | undefined {
  const node = bare(expr);
  if (isExtreme(node) && node.expr) return counterIn(node.expr);
  if (node.kind !== "VectorSelector" || node.offset !== undefined || node.at !== undefined) return undefined;
  return counted.test(node.name) && !timely.test(node.name) ? node : undefined;
}

const isExtreme = (node: Expr): node is AggregateExpr =>
  node.kind === "AggregateExpr" && /^(?:avg|max|min|sum)$/.test(node.op);

/** `time() - x > 3600` as `increase(x[1h]) == 0`, where nothing but brackets stands between. */
function quietFor({ text, thresholds }: Analysis, { start, end, right }: BinaryExpr, counter: VectorSelector) {
  const limit = thresholds.find(({ series, op }) => bare(series).start === start && (op === ">" || op === ">="));
  if (!limit || limit.expr.bool || limit.value < 60 || limit.constant.start < end) return undefined;
  const closing = text.slice(end, limit.expr.opStart).trim();
  if (!/^\)*$/.test(closing)) return undefined;
  const window = durationText(limit.value);
  const [before, series, after] = [
    text.slice(right.start, counter.start),
    text.slice(counter.start, counter.end),
    text.slice(counter.end, end),
  ];
  return {
    window,
    range: { start, end: limit.constant.end },
    grown: `${before}increase(${series}[${window}])${after}${closing} == 0`,
  };
}

// template/raw-number: `$value` printed as it is where it is a fraction with a tail, such as 0.016666666666666666.
import type { Expr } from "../../../promql/syntax/tree.ts";
import { inferQuantity } from "../../../promql/types/semantics.ts";
import { fix, type Report, type RuleCheck } from "../../check.ts";
import { parsed, placeOf } from "../../expression.ts";
import { usesOf } from "../../templates.ts";
import { loadable, placeName, worldOf } from "./shared.ts";

export const templateRawNumber: RuleCheck = {
  id: "template/raw-number",
  level: "information",
  title: "A fraction printed with all its digits",
  *check(rule, _group, context): Iterable<Report> {
    if (!rule.expr) return;
    for (const template of loadable(rule)) {
      if (template.place === "label") continue;
      for (const use of usesOf(template).values) {
        if (use.from !== "alert" || !use.printed || use.formatters.length > 0) continue;
        const { expr, errors } = parsed(rule.expr, context.prometheusVersion);
        const origin = expr && errors.length === 0 ? fractionIn(expr) : undefined;
        if (!expr || !origin) return;
        const range = placeOf(template.scalar, use);
        const named = /^ ?(%|m?s\b|B\b)/.test(
          template.scalar.value.slice(template.scalar.value.indexOf("}}", use.end) + 2),
        );
        const formatter = named ? "humanize" : formatterFor(inferQuantity(expr, worldOf(context).metric).unit.name);
        yield {
          range,
          message:
            `${placeName(template)}: the value comes from ${origin} and is printed with all its digits, as in 0.016666666666666666. ` +
            `That is hard to read at three in the morning. Write | ${formatter} behind it.`,
          fixes: [
            fix(`Add ${formatter}`, { range: { start: range.end, end: range.end }, text: ` | ${formatter}` }, false),
          ],
        };
      }
    }
  },
};

const formatterFor = (unit: string): string =>
  unit === "ratio"
    ? "humanizePercentage"
    : unit === "s"
      ? "humanizeDuration"
      : unit === "bytes"
        ? "humanize1024"
        : "humanize";

/** Calls whose result is a fraction by nature. */
const perSecond = new Set(["rate", "irate", "deriv"]);

/** Whatever its argument is, the result is a whole number or another thing. */
const whole = new Set(["ceil", "floor", "round", "sgn", "count", "group", "count_values", "timestamp", "absent"]);

/** What makes a fraction of the value; `undefined` where nothing surely does. Only the side whose value is shown counts. */
function fractionIn(expr: Expr): string | undefined {
  switch (expr.kind) {
    case "ParenExpr":
    case "UnaryExpr":
      return fractionIn(expr.expr);
    case "Call":
      if (whole.has(expr.name)) return undefined;
      return perSecond.has(expr.name) ? `${expr.name}()` : first(expr.args);
    case "AggregateExpr":
      return whole.has(expr.op) || !expr.expr ? undefined : fractionIn(expr.expr);
    case "BinaryExpr":
      return expr.bool ? undefined : showsLeft.has(expr.op) ? fractionIn(expr.left) : first([expr.left, expr.right]);
    default:
      return undefined;
  }
}

const showsLeft = new Set(["and", "unless", ">", ">=", "<", "<=", "==", "!="]);

function first(exprs: readonly Expr[]): string | undefined {
  for (const expr of exprs) {
    const found = fractionIn(expr);
    if (found !== undefined) return found;
  }
  return undefined;
}

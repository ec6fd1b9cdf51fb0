// template/raw-number: `$value` printed as it is where it is a fraction with a tail, such as 0.016666666666666666.
import type { BinaryExpr, Expr } from "../../../promql/syntax/tree.ts";
import { inferType } from "../../../promql/types/inferType.ts";
import { keyOf } from "../../../yaml/tree.ts";
import { fix, type RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { type TemplateText, usesOf } from "../../templates.ts";
import { behind, loadable, placeName, resultExpr, resultQuantity, showsLeft } from "./shared.ts";

export const templateRawNumber: RuleCheck = {
  id: "template/raw-number",
  level: "information",
  title: "A fraction printed with all its digits",
  needs: ["value in template"],
  check({ rule, context }, report): void {
    const expr = resultExpr(rule, context);
    const origin = expr && fractionIn(expr);
    if (!origin) return;
    for (const template of loadable(rule)) {
      if (template.place === "label") continue;
      const { values } = usesOf(template);
      // What stands there rounded too is the bare value on purpose.
      if (values.some(({ from, printed, formatters }) => from === "alert" && printed && formatters.length > 0))
        continue;
      for (const use of values) {
        if (use.from !== "alert" || !use.printed || use.formatters.length > 0) continue;
        if (isForMachines(template)) break;
        const range = placeOf(template.scalar, use);
        const unit = resultQuantity(rule, context)?.unit.name ?? "";
        const { rest } = behind(template, use);
        // template/unit speaks of it, and asks for another formatter.
        if (unit === "ratio" && /^ ?%/.test(rest)) continue;
        const formatter = formatterFor(rest, unit);
        report({
          range,
          message:
            `${placeName(template)}: the value comes from ${origin} and is printed with all its digits, as in 0.016666666666666666. ` +
            `Whoever reads the alert has to count digits. Write | ${formatter} behind it.`,
          fixes: [
            fix(`Add ${formatter}`, { range: { start: range.end, end: range.end }, text: ` | ${formatter}` }, false),
          ],
        });
      }
    }
  },
};

/** `value: "{{ $value }}"`: an annotation of that name with nothing else in it is there for a program to read. */
function isForMachines({ pair, scalar: { value } }: TemplateText): boolean {
  return /value$/i.test(keyOf(pair) ?? "") && /^\s*\{\{[^{}]*\}\}\s*$/.test(value);
}

/** The text right behind the action that ends after an offset. */
const byUnit: Readonly<Record<string, string>> = {
  ratio: "humanizePercentage",
  s: "humanizeDuration",
  bytes: "humanize1024",
};

/** Formatters that write a unit would double the one that stands behind the number. */
function formatterFor(rest: string, unit: string): string {
  return (/^ ?(%|m?s\b|B\b)/.test(rest) ? undefined : byUnit[unit]) ?? "humanize";
}

/** Calls and aggregations whose result is a fraction by nature: per second, extrapolated, interpolated, a mean. */
const fractions = new Set([
  ...["rate", "irate", "deriv", "increase", "delta", "predict_linear", "avg_over_time", "stddev_over_time"],
  ...["histogram_quantile", "histogram_avg", "histogram_fraction", "quantile_over_time"],
  ...["avg", "stddev", "quantile"],
]);

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
      return fractions.has(expr.name) ? `${expr.name}()` : first(expr.args);
    case "AggregateExpr":
      if (fractions.has(expr.op)) return `${expr.op}()`;
      return whole.has(expr.op) || !expr.expr ? undefined : fractionIn(expr.expr);
    case "BinaryExpr":
      // What equals a number is printed as that number.
      if (expr.bool || (expr.op === "==" && (isScalar(expr.left) || isScalar(expr.right)))) return undefined;
      if (showsLeft.has(expr.op)) return fractionIn(isScalar(expr.left) ? expr.right : expr.left);
      return first([expr.left, expr.right]) ?? (isShare(expr) ? "a division" : undefined);
    default:
      return undefined;
  }
}

/** A division of series by series; one by a number is of some digits as a rule. */
function isShare({ op, left, right }: BinaryExpr): boolean {
  return op === "/" && !isScalar(left) && !isScalar(right);
}

const isScalar = (expr: Expr): boolean => inferType(expr) === "scalar";

function first(exprs: readonly Expr[]): string | undefined {
  for (const expr of exprs) {
    const found = fractionIn(expr);
    if (found !== undefined) return found;
  }
  return undefined;
}

// What an expression gives: its type, the unit of its values, the labels of its series.
import type { Expr } from "../../../promql/syntax/tree.ts";
import { alive, namedLabels } from "../../../promql/types/branches.ts";
import { inferLabels, labelOf } from "../../../promql/types/inferLabels.ts";
import { documentedType, inferType } from "../../../promql/types/inferType.ts";
import { METRIC_NAME } from "../../../promql/types/labelFacts.ts";
import { inferQuantity, type Kind } from "../../../promql/types/semantics.ts";
import { unitText } from "../../../promql/types/units.ts";
import type { CheckContext } from "../../check.ts";
import { metricWorld } from "../../metricWorld.ts";

const kinds: Partial<Record<Kind, string>> = {
  count: "a count",
  counter: "a counter, which only grows",
  flag: "0 or 1",
  increase: "growth over the range",
  rate: "growth per second",
  timestamp: "a time in seconds since 1970",
};

/** One line of Markdown for each that is known: type with kind and unit, labels, bounds. */
export function describeResult(expr: Expr, context: CheckContext): string {
  const type = documentedType(inferType(expr));
  const world = metricWorld(context);
  const quantity = inferQuantity(expr, world.metric);
  const unit = unitText(quantity.unit);
  const kind = quantity.value === undefined ? kinds[quantity.kind] : `always ${quantity.value}`;
  const value = [kind, unit && `in ${unit}`].filter(Boolean).join(", ");
  return [`Gives: ${type}${value && ` · ${value}`}`, labelLine(expr, context)].filter(Boolean).join("\n\n");
}

function labelLine(expr: Expr, context: CheckContext): string {
  const type = inferType(expr);
  if (type !== "vector" && type !== "matrix") return "";
  const inferred = inferLabels(expr, metricWorld(context));
  const living = alive(inferred.branches);
  const names = [...namedLabels(living)].filter(
    (name) => name !== METRIC_NAME && labelOf(inferred, name).presence !== "never",
  );
  const others = living.some(({ facts }) => facts.others.presence !== "never");
  const listed = names.map((name) => `\`${name}\``).join(", ");
  if (listed === "") return others ? "" : "Labels: none";
  return `Labels: ${listed}${others ? " and perhaps others" : ""}`;
}

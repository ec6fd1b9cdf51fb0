// What is said of a label: which values it can have, and which piece of the expression decides whether it is there.
import type { Expr, LabelMatcher, VectorSelector } from "../../../promql/syntax/tree.ts";
import { inferLabels, labelOf } from "../../../promql/types/inferLabels.ts";
import type { CheckContext } from "../../check.ts";
import { labelsOfMetric, metricWorld, valuesOfLabel } from "../../metricWorld.ts";

const presences = {
  always: "Every series here has it",
  maybe: "Series here may have it",
  never: "No series here has it",
} as const;

/** A label in `by`, `on` or their like; `of` are the expressions whose series it is looked for in. */
export function describeLabel(name: string, of: readonly Expr[], context: CheckContext): string {
  const said = of.map((expr) => {
    const { presence, reason, values } = labelOf(inferLabels(expr, metricWorld(context)), name);
    const why = reason === "" ? "" : `: ${reason}`;
    return `${presences[presence]}${why}.${valueList(values ?? [])}`;
  });
  return [`**\`${name}\`** · label`, ...new Set(said)].join("\n\n");
}

/** A matcher in braces. */
export function describeMatcher(selector: VectorSelector, { label }: LabelMatcher, context: CheckContext): string {
  const metric = selector.name;
  const known = labelsOfMetric(metric, context).find(({ name }) => name === label);
  const values = valuesOfLabel(label, metric, context);
  const about = known?.meaning ? `${known.meaning}.` : known || metric === "" ? "" : unknownLabel(metric, context);
  return [`**\`${label}\`** · label`, about.charAt(0).toUpperCase() + about.slice(1) + valueList(values)]
    .filter((part) => part !== "")
    .join("\n\n");
}

function unknownLabel(metric: string, context: CheckContext): string {
  return metricWorld(context).metric(metric) ? `\`${metric}\` has no such label.` : "";
}

function valueList(values: readonly string[]): string {
  return values.length === 0 ? "" : ` Values: ${values.map((value) => `\`${value}\``).join(", ")}.`;
}

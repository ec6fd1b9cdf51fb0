// What is known of the thing under the cursor, as Markdown: in an expression the metric that is named there.
import { describeMetric } from "../../catalog/describe.ts";
import { touches } from "../../ranges.ts";
import { valueOffset } from "../../yaml/offsets.ts";
import { endOf, type Scalar, startOf } from "../../yaml/tree.ts";
import type { Hover } from "../answers.ts";
import type { CheckContext } from "../check.ts";
import type { Document } from "../document.ts";
import { parsed, placeOf } from "../expression.ts";
import { metricUses } from "../metricUses.ts";
import { ruleGroups } from "../ruleFile.ts";
import { configurationHover } from "./hover/configuration.ts";
import { dkronHover } from "./hover/dkronConfig.ts";

export function hover(document: Document, offset: number, context: CheckContext): Hover | undefined {
  if (document.kind === "dkron-config") return dkronHover(document, offset, context);
  if (document.kind === "checker-config") return configurationHover(document, offset);
  const scalar = expressionAt(document, offset);
  return scalar && ofExpression(scalar, offset, context);
}

function expressionAt(document: Document, offset: number): Scalar | undefined {
  if (document.kind !== "prometheus-rules") return undefined;
  for (const group of ruleGroups(document.yaml))
    for (const { expr } of group.rules) if (expr && startOf(expr) <= offset && offset <= endOf(expr)) return expr;
  return undefined;
}

function ofExpression(scalar: Scalar, offset: number, context: CheckContext): Hover | undefined {
  const at = valueOffset(scalar, offset);
  const use = metricUses(parsed(scalar, context.prometheusVersion).expr).find(({ range }) => touches(range, at));
  const markdown = use && describeMetric(use.name, context.dkronVersion);
  return markdown === undefined
    ? undefined
    : { range: placeOf(scalar, use?.range ?? { start: at, end: at }), markdown };
}

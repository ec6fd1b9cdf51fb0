// Hover in a file of rule tests: input series, alerts under test, expressions; elsewhere the fields by the schema.
import { describeMetric } from "../../../catalog/describe.ts";
import { ruleTestSchema } from "../../../catalog/rules/schema.ts";
import { parseSeries } from "../../../promql/syntax/series.ts";
import { touches } from "../../../ranges.ts";
import { valueOffset } from "../../../yaml/offsets.ts";
import { pathAt } from "../../../yaml/path.ts";
import { rangeOf, type Scalar } from "../../../yaml/tree.ts";
import { analysisOf } from "../../analysis.ts";
import type { Hover } from "../../answers.ts";
import type { CheckContext } from "../../check.ts";
import type { Document } from "../../document.ts";
import { durationSeconds } from "../../duration.ts";
import { placeOf } from "../../expression.ts";
import { scalarAt } from "../../rulePath.ts";
import { schemaHover } from "../../schema/hover.ts";
import { durationText } from "../../scrapes.ts";
import { expressionHover } from "./promql.ts";

export function rulesTestHover(document: Document, offset: number, context: CheckContext): Hover | undefined {
  const found = pathAt(document.yaml, offset);
  if (!found) return undefined;
  const { node, path } = found;
  if (node.kind === "scalar" && !found.isKey && path[0] === "tests") {
    const key = path[4];
    if (path[2] === "input_series" && key === "series") return ofSeries(node, offset, context);
    if (path[2] === "input_series" && key === "values") return ofValues(document, node, path[1]);
    if (path[2] === "promql_expr_test" && key === "expr") return ofExpression(node, offset, context);
    if (path[2] === "alert_rule_test" && key === "alertname") return ofAlert(node, context);
  }
  return schemaHover(document.yaml, offset, {
    schema: ruleTestSchema(),
    version: context.prometheusVersion,
    program: "promtool",
  });
}

function ofSeries(scalar: Scalar, offset: number, { dkronVersion }: CheckContext): Hover | undefined {
  const { metric } = parseSeries(scalar.value);
  if (!metric || !touches(metric.range, valueOffset(scalar, offset))) return undefined;
  const markdown = describeMetric(metric.name, dkronVersion);
  return markdown === undefined ? undefined : { range: placeOf(scalar, metric.range), markdown };
}

/** How many samples the values stand for, and how long they last. */
function ofValues({ yaml }: Document, scalar: Scalar, test: string | number | undefined): Hover | undefined {
  const { samples, error } = parseSeries(`x ${scalar.value.trimEnd()}`);
  if (error || samples === 0 || test === undefined) return undefined;
  const written = scalarAt(yaml, ["tests", test], "interval") ?? scalarAt(yaml, [], "evaluation_interval");
  const seconds = (written && durationSeconds(written.value)) || 60;
  const counted = samples === 1 ? "1 sample" : `${samples} samples`;
  const last =
    samples === 1
      ? "at the start"
      : `one every ${durationText(seconds)}, the last ${durationText(seconds * (samples - 1))} after the start`;
  return { range: rangeOf(scalar), markdown: `${counted}, ${last}. \`_\` is a gap, \`stale\` ends the series.` };
}

function ofExpression(scalar: Scalar, offset: number, context: CheckContext): Hover | undefined {
  const { expr, text } = analysisOf(scalar, context);
  const piece = expr && expressionHover(text, expr, valueOffset(scalar, offset), context);
  return piece && { range: placeOf(scalar, piece.range), markdown: piece.markdown };
}

/** Where the workspace has the alert. */
function ofAlert(name: Scalar, { workspace }: CheckContext): Hover | undefined {
  const files = workspace.files.filter(({ alertNames }) => alertNames.includes(name.value));
  if (files.length === 0) return undefined;
  const shown = files.map(({ uri }) => `\`${decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1))}\``);
  return { range: rangeOf(name), markdown: `**\`${name.value}\`** · alert of ${shown.join(", ")}` };
}

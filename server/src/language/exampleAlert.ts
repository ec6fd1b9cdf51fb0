// An alert as it could be: labels and a value that its expression can give, made up where nothing tells. Judges nothing.
import type { Expr } from "../promql/syntax/tree.ts";
import { inferLabels, labelOf } from "../promql/types/inferLabels.ts";
import type { Analysis } from "./analysis.ts";
import type { CheckContext } from "./check.ts";
import { labelsOf, metricWorld, valuesOfLabel } from "./metricWorld.ts";

export type ExampleAlert = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

const made: Readonly<Record<string, string>> = {
  instance: "10.0.0.1:8080",
  job: "dkron",
  job_name: "backup",
  quantile: "0.99",
};

/** A result for which the alert would fire: past its first threshold, with the labels of the expression. */
export function exampleAlert({ expr, thresholds }: Analysis, context: CheckContext): ExampleAlert {
  if (!expr) return { labels: {}, value: 1 };
  const names = labelsOf(expr, context);
  const labels = Object.fromEntries(names.map((name) => [name, valueFor(name, expr, context)]));
  const threshold = thresholds[0];
  return { labels, value: threshold ? past(threshold.op, threshold.value) : 1 };
}

function valueFor(label: string, expr: Expr, context: CheckContext): string {
  const { values } = labelOf(inferLabels(expr, metricWorld(context)), label);
  return values?.[0] ?? valuesOfLabel(label, "", context)[0] ?? made[label] ?? `some ${label}`;
}

/** A value for which the comparison holds, near the threshold. */
function past(op: string, threshold: number): number {
  const step = Number.isInteger(threshold) ? 1 : Math.abs(threshold) / 4;
  if (op === ">" || op === "!=") return threshold + step;
  return op === "<" ? threshold - step : threshold;
}

// metric/unknown: a dkron_… metric that no agent emits and no recording rule of the workspace makes.
import { identify } from "../../../catalog/identify.ts";
import { didYouMean } from "../../../catalog/suggest.ts";
import type { CheckContext, Report, RuleCheck } from "../../check.ts";
import { parsed, placeOf } from "../../expression.ts";
import { type MetricUse, metricUses } from "../../metricUses.ts";

export const metricUnknown: RuleCheck = {
  id: "metric/unknown",
  level: "warning",
  title: "A dkron_… metric that no Dkron version emits and no recording rule makes",
  *check({ expr }, _group, context): Iterable<Report> {
    if (!expr) return;
    for (const use of metricUses(parsed(expr, context.prometheusVersion).expr)) {
      if (!isUnknown(use.name, context)) continue;
      const { message, replacement } = explain(use, context);
      const range = placeOf(expr, use.range);
      yield {
        range,
        message,
        fixes: replacement
          ? [{ title: `Write ${replacement}`, edits: [{ range, text: replacement }], safe: false }]
          : [],
      };
    }
  },
};

function isUnknown(name: string, { workspace }: CheckContext): boolean {
  return name.startsWith("dkron_") && !identify(name, "prometheus") && !workspace.recordings.has(name);
}

function explain({ name, selector }: MetricUse, { dkronVersion }: CheckContext) {
  const silence = "A rule on a metric that does not exist never fires.";
  const meant = didYouMean(name, dkronVersion);
  if (!meant) return { message: `No Dkron version emits ${name}, and no recording rule here makes it. ${silence}` };
  const message = `No Dkron version emits ${name}: ${meant.why}. ${silence} Write ${meant.replacement} instead.`;
  return { message, replacement: fits(meant.replacement, selector.open >= 0) ? meant.replacement : undefined };
}

/** A replacement with braces of its own can't stand before the selector's. */
const fits = (replacement: string, braces: boolean): boolean => !(braces && replacement.includes("{"));

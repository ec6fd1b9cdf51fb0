// What the checks of misspelt names share: a dkron_… name that no agent writes, the mistake in it, and the name to write.
import { isExported } from "../../../catalog/availability.ts";
import { type Meant, type NameMistake, type Suggestion, substitutes } from "../../../catalog/suggest.ts";
import type { Range } from "../../../ranges.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import type { Analysis, SeriesUse } from "../../analysis.ts";
import type { Report, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import type { Fix } from "../../finding.ts";
import { knownMetric, meantMetric } from "../../knownMetrics.ts";
import { metricEdit } from "../../selectorEdits.ts";

/** A check of names with one of the mistakes; `undefined` stands for names that resemble none. */
export function misnamed(mistakes: readonly (NameMistake | undefined)[], safe: boolean): RuleCheck["check"] {
  return onExpression(({ analysis, expr, context }, report) => {
    for (const use of analysis.strange) {
      const dashed = withDash(analysis, use, context.dkronVersion);
      if (dashed) {
        if (mistakes.includes("case")) report(ofDash(expr, dashed));
        continue;
      }
      const meant = meantMetric(use.name, context.dkronVersion);
      if (!mistakes.includes(meant?.mistake)) continue;
      const { message, instead } = explain(use.name, meant, context.dkronVersion);
      const fixes = instead.map(
        ({ replacement }, index): Fix =>
          expressionFix(expr, `Write ${replacement}`, [metricEdit(use.selector, replacement)], safe && index === 0),
      );
      report({ range: placeOf(expr, use.range), message, fixes });
    }
  });
}

type Dashed = { readonly written: Range; readonly text: string; readonly name: string };

/** `…_member-failed`, as the event is called in StatsD: in PromQL that takes one metric from another. */
function withDash(analysis: Analysis, { name, selector }: SeriesUse, version: string): Dashed | undefined {
  const minus = analysis.binaries.find(({ op, left }) => op === "-" && left === selector);
  const right = minus?.right;
  if (!minus || right?.kind !== "VectorSelector" || right.name === "") return undefined;
  if (selector.end !== minus.opStart || minus.opEnd !== right.start) return undefined;
  const whole = `${name}_${right.name}`;
  if (!knownMetric(whole, version)) return undefined;
  const written = { start: selector.start, end: right.start + right.name.length };
  return { written, text: `${name}-${right.name}`, name: whole };
}

function ofDash(expr: Scalar, { written, text, name }: Dashed): Report {
  return {
    range: placeOf(expr, written),
    message: `${text} takes one metric from another, and neither exists: Prometheus names have no dashes, and Dkron writes _ for each. ${silence} Write ${name}.`,
    fixes: [expressionFix(expr, `Write ${name}`, [{ range: written, text: name }])],
  };
}

const silence = "A rule on a metric that does not exist is valid and never fires.";

function explain(
  name: string,
  meant: Meant | undefined,
  version: string,
): { message: string; instead: readonly Suggestion[] } {
  if (!meant) {
    const message = `No Dkron version emits ${name}, and no recording rule here makes it. ${silence} Look it up in the metric catalogue.`;
    return { message, instead: [] };
  }
  const why = `No Dkron version emits ${name}: ${meant.why}. ${silence}`;
  if (isExported(meant.row, version))
    return { message: `${why} Write ${meant.replacement} instead.`, instead: [meant] };
  const instead = substitutes(meant.row, version);
  const use = instead.map((one) => `${one.replacement} (${one.why})`).join(" or ");
  const lacking = `${meant.replacement} is right, but ${version} does not export it`;
  if (instead.length === 0) return { message: `${why} ${lacking}.`, instead: [meant] };
  return { message: `${why} ${lacking}; use ${use}.`, instead };
}

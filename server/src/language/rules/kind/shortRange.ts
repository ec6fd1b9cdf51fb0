// kind/short-range: a range with less than two scrapes of the series' own job in it.

import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import { durationText, scrapeOf } from "../../scrapes.ts";
import { twoSamples, windowSeconds } from "./shared.ts";

export const kindShortRange: RuleCheck = {
  id: "kind/short-range",
  level: "warning",
  title: "A range that is shorter than two scrapes of the series' job",
  needs: ["call"],
  check: onExpression(({ analysis, expr, context }, report) => {
    for (const use of analysis.uses) {
      const { call, matrix } = use;
      const seconds = windowSeconds(use);
      if (!matrix || seconds === undefined || !call || !twoSamples.has(call.name) || matrix.extended) continue;
      const scrape = scrapeOf(use, context);
      if (!scrape || seconds >= 2 * scrape.seconds) continue;
      const range = durationText(4 * scrape.seconds);
      const { start, end } = matrix.range;
      report({
        range: placeOf(expr, { start, end }),
        message: `The job ${scrape.job} is scraped every ${durationText(scrape.seconds)}, so ${durationText(seconds)} hold one sample at most times. ${call.name}() needs two and gives nothing. Write ${range}, which is four scrapes.`,
        fixes: [expressionFix(expr, `Write [${range}]`, [{ range: { start, end }, text: range }])],
      });
    }
  }),
};

// kind/expiry: a series that lives for a minute, looked at too rarely, too briefly, or waited for too long.

import type { Pair, Scalar } from "../../../yaml/tree.ts";
import { nameOf, type SeriesUse } from "../../analysis.ts";
import type { CheckContext, RuleCheck } from "../../check.ts";
import { durationSeconds } from "../../duration.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import type { Fix } from "../../finding.ts";
import type { Rule, RuleGroup } from "../../ruleFile.ts";
import { durationText, scrapeOf } from "../../scrapes.ts";
import { isMoved, twoSamples, windowSeconds, wrapped } from "./shared.ts";

/** Seconds after which go-metrics deletes a series that was not written (go-metrics prometheus/prometheus.go, DefaultPrometheusOpts). */
const life = 60;

export const kindExpiry: RuleCheck = {
  id: "kind/expiry",
  level: "warning",
  title: "A scrape, an interval or a for that is too long for a series that lives for a minute",
  needs: ["expiring metric"],
  check: onExpression(({ analysis, expr, rule, group, context }, report) => {
    for (const use of analysis.uses) {
      const { info } = use;
      if (!info?.expires60s) continue;
      const message =
        lostAtScrape(use, context) ??
        tooBrief(use) ??
        (info.sparse ? lostToTime(use, rule, group, context) : undefined);
      if (message === undefined) continue;
      const { text, lookBack } = message;
      const fixes = lookBack === undefined ? [] : windowFix(expr, use, durationText(lookBack));
      report({ range: placeOf(expr, use.range), message: text, fixes });
    }
  }),
};

/** `lookBack`: seconds of a window that would see it. */
type Message = { readonly text: string; readonly lookBack?: number };

/** What is written at least every half minute is there at each scrape; the rest may be deleted before it was read. */
function lostAtScrape(use: SeriesUse, context: CheckContext): Message | undefined {
  const row = use.info?.row;
  if (!row || (row.presence === "always" && (row.every ?? 0) <= life / 2)) return undefined;
  const scrape = scrapeOf(use, context);
  if (!scrape || scrape.seconds < life) return undefined;
  const text = `The job ${scrape.job} is scraped every ${durationText(scrape.seconds)}, and Dkron deletes ${nameOf(use)} ${life} s after it was last written. What happens between two scrapes may never be seen. Scrape this job every 15s.`;
  return { text };
}

/** What is written once a minute grows once a minute: a short window sees one write, and with bad luck a new start. */
function tooBrief(use: SeriesUse): Message | undefined {
  const { call, info } = use;
  const window = windowSeconds(use);
  if (info?.row.presence !== "edge" || info.type !== "counter" || !call || !twoSamples.has(call.name)) return undefined;
  if (window === undefined || window >= 3 * life) return undefined;
  const text = `${nameOf(use)} is written every ${life} s and expires after ${life} s. A window of ${durationText(window)} holds one write at most and shows no growth, or a start from zero. Look back 5m.`;
  return { text, lookBack: 5 * life };
}

function lostToTime(use: SeriesUse, rule: Rule, group: RuleGroup, context: CheckContext): Message | undefined {
  const seconds = seenFor(use);
  if (seconds === undefined) return undefined;
  const wait = (rule.kind === "alert" && secondsOf(rule.fields.get("for"))) || 0;
  const interval = intervalOf(group, context) ?? 0;
  const gone = `${nameOf(use)} is gone ${life} s after an event`;
  const lookBack = Math.max(600, 2 * wait, 2 * interval);
  if (wait >= seconds) {
    const text = `${gone}, and the alert waits ${durationText(wait)}. It is never still true by then and never fires. Look back further than the wait, with max_over_time().`;
    return { text, lookBack };
  }
  if (interval <= seconds) return undefined;
  const text = `${gone}, and this group is evaluated every ${durationText(interval)}. Events in between are missed. Look back further than the interval, with max_over_time().`;
  return { text, lookBack };
}

function secondsOf(pair: Pair | undefined): number | undefined {
  return pair?.value.kind === "scalar" ? durationSeconds(pair.value.value) : undefined;
}

function intervalOf(group: RuleGroup, { workspace }: CheckContext): number | undefined {
  const own = secondsOf(group.fields.get("interval"));
  if (own !== undefined) return own;
  return workspace.files.find(({ evaluationIntervalSeconds }) => evaluationIntervalSeconds !== undefined)
    ?.evaluationIntervalSeconds;
}

/** For how many seconds after an event the expression sees it; undefined for functions of which another check speaks. */
function seenFor(use: SeriesUse): number | undefined {
  const { call, matrix } = use;
  if (!call) return matrix ? undefined : life;
  if (!/^(max|min|sum|avg|count|last|present)_over_time$/.test(call.name)) return undefined;
  const window = windowSeconds(use);
  return window === undefined ? undefined : window + life;
}

function windowFix(expr: Scalar, use: SeriesUse, range: string): Fix[] {
  const { matrix, selector } = use;
  const title = `Look back ${range}`;
  if (matrix) return [expressionFix(expr, title, [{ range: matrix.range, text: range }])];
  if (isMoved(use)) return [];
  return [expressionFix(expr, title, wrapped(selector, "max_over_time(", `[${range}])`))];
}

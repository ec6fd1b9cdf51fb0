// alert/absent-for: absent() in an alert that fires before two scrapes have been missed.
import type { Call, Expr } from "../../../promql/syntax/tree.ts";
import { bare, type SeriesUse, usesIn } from "../../analysis.ts";
import { placeOf } from "../../expression.ts";
import { durationText, scrapeOf } from "../../scrapes.ts";
import { type Alert, alertCheck, secondsOf } from "./shared.ts";
import { writeField } from "./sharedFields.ts";

export const alertAbsentFor = alertCheck({
  id: "alert/absent-for",
  level: "information",
  title: "absent() in an alert without `for`, or with one of less than two scrapes",
  needs: ["absent"],
  look(alert, report) {
    const { rule, group, scalar, analysis } = alert;
    if (!analysis.calls.some(isAbsent)) return;
    const held = secondsOf(rule, "for");
    if (held === undefined) return;
    for (const call of absentCalls(alert.expr)) {
      if (looksBack(alert, call)) continue;
      const needed = twoScrapes(alert, call);
      if (held > 0 && (needed === undefined || held >= needed)) continue;
      const enough = durationText(Math.max(needed ?? 0, 300));
      report({
        range: placeOf(scalar, { start: call.start, end: call.start + call.name.length }),
        message:
          held === 0
            ? `absent() returns something as soon as one evaluation finds no sample, after a restart of Prometheus too. Without \`for\` the alert fires at once. Write \`for: ${enough}\`.`
            : `absent() returns something as soon as one evaluation finds no sample. This \`for\` is shorter than two scrapes of the job, so that one failed scrape can make the alert fire. Write \`for: ${enough}\`.`,
        fixes: writeField(rule, group.file.text, "for", enough),
      });
    }
  },
});

/** Calls whose result can make the alert fire: not what `unless` takes away, nor what is inside other calls. */
function absentCalls(expr: Expr): Call[] {
  const node = bare(expr);
  if (node.kind === "BinaryExpr") {
    const left = absentCalls(node.left);
    const right = node.op === "unless" ? [] : absentCalls(node.right);
    const isBeside = node.op === "and" && (left.length === 0 || right.length === 0);
    return isBeside ? [...left, ...right].filter((call) => !denies(call)) : [...left, ...right];
  }
  return node.kind === "Call" && isAbsent(node) ? [node] : [];
}

/** `up == 1 and on () absent(x > 0)`: not a sample that is missing, but "x is not above 0", beside what makes the alert. */
function denies({ args: [arg] }: Call): boolean {
  const node = arg && bare(arg);
  return node?.kind === "BinaryExpr" && /^(?:[<>]=?|[!=]=)$/.test(node.op);
}

const isAbsent = ({ name }: Call): boolean => name === "absent";

/**
 * `absent(max_over_time(x[1h]))` is `absent_over_time(x[1h])`: the range is a `for` of its own. `absent(hour() == 2)` looks
 * at no sample at all.
 */
function looksBack({ analysis }: Alert, call: Call): boolean {
  return usesIn(analysis, call).every(({ matrix }) => matrix !== undefined);
}

/** Seconds in which two scrapes of the series surely are; undefined where no prometheus.yml tells. */
function twoScrapes({ analysis, context }: Alert, call: Call): number | undefined {
  const times = usesIn(analysis, call).flatMap((use: SeriesUse) => scrapeOf(use, context)?.seconds ?? []);
  return times.length > 0 ? 2 * Math.max(...times) : undefined;
}

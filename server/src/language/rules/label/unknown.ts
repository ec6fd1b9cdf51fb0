// label/unknown: a matcher on a label that a metric of Dkron's does not have.
import { closest, distance } from "fastest-levenshtein";
import { hasHost } from "../../../catalog/names.ts";
import type { AggregateExpr, LabelMatcher } from "../../../promql/syntax/tree.ts";
import { regexpMatches } from "../../../promql/types/regexps.ts";
import type { Scalar } from "../../../yaml/tree.ts";
import { type Analysis, nameOf, type SeriesUse, usesIn } from "../../analysis.ts";
import type { CheckContext, Report, Reporter, RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { onExpression } from "../../expressionCheck.ts";
import { expressionFix } from "../../expressionFix.ts";
import type { Fix } from "../../finding.ts";
import { scrapeNames } from "../../scrapes.ts";
import { removedMatcher } from "../../selectorEdits.ts";

/** Labels that Prometheus adds itself, or that most set-ups add to targets. */
const fromScrape: ReadonlySet<string> = new Set(["__name__", "job", "instance", "exported_job", "exported_instance"]);

/** What people expect of a job scheduler's metrics, and no scrape adds. */
const wished: ReadonlySet<string> = new Set([
  ...["exit_code", "status", "result", "success", "error", "outcome", "reason"],
  ...["job_id", "execution_id", "executor", "attempt", "schedule", "owner", "displayname"],
]);

/** Labels that a set-up may add to its targets. */
const perhaps: ReadonlySet<string> = new Set([
  "host",
  "hostname",
  "node",
  "node_name",
  "nodename",
  "server",
  "leader",
  "role",
]);

export const labelUnknown: RuleCheck = {
  id: "label/unknown",
  level: "warning",
  title: "A label that the metric does not have",
  needs: ["known metric"],
  check: onExpression(({ analysis, expr, context }, report) => {
    for (const use of analysis.uses) {
      if (!isDkrons(use)) continue;
      for (const matcher of use.selector.matchers) {
        const found = asksForValue(matcher)
          ? ofMatcher(expr, use, matcher, context)
          : ofIdleMatcher(expr, use, matcher);
        if (found) report(found);
      }
    }
    for (const aggregate of analysis.aggregates) ofGrouping(analysis, expr, aggregate, report);
  }),
};

function isDkrons({ info }: SeriesUse): boolean {
  if (info === undefined || info.row.foreign !== undefined) return false;
  return info.row.naming === "go-metrics" || info.row.key.startsWith("dkron_");
}

/** A matcher that takes the empty value, too, takes series without the label. */
function asksForValue({ op, value, valueStart }: LabelMatcher): boolean {
  if (valueStart < 0 || op === undefined) return false;
  if (op === "=" || op === "!=") return (op === "=") === (value !== "");
  return regexpMatches(value, "") === (op === "!~");
}

function ofMatcher(expr: Scalar, use: SeriesUse, matcher: LabelMatcher, context: CheckContext): Report | undefined {
  const own = (use.info?.labels ?? []).map(({ name }) => name);
  const { label, start, labelEnd } = matcher;
  if (own.includes("job_name") && isNoScrape(matcher, context)) return ofJob(expr, use, matcher);
  if (own.includes(label) || fromScrape.has(label)) return undefined;
  const meant = meantLabel(label, own);
  if (meant === undefined && !wished.has(label) && !perhaps.has(label)) return undefined;
  const has = own.length === 0 ? "it has none of its own" : `it has ${own.join(", ")}`;
  const range = { start, end: labelEnd };
  const what = `${nameOf(use)} has no label ${label}; ${has}. Nothing matches, and the rule never fires.`;
  const place = placeOf(expr, range);
  if (meant !== undefined)
    return {
      range: place,
      message: `${what} Write ${meant}.`,
      fixes: [expressionFix(expr, `Write ${meant}`, [{ range, text: meant }])],
    };
  const remove = expressionFix(expr, `Remove the matcher on ${label}`, [removedMatcher(use.selector, matcher)]);
  if (wished.has(label)) return { range: place, message: `${what} Take the matcher out.`, fixes: [remove] };
  return {
    range: place,
    severity: "information",
    message: `${nameOf(use)} has no label ${label}; ${has}. Unless the scrape adds it, nothing matches. Dkron's hosts are told apart by instance.`,
    fixes: use.info && hasHost(use.info.row) ? [remove] : [byInstance(expr, matcher), remove],
  };
}

/** The port belongs to an instance, and nobody writes it behind a host. */
function byInstance(expr: Scalar, { op, value, start, end, labelEnd }: LabelMatcher): Fix {
  if (op !== "=" || value.includes(":"))
    return expressionFix(expr, "Write instance", [{ range: { start, end: labelEnd }, text: "instance" }]);
  const text = `instance=~${JSON.stringify(`${value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}:.+`)}`;
  return expressionFix(expr, `Write ${text}`, [{ range: { start, end }, text }]);
}

/** `exit_code!="0"` of what has no exit code takes every series, as if it were not there. */
function ofIdleMatcher(expr: Scalar, use: SeriesUse, matcher: LabelMatcher): Report | undefined {
  const { label, op, value, start, labelEnd, valueStart } = matcher;
  const own = (use.info?.labels ?? []).map(({ name }) => name);
  if ((op !== "!=" && op !== "!~") || value === "" || valueStart < 0) return undefined;
  if (own.includes(label) || !wished.has(label)) return undefined;
  return {
    range: placeOf(expr, { start, end: labelEnd }),
    message: `${nameOf(use)} has no label ${label}, so this matcher takes every series, whatever became of the job. Take it out, and ask a metric that tells.`,
    fixes: [],
  };
}

/** `job="backup"` where the workspace tells the scrapes and none is called so. */
function isNoScrape({ label, op, value }: LabelMatcher, { workspace }: CheckContext): boolean {
  if (label !== "job" || op !== "=") return false;
  const scrapes = scrapeNames(workspace);
  return scrapes.size > 0 && !scrapes.has(value);
}

function ofJob(expr: Scalar, use: SeriesUse, { start, labelEnd, value }: LabelMatcher): Report {
  const range = { start, end: labelEnd };
  return {
    range: placeOf(expr, range),
    message: `job is the name of the scrape, and none is called ${value}. Nothing matches, and the rule never fires. The jobs of Dkron's are in job_name of ${nameOf(use)}; write job_name.`,
    fixes: [expressionFix(expr, "Write job_name", [{ range, text: "job_name" }])],
  };
}

/** `by (x)` of Dkron's series alone, where nothing can have written an x. */
function ofGrouping(analysis: Analysis, expr: Scalar, aggregate: AggregateExpr, report: Reporter): void {
  const { grouping, op } = aggregate;
  if (!grouping || grouping.without) return;
  const uses = usesIn(analysis, aggregate);
  const has = (label: string): boolean => uses.some(({ info }) => info?.labels.some(({ name }) => name === label));
  const strange = grouping.labels.filter(({ name }) => !fromScrape.has(name) && !has(name));
  if (strange.length === 0 || uses.length === 0) return;
  if (!uses.every(isDkrons) || writesLabels(analysis, aggregate)) return;
  const own = [...new Set(uses.flatMap(({ info }) => (info?.labels ?? []).map(({ name }) => name)))];
  for (const label of strange) {
    const meant = meantLabel(label.name, own);
    if (meant === undefined && !wished.has(label.name)) continue;
    const theirs = own.length === 0 ? "they have none of their own" : `they have ${own.join(", ")}`;
    report({
      range: placeOf(expr, label),
      message: `The series have no label ${label.name}; ${theirs}. ${op}() by it mixes all of them. ${meant === undefined ? "Leave it out." : `Write ${meant}.`}`,
      fixes: meant === undefined ? [] : [expressionFix(expr, `Write ${meant}`, [{ range: label, text: meant }])],
    });
  }
}

function writesLabels({ calls, binaries }: Analysis, { start, end }: AggregateExpr): boolean {
  const isInside = (node: { readonly start: number; readonly end: number }): boolean =>
    start <= node.start && node.end <= end;
  return (
    calls.some((call) => /^(label_replace|label_join|info)$/.test(call.name) && isInside(call)) ||
    binaries.some((binary) => binary.group !== undefined && isInside(binary))
  );
}

/** Other spellings of a label that is there: `job` is the scrape's, so the job of Dkron's must not be guessed from it. */
function meantLabel(label: string, own: readonly string[]): string | undefined {
  const bones = (text: string): string => text.toLowerCase().replaceAll("_", "");
  const same = own.find((one) => bones(one) === bones(label));
  if (same !== undefined || own.length === 0 || label.length < 4) return same;
  const near = closest(label, own);
  return distance(label, near) <= 2 ? near : undefined;
}

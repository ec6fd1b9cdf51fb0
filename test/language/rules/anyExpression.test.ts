// The checks of metrics, labels and kinds on expressions of any make: none throws, none points outside of the text,
// and each fix of an expression that Prometheus takes leaves one that it takes.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allRows } from "../../../server/src/catalog/metrics.ts";
import { prometheusSeriesNames, promqlSelector, sanitizePrometheus } from "../../../server/src/catalog/names.ts";
import { applyEdits } from "../../../server/src/edits.ts";
import { type Document, openDocument } from "../../../server/src/language/document.ts";
import { ruleGroups } from "../../../server/src/language/ruleFile.ts";
import { ruleChecks } from "../../../server/src/language/rules/index.ts";
import { parse } from "../../../server/src/promql/syntax/parse.ts";
import { check } from "../../../server/src/promql/types/check.ts";
import { contextOf, reportsOf, type World } from "./table.ts";

const ours = ruleChecks.filter(({ id }) => /^(metric|label|kind)\//.test(id));

/** Names as agents write them, and as people get them wrong. */
const metrics = allRows()
  .filter(({ sinks }) => sinks.includes("prometheus"))
  .flatMap((row) => {
    const [name = "", ...parts] = prometheusSeriesNames(row, { host: "cron_1" });
    const wrong = [`${name}_bucket`, `${name}_total`, name.toLowerCase(), sanitizePrometheus(`dkron_${row.key}`)];
    return [name, ...parts, ...wrong, promqlSelector(row)];
  })
  .filter((name) => !name.includes("<"));

const metric = fc.constantFrom(...metrics, "up", "http_requests_total");
const window = fc.constantFrom("[30s]", "[5m]", "[1h:1m]", "[5m] offset 1h");
const matchers = fc.constantFrom(
  "",
  "",
  '{job="dkron"}',
  '{quantile="0.95", status="x"}',
  '{node_state="failed"}',
  "{}",
);
const functions = [
  "rate",
  "increase",
  "delta",
  "deriv",
  "resets",
  "max_over_time",
  "avg_over_time",
  "absent_over_time",
];

const series = fc.tuple(metric, matchers).map(([name, braces]) => (name.startsWith("{") ? name : name + braces));
const call = fc
  .tuple(fc.constantFrom(...functions), series, window)
  .map(([name, inner, range]) => `${name}(${inner}${range})`);
const operand = fc.oneof(
  series,
  call,
  call.map((inner) => `histogram_quantile(0.9, sum by (le) (${inner}))`),
);
const aggregate = fc
  .tuple(
    fc.constantFrom("sum", "max", "avg", "count"),
    fc.constantFrom("", " by (job_name)", " by (exit_code)", " without (instance)"),
    operand,
  )
  .map(([op, grouping, inner]) => `${op}${grouping} (${inner})`);
const side = fc.oneof(operand, aggregate);
const expression = fc.oneof(
  fc.tuple(side, fc.constantFrom("> 0", "> 5s", "< 0.5", "== 80", ">= bool 1")).map((parts) => parts.join(" ")),
  fc
    .tuple(side, fc.constantFrom(" / ", " + ", " or ", " unless on (job_name) ", " > "), side)
    .map((parts) => parts.join("")),
  side.map((inner) => `absent(${inner})`),
);

const styles: readonly ((expr: string) => string)[] = [
  (expr) => `|-\n          ${expr}`,
  (expr) => `'${expr.replaceAll("'", "''")}'`,
  (expr) => JSON.stringify(expr),
];

const worlds: readonly World[] = [
  {},
  { dkronVersion: "4.0.9" },
  {
    dkronVersion: "3.2.7",
    files: {
      "prometheus.yml": "global: {scrape_interval: 1m, evaluation_interval: 90s}\nscrape_configs: [{job_name: dkron}]",
    },
  },
];

function opened(text: string): Document {
  return openDocument("file:///a.rules.yml", "yaml", 1, text);
}

function exprOf(document: Document): string {
  return ruleGroups(document.yaml)[0]?.rules[0]?.expr?.value ?? "(";
}

function isTaken(expr: string): boolean {
  const options = { prometheusVersion: "3.14" };
  return check(parse(expr, options), options).length === 0;
}

const settings = fc.tuple(fc.constantFrom(...styles), fc.constantFrom(...worlds));

function textWith(expr: string, style: (expr: string) => string): string {
  return `groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: ${style(expr)}\n        for: 5m\n`;
}

describe("any expression", () => {
  test("a fix leaves what Prometheus takes", () => {
    fc.assert(
      fc.property(expression, settings, (expr, [style, world]) => {
        const text = textWith(expr, style);
        const document = opened(text);
        const taken = isTaken(expr);
        for (const one of ours)
          for (const { range, fixes } of reportsOf(one, document, contextOf(world))) {
            expect(0 <= range.start && range.start < range.end && range.end <= text.length).toBe(true);
            if (!taken) continue;
            for (const { edits, title } of fixes ?? [])
              expect([title, isTaken(exprOf(opened(applyEdits(text, edits))))]).toEqual([title, true]);
          }
      }),
      { numRuns: 1500, seed: 4 },
    );
  });

  test("half of an expression harms nothing", () => {
    fc.assert(
      fc.property(expression, fc.nat(200), settings, (expr, length, [style, world]) => {
        const document = opened(textWith(expr.slice(0, length), style));
        for (const one of ours) reportsOf(one, document, contextOf(world));
      }),
      { numRuns: 1000, seed: 4 },
    );
  });
});

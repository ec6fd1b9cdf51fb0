// Hover: what is said of the thing under the mark, and which piece of the text it is said of.
import { describe, expect, test } from "vitest";
import { hover } from "../../../server/src/language/features/hover.ts";
import { marked, prometheusYml, rule } from "./world.ts";

/** The hover says all of `said`, about the piece of text `about`. */
function checkHover(text: string, about: string, said: readonly string[], path?: string): void {
  const { document, offset, context } = marked(text, path);
  const found = hover(document, offset, context);
  expect(found && document.text.slice(found.range.start, found.range.end)).toBe(about);
  for (const part of said) expect(found?.markdown).toContain(part);
}

const failed = "dkron_job_executions_failed_total";

describe("in an expression", () => {
  test.each<[expr: string, about: string, said: readonly string[]]>([
    [`rate(dkron_job_¦executions_failed_total[5m])`, failed, ["counter in executions", "`job_name`"]],
    ["job_name:fail¦ures:rate5m > 0", "job_name:failures:rate5m", ["recording rule", "max by (job_name)"]],
    [`ra¦te(${failed}[5m])`, "rate", ["rate(v range vector) instant vector", "executions/s", "Labels: `job_name`"]],
    [`su¦m by (job_name) (${failed})`, "sum", ["The sum of the series", "Labels: `job_name`"]],
    [`SU¦M(${failed})`, "SUM", ["Labels: none"]],
    [`sum b¦y (job_name) (${failed})`, "by", ["Groups by the labels"]],
    [`sum by (job¦_name) (${failed})`, "job_name", ["Every series here has it"]],
    [`sum by (sev¦erity) (${failed})`, "severity", ["No series here has it"]],
    [`rate(${failed}[1h3¦0m])`, "1h30m", ["5400 seconds"]],
    [`rate(${failed}[90¦m])`, "90m", ["`1h30m`"]],
    ["up off¦set 1h", "offset", ["back in time"]],
    ["up offset 1¦d", "1d", ["86400 seconds"]],
    ["up @ 160¦9746000", "@ 1609746000", ["2021-01-04T07:40:00.000Z"]],
    [`${failed} >¦ 3`, ">", ["is greater", "Labels: `job_name`"]],
    ["a * o¦n(x) group_left b", "on", ["if the labels that follow are equal"]],
    ["a * on(x) group_l¦eft b", "group_left", ["Several series on the left"]],
    ["a > bo¦ol 1", "bool", ["1 or 0"]],
    [`${failed}{job_n¦ame="x"}`, 'job_name="x"', ["**`job_name`** · label"]],
    ['up{jo¦b="dkron"}', 'job="dkron"', ["`dkron`, `node`"]],
    [`${failed}{nop¦e="x"}`, 'nope="x"', ["has no such label"]],
  ])("%s", (expr, about, said) => {
    checkHover(expr, about, said, "x.promql");
    checkHover(rule(`|\n          ${expr}`), about, said);
    if (!expr.includes('"')) checkHover(rule(`"${expr}"`), about, said);
  });

  test("nothing on what nobody knows", () => {
    const { document, offset, context } = marked("some_oth¦er_metric", "x.promql");
    expect(hover(document, offset, context)).toBeUndefined();
  });
});

describe("in a rule file", () => {
  const more = (text: string): string => rule(`sum by (job_name) (increase(${failed}[10m])) > 3`, text);
  test.each<[title: string, text: string, about: string, said: readonly string[]]>([
    ["a field", more("        fo¦r: 5m\n"), "for", ["before its alert fires"]],
    ["a field of a group", "groups:\n  - na¦me: g\n", "name", ["unique in the file"]],
    [
      "a field of a manifest",
      "apiVersion: v1\nkind: PrometheusRule\nspec:\n  groups:\n    - inter¦val: 1m\n",
      "interval",
      ["evaluated"],
    ],
    [
      "an alert of a later manifest",
      "apiVersion: v1\nkind: PrometheusRule\nspec: {groups: [{name: g, rules: [{alert: A, expr: up}]}]}\n---\napiVersion: v1\nkind: PrometheusRule\nspec: {groups: [{name: g, rules: [{alert: ¦B, expr: dkron_x}]}]}\n",
      "B",
      ["dkron_x"],
    ],
    ["the name of an alert", rule("up == 0").replace("alert: A", "alert: A¦"), "A", ["up == 0"]],
    [
      "an annotation",
      more("        annotations:\n          summary: 'Job {{ $labels.job_name }} fa¦ils {{ $value }} times'\n"),
      "Job {{ $labels.job_name }} fails {{ $value }} times",
      ['job_name="backup", value 4', "Job backup fails 4 times"],
    ],
    [
      "a label in a template",
      more("        annotations:\n          summary: '{{ $labels.job¦_name }}'\n"),
      "job_name",
      ["Every series here has it", "backup"],
    ],
    [
      "a missing label in a template",
      more("        annotations:\n          summary: '{{ $labels.inst¦ance }}'\n"),
      "instance",
      ["No series here has it"],
    ],
    [
      "a function of a template",
      more("        annotations:\n          summary: '{{ $value | human¦ize }}'\n"),
      "humanize",
      ["humanize number: any", "value 4"],
    ],
    [
      "a variable of a template",
      more("        annotations:\n          summary: '{{ $va¦lue }}'\n"),
      "$value",
      ["a number"],
    ],
    [
      "a template that fails",
      more('        annotations:\n          summary: \'{{ $va¦lue | reReplaceAll "(" "" }}\'\n'),
      "$value",
      ["Prometheus would write the error instead"],
    ],
  ])("%s", (_title, text, about, said) => checkHover(text, about, said));
});

test("in a prometheus.yml", () => {
  const text = prometheusYml.replace("scrape_interval", "scrape_inter¦val");
  checkHover(text, "scrape_interval", ["duration", "60 s"], "prometheus.yml");
});

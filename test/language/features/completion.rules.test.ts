// Completion in rule files outside of expressions: fields, values, whole rules, templates; and what the text is afterwards.
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/edits.ts";
import { completion } from "../../../server/src/language/features/completion.ts";
import { marked } from "./world.ts";

const labelsAt = (text: string): string[] => {
  const { document, offset, context } = marked(text);
  return completion(document, offset, context).map(({ label }) => label);
};

function checkTaken(before: string, label: string, after: string): void {
  const { document, offset, context } = marked(before);
  const item = completion(document, offset, context).find((candidate) => candidate.label === label);
  if (!item) throw new Error(`no ${label} at ${before}, but ${labelsAt(before)}`);
  expect(applyEdits(document.text, [item.edit, ...(item.also ?? [])])).toBe(after);
}

const head = "groups:\n  - name: g\n    rules:\n";
const failed = "dkron_job_executions_failed_total";
const alert = `${head}      - alert: A\n        expr: sum by (job_name) (${failed}) > 1\n`;

describe("fields", () => {
  test.each<[title: string, text: string, has: readonly string[], hasNot: readonly string[]]>([
    ["of the file", "¦", ["groups", "groups of rules"], ["rules"]],
    [
      "of a group",
      "groups:\n  - name: g\n    ¦",
      ["interval", "rules", "limit", "labels"],
      ["name", "partial_response_strategy"],
    ],
    [
      "of an alert",
      `${alert}        ¦`,
      ["for", "labels", "annotations", "keep_firing_for"],
      ["alert", "expr", "record"],
    ],
    [
      "of a recording rule",
      `${head}      - record: a:b\n        ¦`,
      ["expr", "labels"],
      ["for", "alert", "annotations", "record"],
    ],
    ["before the others", `${head}      - ¦\n        expr: up\n`, ["alert", "record"], ["expr"]],
    ["a new rule", `${head}      - ¦`, ["alerting rule", "recording rule", "alert", "expr"], ["group of rules"]],
    ["below rules", `${head}      ¦`, ["alerting rule", "recording rule"], ["group of rules"]],
    ["a new group", "groups:\n  - ¦", ["group of rules", "name", "rules"], ["alerting rule"]],
    [
      "below annotations",
      `${alert}        annotations:\n          ¦`,
      ["summary", "description", "runbook_url"],
      ["severity"],
    ],
    [
      "among annotations",
      `${alert}        annotations:\n          summary: x\n          ¦`,
      ["description"],
      ["summary"],
    ],
    ["below labels", `${alert}        labels:\n          ¦`, ["severity"], ["summary"]],
    [
      "of a manifest",
      "apiVersion: v1\nkind: PrometheusRule\nspec:\n  groups:\n    - name: g\n      rules:\n        - alert: A\n          ¦",
      ["for", "expr"],
      ["alert", "record"],
    ],
    [
      "of a manifest behind another one",
      "apiVersion: v1\nkind: Service\nspec:\n  a: b\n---\napiVersion: v1\nkind: PrometheusRule\nspec:\n  groups:\n    - name: g\n      rules:\n        - record: A\n          ¦",
      ["expr", "labels"],
      ["record", "for"],
    ],
    [
      "of another manifest in front of one",
      "apiVersion: v1\nkind: Service\nspec:\n  ¦\n---\napiVersion: v1\nkind: PrometheusRule\nspec: {}\n",
      [],
      ["groups"],
    ],
    ["in the indentation of a field", `${alert}    ¦    for: 5m`, [], ["for", "labels"]],
    ["in a comment", `${alert}        # ¦`, [], ["for"]],
    ["in a name", `${head}      - alert: ¦`, [], ["for", failed]],
  ])("%s", (_title, text, has, hasNot) => {
    const labels = labelsAt(text);
    expect(labels).toEqual(expect.arrayContaining([...has]));
    for (const label of hasNot) expect(labels).not.toContain(label);
  });

  test.each<[before: string, label: string, after: string]>([
    [`${alert}        fo¦`, "for", `${alert}        for: $0`],
    [`${alert}        anno¦`, "annotations", `${alert}        annotations:\n          $0`],
    [
      `${head}      - ¦`,
      "recording rule",
      `${head}      - record: \${1:job_name:dkron_job_executions_failed:rate5m}\n        expr: \${2:max by (job_name) (rate(dkron_job_executions_failed_total[5m]))}$0`,
    ],
    ["groups:\n  - name: g\n    rules:\n    ¦", "interval", "groups:\n  - name: g\n    rules:\n    interval: $0"],
    ["groups:\n  ¦", "group of rules", `groups:\n  - name: \${1:dkron}\n    rules:\n      - $0`],
  ])("%j takes %s", checkTaken);
});

describe("values", () => {
  test.each<[text: string, first: readonly string[]]>([
    [`${alert}        for: ¦`, ["1m", "5m", "10m"]],
    [`${alert}        for: 1¦`, ["1m", "5m", "10m"]],
    ["groups:\n  - name: g\n    interval: ¦", ["15s", "30s", "1m"]],
    [`${alert}        labels:\n          severity: ¦`, ["critical", "warning", "info"]],
    [`${alert}        labels: {severity: ¦}`, ["critical", "warning", "info"]],
    [`${alert}        labels:\n          severity: "¦"`, ["critical", "warning", "info"]],
  ])("%j", (text, first) => {
    expect(labelsAt(text).slice(0, first.length)).toEqual(first);
  });

  test("none where any text goes", () =>
    expect(labelsAt(`${alert}        annotations:\n          summary: ¦`)).toEqual([]));
});

describe("templates", () => {
  const summary = (text: string): string => `${alert}        annotations:\n          summary: ${text}\n`;

  test.each<[text: string, has: readonly string[], hasNot: readonly string[]]>([
    ["'{{ ¦ }}'", ["$labels", "$value", "humanize", "if", "range", "query"], [failed]],
    ["'{{ $labels.¦ }}'", ["job_name"], ["instance", "job", "$value"]],
    ["'{{ $labels.¦'", ["job_name"], ["instance"]],
    ["'{{ $va¦ }}'", ["$value", "$labels"], ["humanize"]],
    ["'{{ $value | ¦ }}'", ["humanize", "humanizeDuration"], ["$value", "if"]],
    ["\"{{ query 'up' }} {{ $labels.¦ }}\"", ["job_name"], []],
    ["'{{ query \"¦\" }}'", [failed, "rate"], ["$labels"]],
    ["'{{ query \"up{job=`¦`}\" }}'", ["dkron", "node"], []],
    ["'{{ range query \"job_name:failures:rate5m\" }}{{ .Labels.¦ }}{{ end }}'", ["job_name", "team"], []],
    ["|\n            It fails:\n            {{ $labels.¦", ["job_name"], ["humanize"]],
    ["'text ¦'", [], ["$labels", "humanize"]],
  ])("%s", (text, has, hasNot) => {
    const labels = labelsAt(summary(text));
    expect(labels).toEqual(expect.arrayContaining([...has]));
    for (const label of hasNot) expect(labels).not.toContain(label);
  });

  test.each<[before: string, label: string, after: string]>([
    [summary("'{{ $labels.j¦ }}'"), "job_name", summary("'{{ $labels.job_name }}'")],
    [summary("'{{ $value | hum¦ }}'"), "humanize", summary("'{{ $value | humanize }}'")],
    [summary("'{{ i¦ }}'"), "if", summary("'{{ if $1 }}$2{{ end  }}'")],
    [summary("'{{ query \"¦\" }}'"), failed, summary(`'{{ query "${failed}" }}'`)],
    [summary("'{{ query \"up{job=¦}\" }}'"), "dkron", summary("'{{ query \"up{job=''dkron''}\" }}'")],
  ])("%j takes %s", checkTaken);

  test("a recording rule has no templates", () => {
    expect(labelsAt(`${head}      - record: a\n        expr: up\n        labels:\n          a: '{{ ¦ }}'`)).toEqual([]);
  });
});

describe("tests of rules", () => {
  const inTest = (text: string): { labels: string[]; text: string; after: string } => {
    const { document, offset, context } = marked(text, "a.rules.test.yml");
    const items = completion(document, offset, context);
    const [first] = items;
    const after = first ? applyEdits(document.text, [first.edit]) : document.text;
    return { labels: items.map(({ label }) => label), text: document.text, after };
  };
  const tests = "rule_files: [a]\ntests:\n";

  test("name the alerts of the workspace", () => {
    const { labels, after } = inTest(`${tests}  - alert_rule_test:\n      - alertname: Re¦\n`);
    expect(labels).toEqual(["Recorded"]);
    expect(after).toBe(`${tests}  - alert_rule_test:\n      - alertname: Recorded\n`);
  });

  test("have expressions", () => {
    expect(inTest(`${tests}  - promql_expr_test:\n      - expr: dkron¦\n`).labels).toContain(failed);
  });
});

// Files of rule tests: structure as promtool reads it, and the PromQL inside; what is marked must be found, the rest not.
import { describe, expect, test } from "vitest";
import { openDocument } from "../../../server/src/language/document.ts";
import { facts } from "../../../server/src/language/facts.ts";
import { diagnostics } from "../../../server/src/language/features/diagnostics.ts";
import { workspaceOf } from "../../../server/src/language/workspace.ts";
import { contextOf } from "./table.ts";

const head = "rule_files: [dkron.rules.yml]\nevaluation_interval: 1m\n";
const group = (...lines: readonly string[]): string =>
  `${head}tests:\n  - interval: 1m\n${lines.map((line) => `    ${line}\n`).join("")}`;

/** Holds what is found against the marks in the text. */
function check(marked: string, says: readonly string[]): void {
  const text = marked.replaceAll(/[«»]/g, "");
  const document = openDocument("file:///dkron.rules.test.yml", "prometheus-rules-test", 1, text);
  expect(document.kind).toBe("prometheus-rules-test");
  const found = diagnostics(document, contextOf({}));
  expect(found.map(({ range }) => text.slice(range.start, range.end))).toEqual(
    [...marked.matchAll(/«([^»]*)»/g)].map(([, piece]) => piece),
  );
  expect(found.map(({ severity }) => severity)).toEqual(found.map(() => "error"));
  for (const [index, piece] of says.entries()) expect(found[index]?.message).toContain(piece);
}

describe("files of rule tests", () => {
  const loud: readonly (readonly [title: string, text: string, ...says: string[]])[] = [
    ["an unknown field of the file", `${head}«test»: []\n`, "field test not found in type main.unitTestFile"],
    ["an unknown field of a test", group("«input_serie»: []"), "Write input_series."],
    ["a wrong duration", group("promql_expr_test:", "  - expr: up", "    eval_time: «5mm»"), "unknown unit"],
    [
      "a field twice",
      group("external_url: a", "«external_url»: b"),
      "field external_url already set in type main.testGroup",
    ],
    [
      "a text for a number",
      group("promql_expr_test:", "  - expr: up", "    exp_samples: [{value: «x»}]"),
      "cannot unmarshal",
    ],
    ["a map for a text", group("input_series: [{series: {«a»: b}}]"), "cannot unmarshal"],
    ["a label twice", group("external_labels: {a: b, «a»: c}"), 'key "a" already set in map'],
    ["a group twice", `${head}group_eval_order: [a, «a»]\n`, "group name repeated in evaluation order: a"],
    ["no moment", group("start_timestamp: «yesterday»"), 'cannot parse "yesterday" to a valid timestamp'],
    [
      "a duration that is NULL",
      group("promql_expr_test:", "  - expr: up", "    eval_time: «NULL»"),
      "empty duration string",
    ],
    ["an alert without name", group("alert_rule_test:", "  - «eval_time»: 1m"), "misses required attribute alertname"],
    ["broken PromQL", group("promql_expr_test:", "  - expr: rate(«up»)"), "expected type range vector"],
    [
      "a label without quotes in a series",
      group("input_series:", "  - series: up{job=«dkron»}", "    values: 1"),
      'unexpected identifier "dkron" in label set, expected string. promtool counts',
    ],
    [
      "a repetition without number",
      group("input_series:", "  - series: up", "    values: «0+1x»"),
      "unexpected end of input in series values",
    ],
    [
      "a word among values",
      group("input_series:", "  - series: up", "    values: 1 «gone» 2"),
      'unexpected identifier "gone" in series values, expected number or "stale"',
    ],
    [
      "a comma between values, in quotes",
      group("input_series:", '  - {values: "1«, 2»", series: up}'),
      "unexpected character in series sequence: ','",
    ],
    [
      "a histogram that nobody knows",
      group("input_series:", '  - {series: up, values: "1 {{«foo:1}}»"}'),
      'bad histogram descriptor found: "foo"',
    ],
    [
      "values without series",
      group("input_series: [{«values»: 1}]").replace("«values»: 1", "values: «1»"),
      "unexpected number",
    ],
    [
      "a label without value in an expected sample",
      group("promql_expr_test:", "  - expr: up", "    exp_samples: [{labels: 'up{a«}»', value: 1}]"),
      'in label set, expected "="',
    ],
    ["an alert that is null", group("alert_rule_test: [«null»]"), "misses required attribute alertname"],
    [
      "an expression test without expression",
      group("promql_expr_test:", "  - «eval_time»: 1m"),
      "misses expr: no expression found in input",
    ],
    ["an expression that is empty", group("promql_expr_test: [{«expr»: ''}]"), "no expression found in input"],
    ["an expression test that is null", group("promql_expr_test: [«~»]"), "no expression found in input"],
    [
      "an expression that gives a range",
      group("promql_expr_test: [{expr: '«up[5m]»'}]"),
      "rule result is not a vector or scalar: this is a range vector",
    ],
    ["values of a series that is null", group("input_series: [{series: null, values: «1»}]"), "unexpected number"],
    [
      "a second line of values",
      group("input_series:", "  - series: up", "    values: |", "      1 2", "      «3» 4"),
      "unexpected number",
    ],
    ["a series without labels", group("input_series: [{series: '«{»}', values: 1}]"), "empty labelset"],
    [
      "a label twice in a series",
      group("input_series:", '  - series: up{a="b", «a»="c"}', "    values: 1"),
      'label name "a" is not unique',
    ],
    ["a pattern that is no pattern", `rule_files: [«"a/[b"»]\ntests: []\n`, "syntax error in pattern"],
    [
      "exp_labels that are a text",
      group("alert_rule_test:", "  - alertname: A", "    exp_alerts: [{exp_labels: «a»}]"),
      "cannot unmarshal !!str `a` into map[string]string",
    ],
    [
      "exp_annotations that are a list",
      group("alert_rule_test:", "  - alertname: A", "    exp_alerts: [{exp_annotations: «[a]»}]"),
      "cannot unmarshal !!seq into map[string]string",
    ],
    [
      "a map for a label",
      group("alert_rule_test:", "  - alertname: A", "    exp_alerts: [{exp_labels: {a: {«b»: c}}}]"),
      "cannot unmarshal !!map into string",
    ],
    [
      "exp_alerts that are a map",
      group("alert_rule_test:", "  - alertname: A", "    exp_alerts: {«exp_labels»: {}}"),
      "cannot unmarshal !!map into []main.alert",
    ],
    ["an end before the start", `# a\n«...»\n${head}`, "`...` ends a document, and none has begun"],
    ["a document behind directives that is indented", `%YAML 1.1\n «---»\n${head}`, "at the beginning of its line"],
    ["several faults at once", group("«foo»: 1", "alert_rule_test:", "  - «eval_time»: «1x»"), "field foo"],
  ];
  test.each(loud)("%s", (_, text, ...says) => check(text, says));

  const quiet: readonly (readonly [title: string, text: string])[] = [
    ["the least", head],
    ["no tests", `${head}tests: []\n`],
    ["series", group("input_series:", '  - series: up{job="dkron"}', "    values: 0+1x10 _ stale")],
    [
      "alerts",
      group(
        "alert_rule_test:",
        "  - eval_time: 10m",
        "    alertname: DkronDown",
        "    exp_alerts:",
        "      - exp_labels: {severity: critical}",
        "        exp_annotations: {summary: down}",
      ),
    ],
    [
      "samples",
      group(
        "promql_expr_test:",
        "  - expr: sum(up)",
        "    eval_time: 0",
        "    exp_samples: [{labels: '{}', value: 1.5}]",
      ),
    ],
    [
      "a whole number as value",
      group("promql_expr_test:", "  - expr: up", "    exp_samples: [{labels: up, value: 1}]"),
    ],
    ["names and labels", group("name: down", "external_labels: {region: eu}", "external_url: http://a")],
    ["the order of groups", `${head}group_eval_order: [a, b]\nfuzzy_compare: true\ntests: []\n`],
    [
      "histograms, gaps and repetitions",
      group(
        "input_series:",
        '  - series: \'{"a.b", c="d"}\'',
        "    values: '{{sum:1 buckets:[1 2]}}x2 _x3 -1+2x3 stale NaN'",
      ),
    ],
    [
      "fields that are null",
      group("input_series: [{series: up, values: ~}]", "promql_expr_test: [{expr: up, exp_samples: [{labels: ~}]}]"),
    ],
    ["an expression in base64", group("promql_expr_test: [{expr: !!binary dXA=}]")],
    ["a series without labels and without a value", group("input_series: [{series: '{}', values: _x3}]")],
    ["what is behind an empty line of values", group('input_series: [{series: up, values: "1\\n\\nfoo bar"}]')],
    ["patterns", `rule_files: ["[ab]/*.yml", "a?[^c-d]*.yml", 'c:\\[x']\ntests: []\n`],
    ["a series without values", group("input_series: [{series: up}]")],
    [
      "a sample with a blank before its labels",
      group("promql_expr_test:", "  - expr: up", "    exp_samples: [{labels: 'up {a=\"b\"}', value: 1}]"),
    ],
    ["a boolean of YAML 1.1", `${head}fuzzy_compare: yes\n`],
    ["moments", `${group("start_timestamp: 1.5e9")}  - start_timestamp: 2026-01-02T15:04:05.5+01:00\n`],
    ["an anchor", group("input_series: &s [{series: up, values: '1'}]", "promql_expr_test: []")],
  ];
  test.each(quiet)("takes %s", (_, text) => check(text, []));
});

test("promtool reads no further than to a line left of the first key, and of the first document alone", () => {
  const found = (text: string): string[] =>
    diagnostics(openDocument("file:///a.rules.test.yml", "prometheus-rules-test", 1, text), contextOf({})).map(
      ({ severity, range, message }) => `${severity} ${text.slice(range.start, range.end)}: ${message}`,
    );
  const cut = expect.stringMatching(/^warning tests: \[\]: promtool takes the file for finished/);
  expect(found(" rule_files: [a.yml]\ntests: []\n")).toEqual([cut]);
  expect(found("---\n  rule_files: [a.yml]\n\ntests: []\nx: [\n")).toEqual([cut]);
  expect(found(" rule_files: [a.yml]\n tests: []\n")).toEqual([]);
  expect(found(`${head}---\nx: [\n`)).toEqual([]);
  expect(found(" ...\nrule_files: []\n")).toEqual([expect.stringMatching(/^error /)]);
});

describe("alerts that are tested", () => {
  const rules = "groups:\n  - name: g\n    rules:\n      - alert: DkronDown\n        for: 5m\n        expr: up == 0\n";
  const tested = (file: string, alert: string): string =>
    `rule_files: [${file}]\ntests:\n  - alert_rule_test: [{eval_time: 1m, alertname: ${alert}}]\n`;
  const said = (text: string): string[] => {
    const known = facts(openDocument("file:///w/rules/a.rules.yml", "", 0, rules));
    const workspace = workspaceOf(known ? [known] : []);
    const document = openDocument("file:///w/tests/a.rules.test.yml", "prometheus-rules-test", 1, text);
    return diagnostics(document, { ...contextOf({}), workspace }).map(({ code, message }) => `${code}: ${message}`);
  };

  test.each([
    ["a slip in the name", tested("../rules/*.yml", "DkronDwon"), ["structure/unknown-alert: None of the rule files"]],
    [
      "a name like no other",
      tested("/w/rules/a.rules.yml", "Nope"),
      ["structure/unknown-alert: None of the rule files"],
    ],
    ["the very name", tested("../rules/a.rules.yml", "DkronDown"), []],
    ["a rule file that is elsewhere", tested("/etc/other.yml", "Nope"), []],
    ["no rule files", tested("", "Nope"), []],
  ])("%s", (_, text, says) => {
    expect(said(text)).toEqual(says.map((words) => expect.stringContaining(words)));
  });
});

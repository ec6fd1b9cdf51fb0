// Files of rule tests: structure as promtool reads it, and the PromQL inside; what is marked must be found, the rest not.
import { describe, expect, test } from "vitest";
import { openDocument } from "../../../server/src/language/document.ts";
import { diagnostics } from "../../../server/src/language/features/diagnostics.ts";
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
    ["a field twice", group("external_url: a", "«external_url»: b"), "already defined"],
    [
      "a text for a number",
      group("promql_expr_test:", "  - expr: up", "    exp_samples: [{value: «x»}]"),
      "cannot unmarshal",
    ],
    ["a map for a text", group("input_series: [{series: {«a»: b}}]"), "cannot unmarshal"],
    ["an alert without name", group("alert_rule_test:", "  - «eval_time»: 1m"), "misses required attribute alertname"],
    ["broken PromQL", group("promql_expr_test:", "  - expr: rate(«up»)"), "expected type range vector"],
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
    ["an anchor", group("input_series: &s [{series: up, values: '1'}]", "promql_expr_test: []")],
  ];
  test.each(quiet)("takes %s", (_, text) => check(text, []));
});

// Definitions, references, renaming and outlines: what links the files of a workspace.
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/edits.ts";
import type { Place } from "../../../server/src/language/answers.ts";
import { codeLenses } from "../../../server/src/language/features/codeLens.ts";
import { definition } from "../../../server/src/language/features/definition.ts";
import { highlights, references } from "../../../server/src/language/features/references.ts";
import { rename, renameable } from "../../../server/src/language/features/rename.ts";
import { documentSymbols, workspaceSymbols } from "../../../server/src/language/features/symbols.ts";
import { contextOf, marked, open, prometheusYml, recordings, rule } from "./world.ts";

const texts: Readonly<Record<string, string>> = {
  "file:///w/prometheus.yml": prometheusYml,
  "file:///w/rules/recorded.rules.yml": recordings,
};

/** `file: line` of a place, the line trimmed. */
function shown({ uri, range }: Place, own: string): string {
  const text = texts[uri] ?? own;
  const start = text.lastIndexOf("\n", range.start - 1) + 1;
  return `${uri.split("/").at(-1)}: ${text.slice(start, text.indexOf("\n", range.start)).trim()}`;
}

describe("definition", () => {
  test.each<[expr: string, places: readonly string[]]>([
    ["job_name:fail¦ures:rate5m > 0", ["recorded.rules.yml: - record: job_name:failures:rate5m"]],
    ['{__name__="job_name:fail¦ures:rate5m"}', ["recorded.rules.yml: - record: job_name:failures:rate5m"]],
    ['up{job="dk¦ron"}', ["prometheus.yml: - job_name: dkron"]],
    ['up{job="oth¦er"}', []],
    ["up¦ == 0", []],
  ])("%s", (expr, places) => {
    const { document, offset, context } = marked(rule(`|\n          ${expr}`));
    expect(definition(document, offset, context.workspace).map((place) => shown(place, ""))).toEqual(places);
  });

  test("of an alert in a test of rules", () => {
    const text = "rule_files: [a]\ntests:\n  - alert_rule_test:\n      - alertname: Rec¦orded\n";
    const { document, offset, context } = marked(text, "a.rules.test.yml");
    expect(document.kind).toBe("prometheus-rules-test");
    expect(definition(document, offset, context.workspace).map((place) => shown(place, ""))).toEqual([
      "recorded.rules.yml: - alert: Recorded",
    ]);
  });
});

test("references, with and without the definition", () => {
  const { document, offset, context } = marked(rule("job_name:fail¦ures:rate5m > 1\n"));
  const all = (definitions: boolean): string[] =>
    references(document, offset, context.workspace, definitions).map((place) => shown(place, document.text));
  expect(all(false)).toEqual([
    "recorded.rules.yml: expr: job_name:failures:rate5m > 0",
    "test.rules.yml: expr: job_name:failures:rate5m > 1",
  ]);
  expect(all(true)).toHaveLength(3);
  expect(highlights(document, offset, context.workspace)).toHaveLength(1);
});

describe("rename", () => {
  test("writes every place, quoted or not", () => {
    const { document, offset, context } = marked(
      rule('|\n          job_name:fail¦ures:rate5m or {__name__="job_name:failures:rate5m"}\n'),
    );
    const answer = rename(document, offset, "job:failures", context.workspace, (uri) =>
      uri === document.uri ? document.text : texts[uri],
    );
    if ("refused" in answer) throw new Error(answer.refused);
    const own = answer.find(({ uri }) => uri === document.uri);
    expect(applyEdits(document.text, own?.edits ?? [])).toBe(
      rule('|\n          job:failures or {__name__="job:failures"}\n'),
    );
    const other = answer.find(({ uri }) => uri.endsWith("recorded.rules.yml"));
    expect(applyEdits(recordings, other?.edits ?? [])).toBe(
      recordings.replaceAll("job_name:failures:rate5m", "job:failures"),
    );
  });

  test("writes the series of rule tests", () => {
    const text =
      "rule_files: [a]\ntests:\n  - input_series:\n      - series: 'job_name:fail¦ures:rate5m{job=\"dkron\"}'\n        values: 1\n    promql_expr_test:\n      - expr: up\n        exp_samples: [{labels: '{\"job_name:failures:rate5m\"}', value: 1}]\n";
    const { document, offset, context } = marked(text, "a.rules.test.yml");
    const answer = rename(document, offset, "job:failures", context.workspace, (uri) =>
      uri === document.uri ? document.text : texts[uri],
    );
    if ("refused" in answer) throw new Error(answer.refused);
    const own = answer.find(({ uri }) => uri === document.uri);
    expect(applyEdits(document.text, own?.edits ?? [])).toBe(
      document.text.replaceAll("job_name:failures:rate5m", "job:failures"),
    );
    const job = document.text.indexOf("dkron") + 1;
    expect(definition(document, job, context.workspace).map((place) => shown(place, ""))).toEqual([
      "prometheus.yml: - job_name: dkron",
    ]);
  });

  test.each<[to: string]>([["a-b"], ["1a"], [""], ["a b"]])("refuses %j for a recording rule", (to) => {
    const { document, offset, context } = marked(rule("job_name:fail¦ures:rate5m > 1"));
    expect(rename(document, offset, to, context.workspace, () => undefined)).toHaveProperty("refused");
  });

  test("leaves what comes from agents alone", () => {
    const { document, offset, context } = marked(rule("dkron_job_exe¦cutions_failed_total > 1"));
    expect(renameable(document, offset, context.workspace)).toBeUndefined();
  });
});

test("the outline of a rule file", () => {
  const [group] = documentSymbols(open("a.rules.yml", recordings));
  expect(group).toMatchObject({ name: "recorded", kind: "group", detail: "2 rules" });
  expect(group?.children.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
    "record job_name:failures:rate5m",
    "alert Recorded",
  ]);
});

test("the outline of a prometheus.yml", () => {
  const symbols = documentSymbols(open("prometheus.yml", prometheusYml));
  expect(symbols.map(({ name }) => name)).toEqual(["global", "rule_files", "scrape_configs"]);
  expect(symbols[2]?.children.map(({ name, kind }) => `${kind} ${name}`)).toEqual(["job dkron", "job node"]);
});

test.each<[query: string, names: readonly string[]]>([
  ["rec", ["Recorded"]],
  ["jfr", ["job_name:failures:rate5m"]],
  ["node", ["node"]],
  ["zzz", []],
])("names of the workspace with %s", (query, names) => {
  expect(workspaceSymbols(query, contextOf().workspace).map(({ name }) => name)).toEqual(names);
});

test("lines above recording rules say how often they are used", () => {
  const own = open("rules/recorded.rules.yml", recordings);
  expect(codeLenses(own, contextOf().workspace).map(({ title }) => title)).toEqual([
    "1 expression uses this recording rule",
  ]);
});

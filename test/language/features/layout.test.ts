// Formatting, colours, hints, signatures, folds, selections and links.
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/edits.ts";
import { folding } from "../../../server/src/language/features/folding.ts";
import { formatting } from "../../../server/src/language/features/format.ts";
import { inlayHints } from "../../../server/src/language/features/inlayHints.ts";
import { documentLinks } from "../../../server/src/language/features/links.ts";
import { selectionRanges } from "../../../server/src/language/features/selection.ts";
import { semanticTokens } from "../../../server/src/language/features/semanticTokens.ts";
import { signatureHelp } from "../../../server/src/language/features/signatureHelp.ts";
import { nodeAtPath } from "../../../server/src/language/rulePath.ts";
import { parseYaml } from "../../../server/src/yaml/parse.ts";
import { contextOf, marked, open, prometheusYml, rule } from "./world.ts";

const long = `sum by (job_name) (rate(dkron_job_executions_failed_total[5m])) / sum by (job_name) (rate(dkron_job_executions_succeeded_total[5m]))`;
const over = (indent: string): string =>
  [
    "    sum by (job_name) (rate(dkron_job_executions_failed_total[5m]))",
    "/",
    "    sum by (job_name) (rate(dkron_job_executions_succeeded_total[5m]))",
  ]
    .map((line) => indent + line.replace(/^ {4}/, "  "))
    .join("\n");

describe("formatting", () => {
  /** The file after formatting; formatting again changes nothing, and the YAML still reads. */
  function checkFormat(before: string, after: string): void {
    const document = open("a.rules.yml", before);
    const text = applyEdits(before, formatting(document, contextOf()));
    expect(text).toBe(after);
    const again = open("a.rules.yml", text);
    expect(again.yaml.documents.flatMap(({ chunk }) => chunk.errors)).toEqual([]);
    expect(formatting(again, contextOf())).toEqual([]);
  }
  const tail = "        for: 5m # stays\n";

  test.each<[title: string, before: string, after: string]>([
    ["plain", rule("sum( rate(x [5m]) )by(a)", tail), rule("sum by (a) (rate(x[5m]))", tail)],
    ["plain with a comment behind", rule("sum(x)by(a) # why", tail), rule("sum by (a) (x) # why", tail)],
    ["single quotes", rule(`'x{a="b" }'`, tail), rule(`'x{a="b"}'`, tail)],
    ["double quotes", rule(`"x{a='b' }"`, tail), rule(`"x{a=\\"b\\"}"`, tail)],
    ["literal", rule("|\n          sum( x )\n", tail), rule("|\n          sum(x)\n", tail)],
    ["folded", rule(">-\n          sum(\n            x )\n", tail), rule(">-\n          sum(x)\n", tail)],
    ["plain that needs quotes now", rule(`sum({a="b"} )`, tail), rule(`sum({a="b"})`, tail)],
    ["plain that grows", rule(long, tail), rule(`|2-\n${over("          ")}\n`, tail).replace("\n\n", "\n")],
    ["a literal that grows", rule(`|\n          ${long}\n`, tail), rule(`|2\n${over("          ")}\n`, tail)],
    ["a folded one that grows", rule(`>\n          ${long}\n`, tail), rule(`|2\n${over("          ")}\n`, tail)],
    [
      "comments",
      rule("|\n          # why\n          sum( x ) # here\n", tail),
      rule("|\n          # why\n          sum(x) # here\n", tail),
    ],
    ["Windows line ends", rule("|\r\n          sum( x )\r\n", tail), rule("|\r\n          sum(x)\r\n", tail)],
    ["an error", rule("sum( x", tail), rule("sum( x", tail)],
    [
      "in braces",
      "groups: [{name: g, rules: [{record: a, expr: sum( x )}]}]\n",
      "groups: [{name: g, rules: [{record: a, expr: sum(x)}]}]\n",
    ],
  ])("%s", (_title, before, after) => checkFormat(before, after));

  test("of a piece only", () => {
    const text = `${rule("sum( x )")}      - alert: B\n        expr: sum( y )\n`;
    const at = text.indexOf("sum( y");
    const edits = formatting(open("a.rules.yml", text), contextOf(), { start: at, end: at });
    expect(applyEdits(text, edits)).toBe(text.replace("sum( y )", "sum(y)"));
  });

  test("what is written reads as what was formatted", () => {
    const text = applyEdits(rule(long), formatting(open("a.rules.yml", rule(long)), contextOf()));
    const node = nodeAtPath(parseYaml(text), ["groups", 0, "rules", 0, "expr"]);
    expect(node?.kind === "scalar" && node.value).toContain("\n/\n");
  });

  test("of a promql file", () => {
    expect(formatting(open("a.promql", "sum( x )"), contextOf()).map(({ text }) => text)).toEqual(["sum(x)\n"]);
  });
});

test("colours of an expression and a template", () => {
  const text = rule(
    'sum by (a) (rate(x{b="c"}[5m])) > bool 1',
    "        annotations:\n          d: 'n {{ $labels.a | toUpper }}'\n",
  );
  const tokens = semanticTokens(open("a.rules.yml", text), contextOf());
  expect(tokens.map(({ range, type }) => `${type} ${text.slice(range.start, range.end)}`)).toEqual([
    "function sum",
    "keyword by",
    "label a",
    "function rate",
    "metric x",
    "label b",
    "operator =",
    'string "c"',
    "number 5m",
    "operator >",
    "keyword bool",
    "number 1",
    "variable $labels",
    "label .a",
    "operator |",
    "function toUpper",
  ]);
});

test("hints tell the kind of a metric and what a duration comes to", () => {
  const text = rule("rate(dkron_job_executions_failed_total[300]) + x[2*5m] offset 90m");
  const hints = inlayHints(open("a.rules.yml", text), { start: 0, end: text.length }, contextOf());
  expect(hints.map(({ offset, text: hint }) => `${text.slice(0, offset).slice(-5)}${hint}`)).toEqual([
    "total: counter",
    "l[300 = 5m",
    "[2*5m = 10m",
    "t 90m = 1h30m",
  ]);
});

test.each<[text: string, label: string | undefined, active?: number]>([
  [rule("clamp(x, ¦"), "clamp(v instant vector, min scalar, max scalar) instant vector", 1],
  [rule("rate(¦"), "rate(v range vector) instant vector", 0],
  [rule("topk(3, rate(x[5m])¦"), "topk by|without (labels) (k scalar, v instant vector) instant vector", 1],
  [
    rule("label_join(x, 'a', 'b', 'c', ¦"),
    "label_join(v instant vector, destination string, separator string, source... string) instant vector",
    3,
  ],
  [rule("x ¦"), undefined],
  [
    rule("x", "        annotations:\n          a: '{{ printf \"%s\" ¦ }}'\n"),
    "printf format: string values...: any",
    1,
  ],
])("the call at %j", (text, label, active) => {
  const { document, offset, context } = marked(text);
  const found = signatureHelp(document, offset, context);
  expect(found?.label).toBe(label);
  expect(found?.active).toBe(active);
});

test("folds", () => {
  const text = rule("|\n          a\n          + b\n", "# one\n# two\n");
  expect(
    folding(open("a.rules.yml", text)).map(({ start, end, comment }) => `${start}-${end}${comment ? " comment" : ""}`),
  ).toEqual(["0-6", "1-6", "2-6", "3-6", "4-6", "8-9 comment"]);
});

test("a selection grows from the name to the whole file", () => {
  const { document, offset, context } = marked(rule("sum(ra¦te(x[5m])) > 1"));
  const pieces = selectionRanges(document, offset, context).map(({ start, end }) => document.text.slice(start, end));
  expect(pieces.slice(0, 4)).toEqual([
    "rate(x[5m])",
    "sum(rate(x[5m]))",
    "sum(rate(x[5m])) > 1",
    "expr: sum(rate(x[5m])) > 1",
  ]);
  expect(pieces.at(-1)).toBe(document.text);
});

test("links", () => {
  const { workspace: world } = contextOf();
  const targets = (path: string, text: string): string[] =>
    documentLinks(open(path, text), world).map(({ target }) => target);
  expect(
    targets(
      "a.rules.yml",
      rule("up", "        annotations:\n          runbook_url: https://example.org/a\n          summary: see it\n"),
    ),
  ).toEqual(["https://example.org/a"]);
  expect(targets("prometheus.yml", `${prometheusYml.replace("rules/*", "rules/jobs")}`)).toEqual([
    "file:///w/rules/jobs.rules.yml",
    "http://a.example:8080/metrics",
    "http://b.example:8080/metrics",
  ]);
  expect(targets("prometheus.yml", "rule_files: [rules/*.yml, none/*.yml]\n")).toEqual([
    "file:///w/rules/recorded.rules.yml",
  ]);
  expect(targets("tests/a.rules.test.yml", "tests: []\nrule_files: [../rules/*.rules.yml]\n")).toEqual([
    "file:///w/rules/recorded.rules.yml",
  ]);
});

test("a link of a pattern names the other files", () => {
  const { workspace } = contextOf(open("rules/b.rules.yml", rule("up")), open("rules/c.rules.yml", rule("up")));
  expect(documentLinks(open("prometheus.yml", "rule_files: [rules/*.yml]\n"), workspace)).toMatchObject([
    {
      target: "file:///w/rules/b.rules.yml",
      tooltip: "The first of 3 files; also c.rules.yml, recorded.rules.yml",
    },
  ]);
});

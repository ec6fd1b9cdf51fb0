// Reading on after an error: what is reported, where, and what is still in the tree.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyzeTemplate } from "../../server/src/template/analysis.ts";
import { checkTemplate } from "../../server/src/template/check.ts";
import { callAt, completionSlot } from "../../server/src/template/completion.ts";
import { expandTemplate } from "../../server/src/template/expand.ts";
import { parseTemplate } from "../../server/src/template/parser.ts";

type Case = { title: string; text: string; errors: [message: string, at: string][] };

const cases: Case[] = [
  { title: "a sound text", text: "{{ $labels.job }} is down", errors: [] },
  {
    title: "an error in each action",
    text: "{{ nosuch }} {{ $nosuch }} {{ humanize(1) }}",
    errors: [
      ['function "nosuch" not defined', "nosuch"],
      ['undefined variable "$nosuch"', "$nosuch"],
      ['unexpected "(" in operand', "("],
    ],
  },
  {
    title: "a condition that is broken still opens its branch",
    text: "{{ if $value == 1 }}{{ nosuch }}{{ else }}b{{ end }}",
    errors: [
      ['unexpected "=" in if', "="],
      ['function "nosuch" not defined', "nosuch"],
    ],
  },
  { title: "an open branch", text: "a {{ if true }} b", errors: [["unexpected EOF", "{{"]] },
  { title: "an end too many", text: "a{{ end }}b", errors: [["unexpected {{end}}", "{{ end }}"]] },
  {
    title: "an open string does not swallow the next action",
    text: '{{ "abc }} {{ nosuch }}',
    errors: [
      ["unterminated quoted string", '"abc }} {{ nosuch }}'],
      ['function "nosuch" not defined', "nosuch"],
    ],
  },
  {
    title: "an action without end",
    text: "{{ $value {{ $labels.job }} {{ nosuch }}",
    errors: [
      ['unexpected "{" in operand', "{"],
      ['function "nosuch" not defined', "nosuch"],
    ],
  },
  {
    title: "two else",
    text: "{{ if true }}a{{ else }}b{{ else }}c{{ end }}",
    errors: [["expected end; found {{else}}", "{{ else }}"]],
  },
  {
    title: "two bodies of one name",
    text: '{{ define "a" }}x{{ end }}{{ define "a" }}y{{ end }}',
    errors: [['template: multiple definition of template "a"', '"a"']],
  },
  {
    title: "a broken definition",
    text: "{{ define a }}{{ . }}{{ end }}",
    errors: [['unexpected "a" in define clause', "a"]],
  },
];

describe("errors of the parser", () => {
  test.each(cases)("$title", ({ text, errors }) => {
    const found = parseTemplate(text).errors;
    expect(found.map(({ message, start, end }) => [message, text.slice(start, end)])).toEqual(errors);
  });

  test("an unknown name comes with those that are known there", () => {
    const [error] = parseTemplate('{{ define "a" }}{{ $labels.x }}{{ end }}').errors;
    expect(error?.unknown).toEqual({ what: "variable", name: "$labels", known: ["$"] });
  });

  test("lines and names in the sentence of promtool", () => {
    const verdict = checkTemplate(parseTemplate("a\n{{\n `x\n}}\n"), "Down");
    expect(verdict?.goMessage).toBe(
      "template: __alert_Down:3: unterminated raw quoted string in action started at __alert_Down:2",
    );
    expect(checkTemplate(parseTemplate('{{ define "__alert_Down" }}x{{ end }}'), "Down")?.message).toBe(
      'template: multiple definition of template "__alert_Down"',
    );
  });
});

describe("a tree", () => {
  test("has the ranges of what is written", () => {
    const text = "a {{- if (eq $labels.job `x`) -}} {{ .Labels.job | toUpper }} {{ end }}";
    const [before, branch] = parseTemplate(text).tree.root.nodes;
    expect(before).toMatchObject({ kind: "text", text: "a" });
    if (branch?.kind !== "if") throw new Error("no branch");
    expect(text.slice(branch.start, branch.end)).toBe(text.slice(2));
    expect(text.slice(branch.pipe.start, branch.pipe.end)).toBe("(eq $labels.job `x`)");
    const [action] = branch.list.nodes;
    expect(action && text.slice(action.start, action.end)).toBe("{{ .Labels.job | toUpper }}");
  });
});

const pieces = fc.array(
  fc.constantFrom(
    "{{",
    "}}",
    "{{ ",
    " }}",
    "{{- ",
    " -}}",
    "if",
    "else",
    "end",
    "range",
    "with",
    "define",
    "block",
    "template",
    '"a"',
    "$value",
    "$labels",
    ".x",
    ".",
    "(",
    ")",
    "|",
    ":=",
    "=",
    ",",
    " ",
    "\n",
    "1",
    "1e9",
    "printf",
    "query",
    "/*",
    "*/",
    '"',
    "`",
    "'",
    "é",
    "😀",
    "{{ end }}",
    "{{ if true }}",
    "%",
  ),
  { maxLength: 14 },
);
const data = { alert: "A", labels: { x: "y" }, externalLabels: {}, externalURL: "http://x/", value: 1.5 };
const world = { now: 0, query: () => [{ labels: { x: "z" }, value: 1 }] };

test("nothing throws on anything, and every range lies in the text", () => {
  fc.assert(
    fc.property(pieces, fc.nat(40), (parts, cursor) => {
      const text = parts.join("");
      const result = parseTemplate(text);
      const uses = analyzeTemplate(result.tree);
      const ranges = [
        ...result.errors,
        ...uses.labels,
        ...uses.values,
        ...uses.queries,
        ...uses.problems,
        ...uses.variables,
      ];
      for (const { start, end } of ranges) {
        if (!(start >= 0 && start <= end && end <= text.length)) throw new Error(`${start}-${end} in ${text}`);
      }
      expandTemplate(result, data, world);
      completionSlot(text, Math.min(cursor, text.length));
      callAt(text, Math.min(cursor, text.length));
    }),
    { numRuns: 2000 },
  );
});

const item = fc.constantFrom(
  "{{ $labels.job }}",
  "{{ $value}}",
  "{{ $value | humanize }}",
  "{{ $value|humanizePercentage }}",
  "{{ $labels.a_1 | toUpper | title }}",
  "{{ $labels }}",
  "{{ $value.x }}",
  "{{ $value | nosuch }}",
  "{{ $labels.job | if }}",
  "{{ $nosuch }}",
  '{{ define "a" }}',
  "{{ if $value }}",
  "{{ else }}",
  "{{ end }}",
  "{{ $v := $value }}",
  "{{ $v }}",
  "{{ ( $value ",
  "{{",
  "}}",
  " text\n",
  " {{- $value -}} ",
  " {{/* ü */}} ",
  '{{ "a ',
);

test("a tab behind the braces means what a blank does", () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 8 }), (items) => {
      const text = items.join("");
      const tabs = JSON.stringify(parseTemplate(text.replaceAll("{{ ", "{{\t")));
      expect(JSON.parse(JSON.stringify(parseTemplate(text)))).toEqual(JSON.parse(tabs.replaceAll("\\t", " ")));
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ["parentheses", `{{ ${"(".repeat(20_000)}1${")".repeat(20_000)} }}`],
  ["branches", "{{ if true }}".repeat(5000)],
  ["templates that call themselves", '{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}'],
  ["endless rounds", "{{ range 1000000000 }}{{ range 1000000000 }}{{ end }}{{ end }}"],
  ["texts that double", '{{ $x := "ab" }}{{ range 100 }}{{ $x = print $x $x }}{{ end }}'],
])("%s end in an error", (_, text) => {
  expect(expandTemplate(text, data, world)).toHaveProperty("error");
});

// The structure of rule files: every refusal of Prometheus' reader at the key or value to blame, and nothing else.
import { describe, expect, test } from "vitest";
import { openDocument } from "../../../server/src/language/document.ts";
import { structureConflict } from "../../../server/src/language/rules/structure/conflict.ts";
import { structureDuplicateKey } from "../../../server/src/language/rules/structure/duplicateKey.ts";
import { structureDuration } from "../../../server/src/language/rules/structure/duration.ts";
import { structureMissing } from "../../../server/src/language/rules/structure/missing.ts";
import { structureName } from "../../../server/src/language/rules/structure/name.ts";
import { structureOldFormat } from "../../../server/src/language/rules/structure/oldFormat.ts";
import { structureSecondDocument } from "../../../server/src/language/rules/structure/secondDocument.ts";
import { structureUnknownField } from "../../../server/src/language/rules/structure/unknownField.ts";
import { structureWrongType } from "../../../server/src/language/rules/structure/wrongType.ts";
import { yamlSyntax } from "../../../server/src/language/rules/yaml/syntax.ts";
import { newContext } from "../context.ts";
import { checkTable, type Row } from "./table.ts";

const group = (body: string): string => `groups:\n  - name: g\n${body}`;
const inRule = (...lines: string[]): string => group(`    rules:\n      - ${lines.join("\n        ")}\n`);
const alert = (...lines: string[]): string => inRule("alert: A", "expr: up == 0", ...lines);
const record = (...lines: string[]): string => inRule("record: a:b", "expr: sum(up)", ...lines);
const manifest = (body: string): string =>
  `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: x}\nspec:\n  groups:\n    - name: g\n${body}`;

describe("structure/unknown-field", () => {
  const rows: Row[] = [
    {
      title: "in a rule",
      file: alert("«annotation»: {}"),
      says: "field annotation not found in type rulefmt.Rule",
      fixed: alert("annotations: {}"),
    },
    {
      title: "in a group",
      file: group("    «interva»: 5m\n    rules: []\n"),
      says: "rulefmt.RuleGroup",
      fixed: group("    interval: 5m\n    rules: []\n"),
    },
    { title: "at the top", file: "groups: []\n«rules»: []\n", says: "rulefmt.RuleGroups" },
    {
      title: "a field of Thanos without asking for it",
      file: group("    «partial_response_strategy»: warn\n"),
      says: "Thanos': write dialects: [thanos] in .dkron-metrics.yml",
    },
    {
      title: "fields of vmalert",
      file: group(
        "    «concurrency»: 2\n    «params»: {}\n    rules:\n      - alert: A\n        expr: up\n        «debug»: true\n",
      ),
      says: ["of VictoriaMetrics' vmalert", "vmalert", "vmalert"],
      fixed: null,
    },
    {
      title: "a field of vmalert's groups in a rule",
      file: alert("«params»: x"),
      says: "The fields here are",
    },
    {
      title: "a field of a newer Prometheus",
      file: alert("«keep_firing_for»: 5m"),
      prometheusVersion: "2.41",
      says: "needs Prometheus 2.42",
      fixed: null,
    },
    { title: "several at once", file: alert("«alpha»: 1", "«bar»: 2") },
    {
      title: "in a manifest's rule",
      file: manifest("      rules:\n        - alert: A\n          expr: up\n          «severity»: x\n"),
    },
    {
      title: "in the manifest behind another one",
      file: `apiVersion: v1\nkind: Service\nspec: {groups: [{x: y}]}\n---\n${manifest("      «rule»: []\n")}---\n${manifest("      «inter»: 1m\n")}`,
      says: "rulefmt.RuleGroup",
    },
    {
      title: "all fields of an alert",
      file: alert("for: 5m", "keep_firing_for: 5m", "labels: {a: b}", "annotations: {a: b}"),
    },
    {
      title: "all fields of a group",
      file: group("    interval: 1m\n    query_offset: 1m\n    limit: 5\n    labels: {a: b}\n    rules: []\n"),
    },
    {
      title: "a field of Thanos, asked for",
      file: group("    partial_response_strategy: warn\n"),
      dialects: ["thanos"],
    },
    {
      title: "fields of Mimir, asked for",
      file: `namespace: n\n${group("    source_tenants: [a]\n")}`,
      dialects: ["mimir"],
    },
    { title: "a label called as a field of vmalert is", file: alert("labels: {type: x, debug: y}") },
    { title: "a manifest's own fields", file: manifest("      partial_response_strategy: warn\n      rules: []\n") },
    { title: "any label and annotation", file: alert("labels: {foo: x}", "annotations: {bar: y}") },
    {
      title: "a merged mapping",
      file: inRule("&base", "alert: A", "expr: up").replace("- &base\n        ", "- &base\n        "),
    },
    { title: "an empty file", file: "" },
    { title: "a comment only", file: "# nothing\n" },
  ];
  checkTable(structureUnknownField, rows);
});

describe("structure/duplicate-key", () => {
  checkTable(structureDuplicateKey, [
    { title: "in a rule", file: alert("«expr»: up == 1"), says: 'mapping key "expr" already defined at line 5' },
    {
      title: "a key that is null, as it is written",
      file: alert("labels:", "  ~: b", "  «~»: c"),
      says: 'mapping key "~" already defined at line 7',
    },
    { title: "a key that is not there", file: alert("labels:", "  ? ", "  : b", "  «? ", "  : c»") },
    { title: "a null and a text that is written like it", file: alert("labels:", "  ~: b", '  «"~"»: c') },
    { title: "a null key alone", file: alert("labels: {~: b}") },
    { title: "two ways to write null", file: alert("labels: {null: b, ~: c}") },
    { title: "a null that is merged", file: alert("labels: {~: b, <<: {~: c}}") },
    { title: "in a mapping where a text belongs", file: alert("for: {a: b, «a»: c}") },
    { title: "in labels", file: alert("labels:", "  a: b", "  «a»: c") },
    { title: "in a group", file: group("    «name»: h\n") },
    { title: "the same key above and in a merge", file: alert("labels: {a: b, <<: {a: c}}") },
    { title: "the same key in two rules", file: `${alert()}      - alert: B\n        expr: up\n` },
    { title: "the same label in labels and annotations", file: alert("labels: {a: b}", "annotations: {a: b}") },
    { title: "two groups with other names", file: "groups:\n  - name: a\n  - name: b\n" },
  ]);
});

describe("structure/wrong-type", () => {
  checkTable(structureWrongType, [
    {
      title: "a mapping as expression",
      file: inRule("alert: A", 'expr: «{a: "b"}»'.replace('«{a: "b"}»', '{«a»: "b"}')),
      says: "cannot unmarshal !!map",
    },
    { title: "a list as name", file: inRule("alert: «[A]»", "expr: up") },
    { title: "groups as a mapping", file: "groups:\n  «name»: g\n" },
    { title: "rules as a text", file: group("    rules: «none»\n"), says: "!!str" },
    { title: "labels as a list", file: alert("labels: «[a]»") },
    {
      title: "a long text",
      file: group("    limit: «a-long-text»\n"),
      says: "cannot unmarshal !!str `a-long-...` into int",
    },
    {
      title: "a tag that does not fit",
      file: group("    limit: !!int «x»\n"),
      says: "cannot decode !!str `x` as a !!int",
    },
    { title: "a label that is called a list", file: alert("labels: {«[a]»: b}"), says: "cannot unmarshal !!seq" },
    { title: "a merge of a text", file: alert("labels: {<<: «5»}"), says: "map merge requires map" },
    { title: "a base of its own", file: group("    limit: 0x10\n") },
    { title: "a limit with a fraction", file: group("    limit: 1.5\n") },
    { title: "a limit behind a mark that says nothing", file: group("    limit: ! 5\n") },
    { title: "a key that is null", file: inRule("record: a", "expr: up", "annotations: {~: x}") },
    { title: "limit as a text", file: group("    limit: «many»\n"), says: "into int" },
    { title: "a file that is a list", language: undefined, file: "groups: «5»\n" } as Row,
    { title: "a number as label value", file: alert("labels: {a: 5}") },
    { title: "a boolean as annotation", file: alert("annotations: {a: true}") },
    { title: "a number as expression", file: inRule("alert: A", "expr: 1") },
    { title: "nothing as labels", file: alert("labels:") },
    { title: "nothing as rules", file: group("    rules:\n") },
    { title: "nothing as groups", file: "groups:\n" },
    { title: "a limit", file: group("    limit: 10\n") },
  ]);
});

describe("structure/missing", () => {
  checkTable(structureMissing, [
    { title: "no name", file: "groups:\n  - «rules»: []\n", says: "Groupname must not be empty" },
    { title: "an empty name", file: 'groups:\n  - «name»: ""\n    rules: []\n' },
    { title: "neither alert nor record", file: inRule("«expr»: up"), says: "one of 'record' or 'alert' must be set" },
    { title: "no expression", file: inRule("«alert»: A", "for: 5m"), says: "field 'expr' must be set in rule" },
    { title: "items that are null are left out", file: "groups:\n  -\n  - name: g\n    rules:\n      - null\n" },
    { title: "an empty expression", file: inRule("alert: A", '«expr»: ""') },
    { title: "an alert", file: alert() },
    { title: "a recording rule", file: record() },
    {
      title: "an expression by an alias",
      file: `x: 1\n${alert()}`.replace("x: 1\n", "").replace("up == 0", "&e up == 0"),
    },
    { title: "a group without rules", file: group("") },
    { title: "a half-typed expression that is broken YAML", file: inRule("alert: A", 'expr: "up') },
  ]);
});

describe("structure/conflict", () => {
  checkTable(structureConflict, [
    {
      title: "record and alert",
      file: inRule("record: a:b", "«alert»: A", "expr: up"),
      says: "only one of 'record' and 'alert' must be set",
    },
    { title: "for in a recording rule", file: record("«for»: 5m"), says: "invalid field 'for' in recording rule" },
    { title: "keep_firing_for in a recording rule", file: record("«keep_firing_for»: 5m") },
    { title: "annotations in a recording rule", file: record("«annotations»: {a: b}") },
    { title: "for in an alert", file: alert("for: 5m") },
    { title: "for: 0s in a recording rule is nothing", file: record("for: 0s") },
    { title: "empty annotations in a recording rule", file: record("annotations: {}") },
    { title: "labels in a recording rule", file: record("labels: {a: b}") },
  ]);
});

describe("structure/name", () => {
  checkTable(structureName, [
    { title: "a group name twice", file: "groups:\n  - name: a\n  - name: «a»\n", says: 'groupname: "a" is repeated' },
    {
      title: "no group name twice",
      file: 'groups:\n  - name: ""\n  - «name»: ""\n',
      says: 'groupname: "" is repeated',
    },
    {
      title: "no group name at all, twice",
      file: "groups:\n  - rules: []\n  - «rules»: []\n",
      says: 'groupname: "" is repeated',
    },
    { title: "a group name in two manifests", file: `${manifest("")}---\n${manifest("")}` },
    { title: "groups that are null", file: "groups:\n  - ~\n  - ~\n" },
    { title: "a label value in base 64", file: alert("labels: {a: !!binary aGk=}") },
    { title: "a merged name that is overridden", file: "groups: [&g {name: a}, {<<: *g, name: b}]\n" },
    {
      title: "a label value that is no text",
      file: alert("labels: {a: !!binary «/w==»}"),
      says: "invalid label value",
    },
    { title: "braces in a recorded name", file: inRule('record: «a{b="c"}»', "expr: up"), says: "braces present" },
    { title: "__name__ as label", file: alert("labels: {«__name__»: x}"), says: "invalid label name: __name__" },
    { title: "a dotted label before 3.0", file: alert("labels: {«a.b»: x}"), prometheusVersion: "2.53" },
    {
      title: "a dashed annotation before 3.0",
      file: alert("annotations: {«a-b»: x}"),
      prometheusVersion: "2.53",
      says: "invalid annotation name",
    },
    {
      title: "a recorded name with a blank before 3.0",
      file: inRule("record: «a b»", "expr: up"),
      prometheusVersion: "2.53",
    },
    { title: "an empty label name", file: alert('labels: {«""»: x}') },
    { title: "a dotted label since 3.0", file: alert("labels: {a.b: x}") },
    { title: "an empty label value", file: alert('labels: {a: ""}') },
    { title: "__name__ as annotation", file: alert("annotations: {__name__: x}") },
    { title: "a level:metric:operation name", file: record() },
    { title: "a UTF-8 recorded name since 3.0", file: inRule("record: grüße", "expr: up") },
    { title: "an alert name with blanks", file: inRule("alert: Any text", "expr: up") },
    { title: "the same rule name twice", file: `${alert()}      - alert: A\n        expr: up\n` },
  ]);
});

describe("structure/duration", () => {
  checkTable(structureDuration, [
    { title: "a wrong unit", file: alert("for: «5mm»"), says: 'unknown unit "mm" in duration "5mm"', fixed: null },
    { title: "no unit", file: alert("for: «5»"), fixed: alert("for: 5s") },
    { title: "a word", file: alert("for: «5 minutes»"), fixed: alert("for: 5m") },
    { title: "a fraction", file: alert("for: «1.5h»") },
    { title: "units in the wrong order", file: alert("for: «5m1h»") },
    { title: "a sign", file: group("    interval: «-1m»\n") },
    { title: "an empty text", file: alert('for: «""»'), says: "empty duration string" },
    { title: "beyond 292 years", file: alert("for: «300y»"), says: "out of range" },
    { title: "several units", file: alert("for: 1h30m") },
    { title: "milliseconds", file: alert("for: 500ms") },
    { title: "zero without unit", file: alert("for: 0") },
    { title: "nothing", file: alert("for:") },
    { title: "quoted", file: alert('for: "5m"') },
    { title: "of a group", file: group("    interval: 1m\n    query_offset: 30s\n") },
    { title: "a year", file: alert("for: 1y2w3d") },
    { title: "literal", file: alert("for: |-", "  5m") },
  ]);
});

describe("structure/second-document", () => {
  checkTable(structureSecondDocument, [
    { title: "rules in a second document", file: "groups: []\n---\n«gro»ups: []\n", says: "never run" },
    { title: "a document start at the top", file: "---\ngroups: []\n" },
    { title: "a document end", file: "groups: []\n...\n" },
    { title: "an empty second document", file: "groups: []\n---\n" },
    {
      title: "one manifest after the other",
      file: "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec: {groups: []}\n---\napiVersion: v1\nkind: Service\n",
    },
  ]);
});

describe("structure/old-format", () => {
  const rows: Row[] = [
    {
      title: "an alert",
      file: '# a: b\n\n «ALERT Down»\n  # IF up\n  IF up == 0\n  FOR 5m\n  LABELS { severity = "page" }\n',
      says: "2.0 to 2.5",
    },
    { title: "keywords in small letters", file: "\ufeff«alert Down» if up == 0 for 5m\n" },
    { title: "a recording rule", file: "«job:up:sum =» sum(up) by (job)\n" },
    { title: "a recording rule with labels", file: '«x{a="b"} =» sum(up)\n' },
    { title: "YAML", file: alert() },
    { title: "a list of rules", file: "- alert: A\n  expr: up\n" },
    { title: "an alert that is being typed", file: "ALERT A\n" },
    { title: "a comparison", file: "up == 0\n" },
  ];
  checkTable(structureOldFormat, rows);
  test.each(rows.slice(0, 4).map(({ title, file = "" }) => [title, file.replace(/[«»]/g, "")]))(
    "%s: nothing else is said of it",
    (_, text) => {
      const document = openDocument("file:///x.rules", "", 1, text);
      expect([...yamlSyntax.check(document, newContext())]).toEqual([]);
      expect([...structureWrongType.check(document, newContext())]).toEqual([]);
    },
  );
});

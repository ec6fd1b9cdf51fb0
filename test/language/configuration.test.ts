// .dkron-metrics.yml: what it says, what is wrong in it, and what is proposed while it is written.
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../server/src/edits.ts";
import { configured, readConfiguration } from "../../server/src/language/configuration.ts";
import { openDocument } from "../../server/src/language/document.ts";
import { isIgnored } from "../../server/src/language/ignoring.ts";
import { languageService } from "../../server/src/language/languageService.ts";
import { contextOf } from "./rules/table.ts";

const context = contextOf({});
const open = (text: string) => openDocument("file:///w/.dkron-metrics.yml", "yaml", 1, text);
const read = (text: string) => readConfiguration(open(text));

test("what a configuration says wins over settings, and leaves the rest", () => {
  const configuration = read(`agent-version: "4.0.9"
prometheus-version: 3.10
dialects: [thanos]
ignore:
  - vendor/**
rules:
  metric/unknown: error
  template/*: off
`);
  const base = { ...context, levels: { "metric/unknown": "hint", "label/unknown": "hint" } as const };
  expect(configured(base, configuration)).toEqual({
    ...context,
    dkronVersion: "4.0.9",
    prometheusVersion: "3.10",
    dialects: ["thanos"],
    levels: { "metric/unknown": "error", "label/unknown": "hint", "template/*": "off" },
  });
  expect(configured(base, read(""))).toEqual(base);
});

test("a level for a group is that of each of its checks, unless one has its own", () => {
  const text =
    "groups:\n  - name: g\n    rules:\n      - alert: AlertName\n        expr: dkron_nothing > 1\n        for: 5m\n        annotations: {a: '{{ $x }}'}\n";
  const codes = (levels: object): string[] =>
    languageService
      .diagnostics(openDocument("file:///x.rules.yml", "", 1, text), { ...context, levels: { ...levels } })
      .map(({ code, severity }) => `${severity} ${code}`)
      .filter((line) => /metric\/unknown|template/.test(line));
  expect(codes({})).toEqual(["warning metric/unknown", "error template/unknown-name"]);
  expect(codes({ "metric/*": "off" })).toEqual(["error template/unknown-name"]);
  expect(codes({ "metric/*": "off", "metric/unknown": "hint" })).toEqual([
    "hint metric/unknown",
    "error template/unknown-name",
  ]);
});

describe("ignored paths", () => {
  test.each<[glob: string, path: string, ignored: boolean]>([
    ["vendor/**", "vendor/a/b.yml", true],
    ["vendor/**", "src/vendor/b.yml", false],
    ["vendor", "vendor/b.yml", true],
    ["vendor/", "vendor/b.yml", true],
    ["./vendor", "vendor/b.yml", true],
    ["**/generated/*.yml", "a/generated/b.yml", true],
    ["**/generated/*.yml", "generated/b.yml", true],
    ["**/generated/*.yml", "a/generated/c/b.yml", false],
    ["*.yml", "b.yml", true],
    ["*.yml", "a/b.yml", false],
    [".github/**", ".github/x.yml", true],
  ])("%s and %s", (glob, path, ignored) => {
    expect(isIgnored(read(`ignore: ["${glob}"]`), path)).toBe(ignored);
  });
});

/** The text with «marks» round each finding. */
function marked(text: string): string {
  const findings = [...languageService.diagnostics(open(text), context)].sort((a, b) => b.range.start - a.range.start);
  return findings.reduce(
    (out, { range }) => `${out.slice(0, range.start)}«${out.slice(range.start, range.end)}»${out.slice(range.end)}`,
    text,
  );
}

describe("checks", () => {
  test.each<[text: string, mended?: string]>([
    [""],
    ["# nothing yet\n"],
    ["agent-version: 4.0.9\n"],
    ["agent-version: latest\n"],
    ["prometheus-version: 2.53\n"],
    ["rules: {}\n"],
    ["rules:\n  metric/unknown: off\n  template/*: hint\n"],
    ["dialects: [mimir, thanos]\n"],
    ["ignore: []\n"],
    ["ignore:\n  - a/**\n"],
    ["«agentversion»: 4.0.9\n", "agent-version: 4.0.9\n"],
    ["«rule»: {}\n", "rules: {}\n"],
    ["«something-else»: 1\n"],
    ["rules:\n  «metric/unknwon»: off\n", "rules:\n  metric/unknown: off\n"],
    ["rules:\n  «template»: off\n", "rules:\n  template/*: off\n"],
    ["rules:\n  metric/unknown: «warn»\n", "rules:\n  metric/unknown: warning\n"],
    ["rules:\n  metric/unknown: «yes»\n"],
    ["rules: «off»\n"],
    ["ignore: «vendor»\n"],
    ["dialects: [«cortex»]\n"],
    ["agent-version: «newest»\n"],
    ["agent-version: «99.0.0»\n"],
    ["agent-version: 4.0.9\n«agent-version»: 4.0.8\n"],
  ])("%j", (text, mended) => {
    const plain = text.replaceAll(/[«»]/g, "");
    expect(marked(plain)).toBe(text);
    if (mended === undefined) return;
    const [finding] = languageService.diagnostics(open(plain), context);
    expect(applyEdits(plain, finding?.fixes[0]?.edits ?? [])).toBe(mended);
  });
});

describe("completion and hover", () => {
  const proposals = (text: string): string[] => {
    const offset = text.indexOf("|");
    const document = open(text.replace("|", ""));
    return languageService.completion(document, offset, context).map(({ label }) => label);
  };

  test("keys that are not there yet", () => {
    expect(proposals("ignore: []\n|")).toEqual(["agent-version", "prometheus-version", "dialects", "rules"]);
  });
  test("levels", () => {
    expect(proposals("rules:\n  metric/unknown: |")).toEqual(["error", "warning", "information", "hint", "off"]);
  });
  test("ids of checks and groups", () => {
    const found = proposals("rules:\n  |");
    expect(found).toContain("metric/unknown");
    expect(found).toContain("template/*");
  });
  test("dialects", () => {
    expect(proposals("dialects:\n  - |")).toEqual(["thanos", "mimir"]);
  });
  test("a check by its id", () => {
    const text = "rules:\n  metric/unknown: off\n";
    expect(languageService.hover(open(text), text.indexOf("unknown"), context)?.markdown).toContain("Level: warning");
  });
});

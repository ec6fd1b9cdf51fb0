// Comments that turn checks off: what they cover, when they are stale, and the actions that write them.
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../server/src/edits.ts";
import { openDocument } from "../../server/src/language/document.ts";
import type { Finding } from "../../server/src/language/finding.ts";
import { languageService } from "../../server/src/language/languageService.ts";
import { pintChecks, pintTable } from "../../server/src/language/pintChecks.ts";
import { allChecks } from "../../server/src/language/rules/index.ts";
import { contextOf } from "./rules/table.ts";

const context = contextOf({});
const document = (text: string) => openDocument("file:///x.rules.yml", "yaml", 1, text);
const findings = (text: string): readonly Finding[] => languageService.diagnostics(document(text), context);

/** Two alerts on metrics that do not exist; {a} to {h} are places for comments. */
function file(comments: Record<string, string>): string {
  const text = `{a}groups:{b}
  - name: g{c}
    rules:{d}
{e}      - alert: FirstAlert
        for: 5m
{f}        expr: dkron_no_such_thing > 1{g}
      - alert: SecondAlert
        expr: |
          dkron_other_thing{h}
            > 1
        for: 5m
`;
  return text.replaceAll(/\{([a-h])\}/g, (_, place: string) => comments[place] ?? "");
}

const lines = (text: string): string[] =>
  findings(text).map(({ code, range }) => `${text.slice(0, range.start).split("\n").length} ${code}`);
const unknown = (text: string): number => findings(text).filter(({ code }) => code === "metric/unknown").length;

describe("what a comment covers", () => {
  test.each<[title: string, comments: Record<string, string>, left: number]>([
    ["nothing", {}, 2],
    ["behind something: the line", { g: " # dkron-metrics disable metric/unknown" }, 1],
    ["a colon does no harm", { g: " # dkron-metrics: disable metric/unknown" }, 1],
    ["alone above a key: the key's value", { f: "        # dkron-metrics disable metric/unknown\n" }, 1],
    ["alone above a rule: the rule", { e: "      # dkron-metrics disable metric/unknown\n" }, 1],
    ["other comments may stand between", { e: "      # dkron-metrics disable metric/unknown\n      # why\n\n" }, 1],
    ["alone above a group: the group", { b: "\n  # dkron-metrics disable metric/unknown" }, 0],
    ["alone above everything: the first key", { a: "# dkron-metrics disable metric/unknown\n" }, 0],
    ["in PromQL of a literal block", { h: " # dkron-metrics disable metric/unknown" }, 1],
    ["a group of checks", { g: " # dkron-metrics disable metric" }, 1],
    ["a group of checks with a star", { g: " # dkron-metrics disable metric/*" }, 1],
    ["no id: all checks", { g: " # dkron-metrics disable" }, 1],
    ["a list", { g: " # dkron-metrics disable label/unknown, metric/unknown" }, 1],
    ["a reason behind it", { g: " # dkron-metrics disable metric/unknown -- made by a sidecar" }, 1],
    ["the file", { g: " # dkron-metrics disable-file metric/unknown" }, 0],
    ["another check", { g: " # dkron-metrics disable promql/syntax" }, 2],
    ["the line before", { d: " # dkron-metrics disable metric/unknown" }, 2],
    ["no such word", { g: " # dkron-metrics disabled metric/unknown" }, 2],
    ["speech about it", { g: " # see dkron-metrics disable metric/unknown" }, 2],
    ["pint: the rule above which it stands", { e: "      # pint disable promql/series\n" }, 1],
    ["pint: the rule in which it stands", { f: "        # pint disable promql/series(dkron_no_such_thing)\n" }, 1],
    ["pint: the file", { a: "# pint file/disable promql/series\n" }, 0],
    ["pint: another check", { e: "      # pint disable promql/syntax\n" }, 2],
    ["pint: a check that we have not", { e: "      # pint disable query/cost\n" }, 2],
    ["pint: a snooze that lasts", { e: "      # pint snooze 2999-01-01T00:00:00Z promql/series\n" }, 1],
    ["pint: a snooze that is over", { e: "      # pint snooze 2001-01-01T00:00:00Z promql/series\n" }, 2],
    ["pint: the whole file", { a: "# pint ignore/file\n" }, 0],
    ["pint: a line", { g: " # pint ignore/line" }, 1],
    ["pint: the next line", { f: "        # pint ignore/next-line\n" }, 1],
    ["pint: a stretch", { e: "      # pint ignore/begin\n", g: "\n      # pint ignore/end" }, 1],
    ["pint: a stretch without an end", { e: "      # pint ignore/begin\n" }, 0],
  ])("%s", (_, comments, left) => {
    expect(unknown(file(comments))).toBe(left);
  });
});

describe("stale comments", () => {
  const stale = (text: string): Finding[] => findings(text).filter(({ code }) => code === "comment/stale");

  test.each<[title: string, comments: Record<string, string>, marked: string | undefined, mended: string | undefined]>([
    ["one that works", { g: " # dkron-metrics disable metric/unknown" }, undefined, undefined],
    ["one for the file that works", { a: "# dkron-metrics disable-file metric\n" }, undefined, undefined],
    ["one for all that works", { g: " # dkron-metrics disable" }, undefined, undefined],
    ["pint's is not judged", { g: " # pint disable promql/syntax" }, undefined, undefined],
    ["one that finds nothing", { d: " # dkron-metrics disable promql/syntax" }, "promql/syntax", file({})],
    ["one on a line of its own", { e: "      # dkron-metrics disable promql/syntax\n" }, "promql/syntax", file({})],
    [
      "the second of two",
      { g: " # dkron-metrics disable metric/unknown, promql/syntax" },
      "promql/syntax",
      file({ g: " # dkron-metrics disable metric/unknown" }),
    ],
    [
      "the first of two",
      { g: " # dkron-metrics disable promql/syntax, metric/unknown" },
      "promql/syntax",
      file({ g: " # dkron-metrics disable metric/unknown" }),
    ],
    ["all, where nothing is", { d: " # dkron-metrics disable" }, "# dkron-metrics disable", file({})],
    [
      "an id that does not exist",
      { g: " # dkron-metrics disable metric/unknwon" },
      "metric/unknwon",
      file({ g: " # dkron-metrics disable metric/unknown" }),
    ],
    ["an id that is like none", { d: " # dkron-metrics disable nonsense" }, "nonsense", undefined],
  ])("%s", (_, comments, marked, mended) => {
    const text = file(comments);
    const [first] = stale(text);
    expect(first && text.slice(first.range.start, first.range.end)).toBe(marked);
    const [fix] = first?.fixes ?? [];
    expect(fix && applyEdits(text, fix.edits)).toBe(mended);
  });

  test("a check that is off is not missed", () => {
    const text = file({ d: " # dkron-metrics disable promql/syntax" });
    const off = { ...context, levels: { "promql/syntax": "off" as const } };
    const codes = languageService.diagnostics(document(text), off).map(({ code }) => code);
    expect(codes).not.toContain("comment/stale");
  });
});

describe("actions that turn a finding off", () => {
  test.each([
    ["line", 1],
    ["rule", 1],
    ["file", 0],
  ])("for the %s", (where, left) => {
    const text = file({});
    const [finding] = findings(text).filter(({ code }) => code === "metric/unknown");
    const offers = languageService.codeActions(
      document(text),
      finding ? [finding] : [],
      finding?.range ?? { start: 0, end: 0 },
    );
    const offer = offers.find(({ fix }) => fix.title === `Disable metric/unknown for this ${where}`);
    const after = applyEdits(text, offer?.fix.edits ?? []);
    expect(unknown(after)).toBe(left);
    expect(lines(after).filter((line) => line.endsWith("comment/stale"))).toEqual([]);
  });

  test("a second id joins the first on its line", () => {
    const text = file({ g: " # dkron-metrics disable promql/syntax" });
    const [finding] = findings(text).filter(({ code }) => code === "metric/unknown");
    const [first] = languageService
      .codeActions(document(text), finding ? [finding] : [], finding?.range ?? { start: 0, end: 0 })
      .filter(({ fix }) => fix.title.endsWith("this line"));
    expect(applyEdits(text, first?.fix.edits ?? [])).toBe(
      file({ g: " # dkron-metrics disable promql/syntax, metric/unknown" }),
    );
  });

  test("no comment is put into a text of several lines", () => {
    const text = `groups:
  - name: g
    rules:
      - alert: FirstAlert
        expr: up == 0
        for: 5m
        annotations:
          summary: |
            {{ $labels.job }
`;
    const [finding] = findings(text).filter(({ code }) => code === "template/syntax");
    expect(finding).toBeDefined();
    const titles = languageService
      .codeActions(document(text), finding ? [finding] : [], finding?.range ?? { start: 0, end: 0 })
      .map(({ fix }) => fix.title);
    expect(titles).not.toContain("Disable template/syntax for this line");
    expect(titles).toContain("Disable template/syntax for this rule");
  });
});

test("every check that one of pint's stands for exists", () => {
  const ids = allChecks.map(({ id }) => id);
  const missing = Object.values(pintTable)
    .flat()
    .filter(
      (pattern) => !ids.some((id) => id === pattern || (pattern.endsWith("/*") && id.startsWith(pattern.slice(0, -1)))),
    );
  expect(missing).toEqual([]);
});

test("pint's names", () => {
  expect(pintChecks("disable", "alerts/template")).toEqual(["template/*"]);
  expect(pintChecks("disable", "")).toEqual([]);
  expect(pintChecks("snooze", "2024-06-01 promql/regexp", Date.parse("2024-05-01"))).toEqual(["regexp/*"]);
  expect(pintChecks("snooze", "2024-06-01 promql/regexp", Date.parse("2024-07-01"))).toEqual([]);
});

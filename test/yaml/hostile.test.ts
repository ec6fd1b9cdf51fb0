// Texts that are no configuration: at most errors come of them, and what is healthy beside them stays.
import { describe, expect, test } from "vitest";
import type { Range } from "../../server/src/ranges.ts";
import { errorsOf } from "../../server/src/yaml/errors.ts";
import { parseYaml, updateYaml } from "../../server/src/yaml/parse.ts";
import { pathAt } from "../../server/src/yaml/path.ts";
import { slotAt } from "../../server/src/yaml/slot.ts";
import { keyOf, valueAt, valuesOf } from "../../server/src/yaml/tree.ts";
import { ruleFile } from "../bench/yaml.bench.ts";
import { sharedLines } from "./dump.ts";

const binary = Array.from({ length: 20_000 }, (_, i) => String.fromCharCode((i * 7919) % 256)).join("");

describe("hostile texts", () => {
  const cases: [title: string, text: string, isValid: boolean][] = [
    ["empty", "", true],
    ["a byte order mark", "\ufeffa: b\n", true],
    ["NUL", "a: \0\nb: c\n", false],
    ["binary", binary, false],
    ["half a surrogate pair", "a: \ud800\n", false],
    ["tabs", "a:\n\tb: c\n", false],
    ["lone CR", "a: b\rc:\r  - d\r", true],
    ["100,000 brackets", "[".repeat(100_000), false],
    ["100,000 braces", `a: ${"{".repeat(100_000)}`, false],
    ["100,000 dashes", "- ".repeat(100_000), false],
    ["100,000 anchors", "&a ".repeat(100_000), false],
    ["2,000 levels", Array.from({ length: 2000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"), false],
    ["quotes that stay open", 'a: "b\n'.repeat(20_000), false],
    ["brackets that stay open", "a: [b,\n".repeat(20_000), false],
    ["10,000 documents", "a: b\n---\n".repeat(10_000), true],
    ["5 MB", ruleFile(90_000), true],
    ["5 MB on one line", `a: ${"x".repeat(5_000_000)}`, true],
  ];
  for (const [title, text, isValid] of cases) {
    test(title, () => {
      const file = parseYaml(text);
      expect(errorsOf(file).length === 0).toBe(isValid);
      const at = text.length >> 1;
      const after = updateYaml(
        file,
        { range: { start: at, end: at }, text: "x" },
        `${text.slice(0, at)}x${text.slice(at)}`,
      );
      expect(after.text).toHaveLength(text.length + 1);
      for (const offset of [0, at, text.length]) {
        slotAt(text, offset);
        pathAt(after, offset);
      }
    });
  }
});

describe("what is broken costs only itself", () => {
  const rule = (broken: string): string =>
    `groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: up\n${broken}      - alert: B\n        expr: down\n`;
  const cases: [title: string, broken: string, code: string, blamed: string][] = [
    ["a quote", '        for: "5m\n', "quote", '"5m'],
    ["a bracket", "        labels: [a\n", "flow", "["],
    ["a tab", "\tfor: 5m\n", "tab", "\t"],
    ["a template", "        for: {{ x }} y\n", "indentation", "y"],
    ["a key without colon", "        for\n", "colon", "for"],
    ["a key too far left", "       for: 5m\n", "indentation", "for"],
    ["a half-typed first key", "      - al\n        expr: x\n", "colon", "al"],
    ["an escape", '        for: "\\d"\n', "escape", 'd"'],
    ["an at sign", "        for: @x\n", "start", "@x"],
    ["two colons", "        for: a: b\n", "indentation", ": b"],
  ];
  for (const [title, broken, code, blamed] of cases) {
    test(title, () => {
      const text = rule(broken);
      const file = parseYaml(text);
      const errors = errorsOf(file).map((error) => [error.code, text.slice(error.range.start, error.range.end)]);
      expect(errors).toEqual([[code, blamed]]);
      const group = valuesOf(valueAt(file.documents[0]?.root, "groups"))[0];
      const rules = valuesOf(valueAt(group, "rules"));
      const keys = rules.map((one) => (one.kind === "mapping" ? one.pairs.map(keyOf) : []));
      expect(keys[0]?.slice(0, 2)).toEqual(["alert", "expr"]);
      expect(keys.at(-1)).toEqual(["alert", "expr"]);
    });
  }
});

const verdicts = sharedLines("conformance/prometheus-config-cases/cases.jsonl");
if (verdicts.length === 0) test.skip("the configurations of ../shared are not here");

describe.skipIf(verdicts.length === 0)("verdicts of go-yaml", () => {
  for (const { id, text, ok, output, at } of verdicts) {
    const isSyntax = /yaml: (line \d+: |unknown anchor|anchor )/.test(output) && !output.includes("unmarshal errors");
    if (!ok && !isSyntax) continue;
    test(id, () => {
      const file = parseYaml(text);
      const first = file.documents[0];
      const errors = errorsOf(file).filter(
        ({ range }) => !first || range.start <= first.chunk.base + first.chunk.length,
      );
      if (ok) return expect(errors).toEqual([]);
      const before = text.split("\n").slice(0, (at?.line ?? 1) - 1);
      const place = before.map((line) => `${line}\n`).join("").length + (at?.column ?? 1) - 1;
      const lineOf = (offset: number): number => text.slice(0, offset).split("\n").length;
      // Go sees a missing colon only at the colon of the line below.
      const late = output.includes("mapping values are not allowed") ? 1 : 0;
      const isHit = ({ start, end }: Range): boolean =>
        start <= place && (place <= end || lineOf(end) + late === at?.line);
      expect(errors.some(({ range }) => isHit(range))).toBe(true);
    });
  }
});

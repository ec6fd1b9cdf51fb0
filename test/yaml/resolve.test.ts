// Types of scalars as go-yaml v2 and v3 find them, keys given twice, merges, aliases.
import { describe, expect, test } from "vitest";
import { errorsOf } from "../../server/src/yaml/errors.ts";
import { duplicateKeys, mergedPairs } from "../../server/src/yaml/keys.ts";
import { parseYaml } from "../../server/src/yaml/parse.ts";
import { booleanOf, resolveScalar } from "../../server/src/yaml/resolve.ts";
import { keyOf, rangeOf, valueAt } from "../../server/src/yaml/tree.ts";

describe("resolveScalar", () => {
  const cases: [text: string, yaml2: string, yaml3?: string][] = [
    ["yes", "bool true", "str yes"],
    ["Off", "bool false", "str Off"],
    ["n", "bool false", "str n"],
    ["True", "bool true"],
    ["tRUE", "str tRUE"],
    ["~", "null null"],
    ["NULL", "null null"],
    ["", "null null"],
    ["+5", "int 5"],
    ["0x10", "int 16"],
    ["0b101", "int 5"],
    ["0o10", "int 8"],
    ["010", "int 8"],
    ["09", "float 9"],
    ["1_000", "int 1000"],
    ["1e3", "float 1000"],
    ["1.50", "float 1.5"],
    [".5", "float 0.5"],
    ["-.inf", "float -Infinity"],
    [".nan", "float NaN"],
    ["1:30", "str 1:30"],
    ["10,000", "str 10,000"],
    ["18446744073709551615", "int 18446744073709551615"],
    ["18446744073709551616", "float 18446744073709552000"],
    ["2024-01-02", "timestamp 2024-01-02"],
    ["2024-13-02", "str 2024-13-02"],
    ["2024-01-02T03:04:05Z", "timestamp 2024-01-02T03:04:05Z"],
    ["30s", "str 30s"],
    ["'yes'", "str yes"],
    ['"1"', "str 1"],
    ["!!str 1", "str 1"],
    ["!!float 1", "float 1"],
    ["!!int x", "str x (cannot decode !!str `x` as a !!int)"],
    ["!!binary ===", "binary === (!!binary value contains invalid base64 data)"],
    ["!own x", "other x"],
    ["<<", "str <<", "merge <<"],
  ];
  for (const [text, yaml2, yaml3 = yaml2] of cases) {
    test(text, () => {
      const node = valueAt(parseYaml(`k: ${text}\n`).documents[0]?.root, "k");
      if (node?.kind !== "scalar" && node?.kind !== "empty") throw new Error(`a ${node?.kind}`);
      const shown = (["yaml2", "yaml3"] as const).map((engine) => {
        const { type, value, problem } = resolveScalar(node, engine);
        return `${type} ${value}${problem ? ` (${problem})` : ""}`;
      });
      expect(shown).toEqual([yaml2, yaml3]);
    });
  }

  test("what a Go bool takes", () => {
    expect(["yes", "off", "TRUE", "1", "tRUE"].map(booleanOf)).toEqual([true, false, true, undefined, undefined]);
  });
});

describe("keys", () => {
  const mappingOf = (text: string) => {
    const file = parseYaml(text);
    const root = file.documents[0]?.root;
    const last = root?.kind === "mapping" ? (root.pairs.at(-1)?.value ?? root) : undefined;
    if (last?.kind !== "mapping") throw new Error("the last value is no mapping");
    return { file, mapping: last };
  };

  test("given twice", () => {
    const { mapping } = mappingOf("k:\n  a: 1\n  b: 2\n  'a': 3\n");
    expect(duplicateKeys(mapping).map(({ first, second }) => [rangeOf(first.key), rangeOf(second.key)])).toEqual([
      [
        { start: 5, end: 6 },
        { start: 19, end: 22 },
      ],
    ]);
  });

  test("merged at their place", () => {
    const { file, mapping } = mappingOf("x: &x {a: 1, b: 2}\nk:\n  a: 0\n  <<: *x\n  c: 3\n");
    const { pairs, refused } = mergedPairs(file, mapping);
    expect(pairs.map(({ pair, via }) => `${keyOf(pair)}${via ? " merged" : ""}`)).toEqual([
      "a",
      "a merged",
      "b merged",
      "c",
    ]);
    expect(refused).toEqual([]);
  });

  test("merging what is no mapping", () => {
    const { file, mapping } = mappingOf("k:\n  <<: [1]\n");
    expect(mergedPairs(file, mapping).refused).toHaveLength(1);
  });

  test("a chain of merges that doubles at each step", () => {
    const steps = Array.from({ length: 60 }, (_, i) => `m${i + 1}: &m${i + 1}\n  <<: [*m${i}, *m${i}]\n`).join("");
    const { file, mapping } = mappingOf(`m0: &m0 {}\n${steps}`);
    expect(mergedPairs(file, mapping).pairs).toEqual([]);
  });
});

describe("aliases", () => {
  const cases: [title: string, text: string, errors: string[]][] = [
    ["known", "a: &x 1\nb: *x\n", []],
    ["unknown", "a: *x\n", ["*x"]],
    ["below its anchor only", "a: *x\nb: &x 1\n", ["*x"]],
    ["of another document", "a: &x 1\n---\nb: *x\n", ["*x"]],
    ["inside its own value", "a: &x\n  b: *x\n", ["*x"]],
    [
      "a bomb",
      `a: &a [${"x,".repeat(9)}]\n${[..."bcdefghi"].map((name, i) => `${name}: &${name} [${`*${"abcdefgh"[i]},`.repeat(9)}]\n`).join("")}`,
      ["*a"],
    ],
  ];
  for (const [title, text, errors] of cases) {
    test(title, () => {
      expect(errorsOf(parseYaml(text)).map(({ range }) => text.slice(range.start, range.end))).toEqual(errors);
    });
  }
});

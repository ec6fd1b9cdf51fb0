// NEL, LS and PS: line breaks to Go's parsers, and none to editors. A text with them is read as one with line feeds.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../server/src/edits.ts";
import { textRange } from "../../server/src/yaml/offsets.ts";
import { parseYaml, updateYaml } from "../../server/src/yaml/parse.ts";
import { type Scalar, startOf, valueAt, walk, type YamlFile } from "../../server/src/yaml/tree.ts";
import { dump } from "./dump.ts";

const breaks = { NEL: "\u0085", LS: "\u2028", PS: "\u2029" };

/** The dump without the values, in which LS and PS stay. */
const withoutValues = (file: YamlFile): unknown =>
  JSON.parse(
    JSON.stringify(dump(file), (key, inner) =>
      /^(value|text|name)$/.test(key) && typeof inner === "string" ? "" : inner,
    ),
  );

const readValue = (text: string): string | undefined => {
  const value = valueAt(parseYaml(text).documents[0]?.root, "k");
  return value?.kind === "scalar" ? value.value : undefined;
};

describe.each(Object.entries(breaks))("%s", (_, mark) => {
  test.each([
    ["ends a comment", "# a@b: c\n"],
    ["ends a value", "a: b@c: d\n"],
    ["stands alone on a line", "a: b\n@c: d\n"],
    ["goes in front of indentation", "a:@  b: c@  d:@    - e@    - f\n"],
    ["ends a marker", "a: b@---@c: d\n"],
    ["folds", "a: b@  c@@  d\ne: 'f@  g'\nh: \"i@  j\\@  k\"\n"],
    ["parts the lines of a block", "a: |@  b@    c@  d\ne: >-\n  f@  g@"],
    ["stands between brackets", "a: {b: c,@d: [e,@f]}\n"],
    ["breaks what cannot be broken", "a: b@c\n"],
    ["follows a carriage return", "a: b\r\n@c: d\r\n"],
  ])("%s where a line feed does", (_, text) => {
    const file = parseYaml(text.replaceAll("@", mark));
    expect(withoutValues(file)).toEqual(withoutValues(parseYaml(text.replaceAll("@", "\n"))));
    expect(file.text).toBe(text.replaceAll("@", mark));
  });
});

// LS and PS stay: promtool refuses an expression for them, and takes one with a NEL.
test.each([
  ["plain", "k: a\u2028  b\n", "a\u2028b"],
  ["plain, NEL", "k: a\u0085  b\n", "a b"],
  ["plain, at the end", "k: a\u2028\n", "a"],
  ["single", "k: 'a \u2029 b'\n", "a\u2029b"],
  ["double", 'k: "a\u2028b\\t"\n', "a\u2028b\t"],
  ["double, escaped", 'k: "a\\\u2028  b"\n', "ab"],
  ["literal", "k: |\n  a\u2028  b\n", "a\u2028b\n"],
  ["literal, at the end", "k: |\n  a\u2028\n", "a\u2028"],
  ["literal, NEL", "k: |\n  a\u0085  b\n", "a\nb\n"],
  ["folded", "k: >\n  a\u2028  b\n", "a\u2028b\n"],
  ["folded, at the end", "k: >\n  a\u2029", "a\u2029"],
])("what it leaves in a value: %s", (_, text, value) => {
  expect(readValue(text)).toBe(value);
});

test("offsets of the value are those of the text", () => {
  const text = "k: >\n  up\u2028  == x\n";
  const value = valueAt(parseYaml(text).documents[0]?.root, "k") as Scalar;
  const at = value.value.indexOf("x");
  expect(textRange(value, { start: at, end: at + 1 })).toEqual({
    start: text.indexOf("x"),
    end: text.indexOf("x") + 1,
  });
});

const part = fc.constantFrom(..."ab -:#'\"[]{},|>\n\r", "  ", "- ", "a: ", "\n  ", "---\n", ...Object.values(breaks));
const noise = fc.array(part, { maxLength: 30 }).map((list) => list.join(""));

test("any text stands as it does with line feeds, and after an edit as read anew", () => {
  fc.assert(
    fc.property(noise, noise, fc.nat(), fc.nat(), (text, put, from, length) => {
      const start = from % (text.length + 1);
      const edit = { range: { start, end: Math.min(text.length, start + (length % 4)) }, text: put };
      const after = applyEdits(text, [edit]);
      const updated = updateYaml(parseYaml(text), edit, after);
      expect(dump(updated)).toEqual(dump(parseYaml(after)));
      // Behind "\r" a line feed is a part of the same break.
      if (/\r[\u0085\u2028\u2029]/.test(after)) return;
      expect(withoutValues(updated)).toEqual(withoutValues(parseYaml(after.replace(/[\u0085\u2028\u2029]/g, "\n"))));
      for (const { root } of updated.documents)
        for (const node of walk(root)) expect(startOf(node)).toBeLessThanOrEqual(after.length);
    }),
    { numRuns: 3_000 },
  );
});

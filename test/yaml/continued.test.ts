// Values that go on over several lines, at whatever column, as Go's parsers read them.
import { describe, expect, test } from "vitest";
import { errorsOf } from "../../server/src/yaml/errors.ts";
import { parseYaml } from "../../server/src/yaml/parse.ts";
import { valueAt, valuesOf } from "../../server/src/yaml/tree.ts";

/** A list in a mapping, whose second item stands behind what is tried. */
const around = (tried: string): string => `list:\n- first: ${tried}\n  other: o\n- last: l\n`;

const textAt = (of: Parameters<typeof valueAt>[0], ...path: string[]): unknown => {
  const found = path.reduce((node, key) => valueAt(node, key), of);
  return found?.kind === "scalar" ? found.value : found?.kind;
};

describe("a value goes on up to what closes it", () => {
  const cases: [title: string, tried: string, path: string[], value: string][] = [
    ["double quotes", '"a\nb"', ["first"], "a b"],
    ["single quotes", "'a\n\n\nb'", ["first"], "a\n\nb"],
    ["an escaped break", '"a\\\nb"', ["first"], "ab"],
    ["a line that looks like an item", '"a\n- b"', ["first"], "a - b"],
    ["a line that looks like a key", '"a\nb: c\nd: e"', ["first"], "a b: c d: e"],
    ["a line that looks like a comment", '"a\n#b"', ["first"], "a #b"],
    ["almost a marker", '"a\n---b"', ["first"], "a ---b"],
    ["a plain value between brackets", "{a: b\nc, d: e}", ["first", "a"], "b c"],
    ["an item within one", "{a: b\n- c, d: e}", ["first", "a"], "b - c"],
    ["a key alone on its line", "{a:\nb, d: e}", ["first", "a"], "b"],
    ["keys without a comma before them", "{a: b\n,\nd: e\n}", ["first", "d"], "e"],
    ["a comment behind a value", "{a: b\n# c\n, d: e}", ["first", "a"], "b"],
    ["quotes between brackets", '{a: "b\n- c: {", d: e}', ["first", "a"], "b - c: {"],
    ["a tab deep enough", "{a: b\n   \tc}", ["first", "a"], "b c"],
  ];
  test.each(cases)("%s", (_, tried, path, value) => {
    const file = parseYaml(around(tried));
    const items = valuesOf(valueAt(file.documents[0]?.root, "list"));
    expect(errorsOf(file)).toEqual([]);
    expect(textAt(items[0], ...path)).toBe(value);
    expect([textAt(items[0], "other"), textAt(items[1], "last")]).toEqual(["o", "l"]);
  });
});

test("what is never closed in a further document does not matter", () => {
  const file = parseYaml(`${around('"a\nb"')}---\nc: "\n`);
  const items = valuesOf(valueAt(file.documents[0]?.root, "list"));
  expect(textAt(items[0], "first")).toBe("a b");
  expect(errorsOf(file).map(({ code }) => code)).toEqual(["quote"]);
});

describe("a comment needs no blank before it", () => {
  const cases: [title: string, tried: string, path: string[], value: string][] = [
    ["behind quotes", '"a"#b: c', ["first"], "a"],
    ["behind brackets", "{a: b}#c: d", ["first", "a"], "b"],
    ["behind brackets that go on", "{a: b\n}#c", ["first", "a"], "b"],
    ["between brackets", "{#x, #y\n a: 'b'#c'\n ,#d\n e: f }", ["first", "e"], "f"],
    ["where brackets go on further left", "{x: y,#c\na: 'b'#d\n}#e", ["first", "a"], "b"],
    ["behind the head of a block", "|-#b\n    a#c", ["first"], "a#c"],
  ];
  test.each(cases)("%s", (_, tried, path, value) => {
    const file = parseYaml(around(tried));
    const items = valuesOf(valueAt(file.documents[0]?.root, "list"));
    expect(errorsOf(file)).toEqual([]);
    expect(textAt(items[0], ...path)).toBe(value);
    expect([textAt(items[0], "other"), textAt(items[1], "last")]).toEqual(["o", "l"]);
  });

  test("but behind plain text it does", () => {
    const file = parseYaml("a: b]#c\nd: it 'e'#f\ng: h\n");
    expect(textAt(file.documents[0]?.root, "a")).toBe("b]#c");
    expect(errorsOf(parseYaml("a: b 'c'#d: e\n")).map(({ code }) => code)).toEqual(["indentation"]);
  });
});

describe("what Go refuses in such a value", () => {
  const cases: [title: string, tried: string, code: string, blamed: string][] = [
    ["a comment within a plain value", "{a: b\n#c\nd}", "flow", "#"],
    ["a tab within a plain value", "{a: b\n\tc}", "tab", "\t"],
    ["a tab behind a plain value", "{a: b\n\t, c: d}", "tab", "\t"],
    ["a key on two lines", "{a\n b: c}", "colon", "a\n b"],
    ["a colon on the next line", '{"a"\n    : c}', "colon", '"a"'],
    ["a dot in an anchor's name", "&a.b c", "property", "."],
    ["a sign at its end", "&a@ c", "property", "@"],
    ["a mapping on two lines as a key", "{{a:\n    b}: c}", "colon", "{a:\n    b}"],
  ];
  test.each(cases)("%s", (_, tried, code, blamed) => {
    const text = around(tried);
    const errors = errorsOf(parseYaml(text)).map((error) => [
      error.code,
      text.slice(error.range.start, error.range.end),
    ]);
    expect(errors).toEqual([[code, blamed]]);
  });

  test("a marker, which ends the document in quotes too", () => {
    expect(errorsOf(parseYaml(around('"a\n---\nb"')))).not.toEqual([]);
  });
});

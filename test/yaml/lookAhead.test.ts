// What Go's scanners stumble over behind the text that is read, as promtool refuses such files or takes them.
import { describe, expect, test } from "vitest";
import { stumble } from "../../server/src/yaml/lookAhead.ts";

/** The text with a mark where the scanner stumbles when it makes so many tokens. */
function marked(text: string, tokens: number): string {
  const at = stumble(text, 0, tokens);
  return at === undefined ? text : `${text.slice(0, at)}¦${text.slice(at)}`;
}

describe("the first token, which yaml.v2 looks at", () => {
  test.each([
    ["¦@"],
    ["¦`"],
    [" ¦%YAML 1.1"],
    ["¦%x"],
    ["¦%YAML"],
    ["%YAML 1.1\nx: @"],
    ["%TAG !e! tag:x,2000:\n@"],
    ['¦"x'],
    ["¦'x"],
    ['¦"\\d"'],
    ['¦"\\x2"'],
    ['¦"\\ud800"'],
    ['"\\u0041\\x41\\\n\\t"'],
    ["¦&"],
    ["¦*"],
    ["¦!<"],
    ["¦|x"],
    ["¦>2x"],
    ["|2-  # c"],
    ["¦\tx"],
    ["# c\n ¦\tx"],
    ["&a ¦@"],
    ["!!str ¦@"],
    ["[¦@"],
    ["[{¦@"],
    ["[\n@"],
    ['"x" ¦@'],
    ['"x": @'],
    ['"x"\n@'],
    ["- @"],
    ["? @"],
    [": @"],
    ["x @"],
    ["x: @"],
    ["x\ny: z"],
  ])("%j", (text) => {
    expect(marked(text.replace("¦", ""), 1)).toBe(text);
  });
});

describe("two tokens behind the end of a document, and three where nothing marks it, as yaml.v3 makes them", () => {
  test.each([
    ["- @", 2],
    ["- ¦@", 3],
    ["-\n\n  ¦@", 3],
    ["- ¦\ty", 3],
    ["- - @", 3],
    ["? ¦@", 3],
    [": ¦@", 3],
    ["x: @", 3],
    ["x @", 3],
    ["x\n@", 3],
    ["x\n y¦: z", 3],
    ["x\n y¦: z", 2],
    ["x\n - y", 3],
    ["x\n - y¦: z", 3],
    ["x # c\n ¦@y", 3],
    ["x # c\n y: z", 3],
    ['"x"\n y: z', 3],
    ['"x"\n¦@', 2],
    ['"x\n" ¦: z', 3],
    ["[\n ¦@", 2],
    ["[\n a @\n", 3],
    ["- a\n- @", 3],
    ["- a\n - @", 3],
    ["&x\n ¦@", 2],
    ["&x b: c\n@", 3],
    ["...\n¦@", 3],
    ["--- x¦: y", 2],
    ["--- ¦- y", 2],
    ["---\nx: y", 2],
    ["---\tx", 2],
    [" ---\n x¦: y", 3],
    ["x\n  : y", 2],
    ["] x¦: y", 3],
    ["--- # x\n\u0085\n- a", 2],
    ["# c\n\t\n# d\n- x", 3],
    ["x # c\n¦\t\n# d\n- x", 3],
    [" \n¦\t\n", 3],
    ["%YAML 1.1\nx¦: y", 3],
    ["%YAML 1.1\n¦- y", 3],
    ["%YAML 1.1\n# c\nx: y", 3],
    ["%YAML 1.1\nx", 3],
  ])("%j, %i", (text, tokens) => {
    expect(marked(text.replace("¦", ""), tokens)).toBe(text);
  });

  test("no text takes long", () => {
    for (const text of ["[", "&a ", "- ", '"', "x\n", "[x, ", "\t"]) stumble(text.repeat(200_000), 0, 3);
  });
});

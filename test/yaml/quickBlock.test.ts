// Entries that are read at once, held against what js-yaml gives of the same text.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyChunk } from "../../server/src/yaml/draft.ts";
import { type Leaf, slowLeaf } from "../../server/src/yaml/leaf.ts";
import { quickBlock } from "../../server/src/yaml/quickBlock.ts";

const chunkOf = (text: string) => emptyChunk({ start: 0, end: text.length, pad: 0 }, {});

/** All of a reading but the chunk, which is the same one everywhere in it. */
const plainData = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner) => (key === "chunk" || inner === undefined ? null : inner)));

function both(text: string, pad = 0): { quick: unknown; slow: unknown; errors: number } {
  const chunk = chunkOf(text);
  const slow: Leaf = slowLeaf(text, pad, 0, chunk);
  const quickChunk = chunkOf(text);
  const documents = quickBlock(text, pad, quickChunk);
  return {
    quick: documents ? plainData([documents, quickChunk.comments]) : null,
    slow: slow.ok ? plainData([slow.documents, chunk.comments]) : "refused",
    errors: chunk.errors.length,
  };
}

describe("an entry of one line", () => {
  test.each([
    "key: value\n",
    "  key: two words\r\n",
    "key:\n",
    "    key:   \n",
    "- value\n",
    "  -\n",
    "  - ",
    'key: "a b"\n',
    "key: 'a b' \n",
    'targets: ["a:8080", b:8080, c]\n',
    "key: []\n",
    "url: http://a:80/b?c=d&e\n",
    "regex: ([^:]+):.*\n",
    "on: true\n",
    'key: "a \\"b\\" \\\\ \\n\\tc"\n',
    "key: 'it''s'\n",
    "key: größer – 漢字\n",
    'key: "größer" # als\t– das\r\n',
    "key: value   #\n",
    "key: # of nothing\n",
    "- # of nothing\n",
    "# before\n  # and\nkey: [a, b] # behind\n# after",
  ])("%j is read at once, and as js-yaml reads it", (text) => {
    const { quick, slow, errors } = both(text);
    expect(errors).toBe(0);
    expect(quick).toEqual(slow);
  });

  test("and whatever is read at once js-yaml reads the same way", () => {
    const piece = fc.constantFrom(
      ..."ab01 :-#?,[]{}\"'&*!|>%@`<~=.$^(\\/\t",
      "key: ",
      "- ",
      ": ",
      " #",
      "''",
      '"x"',
      '\\"',
      "\\n",
      "\\x41",
      "\u2028",
      "\u0085",
      "\ufeff",
      "\ud83d",
      "\ud83d\ude00",
      "[a, b]",
      "\r\n",
      "\n",
      "é",
    );
    const line = fc
      .tuple(
        fc.constantFrom("", "  ", "    "),
        fc.constantFrom("key:", "key: ", "- ", "-", "k-1: ", ""),
        fc.array(piece, { maxLength: 7 }),
        fc.constantFrom("", "\n", "\r\n", " \n"),
      )
      .map(([indent, head, rest, end]) => indent + head + rest.join("") + end);
    let quickly = 0;
    fc.assert(
      fc.property(line, (text) => {
        const { quick, slow, errors } = both(text);
        if (quick === null) return;
        quickly++;
        expect(errors).toBe(0);
        expect(quick).toEqual(slow);
      }),
      { numRuns: 20_000 },
    );
    expect(quickly).toBeGreaterThan(2000);
  });
});

describe("an entry of several lines", () => {
  test.each([
    ["a rule", "- alert: A\n  expr: up == 0\n  labels:\n    severity: page\n  annotations:\n    summary: 'x y'\n\n"],
    ["a list below", "targets:\n  - a:80\n  - b:80\n"],
    [
      "mappings in a list",
      "groups:\n  - name: a\n    rules:\n      - record: b\n        expr: c\n      - record: d\n  - name: e\n",
    ],
    ["empty values", "- a:\n  b:\n  c:\n    d:\n"],
    ["literal blocks", "- a: |\n    x: 'y\n      # z\n\n    w\n\n  b: |-  \n    v\n  c: d\n"],
    ["a literal block at the end of the text", "a: |\n  x"],
    ["folded blocks", "- a: >-\n    x y\n    z\n  b: >\n    v\n\n  c: d\n"],
    ["comments", "# a\n- b: c # d\n    # e\n  f:   # g\n\n    # h\n    - i\n # j\n#k\n"],
    ["a comment that ends a block of text", "- a: |\n    x\n  # y\n    # z\n  b: c\n"],
    ["blank lines and carriage returns", "a:\r\n\r\n  b: 1\r\n   \r\n  c: 2\r\n"],
  ])("%s is read at once, and as js-yaml reads it", (_, text) => {
    const { quick, slow, errors } = both(text);
    expect(errors).toBe(0);
    expect(quick).toEqual(slow);
  });

  test.each([
    ["text that goes on", "a: b\n  c\n"],
    ["a value and a mapping", "a: b\n  c: d\n"],
    ["a list at its key's column", "a:\n- b\n- c\n"],
    ["a folded block with a deeper line", "a: >\n  b\n    c\n"],
    ["a folded block of two paragraphs", "a: >\n  b\n\n  c\n"],
    ["an escape that not everybody knows", 'a: "\\e"\n'],
    ["quotes that go on", 'a: "b\n  c"\n'],
    ["a literal block that begins with a blank line", "a: |\n\n  b\n"],
    ["a literal block with a line that is too far left", "a: |\n    b\n  c\n"],
    ["a literal block with blanks alone", "a: |\n  b\n   \n  c\n"],
    ["text that goes on behind a comment", "a: b # c\n  d\n"],
    ["columns that fit nowhere", "a:\n    b: c\n  d: e\n"],
    ["a document mark", "a: b\n---\nc: d\n"],
    ["a tab", "a:\n\tb: c\n"],
  ])("%s is left to js-yaml", (_, text) => {
    expect(both(text).quick).toBeNull();
  });

  test("whatever is read at once js-yaml reads the same way", () => {
    const word = fc.constantFrom(
      "|\n  x\n   y: z",
      "|-\n    x\n\n    'y \n",
      ">\n  x y\n  z",
      ">-\n    x \n    y\n\n",
      "v # w",
      "# w",
      '"a\\nb\\"" #',
      "'it''s'",
      "|\n # x",
      "v",
      "two words",
      "'q'",
      '"d"',
      "[x, y]",
      "[]",
      "a:b",
      "1",
      "http://h:1/p",
      "",
    );
    const end = fc.constantFrom("\n", "\n", "\n", "\r\n", " \n", "\n\n", "\n  \n", "\n  # x\n", " # y\n", "\n#\n");
    /** A line, and those of a block below it, further to the right. */
    const moved = (lines: string, by: number): string => lines.replace(/^/gm, " ".repeat(by));
    const step = fc.constantFrom(1, 2, 2, 2, 4);
    const block: fc.Arbitrary<string[]> = fc.letrec<{ block: string[] }>((tie) => ({
      block: fc.oneof(
        { maxDepth: 3, depthSize: "small" },
        fc.array(word, { minLength: 1, maxLength: 3 }).map((all) => all.map((one, i) => `k${i}: ${one}`)),
        fc.array(word, { minLength: 1, maxLength: 3 }).map((all) => all.map((one) => `- ${one}`)),
        fc
          .tuple(fc.array(tie("block"), { minLength: 1, maxLength: 3 }), step)
          .map(([all, by]) => all.flatMap((inner, i) => [`m${i}:`, ...inner.map((one) => moved(one, by))])),
        fc
          .array(tie("block"), { minLength: 1, maxLength: 3 })
          .map((all) =>
            all.flatMap((inner) => inner.map((one, i) => (i === 0 ? `- ${moved(one, 2).trimStart()}` : moved(one, 2)))),
          ),
      ),
    })).block;
    const piece = fc.constantFrom(
      "",
      "",
      " ",
      "  ",
      "-",
      "- ",
      ":",
      ": ",
      "#",
      " #",
      "'",
      "\n",
      "|",
      "&a ",
      "\t",
      "---\n",
      "k:",
    );
    let quickly = 0;
    fc.assert(
      fc.property(
        block,
        fc.array(end, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        piece,
        fc.constantFrom(0, 0, 2, 5),
        (lines, ends, at, put, pad) => {
          const whole = lines.map((line, i) => line + ends[i % ends.length]).join("");
          const cut = at % (whole.length + 1);
          const text = whole.slice(0, cut) + put + whole.slice(cut + (at % 3 === 0 ? 1 : 0));
          const { quick, slow, errors } = both(text, pad);
          if (quick === null) return;
          if (text.trim().includes("\n")) quickly++;
          expect(errors).toBe(0);
          expect(quick).toEqual(slow);
        },
      ),
      { numRuns: 20_000 },
    );
    expect(quickly).toBeGreaterThan(1000);
  });
});

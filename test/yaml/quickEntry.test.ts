// Entries of one line that are read at once, held against what js-yaml gives of the same text.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyChunk } from "../../server/src/yaml/chunking.ts";
import { type Leaf, slowLeaf } from "../../server/src/yaml/leaf.ts";
import { quickEntry } from "../../server/src/yaml/quickEntry.ts";

const chunkOf = (text: string) => emptyChunk({ from: 0, to: 1, start: 0, end: text.length, pad: 0 }, {});

/** All of a reading but the chunk, which is the same one everywhere in it. */
const plainData = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner) => (key === "chunk" || inner === undefined ? null : inner)));

function both(text: string): { quick: unknown; slow: unknown; errors: number } {
  const chunk = chunkOf(text);
  const slow: Leaf = slowLeaf(text, 0, 0, chunk);
  return {
    quick: plainData(quickEntry(text, chunkOf(text))),
    slow: slow.ok ? plainData(slow.documents) : "refused",
    errors: chunk.errors.length + chunk.comments.length,
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

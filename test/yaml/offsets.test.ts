// Offsets of a decoded value and of the text that it is written in are one another's inverse, in every scalar style.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { piecesOf, textOffset, textRange, valueOffset } from "../../server/src/yaml/offsets.ts";
import { parseYaml } from "../../server/src/yaml/parse.ts";
import { type Scalar, valueAt, walk, type YamlFile } from "../../server/src/yaml/tree.ts";
import { sharedFiles } from "./dump.ts";

function scalarsOf(file: YamlFile): Scalar[] {
  return file.documents.flatMap((document) => [...walk(document.root)].filter((node) => node.kind === "scalar"));
}

/** Pieces cover the value from end to end, and offsets lead back, but of a last break that the file's end stands for. */
function checkScalar(scalar: Scalar, text: string): void {
  const { value } = scalar;
  if (value !== scalar.raw) {
    let next = 0;
    for (const piece of piecesOf(scalar)) {
      expect(piece.value).toBe(next);
      next += piece.length;
    }
    expect(next).toBe(value.length);
  }
  let before = -1;
  for (let offset = 0; offset < value.length; offset++) {
    const at = textOffset(scalar, offset);
    expect(at).toBeGreaterThanOrEqual(before);
    before = at;
    const isLow = /[\udc00-\udfff]/.test(value.charAt(offset));
    const isWritten = at < scalar.chunk.base + scalar.rawStart + scalar.raw.length;
    if (!isLow && isWritten) expect(valueOffset(scalar, at)).toBe(offset);
    if (/[a-z]/.test(value.charAt(offset)) && text.charAt(at) !== "\\")
      expect(text.charAt(at)).toBe(value.charAt(offset));
  }
  expect(valueOffset(scalar, textOffset(scalar, value.length))).toBe(value.length);
}

describe("offsets", () => {
  const cases: [title: string, text: string, value: string, of: string, written: string][] = [
    ["plain", "k: up == 0 # c", "up == 0", "==", "=="],
    ["plain over lines", "k: up\n  == 0", "up == 0", "==", "=="],
    ["plain with a blank line", "k: up\n\n  == 0", "up\n== 0", "==", "=="],
    ["single", "k: 'it''s up'", "it's up", "'", "''"],
    ["double", 'k: "a\\nb\\x41c"', "a\nbAc", "A", "\\x41"],
    ["double, line break", 'k: "a\\nb"', "a\nb", "\n", "\\n"],
    ["double, beyond 16 bits", 'k: "a\\U0001F600b"', "a\u{1f600}b", "\u{1f600}", "\\U0001F600"],
    ["double, folded", 'k: "a  \n   b"', "a b", "b", "b"],
    ["double, escaped break", 'k: "a\\\n   b"', "ab", "b", "b"],
    ["literal", "k: |\n  up\n    == 0\n", "up\n  == 0\n", "== 0", "== 0"],
    ["literal with an indicator", "k: |2-\n    up\n   == 0\n", "  up\n == 0", "==", "=="],
    ["literal kept", "k: |+\n  up\n\n\n", "up\n\n\n", "up", "up"],
    ["literal, CRLF", "k: |\r\n  up\r\n  down\r\n", "up\ndown\n", "down", "down"],
    ["literal, CRLF break", "k: |\r\n  up\r\n  down\r\n", "up\ndown\n", "\n", "\r\n"],
    ["folded", "k: >\n  up\n  == 0\n\n  or x\n", "up == 0\nor x\n", "or", "or"],
    ["folded, deeper lines", "k: >-\n  up\n   == 0\n  or x\n", "up\n == 0\nor x", "or", "or"],
    ["in a list item", "k: \n- a\n- |\n  up\n", "", "", ""],
  ];
  for (const [title, text, value, of, written] of cases) {
    test(title, () => {
      const file = parseYaml(text);
      for (const scalar of scalarsOf(file)) checkScalar(scalar, text);
      const scalar = valueAt(file.documents[0]?.root, "k");
      if (scalar?.kind !== "scalar") return expect(value).toBe("");
      expect(scalar.value).toBe(value);
      const start = value.indexOf(of);
      const range = textRange(scalar, { start, end: start + of.length });
      expect(text.slice(range.start, range.end)).toBe(written);
    });
  }

  test("short escapes on one line are counted as their pieces are", () => {
    const bit = fc.constantFrom("a", " ", "\\n", '\\"', "\\\\", "\\x41", "\\u00e4", "\\N", "é", "\u{1f600}", "{{");
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 9 }), (bits) => {
        const file = parseYaml(`k: "${bits.join("")}"`);
        const scalar = valueAt(file.documents[0]?.root, "k");
        if (scalar?.kind !== "scalar") return;
        const origin = scalar.chunk.base + scalar.rawStart;
        const written = piecesOf(scalar).flatMap(({ raw, length, width }) =>
          Array.from({ length }, (_, i) =>
            length === width
              ? { start: origin + raw + i, end: origin + raw + i + 1 }
              : { start: origin + raw, end: origin + raw + width },
          ),
        );
        for (let start = 0; start < written.length; start++)
          for (let end = start + 1; end <= written.length; end++)
            expect(textRange(scalar, { start, end })).toEqual({
              start: written[start]?.start,
              end: written[end - 1]?.end,
            });
      }),
      { numRuns: 1000 },
    );
  });

  test("random scalars in every style", () => {
    const bits = [
      "a",
      "b",
      " ",
      "  ",
      "\n",
      "\n  ",
      "\r\n  ",
      "\n\n  ",
      "''",
      '\\"',
      "\\n",
      "\\x41",
      "\\u00e9",
      "\\U0001F600",
      "\\\n  ",
      "\t",
      "é",
      "😀",
    ];
    const body = fc.array(fc.constantFrom(...bits), { maxLength: 14 }).map((list) => list.join(""));
    const opening = fc.constantFrom(
      "'",
      '"',
      "",
      "|\n  ",
      ">\n  ",
      "|-\n  ",
      ">+\n  ",
      "|2\n   ",
      ">1-\n  ",
      "|\r\n  ",
    );
    let tried = 0;
    fc.assert(
      fc.property(opening, body, fc.constantFrom("", "\n", "\n\n"), (open, middle, end) => {
        const close = open === "'" || open === '"' ? open : "";
        const text = `k: ${open}${middle}${close}${end}`;
        for (const scalar of scalarsOf(parseYaml(text))) {
          checkScalar(scalar, text);
          tried++;
        }
      }),
      { numRuns: 4000 },
    );
    expect(tried).toBeGreaterThan(4000);
  });

  test("every scalar of the corpus", () => {
    for (const { text } of sharedFiles("corpus/alert-rules", "conformance/prometheus-config")) {
      for (const scalar of scalarsOf(parseYaml(text))) checkScalar(scalar, text);
    }
  });
});

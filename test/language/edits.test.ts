// What an edit leaves as it was must be the same as reading the new text whole: lines and kind.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeDocument, openDocument } from "../../server/src/language/document.ts";
import { keepsKind, kindOf } from "../../server/src/language/kind.ts";
import { editedLineStarts, type LineStarts, lineCount, lineStarts, startOfLine } from "../../server/src/lines.ts";

const text = fc
  .array(fc.constantFrom("a", " ", "\n", "\r", "\r\n", "groups:", "rules:", "- ", "  ", "#", "---\n", "tests:"), {
    maxLength: 40,
  })
  .map((parts) => parts.join(""));

/** An edit of a text: two places as shares of its length, and what is put there. */
const edit = fc.record({ from: fc.nat(1000), to: fc.nat(1000), text });

function place(length: number, { from, to, text: put }: { from: number; to: number; text: string }) {
  const ends = [from, to].map((share) => Math.round((share / 1000) * length)).sort((a, b) => a - b);
  return { range: { start: ends[0] ?? 0, end: ends[1] ?? 0 }, text: put };
}

const applied = (before: string, { range, text: put }: ReturnType<typeof place>): string =>
  before.slice(0, range.start) + put + before.slice(range.end);

const listed = (starts: LineStarts) =>
  Array.from({ length: lineCount(starts) }, (_, line) => startOfLine(starts, line));

describe("after an edit", () => {
  test("and after each of many, lines begin where they do in the new text", () => {
    /** Mostly typing, in one place or another. */
    const typed = fc.record({
      from: fc.constantFrom(500, 510, 700),
      to: fc.constant(500),
      text: fc.constantFrom("a", "ab", "", "\n"),
    });
    const edits = fc.array(fc.oneof(edit, typed), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(text, edits, (before, wishes) => {
        let now = before;
        let starts = lineStarts(before);
        for (const wish of wishes) {
          const one = place(now.length, wish.from === 700 ? { ...wish, to: 700 } : wish);
          now = applied(now, one);
          starts = editedLineStarts(starts, one, now);
          expect(listed(starts)).toEqual(listed(lineStarts(now)));
        }
      }),
      { numRuns: 3000 },
    );
  });

  test("a kind that is kept is the one that would be read", () => {
    /** More than is read of lines with indentation. */
    const long = `groups:\n  - name: a\n    rules:\n${"      - record: a:b\n        expr: up\n".repeat(700)}`;
    let keptKinds = 0;
    fc.assert(
      fc.property(text, edit, (tail, wish) => {
        const before = long + tail;
        // Short edits within a line, as a person makes them.
        const put = wish.text.replace(/[\r\n]/g, "").slice(0, 5);
        const { range } = place(tail.length, { ...wish, to: wish.from + (wish.to % 30) });
        const one = { range: { start: range.start + long.length, end: range.end + long.length }, text: put };
        const after = applied(before, one);
        if (!keepsKind(before, one, after)) return;
        keptKinds++;
        expect(kindOf("yaml", "a.yml", after)).toBe(kindOf("yaml", "a.yml", before));
      }),
      { numRuns: 3000 },
    );
    expect(keptKinds).toBeGreaterThan(100);
  });

  test("where the first key is indented, an indented line can change the kind", () => {
    const rules = `  groups:\n    - name: a\n      rules:\n${"        - record: a:b\n          expr: up\n".repeat(700)}`;
    const before = `${rules}  servic: 1\n`;
    const at = before.lastIndexOf(":");
    const one = { range: { start: at, end: at }, text: "e" };
    const after = applied(before, one);
    expect([kindOf("yaml", "a.yml", before), kindOf("yaml", "a.yml", after)]).toEqual(["prometheus-rules", "other"]);
    expect(keepsKind(before, one, after)).toBe(false);
  });

  test.each([
    ["a letter typed in a rule", "groups:\n", "g", 6, "prometheus-rules"],
    ["the only key that made it ours taken away", "groups:\n  - name: a\n    rules: []\n", "roles:", 0, "other"],
  ])("%s", (_, before, put, at, kind) => {
    const document = openDocument("file:///x.yml", "yaml", 1, `${before}  - name: b\n    rules: []\n`);
    const range = at === 0 ? { start: 0, end: 7 } : { start: before.length + 10, end: before.length + 10 };
    expect(changeDocument(document, [{ range, text: put }], 2).kind).toBe(kind);
  });
});

// Many changes in one message, as when lines are indented or a word is replaced everywhere: the text must be what the
// protocol says, in whatever order they come, and what is found in it what is found in that text read anew.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Position, Range, TextDocumentContentChangeEvent } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { openDocument } from "../../server/src/language/document.ts";
import { diagnostics } from "../../server/src/language/features/diagnostics.ts";
import { Documents } from "../../server/src/lsp/documents.ts";
import { newContext } from "../language/context.ts";

const uri = "file:///a.rules.yml";
const context = newContext();

function opened(text: string): Documents {
  const documents = new Documents();
  diagnostics(documents.open({ uri, languageId: "", version: 1, text }), context);
  return documents;
}

/** Changes a document at once; it must be what the protocol's own library makes of it. */
function check(text: string, changes: readonly TextDocumentContentChangeEvent[]): void {
  const changed = opened(text).change({ uri, version: 2 }, changes);
  const expected = TextDocument.update(TextDocument.create(uri, "yaml", 1, text), [...changes], 2).getText();
  expect(changed?.text).toBe(expected);
  const fresh = openDocument(uri, "", 2, expected);
  expect(changed?.kind).toBe(fresh.kind);
  if (changed) expect(diagnostics(changed, context)).toEqual(diagnostics(fresh, context));
}

const rule = (name: string): string =>
  `      - alert: ${name}\n        expr: up == 0\n        labels: {severity: page}\n`;
const file = (rules: number): string =>
  `groups:\n  - name: g\n    rules:\n${Array.from({ length: rules }, (_, i) => rule(`A${i}`)).join("")}`;

const at = (line: number, character: number): Position => ({ line, character });
const within = (line: number, character: number, length = 0): Range => ({
  start: at(line, character),
  end: at(line, character + length),
});

describe("changes in one message", () => {
  const place = fc.record({ line: fc.nat(12), character: fc.nat(30), length: fc.nat(5), lines: fc.nat(1) });
  const put = fc.constantFrom(
    "",
    "x",
    "  ",
    "\n",
    "# ",
    "up > 1",
    "      - alert: B\n        expr: up ==\n",
    '"',
    "\r",
  );
  const change = fc.tuple(place, put);

  test("in any order do what each does to the text that the one before left", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.array(change, { minLength: 1, maxLength: 24 }),
        (rules, wishes) => {
          let document = TextDocument.create(uri, "yaml", 1, file(rules));
          const changes = wishes.map(([{ line, character, length, lines }, text]) => {
            const last = document.lineCount - 1;
            const range = {
              start: { line: Math.min(line, last), character },
              end: { line: Math.min(line + lines, last), character: character + length },
            };
            // Now and then the whole text is sent.
            const one = length === 5 ? { text: `${text}\n${file(1)}` } : { range, text };
            document = TextDocument.update(document, [one], 1);
            return one;
          });
          check(file(rules), changes);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test.each<[name: string, text: string, range: Range, expected: string]>([
    [
      "a column past the end of a line is that end",
      "a: b\nc: d\n",
      { start: at(0, 3), end: at(0, 99) },
      "a: !\nc: d\n",
    ],
    ["also before a carriage return", "a: b\r\nc: d\n", { start: at(0, 3), end: at(0, 99) }, "a: !\r\nc: d\n"],
    ["a line past the last one is the end of the text", "a: b\nc: d", { start: at(0, 0), end: at(2, 0) }, "!"],
    ["however far past it", "a: b\n", { start: at(7, 7), end: at(2 ** 31 - 1, 2 ** 31 - 1) }, "a: b\n!"],
  ])("%s", (_, text, range, expected) => {
    expect(opened(text).change({ uri, version: 2 }, [{ range, text: "!" }])?.text).toBe(expected);
  });

  test("from the end to the start, as editors send them", () => {
    const positions = fc.uniqueArray(fc.nat(400), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(
        positions,
        fc.array(put, { minLength: 30, maxLength: 30 }),
        fc.boolean(),
        (offsets, texts, isReplacing) => {
          const text = file(6);
          const document = TextDocument.create(uri, "yaml", 1, text);
          const ordered = offsets.sort((a, b) => b - a);
          const changes = ordered.map((offset, index) => {
            const end = isReplacing ? Math.min(offset + 3, ordered[index - 1] ?? text.length) : offset;
            return {
              range: { start: document.positionAt(offset), end: document.positionAt(end) },
              text: texts[index] ?? "",
            };
          });
          check(text, changes);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each<[name: string, changes: TextDocumentContentChangeEvent[]]>([
    [
      "two insertions at one place",
      [
        { range: within(4, 16), text: "a" },
        { range: within(4, 16), text: "b" },
      ],
    ],
    [
      "one behind the other at the end of a line",
      [
        { range: within(4, 21), text: "a" },
        { range: within(4, 22), text: "b" },
      ],
    ],
    ["a whole text and a change of it", [{ text: file(2) }, { range: within(4, 14, 2), text: "down" }]],
    ["lines that are indented", [6, 5, 4, 3].map((line) => ({ range: within(line, 0), text: "  " }))],
    [
      "a replacement and an insertion in front of it",
      [
        { range: within(4, 14, 2), text: "down" },
        { range: within(4, 14), text: "-" },
      ],
    ],
    [
      "an insertion and a replacement in front of it",
      [
        { range: within(4, 16), text: "+" },
        { range: within(4, 14, 2), text: "down" },
      ],
    ],
  ])("%s", (_, changes) => check(file(2), changes));

  test("of a file that is not open are passed over", () => {
    expect(new Documents().change({ uri, version: 2 }, [{ text: "x" }])).toBeUndefined();
  });
});

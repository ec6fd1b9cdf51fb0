// Findings that are carried through the versions of a text must be those of the text read anew: whatever is typed, moved,
// copied or taken out, and in whatever order.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits, type Edit } from "../../server/src/edits.ts";
import { changeDocument, openDocument } from "../../server/src/language/document.ts";
import { diagnostics } from "../../server/src/language/features/diagnostics.ts";
import { newContext } from "./context.ts";

const context = newContext();

const header = (name: string, ...own: string[]): string =>
  [`- name: ${name}`, ...own.map((line) => `  ${line}`), "  rules:", ""].join("\n");

const rule = (name: string, expr: string, ...own: string[]): string =>
  [`  - alert: ${name}`, `    expr: ${expr}`, ...own.map((line) => `    ${line}`), ""].join("\n");

/** Pieces of which every text is made; many go together, some break it. */
const pieces = [
  header("a"),
  header("b"),
  header("b", "interval: 10m"),
  header("c", "labels: {team: x}"),
  rule("A", "up == 0", "for: 5m"),
  rule("A", "up == 0", "for: 5m"),
  rule("A", "up > 1"),
  rule("A", "up > 2"),
  rule("B", "rate(dkron_job_executions_failed_total[1m]) > 0"),
  rule("B", "sum(up) > 0", "annotations: {summary: '{{ $labels.job }}'}"),
  rule("C", "up ==", "labels: {severity: page}"),
  rule("C", "up > 1", "fro: 5m"),
  "  - record: a:b\n    expr: sum(up)\n    for: 5m\n",
  "  - &r\n    alert: D\n    expr: up == 0\n",
  "  - *r\n",
  "  # dkron-metrics disable alert/no-for\n",
  "  - record: x\n",
];

const whole = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 9 })
  .map((parts) => `groups:\n${header("first")}${parts.join("")}`);

const piece = fc.oneof(fc.constantFrom(...pieces), fc.constantFrom("x", " ", "\n", "#", "", "  ", ":"));

/** From one place to another, as shares of the text's length or, if `lines`, to the beginnings of their lines. */
const change = fc.record({ from: fc.nat(1000), to: fc.nat(1000), lines: fc.boolean(), put: piece });
type Wish = { from: number; to: number; lines: boolean; put: string };

function editOf(text: string, { from, to, lines, put }: Wish): Edit {
  const place = (share: number): number => {
    const at = Math.round((share / 1000) * text.length);
    return lines ? text.lastIndexOf("\n", at) + 1 : at;
  };
  // Most people take out little.
  const start = place(from);
  const end = lines ? place(to) : start + (to % 4);
  return { range: { start: Math.min(start, end), end: Math.min(text.length, Math.max(start, end)) }, text: put };
}

describe("after edits", () => {
  test("the findings are those of the text read anew", () => {
    let found = 0;
    fc.assert(
      fc.property(
        whole,
        fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { maxLength: 5 }),
        (start, rounds) => {
          let document = openDocument("file:///a.rules.yml", "prometheus-rules", 1, start);
          diagnostics(document, context);
          for (const wishes of rounds) {
            let { text } = document;
            const edits = wishes.map((wish) => {
              const edit = editOf(text, wish);
              text = applyEdits(text, [edit]);
              return edit;
            });
            document = changeDocument(document, edits, document.version + 1);
            const fresh = openDocument("file:///a.rules.yml", "prometheus-rules", 1, text);
            const findings = diagnostics(document, context);
            found += findings.length;
            expect(findings).toEqual(diagnostics(fresh, context));
          }
        },
      ),
      { numRuns: 1500 },
    );
    expect(found).toBeGreaterThan(1000);
  });

  test("a rule that goes to the group above is still looked at", () => {
    const text = `groups:\n${header("a")}${rule("A", "up == 0")}${header("b")}${rule("B", "up")}${rule("C", "up == 1")}`;
    const document = openDocument("file:///a.rules.yml", "prometheus-rules", 1, text);
    const before = diagnostics(document, context).map(({ code }) => code);
    const taken = text.indexOf("- name: b");
    const edits: Edit[] = [
      { range: { start: text.indexOf("  - alert: C"), end: text.indexOf("  - alert: C") }, text: header("b") },
      { range: { start: taken, end: taken + header("b").length }, text: "" },
    ];
    const after = diagnostics(changeDocument(document, edits, 2), context).map(({ code }) => code);
    expect(after).toEqual(before);
    expect(after).toContain("alert/no-condition");
  });
});

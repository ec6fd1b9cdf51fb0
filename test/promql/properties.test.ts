// What holds for any text whatever: no throw, places inside the text, nested ranges, formatting that keeps the meaning.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { format } from "../../server/src/promql/format/format.ts";
import { print } from "../../server/src/promql/format/print.ts";
import { parse } from "../../server/src/promql/syntax/parse.ts";
import type { ParseOptions } from "../../server/src/promql/syntax/parser.ts";
import { slotAt } from "../../server/src/promql/syntax/slot.ts";
import type { Expr } from "../../server/src/promql/syntax/tree.ts";
import { children } from "../../server/src/promql/syntax/walk.ts";
import { check } from "../../server/src/promql/types/check.ts";
import { inferLabels, labelOf } from "../../server/src/promql/types/inferLabels.ts";
import { inferType } from "../../server/src/promql/types/inferType.ts";
import { inferQuantity } from "../../server/src/promql/types/semantics.ts";
import { hasMaterial, oracle } from "./material.ts";

const written = [
  'sum by (job) (rate(http_requests_total{code=~"5.."}[5m])) / sum by (job) (rate(http_requests_total[5m])) > 0.05',
  "a and on (x) b unless ignoring (y) group_left (z) c or vector(1) # end",
  'label_replace(up{job!="a"}, "dst", "$1-x", "src", "(.*)") offset -5m',
  "histogram_quantile(0.9, sum without (instance) (rate(x_bucket[1h:5m] @ end())))",
  "foo[min_of(5m, step() + 30s)] offset (1h - 5m)",
  'topk(3, absent_over_time({"a.b", c!~"d|e"}[10m])) * -1 ^ 2',
];
const texts = hasMaterial ? [...written, ...oracle("default").map(({ expr }) => expr)] : written;

const pieces = [
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  ",",
  ":",
  "offset ",
  "@ ",
  " by (a) ",
  " on(b) ",
  " group_left ",
  " bool ",
  "sum",
  "rate(",
  "5m",
  "1e3",
  "0x",
  '"',
  "'",
  "`",
  "\\",
  "#",
  "\n",
  " and ",
  " or ",
  "-",
  "^",
  "=~",
  "!",
  ".",
  "é",
  "😀",
  "\ud83d",
  "\ufffd",
  "\0",
];

/** A text and some mutations of it: pieces put in, cut out, doubled, swapped. */
const mutated = fc
  .record({
    text: fc.constantFrom(...texts),
    changes: fc.array(fc.tuple(fc.nat(400), fc.nat(12), fc.constantFrom("", ...pieces)), { maxLength: 5 }),
  })
  .map(({ text, changes }) =>
    changes.reduce((whole, [at, length, piece]) => {
      const start = Math.min(at, whole.length);
      return whole.slice(0, start) + piece + whole.slice(start + length);
    }, text),
  );

/** How many mutations are tried; a million when asked for: `PROMQL_MUTATIONS=1000000 npm run unit -- promql/properties`. */
const mutations = Number(process.env.PROMQL_MUTATIONS ?? 20_000);

const flags: ParseOptions = { experimentalFunctions: true, extendedRangeSelectors: true, fillModifiers: true };

function expectNested(expr: Expr, start: number, end: number): void {
  const isNested = start <= expr.start && expr.start <= expr.end && expr.end <= end;
  if (!isNested) throw new Error(`${expr.kind} at ${expr.start}..${expr.end} is not inside ${start}..${end}`);
  for (const child of children(expr)) expectNested(child, expr.start, expr.end);
}

describe("any text", () => {
  test("is read, checked and understood without a throw, at places inside it", () => {
    fc.assert(
      fc.property(mutated, fc.boolean(), (text, withFlags) => {
        const options = withFlags ? flags : {};
        const parsed = parse(text, options);
        const errors = check(parsed, options);
        for (const { start, end } of errors) {
          if (start < 0 || end < 0 || start > text.length || end > text.length)
            throw new Error(`error at ${start}..${end}`);
        }
        for (const comment of parsed.comments) expect(text.slice(comment.start, comment.end)).toBe(comment.text);
        if (!parsed.expr) return;
        expectNested(parsed.expr, 0, text.length);
        inferType(parsed.expr);
        labelOf(inferLabels(parsed.expr), "job");
        inferQuantity(parsed.expr, () => undefined);
        print(parsed.expr);
      }),
      { numRuns: mutations },
    );
  });

  test("has a slot at every place, whose range holds the place", () => {
    fc.assert(
      fc.property(mutated, fc.nat(400), (text, at) => {
        const offset = Math.min(at, text.length);
        const { range } = slotAt(text, offset);
        expect(range.start).toBeLessThanOrEqual(offset);
        expect(range.end).toBeGreaterThanOrEqual(offset);
        expect(range.end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("a right expression", () => {
  const right = texts.filter((text) => check(parse(text)).length === 0);

  /** Comments put behind some of its tokens, each on the rest of a line. */
  const commented = fc
    .record({ text: fc.constantFrom(...right), places: fc.array(fc.nat(200), { maxLength: 4 }) })
    .map(({ text, places }) => {
      const parts = text.split(/(?<=[(),+*/>\]}])(?=(?:[^"'`]*(?:"[^"]*"|'[^']*'|`[^`]*`))*[^"'`]*$)/);
      const chosen = new Set(places.map((place) => place % parts.length));
      return parts.map((part, index) => (chosen.has(index) ? `${part} # note ${index}\n` : part)).join("");
    })
    .filter((text) => parse(text).errors.length === 0);

  test("means the same when formatted, keeps its comments, and formatting again changes nothing", () => {
    fc.assert(
      fc.property(commented, fc.constantFrom(20, 60, 100), (text, width) => {
        const before = parse(text);
        const formatted = format(text, { width });
        if (formatted === undefined || !before.expr) throw new Error(`not formatted: ${text}`);
        const after = parse(formatted);
        expect(after.errors).toEqual([]);
        expect(after.expr && print(after.expr)).toBe(print(before.expr));
        expect(after.comments.map((comment) => comment.text.trimEnd()).sort()).toEqual(
          before.comments.map((comment) => comment.text.trimEnd()).sort(),
        );
        expect(format(formatted, { width })).toBe(formatted);
      }),
      { numRuns: 5_000 },
    );
  });

  test("is its own canonical form's canonical form", () => {
    for (const text of right) {
      const { expr } = parse(text);
      const printed = expr ? print(expr) : "";
      const again = parse(printed).expr;
      expect(again && print(again)).toBe(printed);
    }
  });
});

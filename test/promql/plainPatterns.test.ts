// Plain patterns: the same answers as those of RE2, and no others taken for plain.
import fc from "fast-check";
import { RE2JS } from "re2js";
import { expect, test } from "vitest";
import { plainMatcher } from "../../server/src/promql/types/plainPatterns.ts";
import { compiledMatches, regexpError } from "../../server/src/promql/types/regexps.ts";

const piece = fc.constantFrom("a", "b", "ab", ".", ".*", ".+", "|", "-", "", "aa", "_:/ ,");
const flat = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
const grouped = fc
  .array(
    fc.oneof(
      flat,
      flat.map((inner) => `(${inner})`),
    ),
    { maxLength: 4 },
  )
  .map((all) => all.join(""));
const pattern = fc.oneof(flat, grouped);
const value = fc
  .array(fc.constantFrom("a", "b", "-", "\n", ".", "*", "_:/ ,", "ü"), { maxLength: 8 })
  .map((all) => all.join(""));

test("a plain pattern matches what RE2 matches", () => {
  let matched = 0;
  fc.assert(
    fc.property(pattern, value, (one, text) => {
      const matches = plainMatcher(one);
      if (!matches) return;
      const answer = matches(text);
      expect(answer).toBe(compiledMatches(one, text));
      if (answer) matched++;
    }),
    { numRuns: 20_000 },
  );
  expect(matched).toBeGreaterThan(1000);
});

test("where groups make too many alternatives RE2 is asked", () => {
  const many = `(${Array.from({ length: 20 }, (_, i) => `n${i}`).join("|")})`;
  expect(plainMatcher(`${many}-${many}`)).toBeUndefined();
  expect(plainMatcher(`${many}-a`)?.("n7-a")).toBe(true);
  const list = Array.from({ length: 500 }, (_, i) => `n${i}`).join("|");
  expect(plainMatcher(list)?.("n499")).toBe(true);
  expect(plainMatcher(`(${list})`)).toBeUndefined();
});

test.each([
  "a?",
  ".?",
  "(a)*",
  "(a)?",
  "((a))",
  "(?:a)",
  "(a",
  "a)",
  "[a]",
  "a*",
  ".**",
  ".*?",
  ".+?",
  "a\\.b",
  "^a",
  "a$",
  "a{2}",
  "+",
])("%s is none", (one) => {
  expect(plainMatcher(one)).toBeUndefined();
});

test("where a letter takes two units RE2 is asked", () => {
  expect(plainMatcher(".")?.("🙂")).toBeUndefined();
  expect(compiledMatches(".", "🙂")).toBe(true);
});

test("many wildcards take no time", () => {
  expect(plainMatcher(`${".*a".repeat(200)}b`)?.("a".repeat(20_000))).toBe(false);
});

test("what is taken for valid without a look is valid, and what RE2 refuses is refused", () => {
  const sign = fc.constantFrom("a", ".", "\\.", "\\-", "|", "*", "+", "?", "(", ")", "(a|b)", "(.*)", "(?", "-");
  const any = fc.array(sign, { maxLength: 8 }).map((all) => all.join(""));
  let valid = 0;
  fc.assert(
    fc.property(any, (one) => {
      let refused = false;
      try {
        RE2JS.compile(one);
      } catch {
        refused = true;
      }
      expect(regexpError(one) !== undefined).toBe(refused);
      if (!refused) valid++;
    }),
    { numRuns: 20_000 },
  );
  expect(valid).toBeGreaterThan(1000);
});

// Plain patterns: the same answers as those of RE2, and no others taken for plain.
import fc from "fast-check";
import { expect, test } from "vitest";
import { plainMatcher } from "../../server/src/promql/types/plainPatterns.ts";
import { compiledMatches } from "../../server/src/promql/types/regexps.ts";

const piece = fc.constantFrom("a", "b", "ab", ".", ".*", ".+", "|", "-", "", "aa", "_:/ ,");
const pattern = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
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

test.each(["a?", ".?", "(a)", "[a]", "a*", ".**", ".*?", ".+?", "a\\.b", "^a", "a$", "a{2}", "+"])(
  "%s is none",
  (one) => {
    expect(plainMatcher(one)).toBeUndefined();
  },
);

test("where a letter takes two units RE2 is asked", () => {
  expect(plainMatcher(".")?.("🙂")).toBeUndefined();
  expect(compiledMatches(".", "🙂")).toBe(true);
});

test("many wildcards take no time", () => {
  expect(plainMatcher(`${".*a".repeat(200)}b`)?.("a".repeat(20_000))).toBe(false);
});

// Texts that are kept: the same text comes back, whatever it is and however many there were.
import fc from "fast-check";
import { expect, test } from "vitest";
import { ownTexts } from "../server/src/kept.ts";

test("a text of the engine's own is the same text", () => {
  const own = ownTexts(3);
  for (const word of ["alert", "", "__proto__", "constructor", "1", "-1", "é", "\ud800", "a".repeat(100), "alert"])
    expect(own(word)).toBe(word);
  fc.assert(fc.property(fc.string({ unit: "binary" }), (word) => own(word) === word));
});

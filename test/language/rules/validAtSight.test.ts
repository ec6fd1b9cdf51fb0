// Rules that are passed without being looked at in detail have none of the faults that Prometheus would find.
import fc from "fast-check";
import { expect, test } from "vitest";
import { openDocument } from "../../../server/src/language/document.ts";
import { ruleGroups } from "../../../server/src/language/ruleFile.ts";
import { decodingFaults } from "../../../server/src/language/rules/structure/sharedDecoding.ts";
import { isOrdinary, isValidAtSight } from "../../../server/src/language/rules/structure/sharedOrdinary.ts";
import { validationFaults } from "../../../server/src/language/rules/structure/sharedValidation.ts";
import { contextOf } from "./table.ts";

const word = fc.constantFrom(
  "A",
  "a:b",
  "",
  "~",
  "null",
  '""',
  "{x}",
  "a b",
  "'5m'",
  "5m",
  "0",
  "x-y",
  '"\\uD83D"',
  "[a]",
  "!!str a",
);
const entries = fc
  .array(fc.tuple(fc.constantFrom("a", "a", "__name__", "x-y", '""', "ü", "<<", "null", "&q b"), word), {
    maxLength: 3,
  })
  .map((pairs) =>
    pairs.length === 0 ? "{}" : `\n${pairs.map(([key, value]) => `      ${key}: ${value}`).join("\n")}`,
  );
const field = fc.oneof(
  fc.tuple(fc.constantFrom("alert", "record", "expr", "for", "keep_firing_for", "limit"), word),
  fc.tuple(fc.constantFrom("labels", "annotations"), entries),
);
const whole = [
  ["alert", "A"],
  ["expr", "up == 0"],
] as const;

test("no fault is passed over", () => {
  let passed = 0;
  let looked = 0;
  fc.assert(
    fc.property(
      fc.array(field, { maxLength: 4 }),
      fc.boolean(),
      fc.constantFrom("2.42", "3.14"),
      (more, sound, version) => {
        const fields = [...(sound ? whole : []), ...more];
        if (fields.length === 0) return;
        const lines = fields.map(([key, value], i) => `  ${i === 0 ? "- " : "  "}${key}: ${value}`);
        const document = openDocument(
          "file:///a.rules.yml",
          "yaml",
          1,
          `groups:\n- name: g\n  rules:\n${lines.join("\n")}\n`,
        );
        const context = contextOf({ prometheusVersion: version });
        for (const { node } of ruleGroups(document.yaml).flatMap(({ rules }) => rules)) {
          looked++;
          if (!isOrdinary(node, "rulefmt.Rule", context) || !isValidAtSight(node)) continue;
          passed++;
          const faults = [
            ...decodingFaults(document.yaml, node, "rulefmt.Rule", context),
            ...validationFaults(document.yaml, node, context),
          ];
          expect(faults.map(({ says }) => says)).toEqual([]);
        }
      },
    ),
    { numRuns: 3000 },
  );
  expect(passed).toBeGreaterThan(looked / 20);
  expect(passed).toBeLessThan(looked);
});

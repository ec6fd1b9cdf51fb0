// Needs of checks: a check that is left out for want of a trait would have found nothing.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { exampleRule } from "../../server/src/catalog/example.ts";
import { allRows } from "../../server/src/catalog/metrics.ts";
import { openDocument } from "../../server/src/language/document.ts";
import { ruleGroups } from "../../server/src/language/ruleFile.ts";
import { ruleChecks } from "../../server/src/language/rules/index.ts";
import { traitsOf } from "../../server/src/language/ruleTraits.ts";
import { bits, bitsOf, hasAll } from "../../server/src/language/traits.ts";
import { anyRule } from "./anyRule.ts";
import { contextOf, saidOf } from "./rules/table.ts";

const corpus = join(import.meta.dirname, "../../../shared/corpus/alert-rules");

/** The ids of checks that have something to say of a rule without having what they need, and how many have not. */
function saidWithout(text: string): { said: string[]; left: number } {
  const document = openDocument("file:///a.rules.yml", "yaml", 1, text);
  const context = contextOf({});
  const said: string[] = [];
  let left = 0;
  for (const group of ruleGroups(document.yaml))
    for (const rule of group.rules) {
      const traits = traitsOf(rule, context);
      for (const check of ruleChecks) {
        const { id, needs } = check;
        // Of what Prometheus refuses nothing but that is said.
        const isRefused = needs?.includes("valid expression") && hasAll(traits, bitsOf(["invalid expression"]));
        if (hasAll(traits, bitsOf(needs)) || isRefused) continue;
        left++;
        if (saidOf(check, { rule, group, context }).length > 0) said.push(`${id}: ${rule.name?.value}`);
      }
    }
  return { said, left };
}

test.each(existsSync(corpus) ? readdirSync(corpus) : [])("in %s", (name) => {
  expect(saidWithout(readFileSync(join(corpus, name), "utf8")).said).toEqual([]);
});

test("in the catalogue's examples", () => {
  const rules = allRows().flatMap((row) => exampleRule(row) ?? []);
  const lines = rules.map(({ alert, expr }) => `  - {alert: ${alert}, expr: ${JSON.stringify(expr)}}`);
  const { said, left } = saidWithout(`groups:\n- name: examples\n  rules:\n${lines.join("\n")}\n`);
  expect(said).toEqual([]);
  expect(left).toBeGreaterThan(rules.length * 20);
});

test("in rules of any make", () => {
  fc.assert(
    fc.property(anyRule, (file) => {
      const { said, left } = saidWithout(file);
      expect(said).toEqual([]);
      expect(left).toBeGreaterThan(0);
    }),
    { numRuns: 4000 },
  );
});

test("each trait has a bit of its own, but for those that are one of several", () => {
  const all = Object.values(bits);
  const single = all.filter((bit) => bit !== 0 && (bit & (bit - 1)) === 0);
  expect(new Set(single).size).toBe(single.length);
  expect(all).not.toContain(0);
});

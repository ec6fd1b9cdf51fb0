// How long all checks of rules take on one expression, parsing it included, on real alert rules; the file is read before.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckContext } from "../../server/src/language/check.ts";
import { openDocument } from "../../server/src/language/document.ts";
import { ruleFindings } from "../../server/src/language/features/diagnostics/ruleFindings.ts";
import { type Rule, type RuleGroup, ruleGroups } from "../../server/src/language/ruleFile.ts";
import { ruleChecks } from "../../server/src/language/rules/index.ts";
import { newContext } from "../language/context.ts";

const folder = join(import.meta.dirname, "../../../shared/corpus/alert-rules");

const own = `groups:
  - name: own
    rules:
      - alert: Failing
        expr: sum by (job) (rate(errors_total{code=~"5.."}[5m])) / sum by (job) (rate(requests_total[5m])) > 0.05
        for: 5m
`;

type Held = readonly [Rule, RuleGroup];

function rulesOf(): Held[] {
  if (!existsSync(folder)) console.log("(../shared is absent: measured on a rule of this file)");
  const texts = existsSync(folder)
    ? readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))
    : [own];
  return texts.flatMap((text, index) =>
    ruleGroups(openDocument(`file:///${index}.yml`, "prometheus-rules", 1, text).yaml).flatMap((group) =>
      group.rules.map((rule): Held => [rule, group]),
    ),
  );
}

/** A context of its own each time, so that nothing that depends on it is kept, with the groups of checks that are on. */
function contextWith(isOn: (group: string) => boolean): CheckContext {
  const off = groups.filter((group) => !isOn(group)).map((group) => [`${group}/*`, "off"] as const);
  return newContext({ levels: Object.fromEntries(off) });
}

/** The least microseconds of CPU a rule. */
function measure(rules: () => readonly Held[], isOn: (group: string) => boolean, rounds = 30): string {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const context = contextWith(isOn);
    const held = rules();
    const start = process.cpuUsage();
    for (const [rule, group] of held) ruleFindings({ rule, group, context });
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / held.length);
  }
  return `${best.toFixed(1)} µs`;
}

const groups = [...new Set(ruleChecks.map(({ id }) => id.slice(0, id.indexOf("/"))))];

/** Prints microseconds of CPU: all checks of expressions that are on, all of rules, then each group of them alone. */
export function run(): void {
  const rules = rulesOf();
  const same = (): readonly Held[] => rules;
  const bare = rules.map(([rule, group]): Held => [{ ...rule, labels: [], annotations: [] }, group]);
  console.log(`${rules.length} rules, ${ruleChecks.filter(({ level }) => level !== "off").length} checks that are on`);
  console.log(
    `all checks on one expression: ${measure(
      () => bare,
      () => true,
    )} (wanted: 36)`,
  );
  console.log(`with those of its rule's templates: ${measure(same, () => true)}`);
  console.log(`of rules not seen before: ${measure(rulesOf, () => true, 10)}`);
  // What each rule is asked for first, whatever is on, is in all of these.
  for (const group of groups) console.log(`  ${group}/* alone: ${measure(same, (one) => one === group)}`);
}

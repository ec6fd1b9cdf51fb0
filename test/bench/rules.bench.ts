// How long all checks of rules take on one expression, on real alert rules; warm: the file is read and parsed before.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { newestVersion } from "../../server/src/catalog/versions.ts";
import type { CheckContext } from "../../server/src/language/check.ts";
import { openDocument } from "../../server/src/language/document.ts";
import { type Rule, type RuleGroup, ruleGroups } from "../../server/src/language/ruleFile.ts";
import { ruleChecks } from "../../server/src/language/rules/index.ts";
import { emptyWorkspace } from "../../server/src/language/workspace.ts";

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

/** Microseconds of CPU a rule; a new context each time, so that nothing that depends on it is kept. */
function measure(rules: readonly Held[], checks: typeof ruleChecks): number {
  let best = Number.POSITIVE_INFINITY;
  let found = 0;
  for (let round = 0; round < 30; round++) {
    const context: CheckContext = {
      dkronVersion: newestVersion(),
      prometheusVersion: "3.14",
      dialects: [],
      levels: {},
      workspace: emptyWorkspace,
    };
    const start = process.cpuUsage();
    for (const [rule, group] of rules)
      for (const check of checks) for (const _ of check.check(rule, group, context)) found++;
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / rules.length);
  }
  if (found < 0) console.log(found);
  return best;
}

/** Prints microseconds of CPU: all checks of expressions that are on, all of rules, then each group of them alone. */
export function run(): void {
  const rules = rulesOf();
  const on = ruleChecks.filter(({ level }) => level !== "off");
  console.log(`${rules.length} rules, ${on.length} checks that are on, best of 30 rounds`);
  const ofExpressions = on.filter(({ id }) => !id.startsWith("template/"));
  console.log(`all checks on one expression: ${measure(rules, ofExpressions).toFixed(1)} µs (wanted: 36)`);
  console.log(`with those of its rule's templates: ${measure(rules, on).toFixed(1)} µs`);
  const groups = new Set(on.map(({ id }) => id.slice(0, id.indexOf("/"))));
  for (const group of groups) {
    const alone = on.filter(({ id }) => id.startsWith(`${group}/`));
    console.log(`  ${group}/* alone: ${measure(rules, alone).toFixed(1)} µs`);
  }
}

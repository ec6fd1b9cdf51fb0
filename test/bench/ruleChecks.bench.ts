// What the checks of one rule cost, over real alert rules and the catalogue's examples. Prints figures, asserts nothing.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exampleRule } from "../../server/src/catalog/example.ts";
import { allRows } from "../../server/src/catalog/metrics.ts";
import type { CheckContext, RuleCheck } from "../../server/src/language/check.ts";
import { openDocument } from "../../server/src/language/document.ts";
import { type Rule, type RuleGroup, ruleGroups } from "../../server/src/language/ruleFile.ts";
import { ruleChecks } from "../../server/src/language/rules/index.ts";
import { emptyWorkspace } from "../../server/src/language/workspace.ts";

const corpus = join(import.meta.dirname, "../../../shared/corpus/alert-rules");

type Placed = readonly [Rule, RuleGroup];

function texts(): string[] {
  const lines = allRows().flatMap((row) => {
    const example = exampleRule(row);
    return example ? [`      - {alert: ${example.alert}, expr: ${JSON.stringify(example.expr)}}`] : [];
  });
  const examples = `groups:\n  - name: examples\n    rules:\n${lines.join("\n")}\n`;
  if (!existsSync(corpus)) console.log("../shared/corpus is absent: the catalogue's examples alone are measured");
  const files = existsSync(corpus) ? readdirSync(corpus).map((name) => readFileSync(join(corpus, name), "utf8")) : [];
  return [examples, ...files];
}

function rulesOf(all: readonly string[]): Placed[] {
  return all.flatMap((text, index) => {
    const document = openDocument(`file:///${index}.rules.yml`, "prometheus-rules", 1, text);
    return ruleGroups(document.yaml).flatMap((group) => group.rules.map((rule): Placed => [rule, group]));
  });
}

function newContext(): CheckContext {
  return { dkronVersion: "4.1.2", prometheusVersion: "3.14", dialects: [], levels: {}, workspace: emptyWorkspace };
}

function checkAll(checks: readonly RuleCheck[], rules: readonly Placed[], context: CheckContext): number {
  let found = 0;
  for (const [rule, group] of rules)
    for (const { check } of checks) for (const _ of check(rule, group, context)) found++;
  return found;
}

/** Microseconds of CPU for one rule, the least of several rounds: others may be using the machine. */
function measure(what: string, rules: readonly Placed[], work: (round: number) => void): void {
  const rounds = 15;
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    work(round);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / rules.length);
  }
  console.log(`${what.padEnd(64)} ${least.toFixed(1).padStart(8)} µs a rule`);
}

export async function run(): Promise<void> {
  const all = texts();
  const fresh = Array.from({ length: 15 }, () => rulesOf(all));
  const [rules = []] = fresh;
  const ours = ruleChecks.filter(({ id }) => /^(metric|label|kind)\//.test(id));
  for (const [name, checks] of [
    ["metric, label, kind", ours],
    ["all", ruleChecks],
  ] as const) {
    const title = `${rules.length} rules, ${checks.length} checks (${name})`;
    const context = newContext();
    measure(`${title}: warm`, rules, () => checkAll(checks, rules, context));
    measure(`${title}: another context`, rules, () => checkAll(checks, rules, newContext()));
  }
  measure("parsing, analysis and all checks of rules not seen before", rules, (round) =>
    checkAll(ruleChecks, fresh[round] ?? [], newContext()),
  );
}

// The rules of a file by the metrics that their expressions use. Judges nothing.
import type { YamlFile } from "../yaml/tree.ts";
import type { Rule } from "./ruleFile.ts";
import { type Ledger, upToDate } from "./ruleLedger.ts";
import { metricsOf } from "./uses.ts";

type Users = Ledger<undefined> & {
  readonly byMetric: ReadonlyMap<string, ReadonlySet<Rule>>;
  /** Rules of which it cannot be told what they use. */
  readonly unclear: ReadonlySet<Rule>;
};

/** The rules that use one of the metrics, or may; in no order. Good until the text changes. */
export function rulesUsing(file: YamlFile, metrics: ReadonlySet<string>): readonly Rule[] {
  if (metrics.size === 0) return [];
  const { byMetric, unclear } = users(file, undefined);
  const found = new Set(unclear);
  for (const metric of metrics) for (const rule of byMetric.get(metric) ?? []) found.add(rule);
  return [...found];
}

const none: readonly Rule[] = [];
const users = upToDate<Users, undefined>(begin, () => none);

function begin(): Users {
  const byMetric = new Map<string, Set<Rule>>();
  const unclear = new Set<Rule>();
  const came = (rule: Rule): void => {
    const metrics = metricsOf(rule);
    if (!metrics) unclear.add(rule);
    for (const metric of metrics ?? []) {
      const rules = byMetric.get(metric);
      if (rules) rules.add(rule);
      else byMetric.set(metric, new Set([rule]));
    }
  };
  const went = (rule: Rule): void => {
    unclear.delete(rule);
    for (const metric of metricsOf(rule) ?? []) {
      const rules = byMetric.get(metric);
      rules?.delete(rule);
      if (rules?.size === 0) byMetric.delete(metric);
    }
  };
  return { byMetric, unclear, came, went };
}

// What is found in a file rule by rule, and the rules that have something in common.
import { startOf, type YamlFile } from "../yaml/tree.ts";
import type { CheckSettings } from "./check.ts";
import type { Rule, RuleGroup } from "./ruleFile.ts";
import { bySettings, type Ledger, type Touched, upToDate } from "./ruleLedger.ts";

/** Looks at one rule against `C`, as a check of rules does; undefined where there is nothing to keep. */
type Find<T, C> = (rule: Rule, group: RuleGroup, against: C) => T | undefined;

/** The rules of which there is something, with what that is; in no order. Good until the text changes. */
export function ruleIndex<T, C>(
  find: Find<T, C>,
  touched: Touched<C>,
): (file: YamlFile, against: C) => ReadonlyMap<Rule, T> {
  const begin = () => {
    const found = new Map<Rule, T>();
    const came: Ledger<C>["came"] = (rule, group, against) => {
      const value = find(rule, group, against);
      if (value !== undefined) found.set(rule, value);
    };
    return { found, came, went: (rule: Rule) => found.delete(rule) };
  };
  const ledgerOf = upToDate(begin, touched);
  return (file, against) => ledgerOf(file, against).found;
}

/** Rules that have a text in common: for each such text all of them, in the order of the file. Good until the text changes. */
export function ruleTwins(
  find: Find<string, CheckSettings>,
): (file: YamlFile, settings: CheckSettings) => readonly (readonly Rule[])[] {
  const begin = () => {
    const texts = new Map<Rule, string>();
    const byText = new Map<string, Rule[]>();
    const shared = new Set<Rule[]>();
    const came: Ledger<CheckSettings>["came"] = (rule, group, settings) => {
      const text = find(rule, group, settings);
      if (text === undefined) return;
      texts.set(rule, text);
      const rules = byText.get(text);
      if (!rules) byText.set(text, [rule]);
      else if (rules.push(rule) > 1) shared.add(rules);
    };
    const went = (rule: Rule): void => {
      const text = texts.get(rule);
      const rules = text === undefined ? undefined : byText.get(text);
      if (text === undefined || !rules) return;
      texts.delete(rule);
      rules.splice(rules.indexOf(rule), 1);
      if (rules.length < 2) shared.delete(rules);
      if (rules.length === 0) byText.delete(text);
    };
    return { shared, came, went };
  };
  const ledgerOf = upToDate(begin, bySettings);
  const inOrder = (rules: readonly Rule[]): Rule[] => [...rules].sort((a, b) => startOf(a.node) - startOf(b.node));
  return (file, settings) => [...ledgerOf(file, settings).shared].map(inOrder);
}

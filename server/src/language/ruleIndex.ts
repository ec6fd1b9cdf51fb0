// What is found in a file rule by rule, carried through the versions of its text: at a keystroke only the rules that came
// or went are looked at, of files that have thousands.
import { keptOn, type Owner } from "../kept.ts";
import { startOf, type YamlFile } from "../yaml/tree.ts";
import type { CheckContext } from "./check.ts";
import { type Rule, type RuleGroup, ruleGroups } from "./ruleFile.ts";

/** Looks at one rule, as a check of rules does; undefined where there is nothing to keep. */
type Find<T> = (rule: Rule, group: RuleGroup, context: CheckContext) => T | undefined;

/** What keeps count of the rules of a file. */
type Ledger = {
  readonly came: (rule: Rule, group: RuleGroup, context: CheckContext) => void;
  readonly went: (rule: Rule) => void;
};

/** The rules of which there is something, with what that is; in no order. Good until the text changes. */
export function ruleIndex<T>(find: Find<T>): (file: YamlFile, context: CheckContext) => ReadonlyMap<Rule, T> {
  const ledgerOf = upToDate(() => {
    const found = new Map<Rule, T>();
    const came: Ledger["came"] = (rule, group, context) => {
      const value = find(rule, group, context);
      if (value !== undefined) found.set(rule, value);
    };
    return { found, came, went: (rule) => found.delete(rule) };
  });
  return (file, context) => ledgerOf(file, context).found;
}

/** Rules that have a text in common: for each such text all of them, in the order of the file. Good until the text changes. */
export function ruleTwins(find: Find<string>): (file: YamlFile, context: CheckContext) => readonly (readonly Rule[])[] {
  const ledgerOf = upToDate(() => {
    const texts = new Map<Rule, string>();
    const byText = new Map<string, Rule[]>();
    const shared = new Set<Rule[]>();
    const came: Ledger["came"] = (rule, group, context) => {
      const text = find(rule, group, context);
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
  });
  const inOrder = (rules: readonly Rule[]): Rule[] => [...rules].sort((a, b) => startOf(a.node) - startOf(b.node));
  return (file, context) => [...ledgerOf(file, context).shared].map(inOrder);
}

/** What of a group says whether its rules are still the same. */
type Counted = Pick<RuleGroup, "text" | "rules" | "alone">;

type Kept<L> = { readonly ledger: L; readonly context: CheckContext; readonly groups: readonly Counted[] };

/** A ledger for each file, brought up to date when it is asked for. It is begun anew where more than one group's own has changed. */
function upToDate<L extends Ledger>(begin: () => L): (file: YamlFile, context: CheckContext) => L {
  const counted = keptOn<Owner, Kept<L>>("versions");
  return (file, context) => {
    const groups = ruleGroups(file);
    const kept = counted.get(file.versions);
    const before = kept?.context === context && goesOn(kept.groups, groups) ? kept : undefined;
    const ledger = before?.ledger ?? begin();
    const changes = groups.map((group, index) => changeOf(before?.groups[index], group));
    // A rule may go from one group to the one above.
    for (const { went } of changes) for (const rule of went) ledger.went(rule);
    for (const { came, group } of changes) for (const rule of came) ledger.came(rule, group, context);
    counted.set(file.versions, {
      ledger,
      context,
      groups: groups.map(({ text, rules, alone }) => ({ text, rules, alone })),
    });
    return ledger;
  };
}

/** Whether each group can be held against the one before in its place, and each rule stands in one of them only. */
function goesOn(before: readonly Counted[], now: readonly Counted[]): boolean {
  return before.length === now.length && before.every(({ alone }) => alone) && now.every(({ alone }) => alone);
}

type Change = { readonly group: RuleGroup; readonly went: readonly Rule[]; readonly came: readonly Rule[] };

const none: readonly Rule[] = [];

/** The rules between those at the beginning and at the end that are the same as before. */
function changeOf(old: Counted | undefined, group: RuleGroup): Change {
  const { rules } = group;
  const before = old?.rules ?? none;
  const shorter = old?.text === group.text ? Math.min(before.length, rules.length) : 0;
  let first = 0;
  while (first < shorter && before[first] === rules[first]) first++;
  let same = 0;
  while (same < shorter - first && before[before.length - 1 - same] === rules[rules.length - 1 - same]) same++;
  return {
    group,
    went: before.slice(first, before.length - same),
    came: first === 0 && same === 0 ? rules : rules.slice(first, rules.length - same),
  };
}

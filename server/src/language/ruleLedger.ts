// What is kept count of rule by rule, carried through the versions of a file's text: at a keystroke only the rules that
// came or went are looked at, of files that have thousands.
import { keptOn, type Owner } from "../kept.ts";
import type { YamlFile } from "../yaml/tree.ts";
import { type CheckSettings, sameSettings } from "./check.ts";
import { type Rule, type RuleGroup, ruleGroups } from "./ruleFile.ts";

/** Keeps count of the rules of a file, each as it is against `C`. */
export type Ledger<C> = {
  readonly came: (rule: Rule, group: RuleGroup, against: C) => void;
  readonly went: (rule: Rule) => void;
};

/** The rules of a file that may be another thing against `now` than against `before`; undefined where all may be. */
export type Touched<C> = (file: YamlFile, before: C, now: C) => readonly Rule[] | undefined;

const none: readonly Rule[] = [];

/** For what is found without a look at other files. */
export function bySettings(_: YamlFile, before: CheckSettings, now: CheckSettings): readonly Rule[] | undefined {
  return sameSettings(before, now) ? none : undefined;
}

/** What of a group says whether its rules are still the same. */
type Counted = Pick<RuleGroup, "text" | "rules" | "alone">;

type Kept<L, C> = { readonly ledger: L; readonly against: C; readonly groups: readonly Counted[] };

/** A ledger for each file, brought up to date when it is asked for. It is begun anew where groups have come or gone. */
export function upToDate<L extends Ledger<C>, C>(
  begin: () => L,
  touched: Touched<C>,
): (file: YamlFile, against: C) => L {
  const counted = keptOn<Owner, Kept<L, C>>("versions");
  return (file, against) => {
    const groups = ruleGroups(file);
    const kept = counted.get(file.versions);
    const again = kept && goesOn(kept.groups, groups) ? touched(file, kept.against, against) : undefined;
    const before = again && kept;
    const ledger = before?.ledger ?? begin();
    const changes = groups.map((group, index) => changeOf(before?.groups[index], group));
    // A rule may go from one group to the one above.
    for (const { went } of changes) for (const rule of went) ledger.went(rule);
    for (const { came, group } of changes)
      for (let i = 0; i < came.length; i++) ledger.came(came[i] as Rule, group, against);
    for (const rule of again ?? none) comeAgain(ledger, rule, groups, against);
    counted.set(file.versions, {
      ledger,
      against,
      groups: groups.map(({ text, rules, alone }) => ({ text, rules, alone })),
    });
    return ledger;
  };
}

function comeAgain<C>(ledger: Ledger<C>, rule: Rule, groups: readonly RuleGroup[], against: C): void {
  const group = groups.find(({ rules }) => rules.includes(rule));
  if (!group) return;
  ledger.went(rule);
  ledger.came(rule, group, against);
}

/** Whether each group can be held against the one before in its place, and each rule stands in one of them only. */
function goesOn(before: readonly Counted[], now: readonly Counted[]): boolean {
  return before.length === now.length && before.every(({ alone }) => alone) && now.every(({ alone }) => alone);
}

type Change = { readonly group: RuleGroup; readonly went: readonly Rule[]; readonly came: readonly Rule[] };

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

// What tells one rule from another, and the rules of a file that it does not tell apart.
import { keptOn } from "../../../kept.ts";
import type { YamlFile, YamlNode } from "../../../yaml/tree.ts";
import type { CheckContext } from "../../check.ts";
import { type Rule, type RuleGroup, ruleGroups } from "../../ruleFile.ts";
import { ruleTwins } from "../../ruleIndex.ts";

type Find = (rule: Rule, context: CheckContext) => string | undefined;

/**
 * Finds the rules that have kind, name and labels in common, those of their groups too, and the text that `find` gives;
 * each set in the order of the file. The label `but` may differ.
 */
export function rulesAlike(
  find: Find,
  but?: string,
): (file: YamlFile, context: CheckContext) => readonly (readonly Rule[])[] {
  return (file, context) => {
    const sets = namesakes(file, context);
    if (sets.length === 0) return [];
    const groups = groupsOf(file, sets);
    return sets.flatMap((rules) => {
      const byText = new Map<string, Rule[]>();
      for (const rule of rules) {
        const group = groups.get(rule);
        const text = find(rule, context);
        if (!group || text === undefined) continue;
        const whole = `${but === undefined ? labelsOf(rule, group) : labelsBut(rule, group, but)}|${text}`;
        const others = byText.get(whole);
        if (others) others.push(rule);
        else byText.set(whole, [rule]);
      }
      return [...byText.values()].filter(({ length }) => length > 1);
    });
  };
}

/** Rules of one kind and name. Nearly all names stand alone in their file, so that of few rules more is asked. */
const namesakes = ruleTwins(({ kind, name }) => kind && name && `${kind}|${name.value}`);

const groupsOfNamesakes = keptOn<YamlFile, ReadonlyMap<Rule, RuleGroup>>("file");

/** The groups of namesakes, found once for all checks that ask. */
function groupsOf(file: YamlFile, sets: readonly (readonly Rule[])[]): ReadonlyMap<Rule, RuleGroup> {
  const before = groupsOfNamesakes.get(file);
  if (before) return before;
  const wanted = new Set(sets.flat());
  const groups = new Map<Rule, RuleGroup>();
  for (const group of ruleGroups(file)) for (const rule of group.rules) if (wanted.has(rule)) groups.set(rule, group);
  groupsOfNamesakes.set(file, groups);
  return groups;
}

type Labels = { readonly group: string; readonly text: string };

const kept = keptOn<Rule, Labels>("rule");

/** The labels of a rule and of its group as a text that can be compared. */
function labelsOf(rule: Rule, group: RuleGroup): string {
  const before = kept.get(rule);
  if (before?.group === group.text) return before.text;
  const text = `${labelsText(rule.labels)}|${labelsText(group.labels)}`;
  kept.set(rule, { group: group.text, text });
  return text;
}

function labelsBut({ labels }: Rule, group: RuleGroup, but: string): string {
  return `${labelsText(labels.filter(({ key }) => textOf(key) !== but))}|${labelsText(group.labels)}`;
}

function labelsText(labels: Rule["labels"]): string {
  return labels
    .map(({ key, value }) => `${textOf(key)}=${textOf(value)}`)
    .sort()
    .join();
}

const textOf = (node: YamlNode): string => (node.kind === "scalar" ? node.value : "");

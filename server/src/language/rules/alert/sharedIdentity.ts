// What tells one rule from another: kind, name and labels, as texts that can be compared.
import { keptOn } from "../../../kept.ts";
import type { YamlNode } from "../../../yaml/tree.ts";
import type { Rule, RuleGroup } from "../../ruleFile.ts";

const known = keptOn<Rule, string>();

/** Kind, name and labels of a rule; undefined for what is no rule yet. */
export function ruleIdentity(rule: Rule): string | undefined {
  if (!rule.kind || !rule.name) return undefined;
  const before = known.get(rule);
  if (before !== undefined) return before;
  const identity = [rule.kind, rule.name.value, labelsText(rule.labels)].join("|");
  known.set(rule, identity);
  return identity;
}

/** Things by a text of a rule's, apart for groups that add other labels. */
export type ByGroup<T> = Map<string, Map<string, T>>;

/**
 * The part that belongs to groups which add the same labels as this one. Texts that are kept for each rule are looked up
 * quickly; joined with the group's they would be new ones at every keystroke.
 */
export function beside<T>(all: ByGroup<T>, group: RuleGroup): Map<string, T> {
  const added = labelsText(group.labels);
  let part = all.get(added);
  if (!part) {
    part = new Map();
    all.set(added, part);
  }
  return part;
}

function labelsText(labels: Rule["labels"]): string {
  return labels
    .map(({ key, value }) => `${textOf(key)}=${textOf(value)}`)
    .sort()
    .join();
}

const textOf = (node: YamlNode): string => (node.kind === "scalar" ? node.value : "");

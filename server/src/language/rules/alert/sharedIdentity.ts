// What tells one rule from another: kind, name and labels, as texts that can be compared.
import type { YamlNode } from "../../../yaml/tree.ts";
import type { Rule, RuleGroup } from "../../ruleFile.ts";

const known = new WeakMap<Rule, string>();

/** Kind, name and labels of a rule; undefined for what is no rule yet. */
export function ruleIdentity(rule: Rule): string | undefined {
  if (!rule.kind || !rule.name) return undefined;
  const before = known.get(rule);
  if (before !== undefined) return before;
  const identity = [rule.kind, rule.name.value, labelsText(rule.labels)].join("|");
  known.set(rule, identity);
  return identity;
}

/** The labels that the group adds. */
export function groupIdentity(group: RuleGroup): string {
  return labelsText(group.labels);
}

function labelsText(labels: Rule["labels"]): string {
  return labels
    .map(({ key, value }) => `${textOf(key)}=${textOf(value)}`)
    .sort()
    .join();
}

const textOf = (node: YamlNode): string => (node.kind === "scalar" ? node.value : "");

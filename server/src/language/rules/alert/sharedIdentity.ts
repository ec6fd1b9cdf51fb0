// What tells one rule from another: kind, name and labels, as texts that can be compared.
import type { YamlNode } from "../../../yaml/tree.ts";
import type { Rule, RuleGroup } from "../../ruleFile.ts";

/** Kind, name and labels of a rule, with those that its group adds; undefined for what is no rule yet. */
export function ruleIdentity({ kind, name, labels }: Rule, group: RuleGroup): string | undefined {
  return kind && name && [kind, name.value, labelsText(labels), labelsText(group.labels)].join("|");
}

function labelsText(labels: Rule["labels"]): string {
  return labels
    .map(({ key, value }) => `${textOf(key)}=${textOf(value)}`)
    .sort()
    .join();
}

const textOf = (node: YamlNode): string => (node.kind === "scalar" ? node.value : "");

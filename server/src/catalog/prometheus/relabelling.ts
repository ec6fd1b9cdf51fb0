// What relabelling rules are made of: the keys that each action takes, and the labels that targets have before. Knows no text.
import { read } from "../../../catalog/prometheus/meta-labels.yml";
import { keptOnce } from "../../kept.ts";

const metaLabels = keptOnce(() => read() as Readonly<Record<string, readonly string[]>>);

/** Keys that an action takes, `action` among them; every key for what is no action. */
export function keysOfAction(action: string): readonly string[] {
  return actionKeys[action.toLowerCase()] ?? everyKey;
}

const everyKey = ["action", "source_labels", "separator", "regex", "modulus", "target_label", "replacement"];

const actionKeys: Readonly<Record<string, readonly string[]>> = {
  replace: ["action", "source_labels", "separator", "regex", "target_label", "replacement"],
  keep: ["action", "source_labels", "separator", "regex"],
  drop: ["action", "source_labels", "separator", "regex"],
  keepequal: ["action", "source_labels", "target_label"],
  dropequal: ["action", "source_labels", "target_label"],
  hashmod: ["action", "source_labels", "separator", "modulus", "target_label"],
  labelmap: ["action", "regex", "replacement"],
  labeldrop: ["action", "regex"],
  labelkeep: ["action", "regex"],
  lowercase: ["action", "source_labels", "separator", "target_label"],
  uppercase: ["action", "source_labels", "separator", "target_label"],
};

/** Labels of targets by the keys of their job: those of its discoveries first. */
export function targetLabels(jobKeys: readonly string[]): readonly string[] {
  return [...jobKeys.flatMap((key) => metaLabels()[key] ?? []), ...(metaLabels().every ?? [])];
}

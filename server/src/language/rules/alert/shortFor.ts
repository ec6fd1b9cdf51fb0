// alert/short-for: `for` or `keep_firing_for` shorter than the time between two evaluations of its group.
import { rangeOf } from "../../../yaml/tree.ts";
import type { CheckContext } from "../../check.ts";
import { durationSeconds } from "../../duration.ts";
import type { RuleGroup } from "../../ruleFile.ts";
import { durationText } from "../../scrapes.ts";
import { alertCheck, secondsOf } from "./shared.ts";
import { writeField } from "./sharedFields.ts";

const effects = {
  for: "The alert is pending at one evaluation and fires at the next",
  keep_firing_for: "The alert goes on at one evaluation and ends at the next",
} as const;

export const alertShortFor = alertCheck({
  id: "alert/short-for",
  level: "warning",
  title: "`for` or `keep_firing_for` shorter than the interval of the group",
  needs: ["duration"],
  look({ rule, group, context }, report) {
    const interval = intervalOf(group, context);
    if (!interval) return;
    for (const field of ["for", "keep_firing_for"] as const) {
      const held = secondsOf(rule, field);
      const pair = rule.fields.get(field);
      if (!pair || !held || held >= interval) continue;
      const text = durationText(interval);
      report({
        range: rangeOf(pair.value),
        message: `The group is evaluated every ${text}, which is longer than this. ${effects[field]}, so that it takes ${text} all the same. Write at least ${text}, or evaluate the group more often.`,
        fixes: writeField(rule, group.file.text, field, text),
      });
    }
  },
});

/** The group's interval in seconds; else the one that every prometheus.yml of the workspace agrees on. */
function intervalOf(group: RuleGroup, { workspace }: CheckContext): number | undefined {
  const value = group.fields.get("interval")?.value;
  if (value && value.kind !== "empty") return value.kind === "scalar" ? durationSeconds(value.value) : undefined;
  let told: number | undefined;
  for (const { evaluationIntervalSeconds: seconds } of workspace.files) {
    if (seconds === undefined || seconds === told) continue;
    if (told !== undefined) return undefined;
    told = seconds;
  }
  return told;
}

// alert/zero-for: `for: 0s` and `keep_firing_for: 0s`, which is what stands there when nothing is written.
import { rangeOf } from "../../../yaml/tree.ts";
import { alertCheck, secondsOf } from "./shared.ts";
import { removeField } from "./sharedFields.ts";

const durations = ["for", "keep_firing_for"] as const;

export const alertZeroFor = alertCheck({
  id: "alert/zero-for",
  level: "hint",
  title: "A duration of zero, which is the default",
  needs: ["duration"],
  look({ rule, group }, report) {
    for (const field of durations) {
      const pair = rule.fields.get(field);
      if (pair?.value.kind !== "scalar" || secondsOf(rule, field) !== 0) continue;
      report({
        range: rangeOf(pair.value),
        message: `\`${field}: ${pair.value.value}\` is the default. It says nothing that its absence does not say. Leave it out, or give the alert time.`,
        fixes: removeField(rule, group.file.text, field),
        tag: "unnecessary",
      });
    }
  },
});

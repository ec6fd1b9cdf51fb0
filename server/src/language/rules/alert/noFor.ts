// alert/no-for: an alert that fires at the first evaluation that finds its condition true. Off unless asked for.
import { rangeOf } from "../../../yaml/tree.ts";
import { alertCheck, secondsOf } from "./shared.ts";
import { writeField } from "./sharedFields.ts";

export const alertNoFor = alertCheck({
  id: "alert/no-for",
  level: "off",
  title: "An alert without `for`",
  look({ rule, group }, report) {
    const name = rule.fields.get("alert");
    if (!name || secondsOf(rule, "for") !== 0) return;
    report({
      range: rangeOf(name.value),
      message:
        "This alert has no `for`. One bad evaluation makes it fire, and one good one resolves it. Say how long the condition must hold.",
      fixes: writeField(rule, group.file.text, "for", "5m"),
    });
  },
});

// alert/annotated-severity: `severity` among the annotations and not among the labels, by which Alertmanager routes.
import { keyOf, rangeOf } from "../../../yaml/tree.ts";
import { moveEntry } from "../../moveEntry.ts";
import { alertCheck } from "./shared.ts";

/** Labels that say how urgent an alert is in other words. */
const urgency = /severity|priority|urgency|level|^(?:sev|prio)$/i;

export const alertAnnotatedSeverity = alertCheck({
  id: "alert/annotated-severity",
  level: "information",
  title: "`severity` as an annotation, which no route can ask for",
  look({ rule, group }, report) {
    const pair = rule.annotations.find((one) => keyOf(one) === "severity");
    if (pair?.value.kind !== "scalar") return;
    if ([...rule.labels, ...group.labels].some((one) => urgency.test(keyOf(one) ?? ""))) return;
    const move = moveEntry(rule, pair, pair.value, "labels");
    report({
      range: rangeOf(pair.key),
      message:
        "severity is an annotation here. Alertmanager routes, groups, silences and inhibits by labels alone, so that nothing can tell this alert by it. Write it among the labels.",
      fixes: move ? [move] : [],
    });
  },
});

// alert/no-severity: an alert without the label `severity`. Off unless asked for.
import { keyOf, rangeOf } from "../../../yaml/tree.ts";
import { alertCheck } from "./shared.ts";

export const alertNoSeverity = alertCheck({
  id: "alert/no-severity",
  level: "off",
  title: "An alert without the label `severity`",
  look({ rule, group }, report) {
    const has = [...rule.labels, ...group.labels].some((pair) => keyOf(pair) === "severity");
    if (!rule.name || has) return;
    report({
      range: rangeOf(rule.name),
      message:
        "This alert has no label `severity`. Alertmanager's routes decide by it who is woken. Add it to the labels of the rule or of the group.",
    });
  },
});

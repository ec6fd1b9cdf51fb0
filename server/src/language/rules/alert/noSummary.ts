// alert/no-summary: an alert without the annotation `summary`. Off unless asked for.
import { keyOf, rangeOf } from "../../../yaml/tree.ts";
import { alertCheck } from "./shared.ts";

export const alertNoSummary = alertCheck({
  id: "alert/no-summary",
  level: "off",
  title: "An alert without the annotation `summary`",
  look({ rule }, report) {
    if (!rule.name || rule.annotations.some((pair) => keyOf(pair) === "summary")) return;
    report({
      range: rangeOf(rule.name),
      message:
        "This alert has no `summary`. Who is woken by it reads its name and nothing else. Write one sentence that says what is wrong and where.",
    });
  },
});

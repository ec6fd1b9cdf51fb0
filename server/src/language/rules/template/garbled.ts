// template/garbled: a printf whose format does not fit its values, which sends things like %!d(float64=42.5).
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { usesOf } from "../../templates.ts";
import { loadable, placeName } from "./shared.ts";

export const templateGarbled: RuleCheck = {
  id: "template/garbled",
  level: "warning",
  title: "A printf format that does not fit its values",
  needs: ["problem in template"],
  check({ rule }, report): void {
    for (const template of loadable(rule)) {
      for (const problem of usesOf(template).problems) {
        if (problem.fatal) continue;
        const { message } = problem;
        report({
          range: placeOf(template.scalar, problem),
          message: `${placeName(template)}: this prints ${message}. The receiver sees that in place of the value. ${adviceFor(message)}`,
        });
      }
    }
  },
};

function adviceFor(message: string): string {
  if (/float64/.test(message)) return "The value is a float: use %.0f, %.1f or %v.";
  if (/string/.test(message)) return "Labels are texts: use %s.";
  if (/MISSING/.test(message)) return "Give printf a value for each verb.";
  if (/EXTRA/.test(message)) return "Give printf a verb for each value.";
  if (/NOVERB/.test(message)) return "A percent sign is written %%.";
  return "Use a verb that fits the value.";
}

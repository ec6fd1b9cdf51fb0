// alert/bool: a comparison with `bool` at the top of an alert: it returns 0 or 1 instead of dropping series.
import { placeOf } from "../../expression.ts";
import { expressionFix } from "../../expressionFix.ts";
import { alertCheck, keepsAll, parts } from "./shared.ts";

export const alertBool = alertCheck({
  id: "alert/bool",
  level: "warning",
  title: "A comparison with `bool`, which never drops a series",
  needs: ["bool"],
  look({ scalar, expr, analysis }, report) {
    for (const part of parts(expr)) {
      if (!keepsAll(part)) continue;
      const { start, end } = part.bool;
      const blank = analysis.text.charAt(end) === " " ? end + 1 : end;
      report({
        range: placeOf(scalar, part.bool),
        message:
          "With bool a comparison returns 1 or 0 instead of dropping series. Every series in the result is an alert, the zeros too, so that this one fires whether the condition holds or not. Leave bool out.",
        fixes: [expressionFix(scalar, "Leave bool out", [{ range: { start, end: blank }, text: "" }])],
      });
    }
  },
});

// template/value-in-label: `$value` written into a label, which makes a new alert whenever the value moves.
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { moveEntry } from "../../moveEntry.ts";
import { usesOf } from "../../templates.ts";
import { loadable, placeName } from "./shared.ts";

export const templateValueInLabel: RuleCheck = {
  id: "template/value-in-label",
  level: "warning",
  title: "$value in a label",
  needs: ["template in label", "value in template"],
  check({ rule }, report): void {
    for (const template of loadable(rule)) {
      if (template.place !== "label") continue;
      const use = usesOf(template).values.find(({ from, printed }) => from === "alert" && printed);
      if (!use) continue;
      const move = moveEntry(rule, template.pair, template.scalar, "annotations");
      report({
        range: placeOf(template.scalar, use),
        message:
          `${placeName(template)} holds the alert's value. Labels are what tells alerts apart: each new value ends this alert ` +
          "and begins another, so that for never passes and every change is sent anew. Put the value into an annotation.",
        fixes: move ? [move] : [],
      });
    }
  },
};

// alert/never: an alert that can never fire, whatever is scraped.
import { placeOf } from "../../expression.ts";
import { alertCheck, isMatcher } from "./shared.ts";

export const alertNever = alertCheck({
  id: "alert/never",
  level: "warning",
  title: "An alert that can never fire",
  look({ scalar, expr, analysis }, report) {
    if (analysis.condition) return;
    const { branches, neverReturns } = analysis.labels(expr);
    if (!neverReturns) return;
    for (const { dead } of branches) {
      if (!dead || isMatcher(analysis, dead)) continue;
      report({
        range: placeOf(scalar, dead.range),
        message: `This alert never fires: ${dead.reason}. Nothing comes back whatever is scraped, and nobody would notice. Change this piece so that both can be true.`,
      });
    }
  },
});

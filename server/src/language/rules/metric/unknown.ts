// metric/unknown: a dkron_… metric that no agent emits and no recording rule of the workspace makes.
import type { RuleCheck } from "../../check.ts";
import { misnamed } from "./shared.ts";

export const metricUnknown: RuleCheck = {
  id: "metric/unknown",
  level: "warning",
  title: "A dkron_… metric that no Dkron version emits and no recording rule makes",
  needs: ["strange name"],
  check: misnamed(["spelling", undefined], false),
};

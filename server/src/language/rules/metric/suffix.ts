// metric/suffix: `_total`, a unit or a histogram's `_bucket` at the end of a name that Dkron writes without.
import type { RuleCheck } from "../../check.ts";
import { misnamed } from "./shared.ts";

export const metricSuffix: RuleCheck = {
  id: "metric/suffix",
  level: "warning",
  title: "A metric of Dkron with an ending such as _total that its name does not have",
  needs: ["strange name"],
  check: misnamed(["ending"], true),
};

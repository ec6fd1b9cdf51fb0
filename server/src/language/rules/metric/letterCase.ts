// metric/letter-case: a metric of Dkron in lower case, or with other separators than it has.
import type { RuleCheck } from "../../check.ts";
import { misnamed } from "./shared.ts";

export const metricLetterCase: RuleCheck = {
  id: "metric/letter-case",
  level: "warning",
  title: "A metric of Dkron with the wrong capital letters or separators",
  needs: ["strange name"],
  check: misnamed(["case"], true),
};

// metric/documented-name: a name from Dkron's documentation that agents write otherwise, or that none writes any more.
import type { RuleCheck } from "../../check.ts";
import { misnamed } from "./shared.ts";

export const metricDocumentedName: RuleCheck = {
  id: "metric/documented-name",
  level: "warning",
  title: "A name that stands in Dkron's documentation but that no agent writes",
  needs: ["strange name"],
  check: misnamed(["documented"], false),
};

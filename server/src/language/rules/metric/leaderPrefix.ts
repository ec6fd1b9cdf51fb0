// metric/leader-prefix: dkron_leader_… where agents write dkron_dkron_leader_….
import type { RuleCheck } from "../../check.ts";
import { misnamed } from "./shared.ts";

export const metricLeaderPrefix: RuleCheck = {
  id: "metric/leader-prefix",
  level: "warning",
  title: "dkron_leader_… where agents write dkron_dkron_leader_…",
  needs: ["strange name"],
  check: misnamed(["leader"], true),
};

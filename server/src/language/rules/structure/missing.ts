// structure/missing: what a group or a rule can't be without.
import { structureCheck } from "./sharedFaults.ts";

export const structureMissing = structureCheck({
  id: "structure/missing",
  title: "A group without name, or a rule without name or expression",
  kinds: ["missing"],
  advice({ says }) {
    if (says.startsWith("Groupname")) return { text: "Give the group a name." };
    if (says.includes("alertname")) return { text: "Write the name of the alert that is tested." };
    if (says.includes("expr")) return { text: "Write the expression behind expr." };
    return { text: "An alerting rule begins with alert, a recording rule with record." };
  },
});

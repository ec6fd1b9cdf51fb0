// structure/name: names of groups, recorded series, labels and annotations that Prometheus does not take.
import { structureCheck } from "./sharedFaults.ts";

export const structureName = structureCheck({
  id: "structure/name",
  title: "A name that Prometheus does not take",
  kinds: ["name"],
  advice({ says }) {
    if (says.startsWith("groupname")) return { text: "Give each group of a file a name of its own." };
    if (says.startsWith("group name")) return { text: "Name each group once." };
    if (says.startsWith("braces"))
      return { text: "The name of the new series goes into record, the expression into expr." };
    if (says.includes("__name__"))
      return { text: "The name of a recorded series is the value of record; an alert has none." };
    return { text: "Letters, digits and _ are always right, a digit not at the beginning." };
  },
});

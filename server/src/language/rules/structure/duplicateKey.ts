// structure/duplicate-key: a key that stands twice in one mapping.
import { structureCheck } from "./sharedFaults.ts";

export const structureDuplicateKey = structureCheck({
  id: "structure/duplicate-key",
  title: "A key that stands twice in one mapping",
  kinds: ["duplicateKey"],
  advice: () => ({ text: "Keep one of the two." }),
});

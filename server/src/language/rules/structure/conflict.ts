// structure/conflict: fields that can't stand in one rule.

import { endOf, startOf } from "../../../yaml/tree.ts";
import type { Fix } from "../../finding.ts";
import type { Fault } from "./shared.ts";
import { structureCheck } from "./sharedFaults.ts";

export const structureConflict = structureCheck({
  id: "structure/conflict",
  title: "Fields that can't stand in one rule",
  kinds: ["conflict"],
  advice(fault) {
    if (!fault.pair) return { text: "Make two rules of it." };
    return { text: "Only alerts have it: leave it out, or write alert instead of record.", fixes: withoutField(fault) };
  },
});

/** Empties nothing else: only the entry goes, the line around it stays for the author to tidy where it holds more. */
function withoutField({ pair }: Fault): readonly Fix[] {
  if (!pair || pair.value.kind === "mapping") return [];
  const range = { start: startOf(pair), end: endOf(pair.value) };
  return [{ title: "Remove the field", edits: [{ range, text: "" }], safe: false }];
}

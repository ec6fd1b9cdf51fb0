// structure/unknown-field: a field that this Prometheus does not know; it reads rule files strictly.
import { closest, distance } from "fastest-levenshtein";
import { dialectOf } from "../../../catalog/rules/schema.ts";
import { keyOf, rangeOf } from "../../../yaml/tree.ts";
import { fix } from "../../check.ts";
import { structureCheck } from "./sharedFaults.ts";

export const structureUnknownField = structureCheck({
  id: "structure/unknown-field",
  title: "A field that Prometheus does not know",
  kinds: ["unknownField"],
  advice({ pair, fields }) {
    const name = pair ? (keyOf(pair) ?? "") : "";
    const system = dialectOf(name);
    if (system) return { text: `The field is ${system}'s: set dkronMetrics.ruleFiles.dialects to accept it.` };
    if (!pair || !fields) return { text: "Take a newer Prometheus, or leave the field out." };
    const meant = near(name, fields);
    if (meant === undefined) return { text: `The fields here are ${fields.join(", ")}.` };
    return { text: `Write ${meant}.`, fixes: [fix(`Write ${meant}`, { range: rangeOf(pair.key), text: meant })] };
  },
});

function near(name: string, fields: readonly string[]): string | undefined {
  const best = closest(name, fields as string[]);
  return distance(name, best) <= Math.max(1, Math.floor(name.length / 3)) ? best : undefined;
}

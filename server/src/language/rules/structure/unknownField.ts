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
  advice({ pair, fields, says }) {
    const name = pair ? (keyOf(pair) ?? "") : "";
    const system = dialectOf(/\S+$/.exec(says)?.[0] ?? "", name);
    if (system === "victoriametrics")
      return { text: "It is a field of VictoriaMetrics' vmalert. Leave it out for Prometheus." };
    if (system)
      return {
        text: `The field is ${possessive[system]}: write dialects: [${system}] in .dkron-metrics.yml to accept it, or name it in the setting dkronMetrics.ruleFiles.dialects.`,
      };
    if (!pair || !fields) return { text: "Take a newer Prometheus, or leave the field out." };
    const meant = near(name, fields);
    if (meant === undefined) return { text: `The fields here are ${fields.join(", ")}.` };
    return { text: `Write ${meant}.`, fixes: [fix(`Write ${meant}`, { range: rangeOf(pair.key), text: meant })] };
  },
});

const possessive: Readonly<Record<string, string>> = { thanos: "Thanos'", mimir: "Mimir's" };

function near(name: string, fields: readonly string[]): string | undefined {
  const best = closest(name, fields as string[]);
  return distance(name, best) <= Math.max(1, Math.floor(name.length / 3)) ? best : undefined;
}

// configuration/unknown-key: a key of .dkron-metrics.yml that means nothing, or an id that no check has.
import { distance } from "fastest-levenshtein";
import { type Pair, pairOf, rangeOf } from "../../../yaml/tree.ts";
import { type FileCheck, fix, type Report } from "../../check.ts";
import { configurationSchema } from "../../configurationSchema.ts";
import { eventsOf, patternsOf } from "./shared.ts";

/** `ids` gives those of all checks; it is asked late, since this check is one of them. */
export function configurationUnknownKey(ids: () => readonly string[]): FileCheck {
  return {
    id: "configuration/unknown-key",
    level: "warning",
    title: "A key of .dkron-metrics.yml that means nothing",
    kinds: ["checker-config"],
    *check(document): Iterable<Report> {
      for (const event of eventsOf(document)) {
        if (event.kind === "unknown-key") yield unknown(event.pair, event.name, [...event.owner.keys.keys()], "key");
        if (event.kind === "duplicate-key")
          yield {
            range: rangeOf(event.pair.key),
            message: `${event.name} is here twice. Only the last one would count. Make one of the two.`,
          };
      }
      const rules = pairOf(document.yaml.documents[0]?.root, "rules")?.value;
      if (rules?.kind !== "mapping") return;
      const known = patternsOf(ids());
      for (const pair of rules.pairs)
        if (pair.key.kind === "scalar" && !known.includes(pair.key.value))
          yield unknown(pair, pair.key.value, known, "check");
    },
  };
}

function unknown(pair: Pair, name: string, known: readonly string[], what: "key" | "check"): Report {
  const range = rangeOf(pair.key);
  const bare = known.find((candidate) => candidate === `${name}/*`);
  const [best] = known
    .map((candidate) => ({ candidate, far: distance(candidate, name.replaceAll("_", "-")) }))
    .sort((a, b) => a.far - b.far);
  const meant = bare ?? (best && best.far <= Math.max(2, Math.floor(name.length / 4)) ? best.candidate : undefined);
  const list =
    what === "key"
      ? `There are: ${[...(configurationSchema.objects.get("configuration")?.keys.keys() ?? [])].join(", ")}.`
      : "dkron-metrics check --list-checks prints the ids.";
  return {
    range,
    message: `There is no ${what} ${name}. It changes nothing. ${meant === undefined ? list : `Write ${meant} instead.`}`,
    fixes: meant === undefined ? [] : [fix(`Write ${meant}`, { range, text: meant }, false)],
  };
}

// dkron/node-name: a name with which a server cannot start, or that DogStatsD takes out of the metrics' names.
import { raftFailed } from "../../../catalog/config/agentWords.ts";
import type { Report } from "../../check.ts";
import { isServer, isSet, textOf } from "../../dkronFile.ts";
import { dkronCheck, exits, keyRange, readable, removePair, valueRange } from "./shared.ts";

export const dkronNodeName = dkronCheck({
  id: "dkron/node-name",
  level: "warning",
  title: "A node name that stops a server or disturbs its metrics",
  *look({ file, version, text }): Iterable<Report> {
    const setting = readable(file, "node-name");
    const name = textOf(file, "node-name");
    if (!setting || name === undefined) return;
    if (name === "" && isServer(file) === true)
      yield {
        range: keyRange(setting),
        severity: "error",
        message: `A server needs a name, and an empty one is not replaced by the host's. ${exits(version, raftFailed("LocalID cannot be empty"))} Write a name, or remove the key.`,
        fixes: removePair(file, setting.pair, text, "Remove it", true),
      };
    else if (firstParts.has(name) && isSet(file, "dog-statsd-addr"))
      yield {
        range: valueRange(setting),
        message: `DogStatsD takes the first part that equals the node's name out of every metric's name: with \`${name}\` those of that family lose it, \`dkron.${name}.x\` becomes \`dkron.<host>.x\` or \`dkron.x\`. Write another name.`,
        fixes: [],
      };
  },
});

/** Words that the names of metrics begin with. */
const firstParts = new Set([
  "dkron",
  "runtime",
  "serf",
  "memberlist",
  "raft",
  "grpc",
  "agent",
  "scheduler",
  "leader",
  "job",
]);

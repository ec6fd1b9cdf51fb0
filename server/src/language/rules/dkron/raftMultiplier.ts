// dkron/raft-multiplier: a multiplier outside 1 to 10, with which no server starts.
import { raftFailed } from "../../../catalog/config/agentWords.ts";
import { goInteger } from "../../../catalog/config/goText.ts";
import { compareVersions } from "../../../catalog/versions.ts";
import type { Report } from "../../check.ts";
import { isServer, numberOf } from "../../dkronFile.ts";
import { dkronCheck, exits, keyRange, readable, replaceValue } from "./shared.ts";

export const dkronRaftMultiplier = dkronCheck({
  id: "dkron/raft-multiplier",
  level: "error",
  title: "A raft multiplier that makes a server exit",
  *look({ file, version }): Iterable<Report> {
    const setting = readable(file, "raft-multiplier");
    const value = numberOf(file, "raft-multiplier");
    if (!setting || value === undefined || (value >= 1 && value <= 10)) return;
    if (isServer(file) !== true || compareVersions(version, "3.0.0") < 0) return;
    const best = value < 1 ? "1" : "10";
    const words = raftFailed(`raft-multiplier cannot be ${goInteger(value)}. Must be between 1 and 10`);
    yield {
      range: keyRange(setting),
      message: `\`raft-multiplier\` goes from 1 to 10${value === 0 ? ", and 0 is not the default" : ""}. ${exits(version, words)} Write \`${best}\`.`,
      fixes: replaceValue(setting, best, `Write ${best}`, false),
    };
  },
});

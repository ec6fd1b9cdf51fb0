// dkron/removed-key: a key of an older Dkron, accepted and ignored today.
import { otherKey } from "../../../catalog/config/keys.ts";
import { rangeOf } from "../../../yaml/tree.ts";
import type { Report } from "../../check.ts";
import { dkronCheck, removePair, renameKey } from "./shared.ts";

export const dkronRemovedKey = dkronCheck({
  id: "dkron/removed-key",
  level: "warning",
  title: "A key of an older Dkron that no longer has an effect",
  *look({ file, text, version }): Iterable<Report> {
    for (const { name, pair } of file.unknown) {
      const other = otherKey(name);
      if (other?.why !== "removed") continue;
      const instead = other.use ? `Write \`${other.use}\` instead.` : `${capital(other.say ?? "remove it")}.`;
      const renames = other.use && !file.settings.has(other.use) ? renameKey(pair, other.use, false) : [];
      yield {
        range: rangeOf(pair.key),
        message: `Dkron ${version} ignores \`${name}\`, which ${other.last ?? "an older version"} was the last to know. ${instead}`,
        fixes: [...renames, ...removePair(file, pair, text, "Remove it", true)],
        tag: "deprecated",
      };
    }
  },
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

// dkron/pro-key: a key of Dkron Pro, which the open-source agent ignores.
import { otherKey } from "../../../catalog/config/keys.ts";
import { rangeOf } from "../../../yaml/tree.ts";
import type { Report } from "../../check.ts";
import { dkronCheck } from "./shared.ts";

export const dkronProKey = dkronCheck({
  id: "dkron/pro-key",
  level: "warning",
  title: "A key that only Dkron Pro reads",
  *look({ file }): Iterable<Report> {
    for (const { name, pair } of file.unknown) {
      if (otherKey(name)?.why !== "pro") continue;
      yield {
        range: rangeOf(pair.key),
        message: `Only Dkron Pro reads \`${name}\`; the open-source agent ignores it and runs without what it should bring. Put a proxy or network rules in front of the agent, or turn this check off if you run Pro.`,
        fixes: [],
      };
    }
  },
});

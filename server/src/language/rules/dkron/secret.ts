// dkron/secret: a secret that stands in the file, where the environment would keep it out of backups and repositories.
import type { Report } from "../../check.ts";
import { textOf } from "../../dkronFile.ts";
import { dkronCheck, readable, valueRange } from "./shared.ts";
import { isGossipKey } from "./sharedGossipKey.ts";

export const dkronSecret = dkronCheck({
  id: "dkron/secret",
  level: "hint",
  title: "A secret that stands in the file",
  *look({ file }): Iterable<Report> {
    for (const { key } of file.settings.values()) {
      const setting = readable(file, key.name);
      const text = textOf(file, key.name);
      if (!key.secret || !setting || !text) continue;
      // A text that stands for the key to come is no secret.
      if (key.name === "encrypt" && !isGossipKey(text)) continue;
      yield {
        range: valueRange(setting),
        message: `A secret in the file goes wherever the file goes. Give it to the agent as ${key.env} instead, and keep the file readable by its user alone.`,
        fixes: [],
      };
    }
  },
});

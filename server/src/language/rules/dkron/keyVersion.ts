// dkron/key-version: a key that the agent in question does not know yet, or no longer heeds.
import { type ConfigKey, configKey, configSchema } from "../../../catalog/config/keys.ts";
import { type Pair, rangeOf } from "../../../yaml/tree.ts";
import type { Report } from "../../check.ts";
import { type SchemaEvent, walkSchema } from "../../schema/walk.ts";
import { dkronCheck, type Look, renameKey } from "./shared.ts";

export const dkronKeyVersion = dkronCheck({
  id: "dkron/key-version",
  level: "warning",
  title: "A key that this version of the agent ignores",
  *look(look): Iterable<Report> {
    for (const { kind, pair, name } of events(look)) {
      const key = configKey(name);
      if (key) yield kind === "early-key" ? early(key, pair, look) : late(key, pair, look);
    }
  },
});

function events({ file, document, version }: Look): { kind: "early-key" | "late-key"; pair: Pair; name: string }[] {
  const found: { kind: "early-key" | "late-key"; pair: Pair; name: string }[] = [];
  if (!file.root) return found;
  const report = (event: SchemaEvent): void => {
    if (event.kind === "early-key" || event.kind === "late-key")
      found.push({ kind: event.kind, pair: event.pair, name: event.key.name });
  };
  const schema = configSchema();
  const type = { kind: "object", name: schema.root } as const;
  walkSchema({ schema, version, file: document.yaml, report }, file.root, type);
  return found;
}

function early(key: ConfigKey, pair: Pair, { version }: Look): Report {
  const older = key.name.startsWith("webhook-endpoint") ? " Until then write `webhook-url`." : "";
  return {
    range: rangeOf(pair.key),
    message: `Dkron ${version} ignores \`${key.name}\`: agents read it since ${key.since}.${older} Upgrade, or remove it.`,
    fixes: [],
  };
}

function late(key: ConfigKey, pair: Pair, { version, file }: Look): Report {
  const fixes = key.use && !file.settings.has(key.use) ? renameKey(pair, key.use, true) : [];
  return {
    range: rangeOf(pair.key),
    message: `Dkron ${version} takes \`${key.name}\` without a word and nothing reads it: ${key.until} was the last version that did. Write \`${key.use}\`.`,
    fixes,
    tag: "deprecated",
  };
}

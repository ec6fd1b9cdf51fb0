// Hover in a dkron.yml: what is known of the key, and what the agent reads where that is not what is written.
import { durationInWords } from "../../../catalog/config/goText.ts";
import { type ConfigKey, configKey, configSchema, otherKey } from "../../../catalog/config/keys.ts";
import { pathAt } from "../../../yaml/path.ts";
import { rangeOf } from "../../../yaml/tree.ts";
import type { Hover } from "../../answers.ts";
import type { CheckContext } from "../../check.ts";
import { dkronFile, type Setting } from "../../dkronFile.ts";
import type { Document } from "../../document.ts";
import { schemaHover } from "../../schema/hover.ts";

export function dkronHover({ yaml }: Document, offset: number, { dkronVersion }: CheckContext): Hover | undefined {
  const reader = { schema: configSchema(), version: dkronVersion, program: "Dkron" };
  const { settings } = dkronFile(yaml, dkronVersion);
  const hover = schemaHover(yaml, offset, reader, ({ key }) => {
    const setting = key && settings.get(key.name);
    return setting && reading(setting, dkronVersion);
  });
  return hover ?? ofOtherKey({ yaml }, offset);
}

/** "Dkron 4.1.2 reads `30ns`." where YAML or the decoder makes something else of what is written. */
function reading({ key, node, result }: Setting, version: string): string | undefined {
  const read = result.value;
  if (node.kind !== "scalar" || read === undefined || read instanceof Map) return undefined;
  const text = inWords(key, read);
  return text === node.value ? undefined : `Dkron ${version} reads \`${text}\` here.`;
}

function inWords({ target }: ConfigKey, value: Exclude<Setting["result"]["value"], undefined>): string {
  if (target === "duration" && typeof value === "number") return durationInWords(value);
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}

/** A key that no agent reads, but that is known: removed, Dkron Pro's, or commonly invented. */
function ofOtherKey({ yaml }: Pick<Document, "yaml">, offset: number): Hover | undefined {
  const found = pathAt(yaml, offset);
  const [name] = found?.path ?? [];
  if (!found?.isKey || found.path.length !== 1 || typeof name !== "string") return undefined;
  const other = otherKey(name);
  if (!other) return undefined;
  const why = {
    removed: `Dkron ${other.last ?? ""} was the last to read it; today it is ignored.`,
    pro: "Only Dkron Pro reads it; the open-source agent ignores it.",
    invented: "Dkron has no such key and ignores it.",
  }[other.why];
  const instead = other.use ? configKey(other.use) : undefined;
  const advice = instead ? `Write \`${instead.name}\`: ${instead.summary}` : other.say ? `To do: ${other.say}.` : "";
  return { range: rangeOf(found.node), markdown: [`**${name}**`, why, advice].filter(Boolean).join("\n\n") };
}

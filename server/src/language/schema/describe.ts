// What a schema says of a key or a value, as Markdown. Knows no file kind and no text.
import { availability, type EnumValue, type Schema, type SchemaKey, typeInWords } from "../../catalog/schema.ts";

export type Reader = { readonly schema: Schema; readonly version: string; readonly program: string };

/** Everything that is known of a key: what it is for, its rows, what surprises people, examples. */
export function describeKey(key: SchemaKey, reader: Reader): string {
  const rows: (readonly [string, string])[] = [
    ["Type", typeInWords(key.type)],
    ...(key.default !== undefined ? [["Default", `\`${key.default}\``] as const] : []),
    ...(key.inherits !== undefined ? [["Default", `that of \`${key.inherits}\``] as const] : []),
    ...(key.required ? [["Required", "yes"] as const] : []),
    ...(key.since !== undefined ? [["Since", key.since] as const] : []),
    ...(key.until !== undefined ? [["Until", key.until] as const] : []),
    ...(key.facts ?? []),
  ];
  const parts = [
    `**${key.name}**`,
    key.summary ?? "",
    standing(key, reader),
    ["| | |", "|---|---|", ...rows.map(([label, value]) => `| ${label} | ${value.replaceAll("|", "\\|")} |`)].join(
      "\n",
    ),
    (key.notes ?? []).map((note) => `- ${note}`).join("\n"),
    values(key),
    examples(key),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** What stands between the key and the version in force. */
function standing(key: SchemaKey, { version, program }: Reader): string {
  const known = availability(key, version);
  if (known === "early") return `**Not read by ${program} ${version}:** it came with ${key.since}.`;
  if (known === "late")
    return `**Not read by ${program} ${version}:** ${key.until} was the last. ${key.deprecated ?? ""}`.trim();
  return key.deprecated ? `**Deprecated.** ${key.deprecated}` : "";
}

function values({ type }: SchemaKey): string {
  if (type.kind !== "enum" || !type.values.some(({ summary }) => summary)) return "";
  return type.values.map(describeValueLine).join("\n");
}

function describeValueLine({ value, summary, since }: EnumValue): string {
  return `- \`${value}\`${summary ? ` – ${summary}` : ""}${since ? ` (since ${since})` : ""}`;
}

export function describeValue(value: EnumValue): string {
  return `**${value.value}**${value.summary ? `\n\n${value.summary}` : ""}${value.since ? `\n\nSince ${value.since}.` : ""}`;
}

function examples({ name, examples: written }: SchemaKey): string {
  if (!written || written.length === 0) return "";
  return ["```yaml", ...written.map((example) => `${name}: ${example}`), "```"].join("\n");
}

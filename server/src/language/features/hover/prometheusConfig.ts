// Hover in a prometheus.yml: what is known of the key or value, and of an interval what it means for Dkron's series.
import { prometheusSchema } from "../../../catalog/prometheus/schema.ts";
import type { SchemaKey } from "../../../catalog/schema.ts";
import { valueAt, type YamlFile } from "../../../yaml/tree.ts";
import type { Hover } from "../../answers.ts";
import type { CheckContext } from "../../check.ts";
import type { Document } from "../../document.ts";
import { relabelPreview } from "../../relabel/preview.ts";
import { schemaHover } from "../../schema/hover.ts";

const expiry =
  "An agent drops a series that nothing updated for 60 s, so an interval of a minute or more misses events; 15s sees each several times.";

/** What a job has that leaves the key out: what `global` says, or Prometheus' own default. */
function inForce({ documents }: YamlFile, { name }: SchemaKey): string {
  const written = valueAt(valueAt(documents[0]?.root, "global"), name);
  if (written?.kind === "scalar") return `Without the key a job has \`${written.value}\`, from \`global\`.`;
  const standing = prometheusSchema.objects.get("GlobalConfig")?.keys.get(name)?.default;
  return `Without the key a job has ${standing === undefined ? "none" : `\`${standing}\``}: \`global\` does not say otherwise.`;
}

export function prometheusHover({ yaml }: Document, offset: number, context: CheckContext): Hover | undefined {
  const reader = { schema: prometheusSchema, version: context.prometheusVersion, program: "Prometheus" };
  return schemaHover(yaml, offset, reader, ({ key }, path) => {
    const parts = [
      relabelPreview(yaml, path),
      key?.inherits ? inForce(yaml, key) : undefined,
      key?.name === "scrape_interval" ? expiry : undefined,
    ];
    return parts.filter((part) => part !== undefined).join("\n\n") || undefined;
  });
}

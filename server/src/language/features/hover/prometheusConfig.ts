// Hover in a prometheus.yml: what is known of the key or value, and of an interval what it means for Dkron's series.
import { prometheusSchema } from "../../../catalog/prometheus/schema.ts";
import type { Hover } from "../../answers.ts";
import type { CheckContext } from "../../check.ts";
import type { Document } from "../../document.ts";
import { schemaHover } from "../../schema/hover.ts";

const expiry =
  "An agent drops a series that nothing updated for 60 s, so an interval of a minute or more misses events; 15s sees each several times.";

export function prometheusHover({ yaml }: Document, offset: number, context: CheckContext): Hover | undefined {
  const reader = { schema: prometheusSchema, version: context.prometheusVersion, program: "Prometheus" };
  return schemaHover(yaml, offset, reader, ({ key }) => (key?.name === "scrape_interval" ? expiry : undefined));
}

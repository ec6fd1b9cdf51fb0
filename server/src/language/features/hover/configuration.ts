// What is known of a key of .dkron-metrics.yml, and of a check by its id.
import { pathAt } from "../../../yaml/path.ts";
import { rangeOf } from "../../../yaml/tree.ts";
import type { Hover } from "../../answers.ts";
import { configurationSchema } from "../../configurationSchema.ts";
import type { Document } from "../../document.ts";
import { allChecks } from "../../rules/index.ts";
import { schemaHover } from "../../schema/hover.ts";

export function configurationHover({ yaml }: Document, offset: number): Hover | undefined {
  const found = pathAt(yaml, offset);
  const check = found?.path[0] === "rules" ? allChecks.find(({ id }) => id === found.path[1]) : undefined;
  if (found?.isKey && check)
    return { range: rangeOf(found.node), markdown: `**${check.id}**\n\n${check.title}.\n\nLevel: ${check.level}` };
  return schemaHover(yaml, offset, { schema: configurationSchema, version: "0", program: "Dkron Metrics" });
}

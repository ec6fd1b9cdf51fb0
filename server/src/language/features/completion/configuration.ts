// Proposals in a .dkron-metrics.yml: its keys, the ids of all checks, their levels.
import { slotAt } from "../../../yaml/slot.ts";
import type { Completion } from "../../answers.ts";
import { configurationSchema } from "../../configurationSchema.ts";
import type { Document } from "../../document.ts";
import { allChecks } from "../../rules/index.ts";
import { schemaCompletion, type ValueProposal } from "../../schema/complete.ts";

export function configurationProposals({ text }: Document, offset: number): Completion[] {
  const world = { schema: configurationSchema, version: "0", program: "Dkron Metrics", mapKeys: checkIds };
  return schemaCompletion(text, offset, slotAt(text, offset), world);
}

function checkIds(): readonly ValueProposal[] {
  const groups = new Set(allChecks.map(({ id }) => id.slice(0, id.indexOf("/"))));
  return [
    ...allChecks.map(({ id, title, level }) => ({ value: id, summary: `${title} (${level})` })),
    ...[...groups].map((group) => ({ value: `${group}/*`, summary: `All checks of ${group}` })),
  ];
}

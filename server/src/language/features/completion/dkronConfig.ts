// Proposals in a dkron.yml: the schema's, with the values that Dkron's own types have.
import { configSchema } from "../../../catalog/config/keys.ts";
import { knownValues } from "../../../catalog/config/values.ts";
import type { SchemaPlace } from "../../../catalog/schema.ts";
import { slotAt } from "../../../yaml/slot.ts";
import type { Completion } from "../../answers.ts";
import type { CheckContext } from "../../check.ts";
import type { Document } from "../../document.ts";
import { schemaCompletion, type ValueProposal } from "../../schema/complete.ts";

export function dkronProposals({ text }: Document, offset: number, { dkronVersion }: CheckContext): Completion[] {
  const world = { schema: configSchema(), version: dkronVersion, program: "Dkron", values, mapKeys };
  return schemaCompletion(text, offset, slotAt(text, offset), world);
}

function values({ type, key }: SchemaPlace): readonly ValueProposal[] {
  if (type.kind !== "scalar" || !key) return [];
  return knownValues(type.scalar, key.name).map(({ value, summary }) => ({ value, ...(summary && { summary }) }));
}

function mapKeys({ type, key }: SchemaPlace): readonly ValueProposal[] {
  return type.kind === "map" && key ? knownValues(type.key, key.name) : [];
}

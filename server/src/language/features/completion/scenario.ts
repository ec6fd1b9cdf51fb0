// Proposals in a scenario of the emitter: its fields, the actions, and usual values.
import { scenarioSchema } from "../../../catalog/scenario/schema.ts";
import type { SchemaPlace } from "../../../catalog/schema.ts";
import { slotAt } from "../../../yaml/slot.ts";
import type { Completion } from "../../answers.ts";
import type { CheckContext } from "../../check.ts";
import type { Document } from "../../document.ts";
import { schemaCompletion, type ValueProposal } from "../../schema/complete.ts";

const usual: Readonly<Record<string, readonly string[]>> = {
  duration: ["5s", "30s", "1m", "5m"],
  node: ["leader", "follower", "worker", "server"],
  share: ["0.5", "1"],
  bytes: ["5MB", "50MB"],
  bool: ["true", "false"],
};

export function scenarioProposals({ text }: Document, offset: number, { dkronVersion }: CheckContext): Completion[] {
  const world = { schema: scenarioSchema(), version: dkronVersion, program: "the emitter", values, mapKeys: () => [] };
  return schemaCompletion(text, offset, slotAt(text, offset), world);
}

function values({ type }: SchemaPlace): readonly ValueProposal[] {
  return type.kind === "scalar" ? (usual[type.scalar] ?? []).map((value) => ({ value })) : [];
}

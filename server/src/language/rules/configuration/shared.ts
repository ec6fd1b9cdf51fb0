// The walk over a .dkron-metrics.yml that its checks share. Holds no check.
import { configurationSchema } from "../../configurationSchema.ts";
import type { Document } from "../../document.ts";
import { type SchemaEvent, walkSchema } from "../../schema/walk.ts";

const kept = new WeakMap<Document, readonly SchemaEvent[]>();

/** Everything in the file that its schema does not provide for, and all its scalars. */
export function eventsOf(document: Document): readonly SchemaEvent[] {
  const before = kept.get(document);
  if (before) return before;
  const events: SchemaEvent[] = [];
  const root = document.yaml.documents[0]?.root;
  const report = (event: SchemaEvent): void => {
    events.push(event);
  };
  if (root && root.kind !== "empty")
    walkSchema({ schema: configurationSchema, version: "0", file: document.yaml, report }, root, {
      kind: "object",
      name: configurationSchema.root,
    });
  kept.set(document, events);
  return events;
}

/** `group/*` of each group, and the ids themselves. */
export function patternsOf(ids: readonly string[]): readonly string[] {
  const groups = new Set(ids.map((id) => `${id.slice(0, id.indexOf("/"))}/*`));
  return [...ids, ...groups];
}

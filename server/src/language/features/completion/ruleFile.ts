// Proposals in a rule file: fields and their values by the schema, and the two languages inside: expressions, templates.
import { ruleSchema } from "../../../catalog/rules/schema.ts";
import type { SchemaPlace } from "../../../catalog/schema.ts";
import { documentAt } from "../../../yaml/alias.ts";
import { type Slot, slotAt } from "../../../yaml/slot.ts";
import type { Completion } from "../../answers.ts";
import type { CheckContext } from "../../check.ts";
import type { Document } from "../../document.ts";
import { embeddedAt } from "../../embedded.ts";
import { holdsRules, isManifest } from "../../ruleFile.ts";
import { nodeAtPath, pathOfRule, plainPath, rulePart, scalarAt } from "../../rulePath.ts";
import { schemaCompletion, type ValueProposal } from "../../schema/complete.ts";
import { promqlProposals } from "./promql.ts";
import { snippetProposals } from "./snippets.ts";
import { templateProposals } from "./template.ts";

export function ruleFileProposals(document: Document, offset: number, context: CheckContext): Completion[] {
  const slot = slotAt(document.text, offset);
  const path = plainPath(document.yaml, slot.path);
  if (slot.kind === "comment" || isElsewhere(document, offset)) return [];
  const part = slot.kind === "value" ? rulePart(path) : { kind: "field" as const };
  if (part.kind === "expr" && slot.style === undefined && isHeader(document.text, slot, offset)) return [];
  if (part.kind === "expr") return promqlProposals(embeddedAt(document, offset, slot), document.text, context);
  if (part.kind === "template") {
    const rule = pathOfRule(slot.path);
    const expr = scalarAt(document.yaml, rule, "expr", offset)?.value ?? "";
    const isAlert = scalarAt(document.yaml, rule, "record", offset) === undefined;
    const inside = isAlert && templateProposals(embeddedAt(document, offset, slot), document.text, expr, context);
    if (inside) return inside;
  }
  return fieldProposals(document, offset, slot, path, context);
}

/** Whether the cursor stands in a manifest of another kind, such as the ServiceMonitor above the rules. */
function isElsewhere({ yaml }: Document, offset: number): boolean {
  const root = documentAt(yaml, offset)?.root;
  return isManifest(root) && !holdsRules(root) && yaml.documents.some((one) => holdsRules(one.root));
}

/** Whether the cursor stands in the `|-` of a block scalar. */
function isHeader(text: string, { range }: Slot, offset: number): boolean {
  return /[|>]/.test(text.slice(range.start, offset));
}

function fieldProposals(
  document: Document,
  offset: number,
  slot: Slot,
  path: Slot["path"],
  { dialects, prometheusVersion }: CheckContext,
): Completion[] {
  const world = {
    schema: ruleSchema(dialects),
    version: prometheusVersion,
    program: "Prometheus",
    values: (place: SchemaPlace) => values(place, path),
    mapKeys,
  };
  const keys = slot.kind === "item" && slot.dash ? keysAround(document, slot.path, offset) : slot.keys;
  const fields = schemaCompletion(document.text, offset, { ...slot, path }, world);
  return [...snippetProposals(slot, path), ...fields.filter(({ kind, label }) => kind !== "key" || fits(label, keys))];
}

/** Behind a dash the keys of the item stand below. */
function keysAround({ yaml }: Document, path: Slot["path"], offset: number): readonly string[] {
  const node = nodeAtPath(yaml, path, offset);
  return node?.kind === "mapping" ? node.pairs.flatMap(({ key }) => (key.kind === "scalar" ? key.value : [])) : [];
}

const ofAlerts = new Set(["alert", "for", "keep_firing_for", "annotations"]);

/** A rule is either recording or alerting, and has each field once. */
function fits(label: string, keys: readonly string[]): boolean {
  if (keys.includes(label)) return false;
  if (keys.includes("record")) return !ofAlerts.has(label);
  return label !== "record" || !keys.some((key) => ofAlerts.has(key));
}

const durations = ["1m", "5m", "10m", "15m", "30m", "1h"];
const severities: readonly ValueProposal[] = [
  { value: "critical", summary: "somebody must act now" },
  { value: "warning", summary: "somebody must act soon" },
  { value: "info", summary: "good to know" },
  { value: "page", summary: "wakes somebody up" },
  { value: "ticket", summary: "for working hours" },
];

function values({ type, key }: SchemaPlace, path: Slot["path"]): readonly ValueProposal[] {
  if (type.kind !== "scalar") return [];
  if (key?.name === "for" || key?.name === "keep_firing_for") return durations.map((value) => ({ value }));
  if (key?.name === "interval") return ["15s", "30s", "1m", "5m"].map((value) => ({ value }));
  return key?.name === "labels" && path.at(-1) === "severity" ? severities : [];
}

const labelNames: readonly ValueProposal[] = [
  { value: "severity", summary: "how urgent the alert is" },
  { value: "team", summary: "who is to act" },
  { value: "service", summary: "what is affected" },
];
const annotationNames: readonly ValueProposal[] = [
  { value: "summary", summary: "what is wrong, in one line" },
  { value: "description", summary: "what is wrong, in full" },
  { value: "runbook_url", summary: "address of the page that says what to do" },
  { value: "dashboard", summary: "address of a dashboard" },
];

function mapKeys({ key }: SchemaPlace): readonly ValueProposal[] {
  return key?.name === "annotations" ? annotationNames : key?.name === "labels" ? labelNames : [];
}

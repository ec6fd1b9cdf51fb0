// Proposals in a file of rule tests: expressions where they stand, and the names of the workspace's alerts.
import { slotAt } from "../../../yaml/slot.ts";
import type { Completion } from "../../answers.ts";
import type { CheckContext } from "../../check.ts";
import type { Document } from "../../document.ts";
import { embeddedAt } from "../../embedded.ts";
import { promqlProposals } from "./promql.ts";
import { placeAll } from "./proposal.ts";

/** Of the proposals of an expression those that a single series can have: a name, labels that are equal to a value. */
function inSeries({ kind, label, edit }: Completion): boolean {
  if (kind === "operator") return label === "=";
  return (kind === "metric" && !/^\s*'?\{/.test(edit.text)) || kind === "label" || kind === "value";
}

export function rulesTestProposals(document: Document, offset: number, context: CheckContext): Completion[] {
  const slot = slotAt(document.text, offset);
  if (slot.kind !== "value") return [];
  const [tests, , list, , key] = slot.path;
  if (tests !== "tests") return [];
  const embedded = embeddedAt(document, offset, slot);
  const isSample = key === "exp_samples" && slot.path[6] === "labels" && slot.path.length === 7;
  if (isSample || (list === "input_series" && key === "series" && slot.path.length === 5))
    return promqlProposals(embedded, document.text, context).filter(inSeries);
  if (slot.path.length !== 5) return [];
  if (list === "promql_expr_test" && key === "expr") return promqlProposals(embedded, document.text, context);
  if (list !== "alert_rule_test" || key !== "alertname") return [];
  const names = new Set(context.workspace.files.flatMap(({ alertNames }) => alertNames));
  const proposals = [...names].map((name) => ({
    label: name,
    kind: "value" as const,
    insert: name,
    detail: "alert of this workspace",
  }));
  return placeAll(proposals, { start: 0, end: embedded.text.length }, embedded, document.text, false);
}

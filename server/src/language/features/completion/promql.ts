// Proposals in an expression, by what its slot expects. Knows where the expression stands only as an embedded text.
import type { WordPlace } from "../../../catalog/promqlWords.ts";
import { type Slot, slotAt } from "../../../promql/syntax/slot.ts";
import type { Completion } from "../../answers.ts";
import type { CheckContext } from "../../check.ts";
import type { Embedded } from "../../embedded.ts";
import { labelProposals, valueProposals } from "./promql/labels.ts";
import { operandProposals, textProposals } from "./promql/operands.ts";
import { wordProposals } from "./promql/words.ts";
import { type Proposal, placeAll } from "./proposal.ts";

/** All proposals at the cursor of the embedded expression; `file` is the text of the whole file. */
export function promqlProposals(embedded: Embedded, file: string, context: CheckContext): Completion[] {
  const { text, cursor } = embedded;
  const slot = slotAt(text, cursor);
  return placeAll(proposalsOf(text, slot, context), slot.range, embedded, file, true);
}

/** The same for an expression that stands in another text, as that of a template's `query`. */
export function proposalsAt(
  text: string,
  cursor: number,
  context: CheckContext,
): { slot: Slot; proposals: Proposal[] } {
  const slot = slotAt(text, cursor);
  return { slot, proposals: proposalsOf(text, slot, context) };
}

function proposalsOf(text: string, slot: Slot, context: CheckContext): Proposal[] {
  switch (slot.kind) {
    case "operand":
      return operandProposals(text, slot, context);
    case "operator":
      return wordProposals(placesBehind(text, slot));
    case "label":
      return labelProposals(text, slot, context);
    case "matcher":
      return matcherProposals();
    case "value":
      return valueProposals(text, slot, context);
    case "duration":
      return durationProposals(slot.where);
    case "timestamp":
      return timestampProposals();
    case "text":
      return textProposals(text, slot, context);
    case "open":
      return slot.what === "(" ? [{ label: "( )", kind: "operator", insert: "($0)", snippet: true, filter: "(" }] : [];
    case "none":
      return [];
  }
}

/** What may follow the operand before the slot: modifiers only behind a selector or a range, groupings behind an aggregation. */
function placesBehind(text: string, { range, ...slot }: Extract<Slot, { kind: "operator" }>): WordPlace[] {
  const before = text.slice(0, range.start).trimEnd();
  const places: WordPlace[] = ["operand"];
  if (slot.ofAggregation) places.push("aggregation");
  if (/[\w:}\]"'`]$/.test(before) && !/(?:^|[^\w:])[\d.]+$/.test(before)) places.push("selector");
  if (before.endsWith("]")) places.push("range");
  return places;
}

function matcherProposals(): Proposal[] {
  const signs = [
    ["=", "is equal"],
    ["!=", "is not equal"],
    ["=~", "matches the regular expression"],
    ["!~", "does not match the regular expression"],
  ] as const;
  return signs.map(([label, detail], index) => ({
    label,
    kind: "operator",
    insert: `${label}"$1"$0`,
    snippet: true,
    detail,
    sort: String(index),
  }));
}

const durations = {
  range: ["1m", "5m", "10m", "15m", "30m", "1h", "6h", "1d"],
  step: ["15s", "30s", "1m", "5m"],
  offset: ["5m", "1h", "1d", "1w"],
} as const;

function durationProposals(where: keyof typeof durations): Proposal[] {
  return durations[where].map((label, index) => ({
    label,
    kind: "duration",
    insert: label,
    sort: String(index).padStart(2, "0"),
  }));
}

function timestampProposals(): Proposal[] {
  return [
    { label: "start()", kind: "function", insert: "start()", detail: "the start of the query's time range", sort: "0" },
    { label: "end()", kind: "function", insert: "end()", detail: "the end of the query's time range", sort: "1" },
  ];
}

// Proposals for the names and values of labels, from the metric or the expression at hand. Knows no YAML.
import { allRows } from "../../../../catalog/metrics.ts";
import { parse } from "../../../../promql/syntax/parse.ts";
import type { Slot } from "../../../../promql/syntax/slot.ts";
import type { Expr } from "../../../../promql/syntax/tree.ts";
import { walk } from "../../../../promql/syntax/walk.ts";
import type { CheckContext } from "../../../check.ts";
import { type LabelOffer, labelsOf, labelsOfMetric, scrapeLabels, valuesOfLabel } from "../../../metricWorld.ts";
import { metricProposals } from "../metrics.ts";
import type { Proposal } from "../proposal.ts";

type LabelSlot = Extract<Slot, { kind: "label" }>;
type ValueSlot = Extract<Slot, { kind: "value" }>;

export function labelProposals(text: string, slot: LabelSlot, context: CheckContext): Proposal[] {
  const offers = slot.where === "matcher" ? ofSelector(slot.metric, context) : ofExpression(text, slot, context);
  const written = text.slice(slot.range.start, slot.range.end);
  const behind = text.slice(slot.range.end).trimStart();
  const closed = slot.where !== "matcher" || slot.quoted || /^(?:=|!)/.test(behind);
  return offers
    .filter(({ name }) => name === written || !slot.used.includes(name))
    .map(({ name, meaning }, index) => ({
      label: name,
      kind: "label",
      insert: closed ? name : `${name}="$1"$0`,
      snippet: !closed,
      detail: meaning ?? "",
      sort: String(index).padStart(3, "0"),
    }));
}

function ofSelector(metric: string, context: CheckContext): LabelOffer[] {
  return metric === "" ? [metricName, ...anyLabels()] : labelsOfMetric(metric, context);
}

const metricName: LabelOffer = { name: "__name__", meaning: "the metric's name" };

const quantile: LabelOffer = { name: "quantile", meaning: "quantile of a summary" };

let everyLabel: readonly LabelOffer[] | undefined;

/** Every label of the catalogue and of scrapes, where no metric says which. */
function anyLabels(): readonly LabelOffer[] {
  if (!everyLabel) {
    const own = allRows().flatMap(({ labels, foreign }) => (foreign === undefined ? labels : []));
    everyLabel = [...new Map([...own, quantile, ...scrapeLabels].map((label) => [label.name, label])).values()];
  }
  return everyLabel;
}

/** Labels for `by`, `on` and their like: those of the aggregation's argument, or of the two sides of the operator. */
function ofExpression(text: string, slot: LabelSlot, context: CheckContext): readonly LabelOffer[] {
  const names = new Set(operandsOf(text, slot.owner, context).flatMap((expr) => labelsOf(expr, context)));
  if (names.size === 0) return anyLabels();
  const meanings = new Map(anyLabels().map(({ name, meaning }) => [name, meaning]));
  return [...names].map((name) => ({ name, meaning: meanings.get(name) ?? "of the result" }));
}

function operandsOf(text: string, owner: number, { prometheusVersion }: CheckContext): Expr[] {
  const { expr } = parse(text, { prometheusVersion });
  const found: Expr[] = [];
  if (!expr) return found;
  walk(expr, (node) => {
    if (node.kind === "AggregateExpr" && node.start === owner) found.push(...node.args.slice(-1));
    if (node.kind === "BinaryExpr" && node.opStart === owner) found.push(node.left, node.right);
  });
  return found.filter(({ kind }) => kind !== "Missing" && kind !== "NumberLiteral");
}

export function valueProposals(text: string, slot: ValueSlot, context: CheckContext): Proposal[] {
  const pattern = slot.op === "=~" || slot.op === "!~";
  const close = slot.quoted && !/^["'`]/.test(text.slice(slot.range.end)) ? text.charAt(slot.range.start - 1) : "";
  const written = (value: string): string => {
    const body = (pattern ? value.replace(/[.+*?()|[\]{}^$]/g, "\\\\$&") : value).replaceAll('"', '\\"');
    return slot.quoted ? body + close : `"${body}"`;
  };
  if (slot.label === "__name__" && !pattern)
    return metricProposals(context)
      .filter(({ insert }) => !insert.startsWith("{"))
      .map((proposal) => ({ ...proposal, insert: written(proposal.label) }));
  return valuesOfLabel(slot.label, slot.metric, context).map((value, index) => ({
    label: value,
    kind: "value",
    insert: written(value),
    ...(slot.quoted ? {} : { filter: `"${value}"` }),
    sort: String(index).padStart(3, "0"),
  }));
}

/** Labels of an expression as strings: for the arguments of label_replace() and its like. */
export function labelTexts(expr: Expr | undefined, context: CheckContext): readonly string[] {
  const names = expr ? labelsOf(expr, context) : [];
  return names.length > 0 ? names : anyLabels().map(({ name }) => name);
}

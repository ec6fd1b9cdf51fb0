// Proposals where an operand is expected: metrics, calls, and what fits an argument's type. Knows no YAML.
import type { PrometheusType } from "../../../../catalog/types.ts";
import { parse } from "../../../../promql/syntax/parse.ts";
import type { ArgumentPlace, Slot } from "../../../../promql/syntax/slot.ts";
import { isAggregator, keywords } from "../../../../promql/syntax/tokens.ts";
import type { Expr } from "../../../../promql/syntax/tree.ts";
import { walk } from "../../../../promql/syntax/walk.ts";
import { functions, type ValueType } from "../../../../promql/types/functions.ts";
import type { CheckContext } from "../../../check.ts";
import { type MetricProposal, metricProposals } from "../metrics.ts";
import { literal, type Proposal } from "../proposal.ts";
import { labelTexts } from "./labels.ts";
import { callProposals, wordProposals } from "./words.ts";

type OperandSlot = Extract<Slot, { kind: "operand" }>;
type TextSlot = Extract<Slot, { kind: "text" }>;

export function operandProposals(text: string, slot: OperandSlot, context: CheckContext): Proposal[] {
  const type = slot.argument && argumentType(slot.argument);
  if (type === "string" && slot.argument) return stringProposals(text, slot.argument, '"', context);
  const behind = text.slice(slot.range.end).trimStart();
  const metrics = metricProposals(context);
  return [
    ...numberProposals(slot.argument),
    ...(type === "matrix" && !behind.startsWith("[") ? rangedFor(slot.argument?.name ?? "", metrics) : metrics),
    ...callProposals(context.prometheusVersion, behind.startsWith("(")),
    ...(slot.afterOperator ? matchingWords(text, slot) : []),
  ];
}

/** What functions of range vectors are meant for; the others take what comes. */
const meantFor: Readonly<Record<string, PrometheusType>> = {
  rate: "counter",
  irate: "counter",
  increase: "counter",
  resets: "counter",
  delta: "gauge",
  idelta: "gauge",
  deriv: "gauge",
  predict_linear: "gauge",
  double_exponential_smoothing: "gauge",
  holt_winters: "gauge",
};

const knownRanged = new WeakMap<MetricProposal, { readonly first: Proposal; readonly last: Proposal }>();

/** Metrics with the range that the function wants; those that it is not meant for come behind the others. */
function rangedFor(name: string, metrics: readonly MetricProposal[]): Proposal[] {
  const wanted = meantFor[name];
  return metrics.map((metric) => {
    const { first, last } = ranged(metric);
    return wanted === undefined || metric.type === undefined || metric.type === wanted ? first : last;
  });
}

function ranged(metric: MetricProposal): { readonly first: Proposal; readonly last: Proposal } {
  let made = knownRanged.get(metric);
  if (!made) {
    const first = { ...metric, insert: `${literal(metric.insert)}[\${1:5m}]$0`, snippet: true };
    made = { first, last: { ...first, sort: `1${metric.sort ?? metric.label}` } };
    knownRanged.set(metric, made);
  }
  return made;
}

/** `bool` only behind a comparison, and only once; `on` and its like behind any operator. */
function matchingWords(text: string, { range }: OperandSlot): Proposal[] {
  const before = text.slice(0, range.start).trimEnd();
  const compares = /(?:==|!=|<=|>=|<|>)$/.test(before);
  return wordProposals(compares ? ["comparison", "operator"] : ["operator"]).filter(({ label }) =>
    label === "on" || label === "ignoring" ? !before.endsWith(")") : true,
  );
}

/** The type that the function reads there; undefined for aggregations' vectors and unknown functions. */
export function argumentType({ name, index }: ArgumentPlace): ValueType | undefined {
  const word = name.toLowerCase();
  if (isAggregator(keywords.get(word) ?? 0)) return word === "count_values" && index === 0 ? "string" : undefined;
  const { args = [] } = functions.get(name) ?? {};
  return args[Math.min(index, args.length - 1)];
}

const quantiles = ["0.5", "0.9", "0.95", "0.99"];
const firstNumbers: Readonly<Record<string, readonly string[]>> = {
  quantile: quantiles,
  histogram_quantile: quantiles,
  quantile_over_time: quantiles,
  topk: ["3", "5", "10"],
  bottomk: ["3", "5", "10"],
  limitk: ["10"],
  limit_ratio: ["0.1"],
};
const secondNumbers: Readonly<Record<string, readonly string[]>> = {
  predict_linear: ["3600", "14400", "86400"],
  round: ["0.1", "10"],
};

function numberProposals(argument: ArgumentPlace | undefined): Proposal[] {
  if (!argument || argument.index > 1) return [];
  const table = argument.index === 0 ? firstNumbers : secondNumbers;
  return (table[argument.name] ?? []).map((value, index) => ({
    label: value,
    kind: "value",
    insert: value,
    detail: quantiles.includes(value) && argument.index === 0 ? "quantile" : "",
    sort: `00${index}`,
  }));
}

export function textProposals(text: string, slot: TextSlot, context: CheckContext): Proposal[] {
  const quote = text.charAt(slot.range.start - 1);
  const closed = text.slice(slot.range.end).startsWith(quote);
  return stringProposals(text, slot.argument, "", context).map((proposal) => ({
    ...proposal,
    insert: proposal.insert + (closed ? "" : quote),
  }));
}

/** What a string argument can say; `quote` goes around it. */
function stringProposals(
  text: string,
  { name, start, index }: ArgumentPlace,
  quote: string,
  context: CheckContext,
): Proposal[] {
  const fixed = name === "label_replace" ? (index === 2 ? ["$1"] : index === 4 ? ["(.*)"] : undefined) : undefined;
  const separators = name === "label_join" && index === 2 ? [",", "-", "/"] : undefined;
  const values = fixed ?? separators ?? labelTexts(vectorOf(text, start, context), context);
  const kind = fixed || separators ? ("value" as const) : ("label" as const);
  return values.map((value, at) => ({
    label: value,
    kind,
    insert: quote + value + quote,
    ...(quote && { filter: quote + value }),
    sort: String(at).padStart(3, "0"),
  }));
}

/** The vector whose labels the call at `start` works on. */
function vectorOf(text: string, start: number, { prometheusVersion }: CheckContext): Expr | undefined {
  const { expr } = parse(text, { prometheusVersion });
  let found: Expr | undefined;
  if (!expr) return undefined;
  walk(expr, (node) => {
    if (node.start !== start) return;
    if (node.kind === "Call") found = node.args[0];
    if (node.kind === "AggregateExpr") found = node.args.at(-1);
  });
  return found?.kind === "StringLiteral" || found?.kind === "Missing" ? undefined : found;
}

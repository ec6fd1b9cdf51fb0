// Proposals inside the braces of a template: labels of the result, variables, functions, keywords. Knows no rule file.
import { parse } from "../../../promql/syntax/parse.ts";
import type { Range } from "../../../ranges.ts";
import { type CompletionSlot, completionSlot } from "../../../template/completion.ts";
import { functionTable, signatureOf } from "../../../template/functionTable.ts";
import type { Completion } from "../../answers.ts";
import type { CheckContext } from "../../check.ts";
import type { Embedded } from "../../embedded.ts";
import { labelsOf } from "../../metricWorld.ts";
import { proposalsAt } from "./promql.ts";
import { type Proposal, placeAll } from "./proposal.ts";

/** Proposals at the cursor; `expr` is the rule's expression, whose labels the template sees. */
export function templateProposals(
  embedded: Embedded,
  file: string,
  expr: string,
  context: CheckContext,
): Completion[] | undefined {
  const slot = completionSlot(embedded.text, embedded.cursor);
  if (!slot) return undefined;
  if (slot.expects === "query") return inQuery(slot, embedded, file, context);
  return placeAll(proposalsOf(slot, embedded.text, expr, context), slot, embedded, file, false);
}

function proposalsOf(
  slot: Exclude<CompletionSlot, { expects: "query" }>,
  text: string,
  expr: string,
  context: CheckContext,
): Proposal[] {
  switch (slot.expects) {
    case "label":
      return slot.from === "externalLabels"
        ? []
        : labelProposals(typeof slot.from === "string" ? expr : slot.from.query, context);
    case "variable":
      return slot.variables.map(variable);
    case "field":
      return slot.fields.map((name) => ({ label: name, kind: "label", insert: name }));
    case "template":
      return slot.names.map((name) => ({ label: name, kind: "value", insert: name }));
    case "operand":
      return [
        ...slot.variables.map(variable),
        ...slot.fields.map(
          (name): Proposal => ({ label: `.${name}`, kind: "label", insert: `.${name}`, sort: `3${name}` }),
        ),
        ...slot.functions.map(functionProposal),
        ...slot.keywords.map((word) => keywordProposal(word, text.slice(slot.end))),
      ];
  }
}

function labelProposals(expr: string | undefined, context: CheckContext): Proposal[] {
  const parsed = expr === undefined ? undefined : parse(expr, { prometheusVersion: context.prometheusVersion }).expr;
  return (parsed ? labelsOf(parsed, context) : []).map((label, index) => ({
    label,
    kind: "label",
    insert: label,
    detail: "label of the expression's result",
    sort: String(index).padStart(3, "0"),
  }));
}

const variables: Readonly<Record<string, string>> = {
  $labels: "the labels of the expression's result, without those of the rule and its group",
  $value: "the value of the expression as a number",
  $externalLabels: "external_labels of prometheus.yml",
  $externalURL: "the address of Prometheus",
  $: "what the template was given",
};

function variable(name: string, index: number): Proposal {
  const detail = variables[name] ?? "declared in this template";
  return { label: name, kind: "variable", insert: name, detail, sort: `${name === "$" ? "9" : "0"}${index}` };
}

function functionProposal(name: string): Proposal {
  const info = functionTable.get(name);
  const proposal: Proposal = { label: name, kind: "function", insert: name, sort: `2${name}` };
  if (!info) return proposal;
  const example = info.example === "" ? "" : `\n\n\`${info.example}\``;
  return { ...proposal, detail: signatureOf(info).label, documentation: info.doc + example };
}

const bodies: Readonly<Record<string, string>> = {
  if: "if $1 }}$2{{ end ",
  with: "with $1 }}$2{{ end ",
  range: "range $1 }}$2{{ end ",
  define: 'define "$1" }}$2{{ end ',
};

/** A keyword that opens a branch brings its end, where the action is closed and nothing else stands in it. */
function keywordProposal(word: string, behind: string): Proposal {
  const body = /^\s*-?}}/.test(behind) ? bodies[word] : undefined;
  return { label: word, kind: "keyword", insert: body ?? word, snippet: body !== undefined, sort: `1${word}` };
}

/** Inside the literal of a `query` PromQL is written, in the string's own escapes. */
function inQuery(
  { expr, cursor, offsets }: Extract<CompletionSlot, { expects: "query" }>,
  embedded: Embedded,
  file: string,
  context: CheckContext,
): Completion[] {
  const { slot, proposals } = proposalsAt(expr, cursor, context);
  const end = offsets.at(-1) ?? embedded.cursor;
  const range: Range = { start: offsets[slot.range.start] ?? end, end: offsets[slot.range.end] ?? end };
  const raw = embedded.text.charAt((offsets[0] ?? 1) - 1) === "`";
  const written = proposals.map((proposal) => ({
    ...proposal,
    insert: raw ? proposal.insert : proposal.insert.replaceAll('"', "'"),
  }));
  return placeAll(written, range, embedded, file, false);
}

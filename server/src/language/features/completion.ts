// Proposals for what is being typed: finds the kind of slot that the cursor is in and asks the one who knows such slots.
import type { Range } from "../../ranges.ts";
import { endOf, pairOf, type Scalar, startOf } from "../../yaml/tree.ts";
import type { Completion } from "../answers.ts";
import type { CheckContext } from "../check.ts";
import type { Document } from "../document.ts";
import { ruleGroups } from "../ruleFile.ts";
import { configurationProposals } from "./completion/configuration.ts";
import { dkronProposals } from "./completion/dkronConfig.ts";
import { metricProposals, type Proposal } from "./completion/metrics.ts";

/** All proposals for the slot at `offset`, unfiltered: editors filter by what is typed. */
export function completion(document: Document, offset: number, context: CheckContext): Completion[] {
  if (document.kind === "dkron-config") return dkronProposals(document, offset, context);
  if (document.kind === "checker-config") return configurationProposals(document, offset);
  const expression = expressionSlot(document, offset);
  if (!expression) return [];
  const range = wordAt(document.text, offset);
  const quote = expression.style === "double" ? "'" : '"';
  return metricProposals(context).map((proposal) => placed(proposal, range, quote));
}

/** In which style the expression at the cursor is written; `undefined` where the cursor is in none. */
function expressionSlot(document: Document, offset: number): Pick<Scalar, "style"> | undefined {
  if (document.kind !== "prometheus-rules") return undefined;
  for (const { rules } of ruleGroups(document.yaml)) {
    for (const { node } of rules) {
      const pair = pairOf(node, "expr");
      if (!pair || offset < startOf(pair.value)) continue;
      if (pair.value.kind === "scalar" && offset <= endOf(pair.value)) return pair.value;
      if (pair.value.kind === "empty" && !document.text.slice(startOf(pair.value), offset).includes("\n"))
        return { style: "plain" };
    }
  }
  return undefined;
}

/** The name around the cursor: letters, digits, `_` and `:`. */
function wordAt(text: string, offset: number): Range {
  let start = offset;
  while (start > 0 && /[\w:]/.test(text.charAt(start - 1))) start--;
  let end = offset;
  while (end < text.length && /[\w:]/.test(text.charAt(end))) end++;
  return { start, end };
}

function placed({ insert, ...proposal }: Proposal, range: Range, quote: string): Completion {
  return { ...proposal, edit: { range, text: insert.replaceAll('"', quote) } };
}

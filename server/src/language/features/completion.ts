// Proposals for what is being typed: one dispatch by the kind of file. Those who know each kind are in completion/.
import { touches } from "../../ranges.ts";
import type { Completion } from "../answers.ts";
import type { CheckContext } from "../check.ts";
import type { Document } from "../document.ts";
import { wholeText } from "../embedded.ts";
import type { Kind } from "../kind.ts";
import { configurationProposals } from "./completion/configuration.ts";
import { dkronProposals } from "./completion/dkronConfig.ts";
import { prometheusProposals } from "./completion/prometheusConfig.ts";
import { promqlProposals } from "./completion/promql.ts";
import { ruleFileProposals } from "./completion/ruleFile.ts";
import { rulesTestProposals } from "./completion/rulesTest.ts";
import { scenarioProposals } from "./completion/scenario.ts";

type Propose = (document: Document, offset: number, context: CheckContext) => Completion[];

const byKind: Partial<Record<Kind, Propose>> = {
  "checker-config": configurationProposals,
  "dkron-config": dkronProposals,
  "emitter-scenario": scenarioProposals,
  "prometheus-config": prometheusProposals,
  "prometheus-rules": ruleFileProposals,
  "prometheus-rules-test": rulesTestProposals,
  promql: (document, offset, context) => promqlProposals(wholeText(document, offset), document.text, context),
};

/** All proposals for the slot at `offset`, unfiltered: editors filter by what is typed. */
export function completion(document: Document, offset: number, context: CheckContext): Completion[] {
  const proposals = byKind[document.kind]?.(document, offset, context) ?? [];
  // Before the word, in the indentation, a proposal would replace what the cursor does not touch: editors refuse that.
  return proposals.filter(({ edit }) => touches(edit.range, offset));
}

// What is known of the thing under the cursor, as Markdown: one dispatch by the kind of file; hover/ knows each kind.
import { parse } from "../../promql/syntax/parse.ts";
import type { Hover } from "../answers.ts";
import type { CheckContext } from "../check.ts";
import type { Document } from "../document.ts";
import type { Kind } from "../kind.ts";
import { configurationHover } from "./hover/configuration.ts";
import { dkronHover } from "./hover/dkronConfig.ts";
import { prometheusHover } from "./hover/prometheusConfig.ts";
import { expressionHover } from "./hover/promql.ts";
import { ruleFileHover } from "./hover/ruleFile.ts";
import { rulesTestHover } from "./hover/rulesTest.ts";

type Explain = (document: Document, offset: number, context: CheckContext) => Hover | undefined;

const byKind: Partial<Record<Kind, Explain>> = {
  "checker-config": configurationHover,
  "dkron-config": dkronHover,
  "prometheus-config": prometheusHover,
  "prometheus-rules": ruleFileHover,
  "prometheus-rules-test": rulesTestHover,
  promql: inPromql,
};

export function hover(document: Document, offset: number, context: CheckContext): Hover | undefined {
  return byKind[document.kind]?.(document, offset, context);
}

function inPromql({ text }: Document, offset: number, context: CheckContext): Hover | undefined {
  const { expr } = parse(text, { prometheusVersion: context.prometheusVersion });
  return expr && expressionHover(text, expr, offset, context);
}

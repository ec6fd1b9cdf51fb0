// The call around the cursor: a function or aggregation of an expression, or a function of a template.
import { slotAt as promqlSlot } from "../../promql/syntax/slot.ts";
import { callAt } from "../../template/completion.ts";
import { signatureOf } from "../../template/functionTable.ts";
import { slotAt } from "../../yaml/slot.ts";
import type { Signature } from "../answers.ts";
import type { CheckContext } from "../check.ts";
import type { Document } from "../document.ts";
import { type Embedded, embeddedAt, wholeText } from "../embedded.ts";
import { plainPath, rulePart } from "../rulePath.ts";
import { promqlSignature } from "../signatures.ts";

export function signatureHelp(document: Document, offset: number, context: CheckContext): Signature | undefined {
  if (document.kind === "promql") return inPromql(wholeText(document, offset), context);
  if (document.kind !== "prometheus-rules") return undefined;
  const slot = slotAt(document.text, offset);
  if (slot.kind !== "value") return undefined;
  const part = rulePart(plainPath(document.yaml, slot.path));
  if (part.kind === "expr") return inPromql(embeddedAt(document, offset, slot), context);
  return part.kind === "template" ? inTemplate(embeddedAt(document, offset, slot)) : undefined;
}

function inPromql({ text, cursor }: Embedded, { prometheusVersion }: CheckContext): Signature | undefined {
  const slot = promqlSlot(text, cursor);
  const argument = "argument" in slot ? slot.argument : undefined;
  const signature = argument && promqlSignature(argument.name, prometheusVersion);
  if (!argument || !signature) return undefined;
  const { label, says, parameters, repeats } = signature;
  const active = repeats ? Math.min(argument.index, parameters.length - 1) : argument.index;
  return { label, documentation: says, parameters, active };
}

function inTemplate({ text, cursor }: Embedded): Signature | undefined {
  const call = callAt(text, cursor);
  if (!call) return undefined;
  const { info, argument } = call;
  const { label, parameters } = signatureOf(info);
  const active = info.variadic ? Math.min(argument, parameters.length - 1) : argument;
  return { label, documentation: info.doc, parameters, active };
}

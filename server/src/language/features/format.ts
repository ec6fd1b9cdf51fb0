// Lays out the PromQL of a file by Prometheus' rules and leaves the YAML around it alone.
import type { Edit } from "../../edits.ts";
import { format } from "../../promql/format/format.ts";
import type { Range } from "../../ranges.ts";
import type { CheckContext } from "../check.ts";
import type { Document } from "../document.ts";
import { rulesIn } from "../expressions.ts";
import { writeScalar } from "../writeScalar.ts";

/** Edits for all expressions, or for those that `range` touches. Expressions with errors stay as they are. */
export function formatting(document: Document, context: CheckContext, range?: Range): readonly Edit[] {
  const options = { prometheusVersion: context.prometheusVersion };
  const { text } = document;
  if (document.kind === "promql") {
    const formatted = format(text, options);
    const whole = { range: { start: 0, end: text.length }, text: `${formatted}\n` };
    return formatted === undefined || whole.text === text ? [] : [whole];
  }
  return rulesIn(document, range).flatMap(({ fields }) => {
    const pair = fields.get("expr");
    const scalar = pair?.value;
    if (!pair || scalar?.kind !== "scalar") return [];
    const formatted = format(scalar.value, options);
    if (formatted === undefined || formatted === scalar.value.replace(/\n+$/, "")) return [];
    return writeScalar(text, pair, scalar, formatted) ?? [];
  });
}

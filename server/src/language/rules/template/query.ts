// template/query: PromQL in a template's `query "…"` that Prometheus cannot evaluate, found at its place in the text.

import { parse } from "../../../promql/syntax/parse.ts";
import { check as errorsOf } from "../../../promql/types/check.ts";
import { documentedType, inferType } from "../../../promql/types/inferType.ts";
import type { Range } from "../../../ranges.ts";
import type { QueryUse } from "../../../template/uses.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf } from "../../expression.ts";
import { usesOf } from "../../templates.ts";
import { loadable, placeName } from "./shared.ts";

export const templateQuery: RuleCheck = {
  id: "template/query",
  level: "warning",
  title: "A query inside a template that is not valid PromQL",
  needs: ["query in template"],
  check({ rule, context: { prometheusVersion } }, report): void {
    for (const template of loadable(rule)) {
      for (const query of usesOf(template).queries) {
        for (const { message, ...range } of faults(query, prometheusVersion))
          report({
            range: placeOf(template.scalar, range),
            message:
              `${placeName(template)}: ${message}. Prometheus loads the file, but the query fails when the alert fires, and the text ` +
              'becomes "<error expanding template ...>". Write an expression that gives an instant vector or a number.',
          });
      }
    }
  },
};

type Fault = Range & { readonly message: string };

function faults(query: QueryUse, prometheusVersion: string): Fault[] {
  const options = { prometheusVersion };
  const parsed = parse(query.expr, options);
  const errors = errorsOf(parsed, options);
  if (errors.length > 0) return errors.map(({ message, start, end }) => ({ message, ...placed(query, start, end) }));
  const type = parsed.expr && inferType(parsed.expr);
  if (type !== "matrix" && type !== "string") return [];
  const { start, end } = query;
  return [{ message: `rule result is not a vector or scalar: this is a ${documentedType(type)}`, start, end }];
}

/** From offsets of the expression to those of the template. */
function placed({ offsets, start, end }: QueryUse, from: number, to: number): Range {
  // What is missing is shown at the character before it.
  const first = from < to ? from : Math.max(0, from - 1);
  return { start: offsets[first] ?? start, end: offsets[Math.max(to, first + 1)] ?? end };
}

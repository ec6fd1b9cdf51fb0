// promql/syntax: an expression that Prometheus would refuse, with Prometheus' own words at the piece to blame.
import { inFull } from "../../../promql/types/check.ts";
import type { RuleCheck } from "../../check.ts";
import { placeOf, problems } from "../../expression.ts";

export const promqlSyntax: RuleCheck = {
  id: "promql/syntax",
  level: "error",
  title: "The expression is not valid PromQL",
  needs: ["invalid expression"],
  check({ rule: { expr }, context: { prometheusVersion } }, report): void {
    if (!expr || expr.value.trim() === "") return;
    for (const error of problems(expr, prometheusVersion))
      report({
        range: placeOf(expr, error),
        message: `${inFull(error)}. Prometheus refuses the whole file until this is mended.`,
      });
  },
};

// promql/test-syntax: an expression in a test of rules that Prometheus would refuse.
import { resolveAlias } from "../../../yaml/alias.ts";
import { valueAt, valuesOf } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";
import { placeOf, problems } from "../../expression.ts";

export const promqlTestSyntax: FileCheck = {
  id: "promql/test-syntax",
  level: "error",
  title: "An expression in a test of rules is not valid PromQL",
  kinds: ["prometheus-rules-test"],
  *check({ yaml }, { prometheusVersion }): Iterable<Report> {
    for (const test of valuesOf(resolveAlias(yaml, valueAt(yaml.documents[0]?.root, "tests")))) {
      const cases = valueAt(resolveAlias(yaml, test), "promql_expr_test");
      for (const one of valuesOf(resolveAlias(yaml, cases))) {
        const expr = resolveAlias(yaml, valueAt(resolveAlias(yaml, one), "expr"));
        if (expr?.kind !== "scalar" || expr.value.trim() === "") continue;
        for (const error of problems(expr, prometheusVersion))
          yield {
            range: placeOf(expr, error),
            message: `${error.message}. promtool counts the test as failed. Mend the expression.`,
          };
      }
    }
  },
};

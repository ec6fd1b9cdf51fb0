// promql/test-syntax: an expression in a test of rules that Prometheus would refuse.
import type { PromqlError } from "../../../promql/syntax/tree.ts";
import { inFull } from "../../../promql/types/check.ts";
import { documentedType, inferType } from "../../../promql/types/inferType.ts";
import { resolveAlias } from "../../../yaml/alias.ts";
import { type Scalar, valueAt, valuesOf } from "../../../yaml/tree.ts";
import type { FileCheck, Report } from "../../check.ts";
import { parsed, placeOf, problems } from "../../expression.ts";
import { scalarText } from "../../scalarText.ts";

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
        if (expr?.kind !== "scalar") continue;
        const text = scalarText(expr);
        if (text.trim() === "") continue;
        const read = text === expr.value ? expr : { ...expr, value: text, kept: undefined };
        const refused = problems(read, prometheusVersion);
        for (const error of refused.length > 0 ? refused : wrongResult(read, prometheusVersion))
          yield {
            range: placeOf(expr, error),
            message: `${inFull(error)}. promtool counts the test as failed. Mend the expression.`,
          };
      }
    }
  },
};

function wrongResult(expr: Scalar, prometheusVersion: string): PromqlError[] {
  const tree = parsed(expr, prometheusVersion).expr;
  const type = tree && inferType(tree);
  if (!tree || (type !== "matrix" && type !== "string")) return [];
  const message = `rule result is not a vector or scalar: this is a ${documentedType(type)}`;
  return [{ start: tree.start, end: tree.end, message }];
}

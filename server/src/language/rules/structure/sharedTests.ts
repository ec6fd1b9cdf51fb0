// Faults in the structure of a file of rule tests (cmd/promtool/unittest.go): read strictly, like rule files.
import { ruleTestSchema } from "../../../catalog/rules/schema.ts";
import { resolveAlias } from "../../../yaml/alias.ts";
import { valueAt, valuesOf, type YamlFile } from "../../../yaml/tree.ts";
import type { CheckContext } from "../../check.ts";
import { walkSchema } from "../../schema/walk.ts";
import { type Fault, fieldsOf, headOf, textOf } from "./shared.ts";
import { faultOf } from "./sharedDecoding.ts";

/** All faults of a file of rule tests in the order of the walk. */
export function testFaults(file: YamlFile, context: CheckContext): Fault[] {
  const root = file.documents[0]?.root;
  if (!root || root.kind === "empty" || root.kind === "broken") return [];
  const faults: Fault[] = [];
  walkSchema(
    {
      schema: ruleTestSchema,
      version: context.prometheusVersion,
      file,
      report: (event) => {
        const fault = faultOf(event, context);
        if (fault) faults.push(fault);
      },
    },
    root,
    { kind: "object", name: ruleTestSchema.root },
  );
  return [...faults, ...namelessAlerts(file)];
}

function* namelessAlerts(file: YamlFile): Iterable<Fault> {
  for (const test of valuesOf(resolveAlias(file, valueAt(file.documents[0]?.root, "tests")))) {
    const cases = valueAt(resolveAlias(file, test), "alert_rule_test");
    for (const item of valuesOf(resolveAlias(file, cases))) {
      const one = resolveAlias(file, item);
      if (one?.kind !== "mapping" || textOf(file, fieldsOf(file, one).get("alertname")) !== "") continue;
      const says = "an item under alert_rule_test misses required attribute alertname";
      yield { kind: "missing", at: () => headOf(one), says };
    }
  }
}

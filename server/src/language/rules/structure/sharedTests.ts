// Faults in the structure of a file of rule tests (cmd/promtool/unittest.go): read strictly, but by yaml v2.
import { goQuote } from "../../../catalog/prometheus/goQuote.ts";
import { ruleTestSchema } from "../../../catalog/rules/schema.ts";
import { resolveAlias } from "../../../yaml/alias.ts";
import { rangeOf, valueAt, valuesOf, type YamlFile } from "../../../yaml/tree.ts";
import type { CheckContext } from "../../check.ts";
import { scalarText } from "../../scalarText.ts";
import { walkSchema } from "../../schema/walk.ts";
import { type Fault, fieldsOf, headOf, isNull, textOf } from "./shared.ts";
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
      merges: "in place",
      report: (event) => {
        const fault = faultOf(event, context, "yaml2");
        if (fault) faults.push(fault);
      },
    },
    root,
    { kind: "object", name: ruleTestSchema.root },
  );
  return [...faults, ...timestamps(file), ...repeatedGroups(file), ...namelessAlerts(file)];
}

/** What `parseTime` of promtool takes: seconds since 1970, or RFC 3339. */
const moment =
  /^(?:[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf(?:inity)?|nan)|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d))$/i;

function* timestamps(file: YamlFile): Iterable<Fault> {
  for (const test of valuesOf(resolveAlias(file, valueAt(file.documents[0]?.root, "tests")))) {
    const node = resolveAlias(file, valueAt(resolveAlias(file, test), "start_timestamp"));
    if (node?.kind !== "scalar" || (isNull(node) && !/^N/.test(node.value))) continue;
    const text = scalarText(node);
    const isDate = !/T/.test(text) || !Number.isNaN(Date.parse(text.replace(",", ".")));
    if (moment.test(text) && isDate) continue;
    const says = `cannot parse ${goQuote(text)} to a valid timestamp`;
    yield { kind: "wrongType", at: () => rangeOf(node), says };
  }
}

function* repeatedGroups(file: YamlFile): Iterable<Fault> {
  const seen = new Set<string>();
  for (const item of valuesOf(resolveAlias(file, valueAt(file.documents[0]?.root, "group_eval_order")))) {
    const node = resolveAlias(file, item);
    const name = node?.kind === "scalar" ? scalarText(node) : "";
    const at = node ?? item;
    if (seen.has(name))
      yield { kind: "name", at: () => rangeOf(at), says: `group name repeated in evaluation order: ${name}` };
    seen.add(name);
  }
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

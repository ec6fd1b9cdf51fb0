// Faults in the structure of a file of rule tests (cmd/promtool/unittest.go): read strictly, but by yaml v2.
import { goQuote } from "../../../catalog/prometheus/goQuote.ts";
import { ruleTestSchema } from "../../../catalog/rules/schema.ts";
import { resolveAlias } from "../../../yaml/alias.ts";
import { rangeOf, valueAt, valuesOf, type YamlFile } from "../../../yaml/tree.ts";
import type { CheckSettings } from "../../check.ts";
import { isBadGlob } from "../../goGlob.ts";
import { scalarText } from "../../scalarText.ts";
import { walkSchema } from "../../schema/walk.ts";
import { type Fault, fieldsOf, headOf, isNull, textOf } from "./shared.ts";
import { faultOf } from "./sharedDecoding.ts";

/** All faults of a file of rule tests in the order of the walk. */
export function testFaults(file: YamlFile, settings: CheckSettings): Fault[] {
  const root = file.documents[0]?.root;
  if (!root || root.kind === "empty" || root.kind === "broken") return [];
  const faults: Fault[] = [];
  walkSchema(
    {
      schema: ruleTestSchema(),
      version: settings.prometheusVersion,
      file,
      merges: "in place",
      report: (event) => {
        const fault = faultOf(event, settings, "yaml2");
        if (fault) faults.push(fault);
      },
    },
    root,
    { kind: "object", name: ruleTestSchema().root },
  );
  return [
    ...faults,
    ...badPatterns(file),
    ...timestamps(file),
    ...repeatedGroups(file),
    ...namelessAlerts(file),
    ...missingExpressions(file),
  ];
}

function* badPatterns(file: YamlFile): Iterable<Fault> {
  for (const item of valuesOf(resolveAlias(file, valueAt(file.documents[0]?.root, "rule_files")))) {
    const node = resolveAlias(file, item);
    if (node?.kind !== "scalar" || !isBadGlob(scalarText(node))) continue;
    yield { kind: "wrongType", at: () => rangeOf(item), says: "syntax error in pattern" };
  }
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
  const says = "an item under alert_rule_test misses required attribute alertname";
  for (const { at } of itemsWithout(file, "alert_rule_test", "alertname")) yield { kind: "missing", at, says };
}

function* missingExpressions(file: YamlFile): Iterable<Fault> {
  const says = "an item under promql_expr_test misses expr: no expression found in input";
  for (const { at } of itemsWithout(file, "promql_expr_test", "expr")) yield { kind: "missing", at, says };
}

/** Items of a list of the tests whose field is absent or an empty text: an item that is null has no field at all. */
function* itemsWithout(file: YamlFile, list: string, field: string): Iterable<Pick<Fault, "at">> {
  for (const test of valuesOf(resolveAlias(file, valueAt(file.documents[0]?.root, "tests")))) {
    for (const item of valuesOf(resolveAlias(file, valueAt(resolveAlias(file, test), list)))) {
      const one = resolveAlias(file, item);
      if (one?.kind === "empty" || (one && isNull(one))) yield { at: () => rangeOf(item) };
      if (one?.kind === "mapping" && textOf(file, fieldsOf(file, one).get(field))?.trim() === "")
        yield { at: () => (one.pairs.length > 0 ? headOf(one) : rangeOf(item)) };
    }
  }
}

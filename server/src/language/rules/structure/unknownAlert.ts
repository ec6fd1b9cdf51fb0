// structure/unknown-alert: an alert that none of the rule files of a test has.
import { closest, distance } from "fastest-levenshtein";
import { resolveAlias } from "../../../yaml/alias.ts";
import { rangeOf, type Scalar, valueAt, valuesOf, type YamlFile } from "../../../yaml/tree.ts";
import { type FileCheck, fix, type Report } from "../../check.ts";
import { pathOf, patternFrom } from "../../scrapeFiles.ts";
import type { Workspace } from "../../workspace.ts";

export const structureUnknownAlert: FileCheck = {
  id: "structure/unknown-alert",
  level: "warning",
  title: "An alert that none of the rule files of a test has",
  kinds: ["prometheus-rules-test"],
  *check({ uri, yaml }, { workspace }): Iterable<Report> {
    const alerts = alertsUnderTest(uri, yaml, workspace);
    if (!alerts) return;
    for (const name of namesIn(yaml)) {
      if (name.value === "" || alerts.has(name.value)) continue;
      const near = alerts.size > 0 ? closest(name.value, [...alerts]) : undefined;
      const meant =
        near !== undefined && distance(near, name.value) <= Math.max(2, name.value.length / 4) ? near : undefined;
      const advice = meant === undefined ? "Write the name of an alert that is there." : `Write ${meant}.`;
      const message = `None of the rule files of this test has the alert ${name.value}: nothing is ever expected of it, or the test fails. ${advice}`;
      const range = rangeOf(name);
      yield {
        range,
        message,
        fixes: meant === undefined ? [] : [fix(`Write ${meant}`, { range, text: meant }, false)],
      };
    }
  },
};

/** Names of the alerts in the rule files of a test; undefined where the workspace does not have all of these files. */
function alertsUnderTest(uri: string, yaml: YamlFile, { files }: Workspace): ReadonlySet<string> | undefined {
  const entries = valuesOf(resolveAlias(yaml, valueAt(yaml.documents[0]?.root, "rule_files")));
  const names = new Set<string>();
  if (entries.length === 0) return undefined;
  for (const entry of entries) {
    if (entry.kind !== "scalar") return undefined;
    const pattern = patternFrom(uri, entry.value);
    const found = files.filter((file) => file.kind === "prometheus-rules" && pattern.test(pathOf(file.uri)));
    if (found.length === 0) return undefined;
    for (const { alertNames } of found) for (const name of alertNames) names.add(name);
  }
  return names;
}

function namesIn(yaml: YamlFile): Scalar[] {
  return valuesOf(resolveAlias(yaml, valueAt(yaml.documents[0]?.root, "tests"))).flatMap((test) =>
    valuesOf(resolveAlias(yaml, valueAt(resolveAlias(yaml, test), "alert_rule_test"))).flatMap((one) => {
      const name = resolveAlias(yaml, valueAt(resolveAlias(yaml, one), "alertname"));
      return name?.kind === "scalar" ? [name] : [];
    }),
  );
}

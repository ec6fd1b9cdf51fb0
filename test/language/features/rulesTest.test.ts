// Files of rule tests: what is proposed and explained in input series, in alerts under test and in expressions.
import { describe, expect, test } from "vitest";
import { completion } from "../../../server/src/language/features/completion.ts";
import { hover } from "../../../server/src/language/features/hover.ts";
import { mark, marked } from "./world.ts";

const file = (...lines: string[]): string =>
  `rule_files: [rules/*.rules.yml]\ntests:\n  - interval: 30s\n${lines.map((line) => `    ${line}\n`).join("")}`;
const input = (series: string, values = "1"): string =>
  file("input_series:", `  - series: ${series}`, `    values: ${values}`);

const at = (text: string) => marked(text, "a.rules.test.yml");

function labelsAt(text: string): string[] {
  const { document, offset, context } = at(text);
  return completion(document, offset, context).map(({ label }) => label);
}

function hoverAt(text: string): string | undefined {
  const { document, offset, context } = at(text);
  return hover(document, offset, context)?.markdown;
}

describe("proposals in a series", () => {
  test("names of metrics and no functions", () => {
    const labels = labelsAt(input(`dkron_job${mark}`));
    expect(labels).toContain("dkron_job_executions_failed_total");
    expect(labels).toContain("job_name:failures:rate5m");
    expect(labels).not.toContain("rate");
  });

  test("labels of the metric", () => {
    expect(labelsAt(input(`'dkron_job_executions_failed_total{${mark}}'`))).toContain("job_name");
  });

  test("only one sign between a label and its value", () => {
    expect(labelsAt(input(`'up{job${mark} }'`).replace(`${mark} `, ` ${mark}`))).toEqual(["="]);
  });

  test("labels of an expected sample", () => {
    const text = file("promql_expr_test:", "  - expr: up", `    exp_samples: [{labels: 'up{${mark}}', value: 1}]`);
    expect(labelsAt(text)).toContain("job");
  });

  test("nothing among values", () => {
    expect(labelsAt(input("up", `1 ${mark}`))).toEqual([]);
  });
});

describe("explanations", () => {
  test("of a metric in a series", () => {
    expect(hoverAt(input(`dkron_job_${mark}executions_failed_total`))).toContain("dkron_job_executions_failed_total");
  });

  test.each([
    [`0+1x${mark}10`, "11 samples, one every 30s, the last 5m after the start."],
    [`${mark}5`, "1 sample, at the start."],
    [`${mark}1x`, undefined],
  ])("of the values %s", (values, says) => {
    const said = hoverAt(input("up", values));
    if (says === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(says);
  });

  test("of an alert under test", () => {
    expect(hoverAt(file("alert_rule_test:", `  - alertname: Rec${mark}orded`))).toBe(
      "**`Recorded`** · alert of `recorded.rules.yml`",
    );
  });

  test("of an expression and of a field", () => {
    expect(hoverAt(file("promql_expr_test:", `  - expr: ra${mark}te(up[5m])`))).toContain("rate(");
    expect(hoverAt(file(`input_se${mark}ries: []`))).toContain("The series that the rules see.");
  });
});

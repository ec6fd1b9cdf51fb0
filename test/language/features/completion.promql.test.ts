// Completion in expressions: what is proposed at the mark, and what the text is once it was taken.
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/edits.ts";
import { openDocument } from "../../../server/src/language/document.ts";
import { completion } from "../../../server/src/language/features/completion.ts";
import { contextOf, marked, rule } from "./world.ts";

const labelsAt = (text: string, path?: string): string[] => {
  const { document, offset, context } = marked(text, path);
  return completion(document, offset, context).map(({ label }) => label);
};

/** The text with the proposal taken; stops of a snippet stay as they are. */
function checkTaken(before: string, label: string, after: string, path?: string): void {
  const { document, offset, context } = marked(before, path);
  const item = completion(document, offset, context).find((candidate) => candidate.label === label);
  if (!item) throw new Error(`no ${label} at ${before}`);
  expect(applyEdits(document.text, [item.edit, ...(item.also ?? [])])).toBe(after);
}

const failed = "dkron_job_executions_failed_total";

describe("the order of metrics", () => {
  const order = (text: string, ...labels: string[]): string[] => {
    const { document, offset, context } = marked(text);
    return completion(document, offset, context)
      .filter(({ label }) => labels.includes(label))
      .sort((a, b) => ((a.sort ?? a.label) < (b.sort ?? b.label) ? -1 : 1))
      .map(({ label }) => label);
  };
  const [gauge, summary, count] = ["go_goroutines", "dkron_grpc_agent_run", "dkron_grpc_agent_run_count"];

  test.each<[expr: string, ...wanted: string[]]>([
    ["rate(¦)", count, failed, summary, gauge],
    ["resets(¦)", count, failed, summary, gauge],
    ["deriv(¦)", gauge, summary, count, failed],
    ["avg_over_time(¦)", summary, count, failed, gauge],
    ["sum(¦)", summary, count, failed, gauge],
  ])("%s", (expr, ...wanted) => {
    expect(order(rule(expr), gauge, summary, count, failed)).toEqual(wanted);
  });
});

describe("the places of an expression", () => {
  const cases: [place: string, has: readonly string[], hasNot: readonly string[]][] = [
    ["¦", [failed, "rate", "sum", "sum by (…)", "job_name:failures:rate5m"], ["by", "=", "and"]],
    ["ra¦", [failed, "rate"], ["and"]],
    ["foo ¦", ["and", "or", "==", "+", "offset", "@"], [failed, "by", "bool"]],
    ["sum(foo) ¦", ["by", "without", ">", "and"], [failed, "offset"]],
    ["sum ¦", ["by", "without"], [failed]],
    ["foo[¦", ["5m", "1h"], [failed, "rate"]],
    ["foo[5m¦]", ["5m", "10m"], [failed]],
    ["foo[5m:¦", ["30s", "1m"], ["6h"]],
    ["foo offset ¦", ["5m", "1d"], [failed]],
    ["foo @ ¦", ["start()", "end()"], [failed]],
    ["foo > ¦", [failed, "bool", "on", "ignoring", "rate"], ["and", "or"]],
    ["foo + ¦", [failed, "on", "ignoring"], ["bool"]],
    ["a and b ¦", ["or", "unless", "=="], [failed]],
    [`${failed}{¦`, ["job_name", "instance", "job"], ["quantile", failed]],
    [`${failed}{job_name="x",¦}`, ["instance", "job"], ["job_name"]],
    [`${failed}{job_name ¦`, ["=", "!=", "=~", "!~"], ["job"]],
    ["up{job=¦", ["dkron", "node"], ["job"]],
    ["up{job=~'¦'}", ["dkron", "node"], []],
    ["up{instance='¦'}", ["a.example:8080", "b.example:8080"], []],
    ["dkron_memberlist_gossip{quantile='¦'}", ["0.5", "0.9", "0.99"], ["0.95"]],
    [`sum by (¦) (${failed})`, ["job_name", "instance", "job"], ["quantile"]],
    [`sum(${failed}) by (¦)`, ["job_name"], ["quantile"]],
    ["sum by (¦) (job_name:failures:rate5m)", ["job_name", "team"], ["instance"]],
    ["sum by (¦", ["job_name", "instance", "quantile"], []],
    [`job_name:failures:rate5m / on(¦) sum by (instance) (${failed})`, ["job_name", "team", "instance"], ["job"]],
    ["job_name:failures:rate5m{¦}", ["job_name", "team"], ["instance"]],
    ["quantile(¦", ["0.5", "0.99", failed], []],
    ["topk(¦", ["3"], []],
    ["histogram_quantile(0.9, ¦", [failed, "rate"], ["0.5"]],
    [`label_replace(${failed}, ¦`, ["job_name", "instance"], [failed]],
    [`label_replace(${failed}, '¦`, ["job_name", "instance"], [failed]],
    ["label_replace(up, 'a', '¦', 'job', '(.*)')", ["$1"], ["job"]],
    ["a * on(x) group_left ¦", ["( )"], []],
    ["{__name__='¦'}", [failed], ["rate"]],
    ["foo # ¦", [], [failed]],
  ];
  test.each(cases)("%s", (place, has, hasNot) => {
    for (const [path, text] of [
      ["x.promql", place],
      ["x.rules.yml", rule(`|\n          ${place}`)],
      ["x.rules.yml", rule(`"${place}"`)],
    ] as const) {
      const labels = labelsAt(text, path);
      expect(labels).toEqual(expect.arrayContaining([...has]));
      for (const label of hasNot) expect(labels).not.toContain(label);
    }
  });
});

describe("taken", () => {
  test.each<[title: string, before: string, label: string, after: string]>([
    ["a half-typed name", rule("dkron_job_ex¦"), failed, rule(failed)],
    ["in the middle of a name", rule("dkron¦_job > 1"), failed, rule(`${failed} > 1`)],
    [
      "behind a colon without a blank",
      "groups:\n- rules:\n  - expr:¦",
      "vector",
      `groups:\n- rules:\n  - expr: vector(\${1:number})$0`,
    ],
    ["a range function", rule("ra¦"), "rate", rule(`rate($1[\${11:5m}])$0`)],
    ["a function whose arguments are there", rule("ra¦(x[5m])"), "rate", rule("rate(x[5m])")],
    ["a metric where a range is wanted", rule("rate(dkron¦)"), failed, rule(`rate(${failed}[\${1:5m}]$0)`)],
    ["a metric whose range is there", rule("rate(dkron¦[1h])"), failed, rule(`rate(${failed}[1h])`)],
    ["a label and its value", rule(`${failed}{jo¦}`), "job_name", rule(`${failed}{job_name="$1"$0}`)],
    ["a label in double quotes", rule(`"${failed}{jo¦}"`), "job_name", rule(`"${failed}{job_name='$1'$0}"`)],
    ["a label in single quotes", rule(`'${failed}{jo¦}'`), "job_name", rule(`'${failed}{job_name="$1"$0}'`)],
    ["a label whose value is there", rule('up{jo¦="x"}'), "job", rule('up{job="x"}')],
    ["a value in quotes", rule('up{job="no¦"}'), "node", rule('up{job="node"}')],
    ["a value whose quote is open", rule('up{job="no¦'), "node", rule('up{job="node"')],
    ["a value without quotes", rule("up{job=¦}"), "node", rule('up{job="node"}')],
    [
      "a value in a pattern",
      rule("|\n          up{instance=~'¦'}"),
      "a.example:8080",
      rule("|\n          up{instance=~'a\\\\.example:8080'}"),
    ],
    [
      "a pattern as the whole value",
      rule("¦"),
      "dkron_<host>_runtime_alloc_bytes",
      rule("'{__name__=~\"dkron_.+_runtime_alloc_bytes\"}'"),
    ],
    [
      "a pattern before more",
      rule("runtime_all¦ > 1"),
      "dkron_<host>_runtime_alloc_bytes",
      rule("'{__name__=~\"dkron_.+_runtime_alloc_bytes\"} > 1'"),
    ],
    [
      "a pattern in a block",
      rule(">-\n          runtime_all¦ > 1"),
      "dkron_<host>_runtime_alloc_bytes",
      rule('>-\n          {__name__=~"dkron_.+_runtime_alloc_bytes"} > 1'),
    ],
    [
      "the last line of a block",
      rule("|\n          sum(\n            x\n          ) ¦"),
      "by",
      rule("|\n          sum(\n            x\n          ) by ($1) $0"),
    ],
    [
      "a new line of a block",
      rule("|\n          sum(\n            ¦\n          )"),
      failed,
      rule(`|\n          sum(\n            ${failed}\n          )`),
    ],
    ["behind a blank of a plain one", rule("up ¦"), "and", rule("up and ")],
    [
      "with Windows line ends",
      rule("|\r\n          sum(\r\n            fail¦)"),
      failed,
      rule(`|\r\n          sum(\r\n            ${failed})`),
    ],
    ["a string argument", rule("label_replace(up, ¦"), "job", rule('label_replace(up, "job"')],
    ["a duration", rule("x[¦]"), "10m", rule("x[10m]")],
  ])("%s", (_title, before, label, after) => checkTaken(before, label, after));
});

test("metrics bring their type, and their page only when somebody looks", () => {
  const { document, offset, context } = marked(rule("¦"));
  const item = completion(document, offset, context).find(({ label }) => label === failed);
  expect(item?.detail).toBe("counter in executions");
  expect(item?.documentation).toBeUndefined();
  expect(item?.resolve).toBe(failed);
});

test.each([
  ["dkron_grpc_agent_run", "summary in ms"],
  ["dkron_grpc_agent_run_sum", "counter in ms"],
  ["dkron_grpc_agent_run_count", "counter in observations"],
])("%s is a %s", (label, detail) => {
  const { document, offset, context } = marked(rule("¦"));
  expect(completion(document, offset, context).find((item) => item.label === label)?.detail).toBe(detail);
});

test("functions of a newer Prometheus are not proposed", () => {
  const document = openDocument("file:///x.promql", "", 0, "");
  const labels = completion(document, 0, { ...contextOf(), prometheusVersion: "2.45" }).map(({ label }) => label);
  expect(labels).toContain("holt_winters");
  expect(labels).not.toContain("ts_of_max_over_time");
});

test("in a manifest", () => {
  const manifest = `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n  groups:\n    - name: g\n      rules:\n        - alert: A\n          expr: dkron_job¦\n`;
  expect(labelsAt(manifest)).toContain(failed);
});

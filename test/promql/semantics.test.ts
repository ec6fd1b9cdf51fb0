// What a value is: kind, unit and bounds, by what is known of the metrics.
import { describe, expect, test } from "vitest";
import { parse } from "../../server/src/promql/syntax/parse.ts";
import type { MetricInfo } from "../../server/src/promql/types/metricInfo.ts";
import { inferQuantity } from "../../server/src/promql/types/semantics.ts";
import { unitText } from "../../server/src/promql/types/units.ts";

const known: Readonly<Record<string, MetricInfo>> = {
  runs_total: { type: "counter", unit: "executions", labels: [], range: [0, null] },
  cpu_seconds_total: { type: "counter", unit: "s", labels: [], range: [0, null] },
  heap_bytes: { type: "gauge", unit: "bytes", labels: [], range: [0, null] },
  limit_bytes: { type: "gauge", unit: "bytes", labels: [], range: [0, null] },
  up: { type: "gauge", unit: "flag", labels: [], range: [0, 1] },
  share: { type: "gauge", unit: "ratio", labels: [], range: [0, 1] },
  commit_ms: { type: "summary", unit: "ms", labels: [], range: [0, null] },
  commit_ms_sum: { type: "counter", unit: "ms", labels: [], range: [0, null] },
  commit_ms_count: { type: "counter", unit: "observations", labels: [], range: [0, null] },
  latency: { type: "histogram", unit: "s", labels: [], range: [0, null] },
  latency_bucket: { type: "counter", unit: "observations", labels: [], range: [0, null] },
  process_start_time_seconds: { type: "gauge", unit: "s", labels: [], range: [0, null] },
  temperature: { type: "gauge", unit: "celsius", labels: [], range: [null, null] },
};

function quantity(text: string): string {
  const { expr } = parse(text);
  if (!expr) throw new Error("no expression");
  const { kind, unit, range } = inferQuantity(expr, (name) => known[name]);
  return `${kind} ${unitText(unit) || "?"} ${range[0] ?? "-∞"}..${range[1] ?? "∞"}`;
}

describe("a value", () => {
  test.each([
    ["runs_total", "counter executions 0..∞"],
    ["rate(runs_total[5m])", "rate executions/s 0..∞"],
    ["sum by (job) (rate(runs_total[5m]))", "rate executions/s 0..∞"],
    ["increase(runs_total[5m])", "increase executions 0..∞"],
    ["rate(cpu_seconds_total[5m])", "rate ratio 0..∞"],
    ["deriv(heap_bytes[1h])", "rate bytes/s -∞..∞"],
    ["heap_bytes", "value bytes 0..∞"],
    ["heap_bytes / 1024 / 1024", "value MiB 0..∞"],
    ["heap_bytes / limit_bytes", "value ratio 0..∞"],
    ["100 * heap_bytes / limit_bytes", "value percent 0..∞"],
    ["7 * heap_bytes", "value ? 0..∞"],
    ["heap_bytes / limit_bytes * 100", "value percent 0..∞"],
    ["share * 100", "value percent 0..100"],
    ["1 - share", "value ratio 0..1"],
    ["commit_ms / 1000", "value s 0..∞"],
    ["rate(commit_ms_sum[5m]) / rate(commit_ms_count[5m])", "value ms 0..∞"],
    ["histogram_quantile(0.9, sum by (le) (rate(latency_bucket[5m])))", "value s 0..∞"],
    ["time() - process_start_time_seconds", "value s -∞..∞"],
    ["60 < time() - process_start_time_seconds", "value s -∞..∞"],
    ["time() - 3600 > up", "flag flag 0..1"],
    ["up", "flag flag 0..1"],
    ["sum(up)", "count series 0..∞"],
    ["count(heap_bytes)", "count series 1..∞"],
    ["avg_over_time(up[1h])", "value ratio 0..1"],
    ["avg(up) * 100", "value percent 0..100"],
    ["heap_bytes > 5", "value bytes 0..∞"],
    ["heap_bytes > bool 5", "flag flag 0..1"],
    ["absent(up)", "flag flag 1..1"],
    ["clamp_min(share, 2)", "value ratio 2..2"],
    ["clamp_min(temperature, 1)", "value celsius 1..∞"],
    ["clamp_max(temperature, 9)", "value celsius -∞..9"],
    ["clamp_max(heap_bytes, -1)", "value bytes -1..-1"],
    ["clamp(heap_bytes, 1, 9)", "value bytes 1..9"],
    ["clamp_min(share, scalar(up))", "value ratio -∞..∞"],
    ["-temperature", "value celsius -∞..∞"],
    ["abs(temperature)", "value celsius 0..∞"],
    ["heap_bytes or vector(0)", "value bytes 0..∞"],
    ["changes(up[1h])", "count changes 0..∞"],
    ["runs_total and up", "counter executions 0..∞"],
    ["heap_bytes + temperature", "unknown ? -∞..∞"],
    ["5m", "number s 300..300"],
    ["2 * 3", "number ? 6..6"],
    ["something_else", "unknown ? -∞..∞"],
    ["hour()", "value ? 0..23"],
    ["predict_linear(heap_bytes[1h], 3600)", "value bytes -∞..∞"],
  ])("%s", (text, wanted) => {
    expect(quantity(text)).toBe(wanted);
  });

  test("tells the metrics that it is made of", () => {
    const { expr } = parse("rate(runs_total[5m]) / on() heap_bytes");
    if (!expr) throw new Error("no expression");
    const { metrics, types } = inferQuantity(expr, (name) => known[name]);
    expect(metrics).toEqual(["runs_total", "heap_bytes"]);
    expect(types).toEqual(["counter", "gauge"]);
  });
});

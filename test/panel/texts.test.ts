// What the panel writes: numbers with units, series as selectors, numbers for a spreadsheet, colours that stand out.
import { describe, expect, test } from "vitest";
import type { ExecutionFrame, SeriesInfo } from "../../client/src/panel/messages.ts";
import { familyTexts, metricTexts } from "../../client/src/panel/metricTexts.ts";
import { chartCsv, chartJson } from "../../client/src/panel/view/charts/chartNumbers.ts";
import { contrast, legible, parseColour } from "../../client/src/panel/view/colour.ts";
import { Executions } from "../../client/src/panel/view/executions.ts";
import { ago, axisSteps, format, span, type Unit, unitNamed, unitOfRate } from "../../client/src/panel/view/format.ts";
import { ruleExpression, seriesFacts, seriesLabel, seriesName } from "../../client/src/panel/view/seriesText.ts";
import { metricRows } from "../../client/src/panel/view/tabs/metricsRows.ts";

const info = (change: Partial<SeriesInfo>): SeriesInfo => ({
  id: 1,
  source: "agent",
  name: "m",
  labels: {},
  type: "gauge",
  role: "value",
  cumulative: false,
  family: "m",
  ...change,
});

describe("format", () => {
  test.each<[value: number | null, unit: Unit, text: string]>([
    [null, "bytes", "–"],
    [Number.NaN, "number", "–"],
    [0.25, "ratio", "25 %"],
    [0.9987, "ratio", "99.9 %"],
    [0, "bytes", "0 B"],
    [1536, "bytes", "1.5 KiB"],
    [1024 ** 3, "bytes", "1 GiB"],
    [0.0035, "seconds", "3.5 ms"],
    [90, "seconds", "1.5 min"],
    [1500, "ms", "1.5 s"],
    [25e-9, "seconds", "25 ns"],
    [2_500_000, "ns", "2.5 ms"],
    [12_345, "number", "12.3 k"],
    [1234, "count", "1234"],
    [0.5, "per second", "0.5/s"],
    [0, "time share", "0"],
    [0.000_005, "time share", "5 µs/s"],
    [2048, "bytes per second", "2 KiB/s"],
    [-5, "number", "-5"],
  ])("%s as %s is %s", (value, unit, text) => {
    expect(format(value, unit)).toBe(text);
  });

  test("axes count in steps that people count in", () => {
    expect(axisSteps("bytes").slice(9, 12)).toEqual([512, 1024, 2048]);
    expect(axisSteps("count")[0]).toBe(1);
    expect(axisSteps("seconds")).toContain(900);
    for (const unit of ["bytes", "seconds", "ratio", "number", "ns", "ms", "count", "time share"] as const) {
      const steps = axisSteps(unit);
      expect(steps).toEqual([...steps].sort((a, b) => a - b));
    }
  });

  test("units of rates", () => {
    expect(unitOfRate(unitNamed("bytes"))).toBe("bytes per second");
    expect(unitOfRate(unitNamed("seconds"))).toBe("time share");
    expect(unitOfRate(unitNamed("goroutines"))).toBe("per second");
  });

  test("spans in words", () => {
    expect([span(45_000), span(600_000), span(7_200_000), span(400_000_000)]).toEqual(["45 s", "10 min", "2 h", "5 d"]);
    expect([ago(1000, 1500), ago(1000, 11_000)]).toEqual(["just now", "10 s ago"]);
  });
});

describe("a series as text", () => {
  const counter = info({
    name: "dkron_job_executions_failed_total",
    family: "dkron_job_executions_failed_total",
    labels: { instance: "a:1", job: "dkron", job_name: 'say "hi"' },
    cumulative: true,
  });

  test("has every label in its name, and those of the target not in a rule", () => {
    expect(seriesName(counter)).toBe(
      'dkron_job_executions_failed_total{instance="a:1", job="dkron", job_name="say \\"hi\\""}',
    );
    expect(ruleExpression(counter)).toBe('rate(dkron_job_executions_failed_total{job_name="say \\"hi\\""}[5m])');
  });

  test("a name beyond the old letters is quoted", () => {
    expect(ruleExpression(info({ name: "a.b", labels: { "c.d": "e" } }))).toBe('{"a.b", "c.d"="e"}');
  });

  test("is told from its family by what differs", () => {
    expect(seriesLabel(counter, false)).toBe('say "hi"');
    expect(seriesLabel(info({ role: "quantile", labels: { quantile: "0.5", instance: "x" } }), true)).toBe("q 0.5 · x");
    expect(seriesLabel(info({ name: "m_sum", family: "m", labels: { instance: "x" } }), false)).toBe("sum");
    expect(seriesLabel(info({ labels: { instance: "x" } }), false)).toBe("x");
  });

  test("says its unit, unless it counts: then only all of its family has one", () => {
    const part = (role: SeriesInfo["role"]) => info({ type: "summary", role, unit: "ms", host: "cron-1" });
    const measured = "summary · ms · host cron-1 in its name · from agent";
    const counted = "summary · host cron-1 in its name · from agent";
    for (const role of ["quantile", "sum"] as const) expect(seriesFacts(part(role), undefined, false)).toBe(measured);
    for (const role of ["count", "bucket"] as const) expect(seriesFacts(part(role), "ms", false)).toBe(counted);
    expect(seriesFacts(part("count"), "ms", true)).toBe(measured);
  });
});

test("rows of the metrics tab: families by name, every word of the search in the name or a label", () => {
  const all = [
    info({ id: 1, name: "b", family: "b" }),
    info({ id: 2, name: "a_sum", family: "a", labels: { x: "Yes" } }),
    info({ id: 3, name: "a_count", family: "a" }),
  ];
  expect(metricRows(all, "").map((row) => (row.kind === "family" ? row.family : row.info.id))).toEqual(["a", 2, 3, 1]);
  expect(metricRows(all, "YES a_").map((row) => row.kind === "series" && row.alone)).toEqual([true]);
  expect(metricRows(all, "nothing")).toEqual([]);
});

describe("numbers to save", () => {
  const data = { times: [0, 1], lines: [{ label: '=a,"b"', values: [1, null] }] };

  test("CSV: quoted where needed, no formula, an empty field for a gap", () => {
    expect(chartCsv(data)).toBe(
      '"time","\'=a,""b"""\r\n1970-01-01T00:00:00.000Z,1\r\n1970-01-01T00:00:01.000Z,\r\n'.replace('"time"', "time"),
    );
  });

  test("JSON says title and unit", () => {
    expect(JSON.parse(chartJson({ title: "T", unit: "bytes" }, data))).toEqual({
      title: "T",
      unit: "bytes",
      times: ["1970-01-01T00:00:00.000Z", "1970-01-01T00:00:01.000Z"],
      series: [{ label: '=a,"b"', values: [1, null] }],
    });
  });
});

describe("colours", () => {
  test.each([
    ["#fff", [255, 255, 255]],
    ["#ea5c0055", [234, 92, 0]],
    ["rgba(1, 2, 3, 0.5)", [1, 2, 3]],
    ["rgb(1 2 3 / 50%)", [1, 2, 3]],
    ["var(--x)", undefined],
  ])("%s", (text, expected) => {
    expect(parseColour(text)).toEqual(expected);
  });

  test("a line stands out from its background, whatever the theme says", () => {
    const [dark, light] = [parseColour("#1f1f1f"), parseColour("#ffffff")];
    if (!dark || !light) throw new Error("unreadable");
    expect(contrast(legible([40, 40, 40], dark, light), dark)).toBeGreaterThanOrEqual(3);
    expect(contrast(legible([250, 250, 100], light, dark), light)).toBeGreaterThanOrEqual(3);
    expect(legible([255, 0, 0], light, dark)).toEqual([255, 0, 0]);
  });
});

describe("executions", () => {
  const run = (id: string, startedAt: number, finishedAt: number | null): ExecutionFrame => ({
    id,
    job: "j",
    node: "n",
    startedAt,
    finishedAt,
    success: true,
    attempt: 1,
    group: "0",
  });

  test("mean durations of what finished within the minute before", () => {
    const executions = new Executions(() => undefined);
    executions.add("j", [run("a", 0, 10_000), run("b", 10_000, 30_000), run("c", 40_000, null)], 40_000);
    const { times, lines } = executions.durations(0, 100);
    const at = (time: number): number | null => lines[0]?.values[times.indexOf(time)] ?? null;
    expect([at(5), at(10), at(30), at(65), at(75), at(95)]).toEqual([null, 10, 15, 15, 20, null]);
    expect(executions.meanDuration("j")).toBe(15_000);
    expect(executions.of("j").map(({ id }) => id)).toEqual(["c", "b", "a"]);
  });

  test("one that ran and is listed no more runs for ever no more; what had finished stays", () => {
    const executions = new Executions(() => undefined);
    executions.add("j", [run("a", 0, 10_000), run("b", 20_000, null)], 30_000);
    executions.add("j", [run("c", 90_000, null)], 90_000);
    expect(executions.of("j").map(({ id }) => id)).toEqual(["c", "a"]);
  });

  test("asks for a few jobs at a time, all of them in turn", () => {
    const asked: string[] = [];
    const executions = new Executions((_, job) => asked.push(job));
    const jobs = Array.from({ length: 20 }, (_, i) => ({ name: `j${i}` }));
    const cluster = { source: "api", jobs } as unknown as Parameters<Executions["follow"]>[0];
    for (let i = 0; i < 3; i++) executions.follow(cluster);
    expect(new Set(asked).size).toBe(20);
    expect(asked).toHaveLength(24);
  });
});

describe("the catalogue's texts", () => {
  test("rows that exist", () => {
    expect(metricTexts(["runtime.num_goroutines", "nothing"]).map(({ row }) => row)).toEqual([
      "runtime.num_goroutines",
    ]);
  });

  test("families say what a version exports of them", () => {
    const raft = (version: string) => familyTexts(version).find(({ family }) => family === "raft");
    expect(raft("4.1.2")?.exported).toBe(0);
    expect(raft("4.1.2")?.sentence).toMatch(/^Dkron 4\.1\.2 exports none of the \d+ Raft metrics: .+\.$/);
    expect(raft("4.0.9")?.exported).toBeGreaterThan(20);
  });
});

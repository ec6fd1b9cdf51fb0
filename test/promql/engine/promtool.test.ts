// The engine against `promtool test rules` where that is installed, with the semantics of its version: random series with resets, gaps
// and staleness markers, at times on samples and between.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { evaluate } from "../../../server/src/promql/engine/evaluate.ts";
import { keyOf, labelsFrom } from "../../../server/src/promql/engine/labels.ts";
import { type Series, sourceOf } from "../../../server/src/promql/engine/source.ts";
import { parse } from "../../../server/src/promql/syntax/parse.ts";

/** `major.minor` of the promtool on the PATH. */
function promtoolVersion(): string | undefined {
  const { status, stdout, stderr } = spawnSync("promtool", ["--version"], { encoding: "utf8", timeout: 20_000 });
  return status === 0 ? /version (\d+\.\d+)/.exec(stdout + stderr)?.[1] : undefined;
}

const version = promtoolVersion();
if (version === undefined) console.log("promtool is not installed: the engine is not compared with it here");
const semantics = version?.startsWith("2.") ? 2 : 3;

const expressions = [
  "m",
  "m offset 1m",
  "m - m offset 2m",
  "sum(m)",
  "sum by (job) (m)",
  "avg by (job) (m)",
  "min without (i) (m)",
  "max by (job) (m)",
  "count by (job) (m)",
  "stddev(m)",
  "stdvar by (job) (m)",
  "quantile(0.3, m)",
  "group by (i) (m)",
  "count_values by (job) ('v', m)",
  "rate(m[2m])",
  "increase(m[5m])",
  "delta(m[3m])",
  "irate(m[2m])",
  "idelta(m[2m])",
  "deriv(m[5m])",
  "predict_linear(m[5m], 600)",
  "changes(m[5m])",
  "resets(m[5m])",
  "avg_over_time(m[3m])",
  "min_over_time(m[3m])",
  "max_over_time(m[3m])",
  "sum_over_time(m[3m])",
  "count_over_time(m[3m])",
  "last_over_time(m[3m])",
  "present_over_time(m[3m])",
  "quantile_over_time(0.9, m[3m])",
  "stddev_over_time(m[3m])",
  "absent(m{i='9'})",
  "absent_over_time(m{i='9'}[1m])",
  "m > 20",
  "m > bool 20",
  "10 < m",
  "m and on (job) n",
  "m unless on (job) n",
  "m or n",
  "m / on (job) group_left n",
  "n * on (job) group_right (i) m",
  "sum by (job) (rate(m[5m])) / sum by (job) (rate(n[5m]))",
  "max_over_time(rate(m[2m])[10m:1m])",
  "sum_over_time(m[10m:30s])",
  "m @ 300",
  "rate(m[2m] @ 600 offset 1m)",
  "label_replace(m, 'k', '$1-x', 'job', '(.*)')",
  "label_join(m, 'k', '-', 'job', 'i')",
  "clamp(m, 3, 20)",
  "round(m / 7, 0.1)",
  "abs(-m)",
  "histogram_quantile(0.9, h)",
  "histogram_quantile(0.5, sum by (le) (h))",
  "timestamp(m)",
  "time() - 5",
  "vector(3) + on () group_right m",
  "m % 7",
  "m ^ 2",
  "day_of_week(m * 1e6)",
  "scalar(sum(n)) + m",
  "topk(2, m)",
  "bottomk by (job) (1, m)",
];

const interval = 15_000;
const points = 80;

function randomizer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

type Written = { series: string; values: string; made: Series };

/** A counter with resets, gaps and staleness markers, each value another one so that nothing ties. */
function writeSeries(name: string, labels: Record<string, string>, random: () => number): Written {
  const words: string[] = [];
  const samples: [number, number][] = [];
  const stale: number[] = [];
  let value = Math.floor(random() * 10);
  for (let at = 0; at < points; at++) {
    const dice = random();
    if (dice < 0.05) words.push("_");
    else if (dice < 0.08) {
      words.push("stale");
      stale.push(at * interval);
    } else {
      value = dice > 0.96 ? random() : value + random() * 3;
      value = Math.round(value * 1e6) / 1e6;
      words.push(String(value));
      samples.push([at * interval, value]);
    }
  }
  const made = {
    labels: labelsFrom({ __name__: name, ...labels }),
    times: Float64Array.from(samples, ([time]) => time),
    values: Float64Array.from(samples, ([, one]) => one),
    stale: Float64Array.from(stale),
  };
  const written = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
  return { series: `${name}{${written.join(",")}}`, values: words.join(" "), made };
}

function dataSet(seed: number): Written[] {
  const random = randomizer(seed);
  const all: Written[] = [];
  for (const job of ["a", "b"]) {
    for (const i of ["1", "2", "3"]) all.push(writeSeries("m", { i, job }, random));
    all.push(writeSeries("n", { job }, random));
  }
  for (const le of ["0.1", "1", "+Inf"]) all.push(writeSeries("h", { le }, random));
  return all;
}

type Answer = { readonly error: true } | ReadonlyMap<string, number>;

/** Asks for all expressions at a time in one call: each expects what is never there, and promtool says what it got instead. */
function ask(written: readonly Written[], at: number): Map<string, Answer> {
  const folder = mkdtempSync(join(tmpdir(), "dkron-engine-"));
  const promql_expr_test = expressions.map((expr) => ({
    expr,
    eval_time: `${at}ms`,
    exp_samples: [{ labels: "never_there", value: 0 }],
  }));
  // promtool has the samples up to the last test only.
  const last = { expr: "vector(1)", eval_time: `${points * interval}ms`, exp_samples: [{ labels: "{}", value: 1 }] };
  const input_series = written.map(({ series, values }) => ({ series, values }));
  const file = join(folder, "tests.yml");
  const tests = [{ interval: `${interval}ms`, input_series, promql_expr_test: [...promql_expr_test, last] }];
  writeFileSync(file, JSON.stringify({ evaluation_interval: "1m", tests }));
  try {
    const { stdout, stderr } = spawnSync("promtool", ["test", "rules", file], { encoding: "utf8", timeout: 60_000 });
    return readAnswers(stdout + stderr);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readAnswers(said: string): Map<string, Answer> {
  const found = new Map<string, Answer>();
  for (const block of said.split(/\n\s+expr: /).slice(1)) {
    const expr = JSON.parse(/^"(?:[^"\\]|\\.)*"/.exec(block)?.[0] ?? '""') as string;
    const got = /\n\s+got:\s*(.*)/.exec(block)?.[1];
    found.set(expr, got === undefined ? { error: true } : readSamples(got));
  }
  return found;
}

const sample = /(\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*\}) ([^\s,]+)/g;

function readSamples(got: string): ReadonlyMap<string, number> {
  const samples = new Map<string, number>();
  for (const [, written = "", number = ""] of got.matchAll(sample)) {
    const { expr } = parse(written === "{}" ? "none" : written);
    const record: Record<string, string> = {};
    if (expr?.kind === "VectorSelector") for (const { label, value } of expr.matchers) record[label] = value;
    samples.set(keyOf(labelsFrom(record)), Number(number.replace("Inf", "Infinity")));
  }
  return samples;
}

function own(expr: string, series: readonly Series[], at: number): Answer {
  const outcome = evaluate(expr, sourceOf(series), { at }, { semantics });
  if ("error" in outcome) return { error: true };
  const { value } = outcome;
  if (value.type === "scalar") return new Map([["", value.value]]);
  if (value.type !== "vector") throw new Error(`${expr} is a ${value.type}`);
  return new Map(value.samples.map((one) => [keyOf(one.labels), one.value]));
}

function differs(theirs: Answer, ours: Answer): boolean {
  if ("error" in theirs || "error" in ours) return "error" in theirs !== "error" in ours;
  if (theirs.size !== ours.size) return true;
  return [...theirs].some(([key, expected]) => {
    const actual = ours.get(key);
    if (actual === undefined) return true;
    if (Number.isNaN(expected) || Number.isNaN(actual)) return Number.isNaN(expected) !== Number.isNaN(actual);
    return expected !== actual && Math.abs(expected - actual) > 1e-9 * Math.max(1, Math.abs(expected));
  });
}

const shown = (answer: Answer | undefined): string =>
  answer === undefined ? "nothing" : "error" in answer ? "an error" : JSON.stringify([...answer]);

describe.runIf(version)(`promtool ${version}`, () => {
  test.each([1, 2, 3, 4])(
    "random data set %i: the same answers, on samples and between",
    (seed) => {
      const written = dataSet(seed);
      const series = written.map(({ made }) => made);
      const wrong: string[] = [];
      for (const at of [601_000, 900_000, 1_007_500, 1_185_000]) {
        const theirs = ask(written, at);
        expect(theirs.size).toBe(expressions.length);
        for (const expr of expressions) {
          const ours = own(expr, series, at);
          const answer = theirs.get(expr) ?? { error: true };
          if (differs(answer, ours)) wrong.push(`${expr} at ${at}: promtool ${shown(answer)}, here ${shown(ours)}`);
        }
      }
      console.log(`data set ${seed}: ${expressions.length * 4} answers compared with promtool ${version}`);
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});

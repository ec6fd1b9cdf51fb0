// What evaluation costs: fifteen alert rules over two thousand series of an hour, on plain arrays and on the link's store. Prints, asserts nothing.
import { GroupRun } from "../../server/src/live/alerts/groupRun.ts";
import { Recorded } from "../../server/src/live/alerts/recorded.ts";
import type { GroupSpec } from "../../server/src/live/alerts/rules.ts";
import { sourceOfSamples } from "../../server/src/live/alerts/storeSource.ts";
import { Store } from "../../server/src/live/store/store.ts";
import { evaluate } from "../../server/src/promql/engine/evaluate.ts";
import { labelsFrom } from "../../server/src/promql/engine/labels.ts";
import { type Series, type SeriesSource, sourceOf } from "../../server/src/promql/engine/source.ts";
import { parse } from "../../server/src/promql/syntax/parse.ts";

const say = (what: string, figure: string, bar: string): void =>
  console.log(`${what.padEnd(58)} ${figure.padEnd(34)} bar: ${bar}`);

const step = 10_000;
const points = 360;
const now = 1_700_000_000_000;

type Made = { readonly name: string; readonly labels: Record<string, string>; readonly values: Float64Array };

/** Three servers with 180 jobs, their summaries, and what else an agent of that size exports: 1,992 series. */
function madeSeries(): Made[] {
  let seed = 7;
  const random = (): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) / 2 ** 24;
  };
  const made: Made[] = [];
  const add = (name: string, labels: Record<string, string>, grows: boolean): void => {
    const values = new Float64Array(points);
    let value = 0;
    for (let at = 0; at < points; at++) {
      value = grows ? value + (random() < 0.05 ? 1 : 0) : random() * 100;
      values[at] = value;
    }
    made.push({ name, labels, values });
  };
  const instances = ["cron-1:8080", "cron-2:8080", "cron-3:8080"];
  for (const instance of instances) {
    const target = { instance, job: "dkron" };
    add("up", target, false);
    for (let job = 0; job < 60; job++)
      for (const outcome of ["failed", "succeeded", "started"])
        add(`dkron_job_executions_${outcome}_total`, { ...target, job_name: `job-${job}` }, true);
    for (let part = 0; part < 48; part++)
      for (const end of ["_sum", "_count"]) add(`dkron_part_${part}_duration${end}`, target, true);
    for (let part = 0; part < 48; part++)
      for (const quantile of ["0.5", "0.9", "0.99"]) add(`dkron_part_${part}_duration`, { ...target, quantile }, false);
    for (let gauge = 0; gauge < 243; gauge++) add(`dkron_gauge_${gauge}`, target, false);
  }
  return made;
}

const rules = [
  "increase(dkron_job_executions_failed_total[1h]) > 3",
  "max by (job_name) (increase(dkron_job_executions_failed_total[5m])) > 3",
  "rate(dkron_job_executions_failed_total[5m]) / (rate(dkron_job_executions_failed_total[5m]) + rate(dkron_job_executions_succeeded_total[5m])) > 0.5",
  "sum by (instance) (rate(dkron_job_executions_started_total[5m])) < 0.01",
  "max by (job_name) (dkron_job_executions_failed_total) unless on (job_name) dkron_job_executions_succeeded_total",
  "up == 0",
  "count(up == 1) < 3",
  "absent(dkron_gauge_0)",
  "rate(dkron_part_1_duration_sum[5m]) / rate(dkron_part_1_duration_count[5m]) > 500",
  'dkron_part_2_duration{quantile="0.99"} > 90',
  "max_over_time(dkron_gauge_1[10m]) > 99",
  "predict_linear(dkron_gauge_2[1h], 3600) > 1000",
  "changes(dkron_gauge_3[15m]) > 1000",
  "max_over_time(rate(dkron_job_executions_started_total[5m])[30m:1m]) > 1",
  "dkron_job_executions_failed_total - dkron_job_executions_failed_total offset 30m > 10",
];

function arrays(made: readonly Made[]): SeriesSource {
  const times = Float64Array.from({ length: points }, (_, at) => now - (points - 1 - at) * step);
  const stale = new Float64Array(0);
  return sourceOf(
    made.map(
      ({ name, labels, values }): Series => ({
        labels: labelsFrom({ __name__: name, ...labels }),
        times,
        values,
        stale,
      }),
    ),
  );
}

function store(made: readonly Made[]): Store {
  const filled = new Store(
    { history: 3_600_000, maxSeries: 10_000, maxBytes: 2 ** 28 },
    { added: () => {}, removed: () => {}, column: () => {}, event: () => {} },
  );
  const intake = filled.intake("bench", step);
  for (let at = 0; at < points; at++) {
    intake.open(now - (points - 1 - at) * step);
    for (const { name, labels, values } of made) {
      const key = { name, labels: Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)) };
      const handle = intake.handle(key, () => ({
        type: "unknown",
        role: "value",
        cumulative: false,
        family: name,
        expires: false,
      }));
      intake.put(handle, values[at] ?? 0);
    }
    intake.close("complete");
  }
  return filled;
}

/** Median of the time of a call, ms. */
function median(rounds: number, action: (round: number) => void): number {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    action(round);
    taken.push(performance.now() - begin);
  }
  return taken.sort((a, b) => a - b)[rounds >> 1] ?? 0;
}

export function run(): Promise<void> {
  const made = madeSeries();
  const parsed = rules.map((rule) => parse(rule));
  const source = arrays(made);
  const plain = median(100, () => {
    for (const rule of parsed) evaluate(rule, source, { at: now });
  });
  say(`15 rules over ${made.length} series x 1 h, arrays`, `${plain.toFixed(2)} ms an evaluation`, "<= 10 ms");
  for (const rule of process.env.DKRON_BENCH_DETAILS ? parsed : [])
    say(`  ${rule.text.slice(0, 56)}`, `${median(50, () => evaluate(rule, source, { at: now })).toFixed(3)} ms`, "-");
  const group: GroupSpec = {
    file: "bench.yml",
    name: "bench",
    interval: 5000,
    queryOffset: 0,
    rules: rules.map((expr, index) => ({
      kind: "alert",
      name: `Rule${index}`,
      expr,
      holdFor: 0,
      keepFiringFor: 0,
      labels: { severity: "page" },
      annotations: { summary: "{{ $labels.instance }}: {{ $value | humanize }}" },
    })),
  };
  const held = new GroupRun(group, new Recorded(3_600_000));
  const samples = sourceOfSamples(store(made));
  const full = median(60, () => {
    for (const _step of held.evaluate(samples, now, {}));
  });
  const active = held.active().reduce((sum, { alerts }) => sum + alerts.length, 0);
  say(`the same on the store, states and texts (${active} active)`, `${full.toFixed(2)} ms an evaluation`, "<= 10 ms");
  return Promise.resolve();
}

// How long the stand-in takes to write a body, beside prom-client's own text of the same instruments. Prints, asserts nothing.

import { createLife } from "../../client/src/emitter/life/life.ts";
import { Exposition } from "../../client/src/emitter/telemetry/exposition.ts";

const rounds = 200;

/** Series as go-metrics makes them: per label value a counter, a gauge and a summary of five lines; half of them idle. */
function filled(series: number, clock: { now: number }): Exposition {
  const exposition = new Exposition(() => clock.now);
  const groups = Math.round(series / 7);
  for (let group = 0; group < groups; group++) {
    const labels = { job: `job-${group}` };
    exposition.record({ name: "dkron_bench_counter", kind: "counter", help: "c" }, labels, group);
    exposition.record({ name: "dkron_bench_gauge", kind: "gauge", help: "g" }, labels, Math.fround(group * 1234.567));
    for (let sample = 0; sample < 5; sample++)
      exposition.record(
        { name: "dkron_bench_summary", kind: "summary", help: "s" },
        labels,
        Math.fround(group / 7 + sample),
      );
  }
  clock.now += 60_000;
  for (let group = 0; group < groups / 2; group++)
    exposition.record(
      { name: "dkron_bench_summary", kind: "summary", help: "s" },
      { job: `job-${group}` },
      Math.fround(group / 3),
    );
  return exposition;
}

async function median(times: number, action: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < times; round++) {
    const began = performance.now();
    await action();
    taken.push(performance.now() - began);
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN;
}

export async function run(): Promise<void> {
  for (const series of [1_000, 10_000, 100_000]) {
    const exposition = filled(series, { now: Date.UTC(2026, 0, 1) });
    const ours = await median(series > 10_000 ? 20 : rounds, () => exposition.render());
    const theirs = await median(5, () => exposition.registry.metrics());
    console.log(
      `emitter: body of ${series} series ${ours.toFixed(2)} ms (prom-client's own text ${theirs.toFixed(1)} ms)`,
    );
  }
  for (const version of ["3.2.7", "4.1.2"]) {
    const start = Date.UTC(2026, 0, 1);
    const life = createLife({ version, start, servers: 3, workers: 1 });
    life.cluster.start();
    const began = performance.now();
    life.advanceTo(start + 600_000);
    const taken = performance.now() - began;
    console.log(`emitter: ten minutes of three servers and a worker, ${version}: ${taken.toFixed(0)} ms`);
  }
}

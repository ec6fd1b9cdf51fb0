// The instruments behind a body: windows of summaries, expiry, order and escapes, as go-metrics and Go's client have them.
import { describe, expect, test } from "vitest";
import { manualClock } from "../../client/src/emitter/clock.ts";
import { Exposition, type FamilyFacts } from "../../client/src/emitter/telemetry/exposition.ts";

const start = Date.UTC(2026, 0, 1);
const counter: FamilyFacts = { name: "dkron_c", kind: "counter", help: "dkron_c", expiry: 60_000 };
const gauge: FamilyFacts = { name: "dkron_g", kind: "gauge", help: "dkron_g", expiry: 60_000 };
const sample: FamilyFacts = { name: "dkron_s", kind: "summary", help: "dkron_s", expiry: 60_000 };

function made(): { exposition: Exposition; at(second: number): void } {
  const clock = manualClock(start);
  return { exposition: new Exposition(clock.now), at: (second) => clock.set(start + second * 1000) };
}

const lines = async (exposition: Exposition): Promise<string[]> =>
  (await exposition.render()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));

describe("a summary", () => {
  test("answers values that were seen, by rank rounded up", async () => {
    const { exposition } = made();
    for (let value = 0; value < 100; value++) exposition.record(sample, {}, value / 10);
    expect(await lines(exposition)).toEqual([
      'dkron_s{quantile="0.5"} 4.9',
      'dkron_s{quantile="0.9"} 8.9',
      'dkron_s{quantile="0.99"} 9.8',
      "dkron_s_sum 495",
      "dkron_s_count 100",
    ]);
  });

  test("forgets after eight to ten seconds, and keeps sum and count", async () => {
    const { exposition, at } = made();
    exposition.record(sample, {}, 1);
    at(1);
    exposition.record(sample, {}, 3);
    const median = async (second: number): Promise<string | undefined> => {
      at(second);
      return (await lines(exposition))[0];
    };
    expect(await median(9.9)).toBe('dkron_s{quantile="0.5"} 1');
    expect(await median(10)).toBe('dkron_s{quantile="0.5"} NaN');
    expect((await lines(exposition)).slice(-2)).toEqual(["dkron_s_sum 4", "dkron_s_count 2"]);
    exposition.record(sample, {}, 7);
    expect(await median(17.9)).toBe('dkron_s{quantile="0.5"} 7');
    expect(await median(20)).toBe('dkron_s{quantile="0.5"} NaN');
  });

  test("has its labels before the quantile, each series' lines together", async () => {
    const { exposition } = made();
    for (const peer of ["b", "a"]) exposition.record(sample, { peer_id: peer }, 2);
    expect(await lines(exposition)).toEqual(
      ["a", "b"].flatMap((peer) => [
        `dkron_s{peer_id="${peer}",quantile="0.5"} 2`,
        `dkron_s{peer_id="${peer}",quantile="0.9"} 2`,
        `dkron_s{peer_id="${peer}",quantile="0.99"} 2`,
        `dkron_s_sum{peer_id="${peer}"} 2`,
        `dkron_s_count{peer_id="${peer}"} 1`,
      ]),
    );
  });
});

describe("expiry", () => {
  test("a series that nothing touched for a minute goes at the next scrape, and comes back from zero", async () => {
    const { exposition, at } = made();
    exposition.record(counter, { job: "a" }, 2);
    at(30);
    exposition.record(counter, { job: "b" }, 5);
    at(60);
    expect(await lines(exposition)).toEqual(['dkron_c{job="a"} 2', 'dkron_c{job="b"} 5']);
    at(60.001);
    expect(await lines(exposition)).toEqual(['dkron_c{job="b"} 5']);
    exposition.record(counter, { job: "a" }, 1);
    expect(await lines(exposition)).toEqual(['dkron_c{job="a"} 1', 'dkron_c{job="b"} 5']);
  });

  test("a family without series goes with its HELP, from prom-client's registry too", async () => {
    const { exposition, at } = made();
    exposition.record(gauge, {}, 1);
    exposition.record(sample, {}, 1);
    at(61);
    expect(await exposition.render()).toBe("");
    expect(await exposition.registry.getMetricsAsJSON()).toEqual([]);
  });

  test("without a scrape nothing is dropped", async () => {
    const { exposition, at } = made();
    exposition.record(counter, {}, 2);
    at(300);
    exposition.record(counter, {}, 2);
    expect(await lines(exposition)).toEqual(["dkron_c 4"]);
  });

  test("a native metric stays", async () => {
    const { exposition, at } = made();
    exposition.record({ name: "n_total", kind: "counter", help: "N." }, { job_name: "a" }, 1);
    at(3600);
    expect(await exposition.render()).toBe('# HELP n_total N.\n# TYPE n_total counter\nn_total{job_name="a"} 1\n');
  });
});

test("families are in byte order, series by label values, and all is escaped", async () => {
  const { exposition } = made();
  exposition.record({ name: "go_b", kind: "gauge", help: 'a\\b\n"c"' }, {}, 1);
  for (const name of ["dkron_web_x", "dkron_Web_x", "dkron_query:_x"])
    exposition.record({ ...gauge, name, help: name }, {}, 1);
  for (const job of ["b", 'a"\\\n', "B"]) exposition.record(counter, { job }, 1);
  const text = await exposition.render();
  expect(exposition.names).toEqual(["dkron_Web_x", "dkron_c", "dkron_query:_x", "dkron_web_x", "go_b"]);
  expect(text).toContain('dkron_c{job="B"} 1\ndkron_c{job="a\\"\\\\\\n"} 1\ndkron_c{job="b"} 1\n');
  expect(text).toContain('# HELP go_b a\\\\b\\n"c"\n');
});

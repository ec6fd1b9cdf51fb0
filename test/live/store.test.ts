// The store: samples come back as they went in, NaN is not "no sample", limits say what they left out, memory stays within them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LiveEvent, SeriesInfo } from "../../server/src/live/frames.ts";
import type { SeriesTraits } from "../../server/src/live/store/intake.ts";
import { Slab } from "../../server/src/live/store/slab.ts";
import { Store, type StoreLimits } from "../../server/src/live/store/store.ts";

const gauge: SeriesTraits = { type: "gauge", role: "value", cumulative: false, family: "g", expires: false };
const counter: SeriesTraits = { type: "counter", role: "total", cumulative: true, family: "c", expires: true };

function makeSubject(limits: Partial<StoreLimits> = {}, interval = 1000) {
  const added: SeriesInfo[] = [];
  const removed: number[] = [];
  const events: LiveEvent[] = [];
  const store = new Store(
    { history: 60_000, maxSeries: 1000, maxBytes: 2 ** 24, ...limits },
    {
      added: (info) => added.push(info),
      removed: (id) => removed.push(id),
      column: () => {},
      event: (event) => events.push(event),
    },
  );
  const intake = store.intake("s", interval);
  let now = 0;
  return {
    store,
    intake,
    added,
    removed,
    events,
    /** One column; a null is a series that is not there. */
    column(values: Record<string, number | null>, outcome: "complete" | "gap" = "complete", traits = gauge): void {
      now += interval;
      const handles = Object.keys(values).map((name) => intake.handle({ name, labels: [] }, () => traits));
      intake.open(now);
      Object.values(values).forEach((value, index) => {
        if (value !== null) intake.put(handles[index] as number, value);
      });
      intake.close(outcome);
    },
    values(name: string): unknown {
      const id = added.findLast((info) => info.name === name)?.id ?? -1;
      return store.history({ ids: [id], from: 0, to: 1e15 }).blocks[0]?.values[0];
    },
  };
}

/** Rows that are looked at: the last one is in a chunk that comes later. */
const rows = [0, 63, 65] as const;

const cellsOf = (values: readonly (number | undefined)[], size: number): Float64Array => {
  const cells = new Float64Array(size);
  values.forEach((value, index) => {
    if (value !== undefined) cells[rows[index] as number] = value;
  });
  return cells;
};

describe("slab", () => {
  test("what is written is read, for any doubles and gaps, also after wrapping and shrinking", () => {
    const sample = fc.option(fc.double(), { nil: undefined });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(sample, sample, sample), { minLength: 1, maxLength: 500 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat({ max: 500 }),
        fc.nat({ max: 500 }),
        (moments, tiles, late, shrunk) => {
          const slab = new Slab(256);
          slab.addRows();
          moments.forEach((values, at) => {
            if (at === shrunk) slab.shrink(tiles * 64);
            if (at === late) {
              slab.addRows();
              slab.clearRow(65);
            }
            slab.append(at, cellsOf(values, slab.rows));
            values.forEach((value, index) => {
              if (value === undefined && (rows[index] as number) < slab.rows) slab.clear(rows[index] as number);
            });
          });
          if (moments.length <= shrunk) slab.shrink(tiles * 64);
          expect(slab.columns).toBe(tiles * 64);
          expect(slab.filled).toBeGreaterThan(Math.min(moments.length, tiles * 64) - 64);
          const ages = Array.from({ length: slab.filled }, (_, age) => age);
          rows.forEach((row, index) => {
            const written = moments.map((values, at) => (row < 64 || at >= late ? values[index] : undefined)).reverse();
            if (row < slab.rows)
              expect(ages.map((age) => slab.read(row, slab.columnOf(age)))).toEqual(written.slice(0, slab.filled));
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("store", () => {
  test("NaN and infinities are values, no sample is null", () => {
    const { column, values } = makeSubject();
    column({ a: Number.NaN, b: 1 });
    column({ a: null, b: Number.POSITIVE_INFINITY });
    column({ a: -0, b: Number.NEGATIVE_INFINITY });
    expect(values("a")).toEqual(["NaN", null, -0]);
    expect(values("b")).toEqual([1, "+Inf", "-Inf"]);
  });

  test("the first value of a column wins", () => {
    const { intake, values } = makeSubject();
    const handle = intake.handle({ name: "a", labels: [] }, () => gauge);
    intake.open(1);
    expect([intake.put(handle, 1), intake.put(handle, 2)]).toEqual([true, false]);
    intake.close("complete");
    expect(values("a")).toEqual([1]);
  });

  test("resets, expiry and gaps are told, each once", () => {
    const { column, events } = makeSubject();
    column({ c: 5 }, "complete", counter);
    column({ c: 7 });
    column({ c: 2 });
    column({ c: null }, "gap");
    column({ c: null }, "gap");
    column({ c: 3 });
    column({ c: null });
    column({ c: null });
    column({ c: 1 });
    expect(events.map(({ kind, at }) => [kind, at])).toEqual([
      ["reset", 3000],
      ["gap", 4000],
      ["expired", 7000],
      ["reset", 9000],
    ]);
  });

  test("a gauge that falls is no reset, and one that goes is gone", () => {
    const { column, events } = makeSubject();
    column({ a: 5 });
    column({ a: 2 });
    column({ a: null });
    expect(events.map(({ kind }) => kind)).toEqual(["gone"]);
  });

  test("more series than the limit are left out and counted, once each", () => {
    const { column, store, added } = makeSubject({ maxSeries: 2 });
    column({ a: 1, b: 2, c: 3 });
    column({ a: 1, b: 2, c: 3, d: 4 });
    expect(added.map((info) => info.name)).toEqual(["a", "b"]);
    expect(store.frame()).toMatchObject({
      series: 2,
      refusedSeries: 2,
      leftOut: expect.stringMatching(/2 series are not kept: the limit is 2 series/),
    });
  });

  test("a series that was left out and finds room later is no longer counted", () => {
    const { column, store, added } = makeSubject({ maxSeries: 2 });
    column({ a: 1, b: 2, c: 3 });
    for (let second = 0; second < 200; second++) column({ b: 2, c: 3 });
    expect(added.map((info) => info.name)).toEqual(["a", "b", "c"]);
    expect(store.frame()).toMatchObject({ series: 2, refusedSeries: 0 });
    expect(store.frame().leftOut).toBeUndefined();
  });

  test("memory decides: fewer moments first, then fewer series", () => {
    const { column, store } = makeSubject({ history: 3_600_000, maxSeries: 100_000, maxBytes: 2 ** 20 });
    column(Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`m${index}`, index])));
    const frame = store.frame();
    expect(frame.bytes).toBeLessThanOrEqual(2 ** 20);
    expect(frame.series).toBeGreaterThan(1500);
    expect(frame.refusedSeries).toBe(3000 - frame.series);
    expect(frame.leftOut).toMatch(/keeps its last \d+ moments only, so that it fits into 1 MiB/);
  });

  test("series that come and go leave nothing behind", () => {
    const { column, store, removed, intake } = makeSubject({ history: 60_000 });
    for (let second = 0; second < 2000; second++) column({ steady: second, [`churn${second}`]: 1 });
    const { series, bytes } = store.frame();
    expect(series).toBeLessThan(150);
    expect(bytes).toBeLessThan(300 * 61 * 8);
    expect(removed.length).toBeGreaterThan(1800);
    expect(intake.generation).toBeGreaterThan(0);
    expect(new Set(removed).size).toBe(removed.length);
  });

  test("history: a span, and at most so many points, each the last of its part", () => {
    const { column, store, added } = makeSubject();
    for (let second = 1; second <= 10; second++) column({ a: second });
    const id = added[0]?.id as number;
    expect(store.history({ ids: [id], from: 3000, to: 5000 }).blocks).toEqual([
      { source: "s", times: [3000, 4000, 5000], ids: [id], values: [[3, 4, 5]] },
    ]);
    expect(store.history({ ids: [id], from: 0, to: 1e9, points: 3 }).blocks[0]?.values).toEqual([[4, 7, 10]]);
    expect(store.history({ ids: [9999], from: 0, to: 1e9 }).blocks).toEqual([]);
  });

  test("select: samples for evaluation, with the times at which there was none", () => {
    const { column, store } = makeSubject();
    column({ a: 1, b: 1 });
    column({ a: null, b: 2 });
    column({ a: 3, b: 3 });
    const [found] = store.select({ name: "a", matches: () => true }, 0, 1e9);
    expect(found).toMatchObject({
      times: Float64Array.of(1000, 3000),
      values: Float64Array.of(1, 3),
      gaps: Float64Array.of(2000),
    });
    expect(store.oldest()).toBe(1000);
  });

  test("select by name gives what looking at each series gives, also where rows were given to others", () => {
    const { column, store } = makeSubject({ history: 60_000 });
    for (let second = 0; second < 300; second++) column({ steady: second, [`churn${second >> 3}`]: second });
    const picked = (name: string | undefined, wanted: string): string[] =>
      store
        .select({ name, matches: (series) => series.name === wanted }, 0, 1e9)
        .map(({ series, values }) => `${series.name} ${values}`);
    for (const wanted of ["steady", "churn0", "churn20", "churn36", "churn37", "other"])
      expect(picked(wanted, wanted)).toEqual(picked(undefined, wanted));
    expect(picked("steady", "steady")).toHaveLength(1);
    expect(picked("churn37", "churn37")).toEqual(["churn37 296,297,298,299"]);
    expect(picked("churn0", "churn0")).toEqual([]);
  });
});

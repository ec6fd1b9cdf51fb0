// The queue of what is to happen: order, cancelling, and that the size of steps in time changes nothing.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Agenda } from "../../client/src/emitter/agenda.ts";
import type { Agent } from "../../client/src/emitter/life/agent.ts";
import { createLife } from "../../client/src/emitter/life/life.ts";
import { random } from "../../client/src/emitter/random.ts";

test("actions run by time, then in the order in which they were made, and never twice", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(50), fc.boolean())), fc.array(fc.nat(60)), (entries, stops) => {
      const agenda = new Agenda(0);
      const done: [number, number][] = [];
      entries.forEach(([time, cancelled], index) => {
        const cancel = agenda.at(time, () => void done.push([agenda.now, index]));
        if (cancelled) cancel();
      });
      for (const stop of [...stops, 100].sort((a, b) => a - b)) agenda.runUntil(stop);
      const expected = entries
        .map(([time, cancelled], index) => ({ time, cancelled, index }))
        .filter(({ cancelled }) => !cancelled)
        .sort((a, b) => a.time - b.time || a.index - b.index);
      expect(done).toEqual(expected.map(({ time, index }) => [time, index]));
    }),
  );
});

test("what is made while running is played in the same run when it is due", () => {
  const agenda = new Agenda(0);
  const done: number[] = [];
  const stop = agenda.every(10, () => {
    done.push(agenda.now);
    if (done.length === 3) stop();
  });
  agenda.runUntil(100);
  expect(done).toEqual([10, 20, 30]);
});

test("a skip moves what is to come", () => {
  const agenda = new Agenda(0);
  const done: number[] = [];
  agenda.at(10, () => done.push(agenda.now));
  agenda.skip(1000);
  agenda.runUntil(1009);
  expect(done).toEqual([]);
  agenda.runUntil(1010);
  expect(done).toEqual([1010]);
});

test("a cluster's history is the same in steps of any size", async () => {
  const start = Date.UTC(2026, 0, 1);
  const body = async (step: number): Promise<string> => {
    const life = createLife({ start, servers: 3, workers: 1, version: "4.0.9" });
    life.cluster.start();
    for (let time = step; time <= 20_000; time += step) life.advanceTo(start + time);
    return (life.cluster.servers[0] as Agent).scrape();
  };
  expect(await body(40)).toBe(await body(20_000));
});

test("chance is the seed's, and durations have the median and the high value that were asked for", () => {
  const numbers = (seed: number): number[] => Array.from({ length: 5 }, random(seed).next);
  expect(numbers(7)).toEqual(numbers(7));
  expect(numbers(8)).not.toEqual(numbers(7));
  const source = random(3);
  const values = Array.from({ length: 20_000 }, () => source.spread(10, 80)).sort((a, b) => a - b);
  expect(values[10_000]).toBeGreaterThan(9.5);
  expect(values[10_000]).toBeLessThan(10.5);
  expect(values.filter((value) => value > 80).length / values.length).toBeGreaterThan(0.006);
  expect(values.filter((value) => value > 80).length / values.length).toBeLessThan(0.014);
});

// The view's mirror of the frames: tracks with history among what arrived, series that come, go and are let go of.
import { describe, expect, test } from "vitest";
import type { Frame, SeriesInfo } from "../../client/src/panel/messages.ts";
import { Model } from "../../client/src/panel/view/model.ts";
import { numbered } from "../../client/src/panel/view/tabs/alertTexts.ts";
import { Track } from "../../client/src/panel/view/track.ts";

const series = (id: number, name = `m${id}`): SeriesInfo => ({
  id,
  source: "agent",
  name,
  labels: {},
  type: "gauge",
  role: "value",
  cumulative: false,
  family: name,
});

const frame = (change: Partial<Frame>): Frame => ({
  sequence: 0,
  at: 0,
  full: false,
  columns: [],
  events: [],
  ...change,
});

describe("a track", () => {
  test("a series that comes later has gaps before it, one that is missing a gap", () => {
    const track = new Track();
    track.add(1, [1], [10]);
    track.add(2, [1, 2], [11, 20]);
    track.add(3, [2], [21]);
    expect(track.times).toEqual([1, 2, 3]);
    expect(track.columns.get(1)).toEqual([10, 11, null]);
    expect(track.columns.get(2)).toEqual([null, 20, 21]);
  });

  test("what cannot be drawn is a gap", () => {
    const track = new Track();
    track.add(1, [1, 2, 3], ["NaN", "+Inf", null]);
    expect([1, 2, 3].map((id) => track.columns.get(id))).toEqual([[null], [null], [null]]);
  });

  test("history goes among what is there: other series keep theirs", () => {
    const track = new Track();
    track.add(3, [1], [13]);
    track.add(4, [1], [14]);
    track.merge([1, 2, 3], [2], [[21, 22, 23]]);
    expect(track.times).toEqual([1, 2, 3, 4]);
    expect(track.columns.get(1)).toEqual([null, null, 13, 14]);
    expect(track.columns.get(2)).toEqual([21, 22, 23, null]);
  });

  test("history of a series that is there fills its gaps and takes nothing away", () => {
    const track = new Track();
    track.add(2, [1], [12]);
    track.add(3, [1], [13]);
    track.merge([1, 2], [1], [[11, 12]]);
    expect(track.columns.get(1)).toEqual([11, 12, 13]);
  });

  test("a moment that history brought already is not there twice", () => {
    const track = new Track();
    track.merge([1, 2], [1], [[11, 12]]);
    track.add(2, [1], [12]);
    track.add(3, [1], [13]);
    expect(track.times).toEqual([1, 2, 3]);
  });

  test("old moments are let go of in all columns alike", () => {
    const track = new Track();
    for (let at = 1; at <= 400; at++) track.add(at, [1], [at]);
    track.trim(301);
    expect(track.times[0]).toBe(301);
    expect(track.columns.get(1)?.[0]).toBe(301);
    expect(track.columns.get(1)).toHaveLength(track.times.length);
  });
});

describe("the model", () => {
  test("a full frame begins anew", () => {
    const model = new Model();
    model.apply(
      frame({ full: true, added: [series(1)], columns: [{ source: "agent", at: 1000, ids: [1], values: [1] }] }),
    );
    model.apply(frame({ full: true, added: [series(2)] }));
    expect([...model.series.keys()]).toEqual([2]);
    expect(model.times("agent")).toEqual([]);
  });

  test("a selection is made again when series come or go, and only then", () => {
    const model = new Model();
    let asked = 0;
    const select = (): readonly SeriesInfo[] =>
      model.select("all", () => {
        asked++;
        return true;
      });
    model.apply(frame({ full: true, added: [series(1), series(2)] }));
    expect(select()).toHaveLength(2);
    expect(select()).toHaveLength(2);
    expect(asked).toBe(2);
    model.apply(frame({ removed: [1] }));
    expect(select().map(({ id }) => id)).toEqual([2]);
  });

  test("only watched series keep their samples", () => {
    const model = new Model();
    model.apply(frame({ full: true, added: [series(1), series(2)] }));
    model.apply(frame({ columns: [{ source: "agent", at: 1000, ids: [1, 2], values: [1, 2] }] }));
    model.retain(new Set([2]));
    expect(model.column(series(1))).toEqual([]);
    expect(model.column(series(2))).toEqual([2]);
  });

  const group = (name: string, state: "firing" | "inactive") => ({
    file: "file:///a",
    group: name,
    alerts: [
      {
        ...{ file: "file:///a", group: name, rule: "A", state, since: null },
        value: null,
        labels: {},
        annotations: {},
      },
    ],
  });

  test("alerts of the groups that are told take the place of those before; a group without any is gone", () => {
    const model = new Model();
    const states = () => model.ruleAlerts.map(({ group: name, state }) => `${name} ${state}`);
    model.apply(frame({ full: true, ruleAlerts: [group("a", "inactive"), group("b", "inactive")] }));
    model.apply(frame({ ruleAlerts: [group("b", "firing")] }));
    expect(states()).toEqual(["a inactive", "b firing"]);
    model.apply(frame({ ruleAlerts: [{ ...group("a", "inactive"), alerts: [] }] }));
    expect(states()).toEqual(["b firing"]);
    model.apply(frame({ full: true, ruleAlerts: [group("c", "inactive")] }));
    expect(states()).toEqual(["c inactive"]);
  });

  test("an alert that stays as it is has its state for as long as frames come, and none while they do not", () => {
    const model = new Model();
    const minute = 60_000;
    model.apply(frame({ full: true, at: minute, ruleAlerts: [group("a", "inactive")] }));
    for (let at = 2; at <= 10; at++) model.apply(frame({ at: at * minute }));
    model.apply(frame({ at: 30 * minute }));
    const [key] = numbered(model.ruleAlerts).map((alert) => alert.key);
    expect(model.alertHistory.stretches(key ?? "", 0, 1_800)).toEqual([{ state: "inactive", from: 60, to: 600 }]);
  });

  test("the oldest sample of all sources", () => {
    const model = new Model();
    expect(model.oldest()).toBeUndefined();
    model.apply(frame({ columns: [{ source: "agent", at: 5000, ids: [1], values: [1] }] }));
    model.addHistory({ blocks: [{ source: "api", times: [2000], ids: [9], values: [[1]] }], events: [] });
    expect(model.oldest()).toBe(2);
  });
});

// The marks of a chart's axes: far enough apart, at round values and full minutes, named anew only when they are others.
import { afterEach, describe, expect, test, vi } from "vitest";
import { Axis, chooseStep, setTimes } from "../../client/src/panel/view/charts/axis.ts";
import { valueRange } from "../../client/src/panel/view/charts/valueRange.ts";
import { axisSteps, format, type Unit } from "../../client/src/panel/view/format.ts";

/** Labels of an axis of values, as a chart 140 pixels high has it. */
function labels(unit: Unit, low: number, high: number): string[] {
  const axis = new Axis();
  axis.set(low, high, chooseStep(axisSteps(unit), high - low, 140, 30), (tick) => format(tick, unit));
  return [...axis.labels];
}

describe("marks of values", () => {
  test.each<[title: string, unit: Unit, low: number, high: number, labels: string[]]>([
    ["decimals that no binary number is", "number", 0, 0.31, ["0", "0.1", "0.2", "0.3"]],
    ["the ends are marked", "ratio", 0, 1, ["0 %", "25 %", "50 %", "75 %", "100 %"]],
    ["bytes in powers of two", "bytes", 0, 9 * 1024 ** 2, ["0 B", "2 MiB", "4 MiB", "6 MiB", "8 MiB"]],
    ["below zero", "number", -2.2, 2.2, ["-2", "-1", "0", "1", "2"]],
    ["counts are whole", "count", 0, 1.5, ["0", "1"]],
    ["an axis that ends between two marks", "number", 0.3, 0.9, ["0.4", "0.6", "0.8"]],
  ])("%s", (_, unit, low, high, expected) => {
    expect(labels(unit, low, high)).toEqual(expected);
  });

  test("are none where no step is large enough", () => {
    expect(chooseStep([1, 2, 5], 1e9, 100, 30)).toBe(0);
    const axis = new Axis();
    axis.set(0, 10, 5, String);
    axis.set(0, 1e9, 0, String);
    expect(axis.ticks).toEqual([]);
  });

  test("are named anew only when others come into sight", () => {
    const named: number[] = [];
    const axis = new Axis();
    const label = (tick: number): string => String(named.push(tick));
    axis.set(0, 10, 5, label);
    axis.set(0, 10.4, 5, label);
    expect(named).toEqual([0, 5, 10]);
    axis.set(1, 11, 5, label);
    expect(axis.ticks).toEqual([5, 10]);
    axis.set(6, 16, 5, label);
    expect(axis.ticks).toEqual([10, 15]);
    expect(named).toEqual([0, 5, 10, 5, 10, 10, 15]);
  });
});

describe("marks of times", () => {
  afterEach(() => vi.restoreAllMocks());

  /** Marks of an axis that ends at 12:02:03 of a clock that is so many minutes ahead of Greenwich, as that clock has them. */
  function times(minutes: number, pixels: number, ahead = 0): string[] {
    vi.spyOn(Date.prototype, "getTimezoneOffset").mockReturnValue(-ahead);
    const to = Date.UTC(2024, 0, 1, 12, 2, 3) / 1000 - ahead * 60;
    const axis = new Axis();
    setTimes(axis, to - minutes * 60, to, pixels, 66);
    return axis.ticks.map((tick) => new Date((tick + ahead * 60) * 1000).toISOString().slice(11, 19));
  }

  test.each<[title: string, minutes: number, pixels: number, ahead: number, marks: string[]]>([
    ["a quarter of a minute apart", 1, 300, 0, ["12:01:15", "12:01:30", "12:01:45", "12:02:00"]],
    ["a quarter of an hour apart", 60, 300, 0, ["11:15:00", "11:30:00", "11:45:00", "12:00:00"]],
    ["at full hours in Kathmandu", 180, 260, 345, ["10:00:00", "11:00:00", "12:00:00"]],
    ["at full hours in St. John's", 180, 260, -210, ["10:00:00", "11:00:00", "12:00:00"]],
  ])("%s", (_, minutes, pixels, ahead, expected) => {
    expect(times(minutes, pixels, ahead)).toEqual(expected);
  });

  test("have seconds up to a quarter of an hour, whatever subtracting large numbers leaves", () => {
    const named = (span: number): string => {
      const axis = new Axis();
      setTimes(axis, 1_700_000_000.123, 1_700_000_000.123 + span, 100, 66);
      return axis.labels[0] ?? "";
    };
    expect(named(900.0000002)).toMatch(/^\d\d:\d\d:\d\d$/);
    expect(named(902)).toMatch(/^\d\d:\d\d$/);
  });
});

describe("the ends of the value axis", () => {
  const range = (unit: Unit, values: (number | null)[], thresholds: number[] = []): number[] => [
    ...valueRange(
      [
        { label: "seen", values },
        { label: "hidden", values: values.map(() => 1e6) },
      ],
      new Set(["hidden"]),
      [1, values.length],
      unit,
      thresholds.map((value) => ({ value, label: "", tone: "bad" })),
    ),
  ];

  test.each<[title: string, unit: Unit, values: (number | null)[], thresholds: number[], ends: number[]]>([
    ["from zero, with room above; what lies left of the axis does not count", "number", [99, 5, null, 10], [], [0, 11]],
    ["down to the least", "number", [0, -10, 10], [], [-10, 12]],
    ["up to a threshold", "number", [0, 5], [20], [0, 22]],
    ["few of a count", "count", [0, 3], [], [0, 3.5]],
    ["all zero", "bytes", [0, 0, 0], [], [0, 1024]],
    ["nothing", "number", [5, null], [], [0, 1.1]],
  ])("%s", (_, unit, values, thresholds, ends) => {
    expect(range(unit, values, thresholds)).toEqual(ends);
  });
});

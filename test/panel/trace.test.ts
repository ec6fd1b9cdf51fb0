// The points of a drawn line: as few as its pixels can show, and none of them elsewhere than the line was.
import { describe, expect, test } from "vitest";
import { emptyTrace, endOf, pixelColumns, type Trace, traceLine } from "../../client/src/panel/view/charts/trace.ts";

/** One for all, as a chart has it: what an earlier line left must not be seen in the next. */
const trace = emptyTrace();

/** Runs of `x,y` points; a value of 1 is a pixel. */
function traced(columns: readonly number[], values: readonly (number | null)[]): string[] {
  traceLine(columns, columns.length, values, { offset: 0, factor: 1 }, trace);
  return Array.from({ length: trace.runs }, (_, run) => pointsOf(trace, trace.starts[run] ?? 0, endOf(trace, run)));
}

const pointsOf = ({ x, y }: Trace, start: number, end: number): string =>
  Array.from({ length: end - start }, (_, i) => `${x[start + i]},${y[start + i]}`).join(" ");

describe("the points of a line", () => {
  test.each<[title: string, columns: number[], values: (number | null)[], runs: string[]]>([
    ["no samples", [], [], []],
    ["only gaps", [0, 1], [null, null], []],
    ["one sample to a column", [0, 1, 2], [5, 7, 6], ["0,5 1,7 2,6"]],
    ["a rise within a column ends where it leaves it", [0, 1, 1, 1, 2], [0, 1, 2, 3, 4], ["0,0 1,3 2,4"]],
    ["a peak within a column stays", [0, 1, 1, 1, 2], [5, 6, 90, 6, 5], ["0,5 1,90 1,6 2,5"]],
    ["a dip and a peak within a column stay", [0, 1, 1, 1, 1], [5, 5, -9, 90, 5], ["0,5 1,-9 1,90 1,5"]],
    ["of a level stretch the ends", [0, 1, 2, 3, 4, 5], [5, 5, 5, 5, 5, 8], ["0,5 4,5 5,8"]],
    ["a gap ends a run", [0, 1, 2, 3, 4], [5, 6, null, 7, 8], ["0,5 1,6", "3,7 4,8"]],
    ["a level run does not reach over a gap", [0, 1, 2, 3, 4], [5, 5, null, 5, 5], ["0,5 1,5", "3,5 4,5"]],
    ["a sample alone", [0, 1, 2], [null, 5, null], ["1,5"]],
    ["values that no array holds are gaps", [0, 1, 2], [5], ["0,5"]],
  ])("%s", (_, columns, values, runs) => {
    expect(traced(columns, values)).toEqual(runs);
  });

  test("are never more than four a column, and the greatest and least are among them", () => {
    const columns = Array.from({ length: 4_000 }, (_, i) => Math.floor(i / 40));
    const values = columns.map((_, i) => Math.round(100 * Math.sin(i * 1.7) + 50 * Math.cos(i / 90)));
    traceLine(columns, columns.length, values, { offset: 0, factor: 1 }, trace);
    const drawn = trace.y.slice(0, trace.length);
    expect(drawn.length).toBeLessThanOrEqual(4 * 100);
    expect(Math.max(...drawn)).toBe(Math.max(...values));
    expect(Math.min(...drawn)).toBe(Math.min(...values));
  });

  test("lie where the scales put them", () => {
    const columns: number[] = [];
    pixelColumns([100, 101, 103], { offset: -990, factor: 10 }, columns);
    expect(columns).toEqual([10, 20, 40]);
  });
});

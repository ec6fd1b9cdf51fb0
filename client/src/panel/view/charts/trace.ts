// The points of a line on a canvas, no more of them than its pixels can show. Pure; knows no canvas and no chart.
import type { Column } from "../derive.ts";

/** From values to device pixels: `offset + value * factor`. */
export type PixelScale = { readonly offset: number; readonly factor: number };

/**
 * The first `length` points in device pixels, in the first `runs` runs; a run, from one place of `starts` to the next, has
 * no gap. Filled anew by `traceLine`: what lies behind is of an earlier line, and spares the memory of the next.
 */
export type Trace = {
  readonly x: number[];
  readonly y: number[];
  readonly starts: number[];
  length: number;
  runs: number;
};

export const emptyTrace = (): Trace => ({ x: [], y: [], starts: [], length: 0, runs: 0 });

/** The place behind the last point of a run. */
export const endOf = (trace: Trace, run: number): number =>
  run + 1 < trace.runs ? (trace.starts[run + 1] ?? trace.length) : trace.length;

/** Where the moments of an axis lie, in whole pixels, put into the first places of `columns`. */
export function pixelColumns(times: readonly number[], { offset, factor }: PixelScale, columns: number[]): void {
  for (let i = 0; i < times.length; i++) columns[i] = Math.round(offset + (times[i] ?? 0) * factor);
}

/**
 * Of several samples in one column of pixels only where the line leaves it, and its least and greatest where these stick out;
 * of a level stretch only its ends. What is seen is the same, at half the points or a hundredth of them.
 */
export function traceLine(
  columns: readonly number[],
  count: number,
  values: Column,
  { offset, factor }: PixelScale,
  trace: Trace,
): void {
  trace.length = trace.runs = 0;
  let isOpen = false;
  let column = 0;
  let [top, bottom, last] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const value = values[i] ?? null;
    if (value === null) {
      if (isOpen) leaveColumn(trace, column, top, bottom, last);
      isOpen = false;
      continue;
    }
    const pixel = Math.round(offset + value * factor);
    const here = columns[i] ?? 0;
    if (isOpen && here === column) {
      if (pixel < top) top = pixel;
      else if (pixel > bottom) bottom = pixel;
      last = pixel;
      continue;
    }
    if (isOpen) leaveColumn(trace, column, top, bottom, last);
    else begin(trace, here, pixel);
    isOpen = true;
    column = here;
    top = bottom = last = pixel;
  }
  if (isOpen) leaveColumn(trace, column, top, bottom, last);
}

function begin(trace: Trace, column: number, pixel: number): void {
  trace.starts[trace.runs++] = trace.length;
  push(trace, column, pixel);
}

function leaveColumn(trace: Trace, column: number, top: number, bottom: number, last: number): void {
  const { x, y, starts } = trace;
  const end = trace.length - 1;
  const entered = y[end] ?? last;
  if (top === bottom && last === entered) {
    if (x[end] === column) return;
    const isLevel = end > (starts[trace.runs - 1] ?? 0) && y[end - 1] === last;
    if (isLevel) x[end] = column;
    else push(trace, column, last);
    return;
  }
  if (top < entered && top < last) push(trace, column, top);
  if (bottom > entered && bottom > last) push(trace, column, bottom);
  push(trace, column, last);
}

function push(trace: Trace, column: number, pixel: number): void {
  trace.x[trace.length] = column;
  trace.y[trace.length] = pixel;
  trace.length++;
}

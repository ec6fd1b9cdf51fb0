// The points of a line on a canvas, no more of them than its pixels can show. Pure; knows no canvas and no chart.
import type { Column } from "../derive.ts";

/** From values to device pixels: `offset + value * factor`. */
export type PixelScale = { readonly offset: number; readonly factor: number };

/** Points in device pixels; a run, from one place of `starts` to the next, has no gap. Filled anew by `traceLine`. */
export type Trace = { readonly x: number[]; readonly y: number[]; readonly starts: number[] };

export const emptyTrace = (): Trace => ({ x: [], y: [], starts: [] });

/** Where the moments of an axis lie, in whole pixels. */
export function pixelColumns(times: ArrayLike<number>, { offset, factor }: PixelScale): Int32Array {
  const columns = new Int32Array(times.length);
  for (let i = 0; i < columns.length; i++) columns[i] = Math.round(offset + (times[i] ?? 0) * factor);
  return columns;
}

/**
 * Of several samples in one column of pixels only where the line leaves it, and its least and greatest where these stick out;
 * of a level stretch only its ends. What is seen is the same, at half the points or a hundredth of them.
 */
export function traceLine(columns: Int32Array, values: Column, { offset, factor }: PixelScale, trace: Trace): void {
  const { x, y, starts } = trace;
  x.length = y.length = starts.length = 0;
  let isOpen = false;
  let column = 0;
  let [top, bottom, last] = [0, 0, 0];
  for (let i = 0; i < columns.length; i++) {
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

function begin({ x, y, starts }: Trace, column: number, pixel: number): void {
  starts.push(x.length);
  x.push(column);
  y.push(pixel);
}

function leaveColumn({ x, y, starts }: Trace, column: number, top: number, bottom: number, last: number): void {
  const end = x.length - 1;
  const entered = y[end] ?? last;
  if (top === bottom && last === entered) {
    if (x[end] === column) return;
    const isLevel = end > (starts[starts.length - 1] ?? 0) && y[end - 1] === last;
    if (isLevel) x[end] = column;
    else push(x, y, column, last);
    return;
  }
  if (top < entered && top < last) push(x, y, column, top);
  if (bottom > entered && bottom > last) push(x, y, column, bottom);
  push(x, y, column, last);
}

function push(x: number[], y: number[], column: number, pixel: number): void {
  x.push(column);
  y.push(pixel);
}

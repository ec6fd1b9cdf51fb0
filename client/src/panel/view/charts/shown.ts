// What a chart has on display, for those who save it. A plain shape.
import type { ChartData } from "./chartData.ts";

/** What is on display; times in seconds. */
export type Shown = {
  readonly data: ChartData;
  readonly canvas: HTMLCanvasElement | undefined;
  readonly from: number;
  readonly to: number;
};

// Draws what lies behind a chart's lines and beside them: the grid, and the labels of both axes.
import type { Theme } from "../theme.ts";
import type { Axis } from "./axis.ts";
import { lettering } from "./lettering.ts";
import { type PlotArea, pixelAt } from "./plotArea.ts";

/** CSS pixels of the labels' letters, and between them and the drawing. */
const [letters, timeGap, valueGap] = [11, 4, 6];

/** Half of a time label's width, with seconds and without: closer to an end it would stand on the value axis' zero, or be cut. */
const halfLabel = { exact: 28, short: 17 };

/** CSS pixels right of the drawing into which the last label of the time axis may reach. */
export const rightPadding = 10;

export type Axes = {
  readonly times: Axis;
  readonly values: Axis;
  /** The time axis' labels have seconds. */
  readonly hasSeconds: boolean;
};

export function drawAxes(context: CanvasRenderingContext2D, area: PlotArea, axes: Axes, theme: Theme): void {
  const { left, top, width, height, ratio, x, y } = area;
  const line = Math.max(1, Math.round(ratio));
  const half = Math.floor(line / 2);
  context.fillStyle = theme.grid;
  for (const tick of axes.times.ticks) context.fillRect(pixelAt(x, tick) - half, top, line, height);
  for (const tick of axes.values.ticks) context.fillRect(left, pixelAt(y, tick) - half, width, line);
  const look = { size: Math.round(letters * ratio), font: theme.font, colour: theme.muted };
  const time = lettering({ ...look, align: "center", baseline: "top" });
  const free = (axes.hasSeconds ? halfLabel.exact : halfLabel.short) * ratio;
  const last = left + width + rightPadding * ratio - free;
  const below = top + height + Math.round(timeGap * ratio);
  for (const [index, tick] of axes.times.ticks.entries()) {
    const place = pixelAt(x, tick);
    if (place >= left + free && place <= last) time.write(context, axes.times.labels[index] ?? "", place, below);
  }
  const value = lettering({ ...look, align: "right", baseline: "middle" });
  const beside = left - Math.round(valueGap * ratio);
  for (const [index, tick] of axes.values.ticks.entries())
    value.write(context, axes.values.labels[index] ?? "", beside, pixelAt(y, tick));
}

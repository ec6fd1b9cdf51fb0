// Draws what lies in front of a chart's lines: values that matter, and moments that are marked.
import { cssColour } from "../colour.ts";
import type { Theme } from "../theme.ts";
import type { ChartData } from "./chartData.ts";
import { lettering } from "./lettering.ts";
import { type PlotArea, pixelAt } from "./plotArea.ts";

export function drawThresholds(
  context: CanvasRenderingContext2D,
  { left, top, width, height, ratio, y: scale }: PlotArea,
  { thresholds = [] }: ChartData,
  theme: Theme,
): void {
  for (const { value, label, tone } of thresholds) {
    const y = pixelAt(scale, value);
    if (y < top || y > top + height) continue;
    context.strokeStyle = cssColour(theme[tone], 0.8);
    context.lineWidth = ratio;
    context.setLineDash([4 * ratio, 4 * ratio]);
    context.beginPath();
    context.moveTo(left, y);
    context.lineTo(left + width, y);
    context.stroke();
    const baseline = y - 14 * ratio < top ? "top" : "bottom";
    const look = { size: Math.round(10 * ratio), font: theme.font, colour: cssColour(theme[tone]) };
    const gap = Math.round((baseline === "top" ? 3 : -3) * ratio);
    lettering({ ...look, align: "left", baseline }).write(context, label, left + Math.round(4 * ratio), y + gap);
  }
  context.setLineDash([]);
}

export function drawMarks(
  context: CanvasRenderingContext2D,
  { left, top, width, height, ratio, x: scale }: PlotArea,
  { marks = [] }: ChartData,
  theme: Theme,
): void {
  for (const { at } of marks) {
    const x = pixelAt(scale, at);
    if (x < left || x > left + width) continue;
    context.strokeStyle = theme.muted;
    context.fillStyle = theme.muted;
    context.lineWidth = ratio;
    context.setLineDash([2 * ratio, 3 * ratio]);
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, top + height);
    context.stroke();
    context.beginPath();
    context.moveTo(x - 4 * ratio, top);
    context.lineTo(x + 4 * ratio, top);
    context.lineTo(x, top + 6 * ratio);
    context.fill();
  }
  context.setLineDash([]);
}

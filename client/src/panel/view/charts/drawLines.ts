// Draws a chart's lines straight onto uPlot's canvas: its own path building costs twice as much, and a path object for each line.
// Knows the plot's scales; it must not know what the lines mean.
import type uPlot from "uplot";
import { type Colour, cssColour } from "../colour.ts";
import type { LineStyle } from "./palette.ts";
import { emptyTrace, type PixelScale, pixelColumns, type Trace, traceLine } from "./trace.ts";

/** Up to so many samples each is marked too: a line through them alone would hide how few they are. */
const fewSamples = 8;

/** One for all charts: it is filled and drawn before the next. */
const trace = emptyTrace();

export type Filling = {
  /** Below the only line. */
  readonly area?: boolean;
  /** Between the first line and the last. */
  readonly band?: boolean;
};

export function drawLines(plot: uPlot, styles: readonly LineStyle[], filling: Filling): void {
  const { ctx, bbox, data } = plot;
  const [times] = data;
  if (times.length === 0) return;
  const columns = pixelColumns(times, scaleOf(plot, "x"));
  const y = scaleOf(plot, "y");
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineJoin = "bevel";
  const last = styles.length;
  if (filling.band && last > 1 && plot.series[1]?.show && plot.series[last]?.show)
    fillBand(ctx, columns, [column(plot, 1), column(plot, last)], y, areaOf(styles[0]?.colour, 0.16));
  for (const [index, style] of styles.entries()) {
    if (!plot.series[index + 1]?.show) continue;
    const values = column(plot, index + 1);
    traceLine(columns, values, y, trace);
    if (filling.area) fillArea(ctx, trace, Math.round(y.offset), areaOf(style.colour, 0.1));
    strokeTrace(ctx, trace, style);
    drawDots(ctx, trace, isFew(values));
  }
  ctx.restore();
}

const column = (plot: uPlot, index: number): readonly (number | null)[] =>
  (plot.data[index] ?? []) as readonly (number | null)[];

/** `offset + value * factor` is the device pixel of a value. */
function scaleOf(plot: uPlot, name: "x" | "y"): PixelScale {
  const { min = 0, max = 1 } = plot.scales[name] ?? {};
  const [low, high] = [min ?? 0, max ?? 1];
  const { left, top, width, height } = plot.bbox;
  const factor = (name === "x" ? width : -height) / (high - low || 1);
  return { offset: (name === "x" ? left : top + height) - low * factor, factor };
}

const areaOf = (colour: Colour | undefined, opacity: number): string => cssColour(colour ?? [128, 128, 128], opacity);

function strokeTrace(ctx: CanvasRenderingContext2D, { x, y, starts }: Trace, { colour, dash, width }: LineStyle): void {
  const ratio = devicePixelRatio;
  ctx.strokeStyle = cssColour(colour);
  ctx.lineWidth = width * ratio;
  ctx.setLineDash(dash.map((part) => part * ratio));
  ctx.beginPath();
  for (const [run, start] of starts.entries()) {
    const end = starts[run + 1] ?? x.length;
    ctx.moveTo(x[start] ?? 0, y[start] ?? 0);
    for (let i = start + 1; i < end; i++) ctx.lineTo(x[i] as number, y[i] as number);
  }
  ctx.stroke();
}

function isFew(values: readonly (number | null)[]): boolean {
  let count = 0;
  for (const value of values) if (value !== null && ++count > fewSamples) return false;
  return true;
}

/** Marks what no line shows: a sample between gaps, and the ends of each piece where there are `few` samples. */
function drawDots(ctx: CanvasRenderingContext2D, { x, y, starts }: Trace, all: boolean): void {
  const radius = 1.5 * devicePixelRatio;
  ctx.fillStyle = ctx.strokeStyle;
  for (const [run, start] of starts.entries()) {
    const end = starts[run + 1] ?? x.length;
    if (!all && end - start > 1) continue;
    for (let i = start; i < end; i++) {
      ctx.beginPath();
      ctx.arc(x[i] ?? 0, y[i] ?? 0, radius, 0, 2 * Math.PI);
      ctx.fill();
    }
  }
}

function fillArea(ctx: CanvasRenderingContext2D, { x, y, starts }: Trace, zero: number, colour: string): void {
  ctx.fillStyle = colour;
  ctx.beginPath();
  for (const [run, start] of starts.entries()) {
    const end = starts[run + 1] ?? x.length;
    ctx.moveTo(x[start] ?? 0, zero);
    for (let i = start; i < end; i++) ctx.lineTo(x[i] as number, y[i] as number);
    ctx.lineTo(x[end - 1] ?? 0, zero);
  }
  ctx.fill();
}

function fillBand(
  ctx: CanvasRenderingContext2D,
  columns: Int32Array,
  [one, other]: readonly [readonly (number | null)[], readonly (number | null)[]],
  { offset, factor }: PixelScale,
  colour: string,
): void {
  const both = (i: number): boolean => (one[i] ?? null) !== null && (other[i] ?? null) !== null;
  ctx.fillStyle = colour;
  ctx.beginPath();
  for (let start = 0; start < columns.length; start++) {
    if (!both(start)) continue;
    let end = start;
    while (end < columns.length && both(end)) end++;
    for (let i = start; i < end; i++) ctx.lineTo(columns[i] ?? 0, offset + (one[i] ?? 0) * factor);
    for (let i = end - 1; i >= start; i--) ctx.lineTo(columns[i] ?? 0, offset + (other[i] ?? 0) * factor);
    ctx.fill();
    ctx.beginPath();
    start = end;
  }
}

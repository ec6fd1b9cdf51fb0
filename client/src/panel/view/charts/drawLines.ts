// Draws a chart's lines onto its canvas. Knows where they lie; it must not know what they mean.
import { type Colour, cssColour } from "../colour.ts";
import type { Column } from "../derive.ts";
import type { ChartData } from "./chartData.ts";
import type { LineStyle } from "./palette.ts";
import type { PlotArea } from "./plotArea.ts";
import { emptyTrace, endOf, type PixelScale, pixelColumns, type Trace, traceLine } from "./trace.ts";

/** Up to so many samples each is marked too: a line through them alone would hide how few they are. */
const fewSamples = 8;

/** For all charts: they are filled and drawn before the next. */
const trace = emptyTrace();
const columns: number[] = [];

const solid: number[] = [];
const grey: Colour = [128, 128, 128];

/** What a plot draws at one time. */
export type Drawing = ChartData & {
  /** One for each line. */
  readonly styles: readonly LineStyle[];
  /** Labels of lines that are not to be seen. */
  readonly hidden: ReadonlySet<string>;
  /** The ends of the time axis, seconds. */
  readonly from: number;
  readonly to: number;
};

/** `isFilled`: below the lines down to zero. */
export function drawLines(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  { times, lines, styles, hidden, band }: Drawing,
  isFilled: boolean,
): void {
  const { ratio, y } = area;
  pixelColumns(times, area.x, columns);
  context.save();
  context.beginPath();
  context.rect(area.left, area.top, area.width, area.height);
  context.clip();
  context.lineJoin = "bevel";
  const [first, last] = [lines[0], lines.at(-1)];
  const areBothSeen = first && last && first !== last && !hidden.has(first.label) && !hidden.has(last.label);
  if (band && areBothSeen)
    fillBand(context, times.length, [first.values, last.values], y, cssColour(styles[0]?.colour ?? grey, 0.16));
  for (const [index, { label, values }] of lines.entries()) {
    const style = styles[index];
    if (!style || hidden.has(label)) continue;
    traceLine(columns, times.length, values, y, trace);
    if (isFilled) fillArea(context, trace, Math.round(y.offset), cssColour(style.colour, 0.1));
    strokeTrace(context, trace, style, ratio);
    drawDots(context, trace, isFew(values), style.paint, ratio);
  }
  context.restore();
}

function strokeTrace(context: CanvasRenderingContext2D, trace: Trace, style: LineStyle, ratio: number): void {
  const { x, y, starts, runs } = trace;
  context.strokeStyle = style.paint;
  context.lineWidth = style.width * ratio;
  context.setLineDash(style.dash.length === 0 ? solid : style.dash.map((part) => part * ratio));
  context.beginPath();
  for (let run = 0; run < runs; run++) {
    const start = starts[run] ?? 0;
    const end = endOf(trace, run);
    context.moveTo(x[start] ?? 0, y[start] ?? 0);
    for (let i = start + 1; i < end; i++) context.lineTo(x[i] as number, y[i] as number);
  }
  context.stroke();
}

function isFew(values: Column): boolean {
  let count = 0;
  for (const value of values) if (value !== null && ++count > fewSamples) return false;
  return true;
}

/** Marks what no line shows: a sample between gaps, and the ends of each piece where there are few samples (`all`). */
function drawDots(context: CanvasRenderingContext2D, trace: Trace, all: boolean, paint: string, ratio: number): void {
  const { x, y, starts, runs } = trace;
  for (let run = 0; run < runs; run++) {
    const start = starts[run] ?? 0;
    const end = endOf(trace, run);
    if (!all && end - start > 1) continue;
    context.fillStyle = paint;
    for (let i = start; i < end; i++) {
      context.beginPath();
      context.arc(x[i] ?? 0, y[i] ?? 0, 1.5 * ratio, 0, 2 * Math.PI);
      context.fill();
    }
  }
}

function fillArea(context: CanvasRenderingContext2D, trace: Trace, zero: number, paint: string): void {
  const { x, y, starts, runs } = trace;
  context.fillStyle = paint;
  context.beginPath();
  for (let run = 0; run < runs; run++) {
    const start = starts[run] ?? 0;
    const end = endOf(trace, run);
    context.moveTo(x[start] ?? 0, zero);
    for (let i = start; i < end; i++) context.lineTo(x[i] as number, y[i] as number);
    context.lineTo(x[end - 1] ?? 0, zero);
  }
  context.fill();
}

function fillBand(
  context: CanvasRenderingContext2D,
  count: number,
  [one, other]: readonly [Column, Column],
  { offset, factor }: PixelScale,
  paint: string,
): void {
  const both = (i: number): boolean => (one[i] ?? null) !== null && (other[i] ?? null) !== null;
  context.fillStyle = paint;
  context.beginPath();
  for (let start = 0; start < count; start++) {
    if (!both(start)) continue;
    let end = start;
    while (end < count && both(end)) end++;
    for (let i = start; i < end; i++) context.lineTo(columns[i] ?? 0, offset + (one[i] ?? 0) * factor);
    for (let i = end - 1; i >= start; i--) context.lineTo(columns[i] ?? 0, offset + (other[i] ?? 0) * factor);
    context.fill();
    context.beginPath();
    start = end;
  }
}

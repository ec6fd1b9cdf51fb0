// How uPlot is told to draw: axes in the unit's own steps, one crosshair for all charts, thresholds and marks.
import uPlot from "uplot";
import { cssColour } from "../colour.ts";
import { axisSteps, clock, format, type Unit } from "../format.ts";
import type { Theme } from "../theme.ts";
import type { ChartData, ChartOptions, Line } from "./chartData.ts";
import { drawLines } from "./drawLines.ts";
import { lineStyles } from "./palette.ts";

/** All charts of the panel share one crosshair, by time. */
const crosshair = uPlot.sync("dkron");

/** Distances between the marks of the time axis, seconds. */
const clockSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200];

/** Pixels beside the drawing, into which the last label of the time axis may reach. */
const rightPadding = 10;

/** What the drawing asks for while it draws. */
export type PlotSource = {
  readonly options: ChartOptions;
  readonly data: () => ChartData;
  readonly cursorMoved: () => void;
};

export type Size = { readonly width: number; readonly height: number };

export function plotOptions(source: PlotSource, lines: readonly Line[], size: Size, theme: Theme): uPlot.Options {
  const { unit, range } = source.options;
  const { band = false } = source.data();
  const styles = lineStyles(lines, theme);
  const filling = { band, area: lines.length === 1 && !theme.highContrast };
  const axis = {
    stroke: theme.muted,
    grid: { stroke: theme.grid, width: 1 },
    ticks: { show: false },
    font: `11px ${theme.font}`,
  };
  return {
    ...size,
    padding: [8, rightPadding, 0, 0],
    legend: { show: false },
    cursor: {
      sync: { key: crosshair.key, scales: ["x", null] },
      points: { size: 6 },
      drag: { x: false, y: false },
      y: false,
    },
    scales: {
      x: { time: true },
      y: { range: (_, min, max) => (range ? [range[0], range[1]] : padded(min, max, unit, source.data())) },
    },
    axes: [
      { ...axis, size: 24, gap: 4, space: 66, incrs: clockSteps, values: (plot, ticks) => timeLabels(plot, ticks) },
      {
        ...axis,
        size: (_plot, values) => axisWidth(values ?? []),
        gap: 6,
        space: 30,
        incrs: axisSteps(unit),
        values: (_, ticks) => ticks.map((tick) => format(tick, unit)),
      },
    ],
    series: [{}, ...lines.map(({ label }) => ({ label, paths: () => null, points: { show: false } }))],
    hooks: {
      setCursor: [source.cursorMoved],
      draw: [
        (plot) => drawLines(plot, styles, filling),
        (plot) => drawThresholds(plot, source.data(), theme),
        (plot) => drawMarks(plot, source.data(), theme),
      ],
    },
  };
}

/** Half of a label's width, with seconds and without: closer to an end it would stand on the value axis' zero, or be cut. */
const halfLabel = { short: 28, long: 17 };

function timeLabels(plot: uPlot, ticks: readonly number[]): string[] {
  const { min = 0, max = 0 } = plot.scales.x ?? {};
  const long = (max ?? 0) - (min ?? 0) > 900;
  const half = long ? halfLabel.long : halfLabel.short;
  const most = plot.bbox.width / devicePixelRatio + rightPadding - half;
  return ticks.map((tick) => {
    const place = plot.valToPos(tick, "x");
    return place < half || place > most ? "" : clock(tick * 1000, !long);
  });
}

const axisWidth = (values: readonly string[]): number =>
  Math.max(46, ...values.map((value) => Math.ceil(value.length * 6.4) + 12));

/** From zero, with room above; whole steps for counts, so that one more member does not look like a mountain. */
function padded(min: number | null, max: number | null, unit: Unit, { thresholds = [] }: ChartData): [number, number] {
  const low = Math.min(0, min ?? 0);
  const high = Math.max(max ?? 1, ...thresholds.map(({ value }) => value));
  if (unit === "count" && high < 10) return [low, Math.max(1, high) + 0.5];
  return [low, high <= low ? low + leastHeight(unit) : high + (high - low) * 0.1];
}

/** How much an axis spans where all is zero. */
function leastHeight(unit: Unit): number {
  if (unit === "time share") return 1e-3;
  return unit === "bytes" || unit === "bytes per second" ? 1024 : 1;
}

function drawThresholds(plot: uPlot, { thresholds = [] }: ChartData, theme: Theme): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  for (const { value, label, tone } of thresholds) {
    const y = Math.round(plot.valToPos(value, "y", true));
    if (y < bbox.top || y > bbox.top + bbox.height) continue;
    ctx.save();
    ctx.strokeStyle = cssColour(theme[tone], 0.8);
    ctx.fillStyle = cssColour(theme[tone]);
    ctx.lineWidth = ratio;
    ctx.setLineDash([4 * ratio, 4 * ratio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.font = `${10 * ratio}px ${theme.font}`;
    ctx.textAlign = "left";
    ctx.textBaseline = y - 14 * ratio < bbox.top ? "top" : "bottom";
    ctx.fillText(label, bbox.left + 4 * ratio, y + (ctx.textBaseline === "top" ? 3 : -3) * ratio);
    ctx.restore();
  }
}

function drawMarks(plot: uPlot, { marks = [] }: ChartData, theme: Theme): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  for (const { at } of marks) {
    const x = Math.round(plot.valToPos(at, "x", true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.save();
    ctx.strokeStyle = theme.muted;
    ctx.fillStyle = theme.muted;
    ctx.lineWidth = ratio;
    ctx.setLineDash([2 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x - 4 * ratio, bbox.top);
    ctx.lineTo(x + 4 * ratio, bbox.top);
    ctx.lineTo(x, bbox.top + 6 * ratio);
    ctx.fill();
    ctx.restore();
  }
}

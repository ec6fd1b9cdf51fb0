// A chart's canvas: measures its axes, then draws what lies behind the lines, the lines, and what lies in front of them.
// Knows values and pixels; it must not know what they mean or where they come from.
import { element } from "../dom.ts";
import { axisSteps, format } from "../format.ts";
import type { Theme } from "../theme.ts";
import { Axis, chooseStep, hasSeconds, type Label, setTimes } from "./axis.ts";
import type { ChartOptions } from "./chartData.ts";
import { drawAxes, rightPadding } from "./drawAxes.ts";
import { type Drawing, drawLines } from "./drawLines.ts";
import { drawMarks, drawThresholds } from "./drawMarks.ts";
import type { PlotArea } from "./plotArea.ts";
import { valueRange } from "./valueRange.ts";

/** CSS pixels above the drawing, and below it for the time axis. */
const [above, below] = [8, 24];
/** CSS pixels that two marks of an axis are apart at least. */
const apart = { times: 66, values: 30 };
const leastWidth = 160;

export class Plot {
  readonly canvas = element("canvas");
  /** The line at the moment that is read. */
  readonly crosshair = element("div", { class: "crosshair", hidden: true });
  readonly #context = this.canvas.getContext("2d");
  readonly #options: ChartOptions;
  readonly #height: number;
  readonly #steps: readonly number[];
  readonly #label: Label;
  readonly #times = new Axis();
  readonly #values = new Axis();
  #width = 0;
  #area: PlotArea | undefined;

  constructor(options: ChartOptions, height: number) {
    this.#options = options;
    this.#height = height;
    this.#steps = axisSteps(options.unit);
    this.#label = (tick) => format(tick, options.unit);
  }

  /** Whether there is a picture on the canvas. */
  get isDrawn(): boolean {
    return this.#area !== undefined;
  }

  /** Has the next drawing be so wide, in CSS pixels; says whether that is another width than before. */
  resize(width: number): boolean {
    const wanted = Math.max(leastWidth, width);
    if (wanted === this.#width) return false;
    this.#width = wanted;
    return true;
  }

  draw(drawing: Drawing, theme: Theme): void {
    const context = this.#context;
    if (!context || this.#width === 0) return;
    const { from, to } = drawing;
    this.#fit(devicePixelRatio);
    const area = this.#measure(drawing);
    this.#area = area;
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    drawAxes(context, area, { times: this.#times, values: this.#values, hasSeconds: hasSeconds(to - from) }, theme);
    drawLines(context, area, drawing, drawing.lines.length === 1 && !theme.highContrast);
    drawThresholds(context, area, drawing, theme);
    drawMarks(context, area, drawing, theme);
  }

  /** Which share of the time axis lies at a place of the canvas, in CSS pixels; undefined beside the drawing. */
  shareAt(x: number, y: number): number | undefined {
    if (!this.#area) return undefined;
    const { left, top, width, height, ratio } = this.#area;
    const share = (x * ratio - left) / width;
    const isInside = share >= 0 && share <= 1 && y * ratio >= top && y * ratio <= top + height;
    return isInside ? share : undefined;
  }

  /** Puts the crosshair at a share of the time axis, or away. */
  point(share: number | undefined): void {
    this.crosshair.hidden = share === undefined || !this.#area;
    if (share === undefined || !this.#area) return;
    const { left, width, ratio } = this.#area;
    this.crosshair.style.transform = `translateX(${Math.round((left + share * width) / ratio)}px)`;
  }

  /** Whole device pixels, also where one CSS pixel is not a whole number of them. */
  #fit(ratio: number): void {
    const [width, height] = [Math.floor(this.#width * ratio), Math.round(this.#height * ratio)];
    const { canvas } = this;
    if (canvas.width === width && canvas.height === height && this.#area?.ratio === ratio) return;
    [canvas.width, canvas.height] = [width, height];
    [canvas.style.width, canvas.style.height] = [`${width / ratio}px`, `${height / ratio}px`];
    this.crosshair.style.top = `${above}px`;
    this.crosshair.style.height = `${this.#height - above - below}px`;
  }

  /** The width of the value axis follows from its labels, and that of the drawing from what it leaves. */
  #measure({ times, lines, hidden, from, to, thresholds }: Drawing): PlotArea {
    const { unit, range } = this.#options;
    const ratio = devicePixelRatio;
    const height = this.#height - above - below;
    const inTime = [(times[0] ?? from) < from ? 1 : 0, times.length] as const;
    const [low, high] = range ?? valueRange(lines, hidden, inTime, unit, thresholds);
    this.#values.set(low, high, chooseStep(this.#steps, high - low, height, apart.values), this.#label);
    const beside = axisWidth(this.#values.labels);
    const width = this.#width - beside - rightPadding;
    setTimes(this.#times, from, to, width, apart.times);
    const box = {
      left: Math.round(beside * ratio),
      top: Math.round(above * ratio),
      width: Math.round(width * ratio),
      height: Math.round(height * ratio),
    };
    const x = box.width / (to - from || 1);
    const y = -box.height / (high - low || 1);
    return {
      ...box,
      ratio,
      x: { factor: x, offset: box.left - from * x },
      y: { factor: y, offset: box.top + box.height - low * y },
    };
  }
}

function axisWidth(labels: readonly string[]): number {
  let width = 46;
  for (const label of labels) width = Math.max(width, Math.ceil(label.length * 6.4) + 12);
  return width;
}

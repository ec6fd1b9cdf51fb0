// One chart: a heading with its unit, the drawing, a legend with the newest values, and a table twin of the same data.
// Knows columns and units; it must not know where they come from.
import uPlot from "uplot";
import type { Column } from "../derive.ts";
import { button, element, setText } from "../dom.ts";
import { clock, format } from "../format.ts";
import { readTheme, type Theme } from "../theme.ts";
import type { ChartData, ChartOptions, Line } from "./chartData.ts";
import { tableTwin } from "./tableTwin.ts";

/** All charts of the panel share one crosshair. */
const crosshair = uPlot.sync("dkron");
const height = 168;

export class Chart {
  readonly element: HTMLElement;
  readonly #options: ChartOptions;
  readonly #canvas = element("div", { class: "chart-canvas", "aria-hidden": "true" });
  readonly #legend = element("ul", { class: "legend" });
  readonly #note = element("p", { class: "note" });
  readonly #twin: HTMLElement;
  #plot: uPlot | undefined;
  #shape = "";
  #data: ChartData = { times: [], lines: [] };

  constructor(options: ChartOptions) {
    this.#options = options;
    this.#twin = element("div", { class: "twin", hidden: true, id: `${options.id}-table` });
    const toggle = button("Table", () => this.#toggleTable(toggle), {
      class: "quiet",
      "aria-expanded": "false",
      "aria-controls": `${options.id}-table`,
      "aria-label": `${options.title} as a table`,
    });
    this.element = element(
      "section",
      { class: "card", "data-testid": options.id, "aria-label": options.title },
      element("header", {}, element("h2", {}, options.title), toggle),
      element("p", { class: "about" }, options.about),
      this.#canvas,
      this.#note,
      this.#legend,
      this.#twin,
    );
    new ResizeObserver(() => this.#resize()).observe(this.#canvas);
  }

  /** Draws; `from` and `to` are the ends of the time axis, in seconds. */
  draw(data: ChartData, from: number, to: number): void {
    this.#data = data;
    const drawn = data.lines.filter(({ values }) => values.some((value) => value !== null));
    setText(this.#note, drawn.length === 0 ? this.#options.empty : "");
    this.#note.hidden = drawn.length > 0;
    this.#canvas.hidden = drawn.length === 0;
    this.#drawLegend(drawn);
    if (!this.#twin.hidden) this.#twin.replaceChildren(tableTwin({ times: data.times, lines: drawn }, this.#options));
    if (drawn.length === 0) return;
    const shape = drawn.map(({ label, colour }) => `${label}/${colour ?? ""}`).join("\n");
    if (shape !== this.#shape || !this.#plot) this.#build(drawn, shape);
    const columns: uPlot.AlignedData = [
      data.times as number[],
      ...drawn.map(({ values }) => values as (number | null)[]),
    ];
    this.#plot?.batch(() => {
      this.#plot?.setData(columns, false);
      this.#plot?.setScale("x", { min: from, max: to });
    });
  }

  /** Forgets its colours: the next drawing takes the editor's present ones. */
  restyle(): void {
    this.#shape = "";
    this.#legendShape = "";
  }

  dispose(): void {
    this.#plot?.destroy();
  }

  #build(lines: readonly Line[], shape: string): void {
    this.#plot?.destroy();
    this.#shape = shape;
    const theme = readTheme();
    this.#plot = new uPlot(this.#plotOptions(lines, theme), undefined, this.#canvas);
  }

  #plotOptions(lines: readonly Line[], theme: Theme): uPlot.Options {
    const { unit, range } = this.#options;
    const axis = {
      stroke: theme.muted,
      grid: { stroke: theme.grid, width: 1 },
      ticks: { show: false },
      font: `11px ${theme.font}`,
    };
    return {
      width: Math.max(120, this.#canvas.clientWidth),
      height,
      legend: { show: false },
      cursor: { sync: { key: crosshair.key }, points: { size: 6 }, drag: { x: false, y: false } },
      scales: {
        x: { time: true },
        y: { range: (_, min, max) => (range ? [range[0], range[1]] : padded(min, max)) },
      },
      axes: [
        { ...axis, space: 72, values: (_, ticks) => ticks.map((tick) => clock(tick * 1000)) },
        { ...axis, size: 68, values: (_, ticks) => ticks.map((tick) => format(tick, unit)) },
      ],
      series: [
        {},
        ...lines.map(({ label }, index) => ({
          label,
          stroke: colourOf(lines, index, theme),
          width: 1.5,
          spanGaps: false,
          points: { show: false },
        })),
      ],
      hooks: { setCursor: [() => this.#drawLegend(this.#drawn())] },
    };
  }

  #drawn(): readonly Line[] {
    return this.#data.lines.filter(({ values }) => values.some((value) => value !== null));
  }

  #legendShape = "";

  /** Values under the crosshair, else the newest ones. */
  #drawLegend(lines: readonly Line[]): void {
    const shape = lines.map(({ label }) => label).join("\n");
    if (shape !== this.#legendShape) {
      this.#legendShape = shape;
      const theme = readTheme();
      this.#legend.replaceChildren(
        ...lines.map(({ label }, index) => {
          const mark = element("span", { class: "mark" });
          mark.style.backgroundColor = colourOf(lines, index, theme);
          return element("li", {}, mark, element("span", { class: "label" }, label), element("output", {}));
        }),
      );
    }
    const at = this.#plot?.cursor.idx;
    const outputs = this.#legend.querySelectorAll("output");
    lines.forEach(({ values }, index) => {
      const value = at === null || at === undefined ? newest(values) : values[at];
      const output = outputs[index];
      if (output) setText(output, format(value ?? null, this.#options.unit));
    });
  }

  #toggleTable(toggle: HTMLButtonElement): void {
    this.#twin.hidden = !this.#twin.hidden;
    toggle.setAttribute("aria-expanded", String(!this.#twin.hidden));
    if (!this.#twin.hidden)
      this.#twin.replaceChildren(tableTwin({ times: this.#data.times, lines: this.#drawn() }, this.#options));
  }

  #resize(): void {
    const width = this.#canvas.clientWidth;
    if (this.#plot && width > 0 && width !== this.#plot.width) this.#plot.setSize({ width, height });
  }
}

function colourOf(lines: readonly Line[], index: number, theme: Theme): string {
  const { colour } = lines[index] ?? {};
  if (colour) return theme[colour];
  return theme.series[index % theme.series.length] ?? theme.foreground;
}

function padded(min: number | null, max: number | null): [number, number] {
  const low = Math.min(0, min ?? 0);
  const high = max ?? 1;
  return [low, high <= low ? low + 1 : high + (high - low) * 0.08];
}

function newest(values: Column): number | null {
  for (let i = values.length - 1; i >= 0 && i > values.length - 12; i--) {
    const value = values[i];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}

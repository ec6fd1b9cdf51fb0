// One chart: a heading with its unit, the drawing, a legend with the values at the crosshair, and a table twin of the same data.
// Knows columns and units; it must not know where they come from.
import uPlot from "uplot";
import { announce } from "../announcer.ts";
import { between, newest } from "../derive.ts";
import { button, element, setText } from "../dom.ts";
import { clock, format } from "../format.ts";
import { readTheme } from "../theme.ts";
import { type ChartData, type ChartOptions, drawnLines, type Line, type Mark } from "./chartData.ts";
import { Legend } from "./legend.ts";
import { plotOptions } from "./plotOptions.ts";
import { saveMenu } from "./saveMenu.ts";
import { watchSight } from "./sight.ts";
import { tableTwin } from "./tableTwin.ts";

const usualHeight = 172;

export class Chart {
  readonly element: HTMLElement;
  readonly #options: ChartOptions;
  readonly #surface: HTMLElement;
  readonly #about: HTMLElement;
  readonly #legend = new Legend(() => this.#redraw());
  readonly #note = element("p", { class: "note" });
  readonly #marks = element("p", { class: "marks" });
  readonly #moment = element("span", { class: "moment" });
  readonly #twin: HTMLElement;
  readonly #resized = new ResizeObserver(() => this.#resize());
  #plot: uPlot | undefined;
  #shape = "";
  #data: ChartData = { times: [], lines: [] };
  #drawn: readonly Line[] = [];
  #from = 0;
  #to = 0;
  #inSight = false;
  #drawing = false;
  readonly #forget: () => void;

  constructor(options: ChartOptions, ...actions: readonly HTMLElement[]) {
    this.#options = options;
    this.#surface = element("div", {
      class: "surface",
      tabindex: 0,
      role: "img",
      "aria-label": `${options.title}, a chart. Arrow keys read its values; the table button shows them all.`,
    });
    this.#surface.addEventListener("keydown", (event) => this.#key(event));
    this.#surface.addEventListener("blur", () => this.#plot?.setCursor({ left: -10, top: -10 }));
    this.#about = element("p", { class: "about" }, options.about);
    this.#twin = element("div", { class: "twin", hidden: true, id: `${options.id}-table`, tabindex: 0 });
    const table = button("Table", () => this.#toggleTable(table), {
      class: "quiet",
      "aria-expanded": "false",
      "aria-controls": `${options.id}-table`,
      "aria-label": `${options.title} as a table`,
    });
    const menu = saveMenu(options, () => ({
      data: this.#visible(),
      canvas: this.#plot?.ctx.canvas,
      from: this.#from,
      to: this.#to,
    }));
    const actionBar = element("span", { class: "actions" }, ...actions, table, menu);
    this.element = element(
      "section",
      { class: "card chart", "data-testid": options.id, "aria-label": options.title },
      element("header", {}, element("h2", {}, options.title), this.#moment, actionBar),
      this.#about,
      this.#surface,
      this.#note,
      this.#marks,
      this.#legend.element,
      this.#twin,
    );
    this.#legend.element.addEventListener("pointerenter", () => this.#legend.explain(this.#drawn, options.unit));
    this.#resized.observe(this.#surface);
    this.#forget = watchSight(this.element, (isInSight) => {
      this.#inSight = isInSight;
      if (isInSight) this.#redraw();
    });
  }

  /** Draws; `from` and `to` are the ends of the time axis, in seconds. `about` takes the place of the sentence under the title. */
  draw(data: ChartData, from: number, to: number, about = this.#options.about): void {
    [this.#data, this.#from, this.#to] = [data, from, to];
    setText(this.#about, about);
    this.#redraw();
  }

  /** Forgets its colours: the next drawing takes the editor's present ones. */
  restyle(): void {
    this.#shape = "";
    this.#legend.restyle();
  }

  dispose(): void {
    this.#resized.disconnect();
    this.#forget();
    this.#plot?.destroy();
    this.element.remove();
  }

  #redraw(): void {
    const { times, lines } = this.#data;
    const [start, end] = between(times, this.#from, this.#to);
    const isWhole = start === 0 && end === times.length;
    const cut = isWhole
      ? { times, lines }
      : {
          times: times.slice(start, end),
          lines: lines.map((line) => ({ ...line, values: line.values.slice(start, end) })),
        };
    this.#drawn = drawnLines(cut);
    const nothing = this.#drawn.length === 0;
    setText(this.#note, nothing ? this.#options.empty : "");
    this.#note.hidden = !nothing;
    this.#surface.hidden = nothing;
    const marks = (this.#data.marks ?? []).filter(({ at }) => at >= this.#from && at <= this.#to);
    setText(this.#marks, nothing ? "" : markText(marks));
    this.#marks.hidden = marks.length === 0 || nothing;
    this.#drawing = true; // The crosshair, set anew on the way, need not tell the legend: that comes below.
    if (!nothing && this.#inSight) this.#drawPlot(cut.times);
    this.#drawing = false;
    this.#legend.element.hidden = nothing;
    this.#drawLegend(cut.times);
    if (!this.#twin.hidden) this.#fillTwin(cut.times);
  }

  #drawPlot(times: readonly number[]): void {
    const shape = this.#drawn.map(({ label, colour }) => `${label}/${colour ?? ""}`).join("\n");
    if (shape !== this.#shape || !this.#plot) this.#build(shape);
    const plot = this.#plot;
    if (!plot) return;
    const columns = [times, ...this.#drawn.map(({ values }) => values)] as unknown as uPlot.AlignedData;
    plot.batch(() => {
      plot.setData(columns, false);
      for (const [index, { label }] of this.#drawn.entries()) {
        const show = !this.#legend.hidden.has(label);
        if (plot.series[index + 1]?.show !== show) plot.setSeries(index + 1, { show });
      }
      plot.setScale("x", { min: this.#from, max: this.#to });
    });
  }

  #build(shape: string): void {
    this.#plot?.destroy();
    this.#shape = shape;
    const source = {
      options: this.#options,
      data: () => this.#data,
      cursorMoved: () => {
        if (!this.#drawing) this.#drawLegend(this.#times());
      },
    };
    const size = { width: Math.max(160, this.#surface.clientWidth), height: this.#height };
    this.#plot = new uPlot(plotOptions(source, this.#drawn, size, readTheme()), undefined, this.#surface);
  }

  get #height(): number {
    return this.#options.height ?? usualHeight;
  }

  #times(): readonly number[] {
    return (this.#plot?.data[0] as readonly number[] | undefined) ?? [];
  }

  /** What is drawn now, for those who save it. */
  #visible(): ChartData {
    return { ...this.#data, times: this.#times(), lines: this.#drawn };
  }

  /** Values under the crosshair, else the newest ones. */
  #drawLegend(times: readonly number[]): void {
    const at = this.#plot?.cursor.idx ?? null;
    setText(this.#moment, at === null ? "" : clock((times[at] ?? 0) * 1000));
    this.#legend.draw(this.#drawn, this.#options.unit, ({ values }) =>
      at === null ? newest(values) : (values[at] ?? null),
    );
  }

  /** Left and right by one sample, with Shift by ten, Home and End to the ends; what is there is said aloud. */
  #key(event: KeyboardEvent): void {
    const plot = this.#plot;
    const times = this.#times();
    if (!plot || times.length === 0) return;
    const now = plot.cursor.idx ?? times.length - 1;
    const stride = event.shiftKey ? 10 : 1;
    const places: Record<string, number> = {
      ArrowLeft: now - stride,
      ArrowRight: now + stride,
      Home: 0,
      End: times.length - 1,
    };
    const wanted = places[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const place = Math.min(times.length - 1, Math.max(0, wanted));
    moveAll(plot, plot.valToPos(times[place] ?? 0, "x"));
    const said = this.#drawn.map(
      ({ label, values }) => `${label} ${format(values[place] ?? null, this.#options.unit)}`,
    );
    announce(`${clock((times[place] ?? 0) * 1000)}: ${said.join(", ")}`);
  }

  #toggleTable(toggle: HTMLButtonElement): void {
    this.#twin.hidden = !this.#twin.hidden;
    toggle.setAttribute("aria-expanded", String(!this.#twin.hidden));
    if (!this.#twin.hidden) this.#fillTwin(this.#times());
  }

  #fillTwin(times: readonly number[]): void {
    this.#twin.replaceChildren(tableTwin({ times, lines: this.#drawn }, this.#options));
  }

  #resize(): void {
    const width = this.#surface.clientWidth;
    if (this.#plot && width > 0 && width !== this.#plot.width) this.#plot.setSize({ width, height: this.#height });
  }
}

/** Moves the crosshair of all charts: uPlot tells the others only where a third argument, missing in its types, asks for it. */
function moveAll(plot: uPlot, left: number): void {
  const move = plot.setCursor as (place: { left: number; top: number }, fire: boolean, publish: boolean) => void;
  move({ left, top: 1 }, true, true);
}

function markText(marks: readonly Mark[]): string {
  const last = marks.slice(-3).map(({ at, label }) => `${label} at ${clock(at * 1000)}`);
  return `▾ ${last.join(", ")}${marks.length > 3 ? `, and ${marks.length - 3} before` : ""}`;
}

// One chart: a heading with its unit, the drawing, a legend with the values at the crosshair, and a table twin of the same data.
// Knows columns and units; it must not know where they come from.
import { announce } from "../announcer.ts";
import { between, lowerBound, newest } from "../derive.ts";
import { button, element, setText } from "../dom.ts";
import { clock, format } from "../format.ts";
import { readTheme, type Theme } from "../theme.ts";
import { type ChartData, type ChartOptions, drawnLines, type Line, type Mark } from "./chartData.ts";
import { onPoint, pointAt } from "./crosshair.ts";
import { Legend } from "./legend.ts";
import { type LineStyle, lineStyles } from "./palette.ts";
import { Plot } from "./plot.ts";
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
  readonly #note: HTMLElement;
  readonly #marks = element("p", { class: "marks", hidden: true });
  readonly #moment = element("span", { class: "moment" });
  readonly #twin: HTMLElement;
  readonly #resized = new ResizeObserver((entries) => this.#resize(entries.at(-1)?.contentRect.width ?? 0));
  readonly #plot: Plot;
  #theme: Theme | undefined;
  #styles: readonly LineStyle[] = [];
  #data: ChartData = { times: [], lines: [] };
  /** What of the data lies between the ends of the time axis, and the lines of it that are drawn. */
  #times: readonly number[] = [];
  #drawn: readonly Line[] = [];
  #from = 0;
  #to = 0;
  /** Where on the time axis the crosshair is, from 0 to 1. */
  #pointed: number | undefined;
  #inSight = false;
  #isEmpty = false;
  readonly #endings: readonly (() => void)[];

  constructor(options: ChartOptions, ...actions: readonly HTMLElement[]) {
    this.#options = options;
    this.#plot = new Plot(options, options.height ?? usualHeight);
    this.#surface = element("div", {
      class: "surface",
      tabindex: 0,
      role: "img",
      "aria-label": `${options.title}, a chart. Arrow keys read its values; the table button shows them all.`,
    });
    this.#surface.addEventListener("keydown", (event) => this.#key(event));
    this.#surface.addEventListener("blur", () => pointAt(undefined));
    this.#surface.addEventListener("mouseleave", () => pointAt(undefined));
    this.#surface.addEventListener("mousemove", ({ offsetX, offsetY }) =>
      pointAt(this.#momentAt(this.#plot.shareAt(offsetX, offsetY))),
    );
    this.#surface.append(this.#plot.canvas, this.#plot.crosshair);
    this.#about = element("p", { class: "about" }, options.about);
    this.#note = element("p", { class: "note", hidden: true }, options.empty);
    this.#twin = element("div", { class: "twin", hidden: true, id: `${options.id}-table`, tabindex: 0 });
    const table = button("Table", () => this.#toggleTable(table), {
      class: "quiet",
      "aria-expanded": "false",
      "aria-controls": `${options.id}-table`,
      "aria-label": `${options.title} as a table`,
    });
    const menu = saveMenu(options, () => ({
      data: this.#visible(),
      canvas: this.#plot.isDrawn ? this.#plot.canvas : undefined,
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
    const forget = watchSight(this.element, (isInSight) => {
      this.#inSight = isInSight;
      if (isInSight) this.#redraw();
    });
    this.#endings = [forget, onPoint((time) => this.#point(time)), () => this.#resized.disconnect()];
  }

  /** Draws; `from` and `to` are the ends of the time axis, in seconds. `about` takes the place of the sentence under the title. */
  draw(data: ChartData, from: number, to: number, about = this.#options.about): void {
    [this.#data, this.#from, this.#to] = [data, from, to];
    setText(this.#about, about);
    this.#redraw();
  }

  /** Has its legend take the editor's present colours at the next drawing; the lines take them by themselves. */
  restyle(): void {
    this.#legend.restyle();
  }

  dispose(): void {
    for (const end of this.#endings) end();
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
    const drawn = drawnLines(cut);
    if (!haveSameStyle(drawn, this.#drawn)) this.#styles = [];
    [this.#times, this.#drawn] = [cut.times, drawn];
    const isEmpty = drawn.length === 0;
    if (isEmpty !== this.#isEmpty) this.#showEmpty(isEmpty);
    this.#showMarks(isEmpty ? "" : markText(this.#data.marks ?? [], this.#from, this.#to));
    if (!isEmpty && this.#inSight) this.#drawPlot();
    this.#drawLegend();
    if (!this.#twin.hidden) this.#fillTwin();
  }

  #showEmpty(isEmpty: boolean): void {
    this.#isEmpty = isEmpty;
    this.#note.hidden = !isEmpty;
    this.#surface.hidden = isEmpty;
    this.#legend.element.hidden = isEmpty;
  }

  /** Sets what differs alone: a page looks at its styles anew where an element is hidden that was hidden before. */
  #showMarks(text: string): void {
    if (text === this.#marks.textContent) return;
    this.#marks.textContent = text;
    this.#marks.hidden = text === "";
  }

  #drawPlot(): void {
    const theme = readTheme();
    if (theme !== this.#theme || this.#styles.length === 0) this.#styles = lineStyles(this.#drawn, theme);
    this.#theme = theme;
    const { hidden } = this.#legend;
    this.#plot.draw({ ...this.#visible(), styles: this.#styles, hidden, from: this.#from, to: this.#to }, theme);
    if (this.#pointed !== undefined) this.#plot.point(this.#pointed);
  }

  /** What is drawn now, for those who save it. */
  #visible(): ChartData {
    return { ...this.#data, times: this.#times, lines: this.#drawn };
  }

  #momentAt(share: number | undefined): number | undefined {
    return share === undefined ? undefined : this.#from + share * (this.#to - this.#from);
  }

  /** Follows the crosshair of all charts. It stays where it is put while the time moves on below it. */
  #point(time: number | undefined): void {
    const share = time === undefined ? -1 : (time - this.#from) / (this.#to - this.#from);
    const pointed = share >= 0 && share <= 1 ? share : undefined;
    if (pointed === undefined && this.#pointed === undefined) return;
    this.#pointed = pointed;
    this.#plot.point(pointed);
    this.#drawLegend();
  }

  /** The places of the first and the last sample between the ends of the time axis. */
  get #ends(): readonly [first: number, last: number] {
    return [(this.#times[0] ?? this.#from) < this.#from ? 1 : 0, this.#times.length - 1];
  }

  /** The place of the sample under the crosshair. */
  get #read(): number | undefined {
    const time = this.#momentAt(this.#pointed);
    const [first, last] = this.#ends;
    if (time === undefined || first > last) return undefined;
    const after = Math.min(last, Math.max(first, lowerBound(this.#times, time)));
    const before = Math.max(first, after - 1);
    return time - (this.#times[before] ?? 0) <= (this.#times[after] ?? 0) - time ? before : after;
  }

  /** Values under the crosshair, else the newest ones. */
  #drawLegend(): void {
    const at = this.#read;
    setText(this.#moment, at === undefined ? "" : clock((this.#times[at] ?? 0) * 1000));
    this.#legend.draw(this.#drawn, this.#options.unit, ({ values }) =>
      at === undefined ? newest(values) : (values[at] ?? null),
    );
  }

  /** Left and right by one sample, with Shift by ten, Home and End to the ends; what is there is said aloud. */
  #key(event: KeyboardEvent): void {
    const [first, last] = this.#ends;
    if (first > last) return;
    const now = this.#read ?? last;
    const stride = event.shiftKey ? 10 : 1;
    const places: Record<string, number> = {
      ArrowLeft: now - stride,
      ArrowRight: now + stride,
      Home: first,
      End: last,
    };
    const wanted = places[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const place = Math.min(last, Math.max(first, wanted));
    const time = this.#times[place] ?? 0;
    pointAt(time);
    const said = this.#drawn.map(
      ({ label, values }) => `${label} ${format(values[place] ?? null, this.#options.unit)}`,
    );
    announce(`${clock(time * 1000)}: ${said.join(", ")}`);
  }

  #toggleTable(toggle: HTMLButtonElement): void {
    this.#twin.hidden = !this.#twin.hidden;
    toggle.setAttribute("aria-expanded", String(!this.#twin.hidden));
    if (!this.#twin.hidden) this.#fillTwin();
  }

  #fillTwin(): void {
    this.#twin.replaceChildren(tableTwin({ times: this.#times, lines: this.#drawn }, this.#options));
  }

  #resize(width: number): void {
    const isOther = width > 0 && this.#plot.resize(width);
    if (isOther && this.#inSight && this.#drawn.length > 0) this.#drawPlot();
  }
}

/** Whether each line keeps the colour and dashes that it has. */
function haveSameStyle(lines: readonly Line[], others: readonly Line[]): boolean {
  const isSame = ({ label, colour, strong }: Line, other: Line | undefined): boolean =>
    label === other?.label && colour === other.colour && strong === other.strong;
  return lines.length === others.length && lines.every((line, index) => isSame(line, others[index]));
}

/** The last of the marks between the ends of the time axis, in words. */
function markText(all: readonly Mark[], from: number, to: number): string {
  const marks = all.filter(({ at }) => at >= from && at <= to);
  if (marks.length === 0) return "";
  const last = marks.slice(-3).map(({ at, label }) => `${label} at ${clock(at * 1000)}`);
  return `▾ ${last.join(", ")}${marks.length > 3 ? `, and ${marks.length - 3} before` : ""}`;
}

// Every series there is, by family: searched, drawn small beside its name, and large with the catalogue's words when chosen.

import { cssColour } from "../colour.ts";
import { type Column, newest } from "../derive.ts";
import { element, setText } from "../dom.ts";
import { format } from "../format.ts";
import { readState, writeState } from "../host.ts";
import { drawnColumn, drawnUnit } from "../seriesChart.ts";
import { loneLabel, seriesLabel, seriesName } from "../seriesText.ts";
import { drawSparkline, sparklineCanvas } from "../sparkline.ts";
import { readTheme } from "../theme.ts";
import { type RowView, VirtualList } from "../virtualList.ts";
import { MetricDetail } from "./metricDetail.ts";
import { type MetricRow, metricRows, rowKey } from "./metricsRows.ts";
import type { Span, Tab, TabParts } from "./tab.ts";

const rowHeight = 28;
/** Waits until the user has stopped scrolling before samples are asked for. */
const settle = 120;

type Row = RowView & { paint(): void };

export class Metrics implements Tab {
  readonly name = "metrics";
  readonly title = "Metrics";
  readonly element: HTMLElement;
  readonly #parts: TabParts;
  readonly #list: VirtualList;
  readonly #detail: MetricDetail;
  readonly #search = element("input", {
    type: "search",
    placeholder: "Search names and labels",
    "aria-label": "Search metrics",
    "data-testid": "metric-search",
    spellcheck: "false",
  });
  readonly #count = element("span", { class: "muted", role: "status" });
  readonly #empty = element("p", { class: "note" });
  readonly #drawn: Row[] = [];
  #rows: readonly MetricRow[] = [];
  #built = "";
  #chosen: string | undefined;
  #span: Span = { from: 0, to: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: TabParts) {
    this.#parts = parts;
    this.#detail = new MetricDetail(parts);
    this.#list = new VirtualList({
      label: "Metrics",
      rowHeight,
      makeRow: () => this.#makeRow(),
      chosen: (index) => this.#choose(index),
      scrolled: () => this.#settled(),
    });
    this.#search.value = readState().search;
    this.#search.addEventListener("input", () => {
      writeState({ search: this.#search.value });
      this.#parts.redraw();
    });
    const side = element(
      "div",
      { class: "side" },
      element("div", { class: "search" }, this.#search, this.#count),
      this.#empty,
      this.#list.element,
    );
    this.element = element("div", { class: "split" }, side, this.#detail.element);
  }

  watched(): readonly number[] {
    const [first, last] = this.#list.sight;
    const seen = this.#rows.slice(first, last).flatMap((row) => (row.kind === "series" ? [row.info.id] : []));
    return [...seen, ...this.#detail.watched()];
  }

  draw(span: Span): void {
    this.#span = span;
    this.#rebuild();
    for (const row of this.#drawn) row.paint();
    this.#detail.draw(span);
  }

  restyle(): void {
    this.#detail.restyle();
  }

  #rebuild(): void {
    const { model } = this.#parts;
    const state = `${model.seriesVersion} ${this.#search.value}`;
    if (state === this.#built) return;
    this.#built = state;
    const real = model.select("metrics", (info) => model.kindOf(info) !== "api");
    this.#rows = metricRows(real, this.#search.value);
    const series = this.#rows.filter(({ kind }) => kind === "series").length;
    setText(this.#count, `${series} of ${real.length} series`);
    setText(
      this.#empty,
      real.length === 0
        ? "No series yet: they come with the first scrape. The Connection tab says what is missing."
        : "No series has all of these words in its name or labels.",
    );
    this.#empty.hidden = series > 0;
    this.#list.element.hidden = series === 0;
    const chosen = this.#rows.findIndex((row) => rowKey(row) === this.#chosen);
    this.#list.update(this.#rows.length, chosen);
    if (chosen >= 0) this.#show(chosen);
    else if (this.#chosen === undefined && series > 0) this.#choose(0);
    this.#settled();
  }

  #choose(index: number): void {
    const row = this.#rows[index];
    if (!row) return;
    if (this.#chosen === undefined) this.#list.update(this.#rows.length, index);
    this.#chosen = rowKey(row);
    this.#show(index);
    this.#settled();
    this.#parts.redraw();
  }

  #show(index: number): void {
    const row = this.#rows[index];
    if (row) this.#detail.show(row.kind === "family" ? row.series : [row.info], row.kind === "family");
  }

  #settled(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#parts.rewatch(), settle);
  }

  #makeRow(): Row {
    const name = element("span", { class: "name" });
    const kind = element("span", { class: "kind" });
    const value = element("span", { class: "value" });
    const canvas = sparklineCanvas();
    const made = element("div", { class: "row" }, name, kind, canvas, value);
    let shown: MetricRow | undefined;
    const row: Row = {
      element: made,
      show: (index) => {
        shown = this.#rows[index];
        if (!shown) return;
        made.classList.toggle("family", shown.kind === "family");
        made.classList.toggle("alone", shown.kind === "series" && shown.alone);
        setText(name, nameOf(shown));
        made.title = shown.kind === "family" ? shown.family : seriesName(shown.info);
        setText(kind, shown.kind === "family" ? `${shown.series[0]?.type ?? ""} · ${shown.series.length} series` : "");
        canvas.hidden = shown.kind === "family";
        row.paint();
      },
      paint: () => {
        if (shown?.kind !== "series" || made.hidden) {
          setText(value, "");
          return;
        }
        this.#paint(shown, canvas, value);
      },
    };
    this.#drawn.push(row);
    return row;
  }

  #paint(row: MetricRow & { kind: "series" }, canvas: HTMLCanvasElement, value: HTMLElement): void {
    const { model } = this.#parts;
    const column: Column = drawnColumn(model, row.info);
    setText(value, format(newest(column), drawnUnit(row.info)));
    const [colour] = readTheme().series;
    drawSparkline(canvas, model.times(row.info.source), column, this.#span, cssColour(colour ?? [128, 128, 128]));
  }
}

function nameOf(row: MetricRow): string {
  if (row.kind === "family") return row.family;
  return row.alone ? loneLabel(row.info) : seriesLabel(row.info, true);
}

// One family or series, large: what the catalogue says of it, its chart, and what can be done with it.
import type { SeriesInfo } from "../../messages.ts";
import { Chart } from "../charts/chart.ts";
import { button, element, setText } from "../dom.ts";
import { send } from "../host.ts";
import { drawnUnit, familyData, mostLines } from "../seriesChart.ts";
import { ruleExpression, seriesFacts, seriesName } from "../seriesText.ts";
import type { Span, TabParts } from "./tab.ts";

export class MetricDetail {
  readonly element: HTMLElement;
  readonly #parts: TabParts;
  readonly #title = element("h2", { class: "detail-title" });
  readonly #facts = element("p", { class: "muted" });
  readonly #text = element("p", { class: "meaning" });
  readonly #place = element("div", {});
  readonly #pin = button("Pin to overview", () => this.#togglePin(), { "data-testid": "pin" });
  readonly #use = button("Use in a rule", () => this.#useInRule(), { "data-testid": "use-in-rule" });
  #series: readonly SeriesInfo[] = [];
  #whole = false;
  #chart: Chart | undefined;
  #chartOf = "";
  readonly #asked = new Set<string>();

  constructor(parts: TabParts) {
    this.#parts = parts;
    this.element = element(
      "div",
      { class: "detail", "data-testid": "metric-detail" },
      this.#title,
      this.#facts,
      this.#text,
      element("p", { class: "buttons" }, this.#pin, this.#use),
      this.#place,
    );
    this.element.hidden = true;
  }

  watched(): readonly number[] {
    return this.#series.map(({ id }) => id);
  }

  /** `whole`: all series of a family. */
  show(series: readonly SeriesInfo[], whole: boolean): void {
    this.#whole = whole;
    this.#series = series.slice(0, 3 * mostLines);
    this.element.hidden = series.length === 0;
    const rows = [...new Set(series.map(({ row }) => row).filter((row) => row !== undefined))].filter(
      (row) => !this.#asked.has(row),
    );
    if (rows.length > 0) send({ type: "texts", rows });
    for (const row of rows) this.#asked.add(row);
  }

  draw({ from, to }: Span): void {
    const [first] = this.#series;
    if (!first) return;
    const { model, pins } = this.#parts;
    const text = first.row === undefined ? undefined : model.texts.get(first.row);
    const name = this.#whole ? first.family : seriesName(first);
    setText(this.#title, name);
    setText(this.#facts, seriesFacts(first, text?.unit, this.#whole));
    setText(
      this.#text,
      text?.meaning ?? first.help ?? "The catalogue does not know this metric, and the agent says nothing of it.",
    );
    setText(this.#pin, pins.has(first) ? "Unpin from overview" : "Pin to overview");
    this.#pin.hidden = this.#whole && this.#series.length > 1;
    const kind = model.kindOf(first);
    this.#use.hidden = kind !== "scrape" && kind !== "prometheus";
    this.#chartFor(name, first).draw(familyData(model, this.#series), from, to);
  }

  restyle(): void {
    this.#chart?.restyle();
  }

  #chartFor(name: string, first: SeriesInfo): Chart {
    if (this.#chart && this.#chartOf === name) return this.#chart;
    this.#chart?.dispose();
    this.#chartOf = name;
    this.#chart = new Chart({
      id: "chart-metric",
      title: first.cumulative ? "Growth per second" : "Value",
      about: aboutOf(first),
      unit: drawnUnit(first),
      empty: "No sample in this time.",
      height: 240,
    });
    this.#place.replaceChildren(this.#chart.element);
    return this.#chart;
  }

  #togglePin(): void {
    const [first] = this.#series;
    if (first) this.#parts.pins.toggle(first);
  }

  #useInRule(): void {
    const [first] = this.#series;
    if (!first) return;
    const whole = this.#whole ? { ...first, labels: {} } : first;
    send({ type: "useInRule", expression: ruleExpression(whole) });
  }
}

function aboutOf({ cumulative, role }: SeriesInfo): string {
  if (role === "quantile")
    return "Quantiles of the last ten seconds, as the agent computes them; the band lies between the outer ones.";
  return cumulative ? "Over the last 30 seconds; a restart counts as growth from zero." : "As it is at each scrape.";
}

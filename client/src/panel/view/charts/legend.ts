// The names of a chart's lines with their values, at the crosshair or now; a click hides a line or shows it again.
import { cssColour } from "../colour.ts";
import { extent } from "../derive.ts";
import { element } from "../dom.ts";
import { format, type Unit } from "../format.ts";
import { readTheme } from "../theme.ts";
import type { Line } from "./chartData.ts";
import { lineStyles } from "./palette.ts";

type Entry = {
  readonly button: HTMLButtonElement;
  readonly value: HTMLElement;
  /** What stands in `value`. */
  readonly text: Text;
  shown: string;
  room: number;
};

export class Legend {
  readonly element = element("ul", { class: "legend" });
  /** Labels of lines that the user does not want to see. */
  readonly hidden = new Set<string>();
  readonly #changed: () => void;
  #shape = "";
  #entries: readonly Entry[] = [];

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Makes its entries anew at the next drawing. */
  restyle(): void {
    this.#shape = "";
  }

  /** `valueAt`: what a line has where one looks. */
  draw(lines: readonly Line[], unit: Unit, valueAt: (line: Line) => number | null): void {
    const shape = lines.map(({ label }) => label).join("\n");
    if (shape !== this.#shape) this.#build(lines, shape);
    for (const [index, line] of lines.entries()) {
      const entry = this.#entries[index];
      if (entry) showValue(entry, format(valueAt(line), unit));
    }
  }

  /** Tells of each line its least, mean and greatest value, for those who stay over it. Not for each tick. */
  explain(lines: readonly Line[], unit: Unit): void {
    for (const [index, { label, values }] of lines.entries()) {
      const seen = extent(values);
      const figures = seen
        ? `least ${format(seen.least, unit)}, mean ${format(seen.mean, unit)}, greatest ${format(seen.greatest, unit)}`
        : "no value in this time";
      const button = this.#entries[index]?.button;
      if (button) button.title = `${label}: ${figures}. Click to hide or show.`;
    }
  }

  #build(lines: readonly Line[], shape: string): void {
    this.#shape = shape;
    const styles = lineStyles(lines, readTheme());
    this.#entries = lines.map(({ label }) => {
      const text = document.createTextNode("");
      const value = element("span", { class: "value" }, text);
      const mark = element("span", { class: "mark", "aria-hidden": "true" });
      const button = element(
        "button",
        { type: "button", "aria-pressed": String(!this.hidden.has(label)) },
        mark,
        element("span", { class: "label" }, label),
        value,
      );
      button.addEventListener("click", () => {
        if (!this.hidden.delete(label)) this.hidden.add(label);
        button.setAttribute("aria-pressed", String(!this.hidden.has(label)));
        this.#changed();
      });
      return { button, value, text, shown: "", room: 0 };
    });
    this.element.replaceChildren(
      ...this.#entries.map(({ button }, index) => element("li", { class: lines[index]?.strong && "strong" }, button)),
    );
    for (const [index, { button }] of this.#entries.entries()) {
      const style = styles[index];
      const mark = button.querySelector<HTMLElement>(".mark");
      if (style && mark) {
        mark.style.borderTopColor = cssColour(style.colour);
        mark.style.borderTopStyle = style.dash.length === 0 ? "solid" : "dashed";
      }
    }
  }
}

/** The value's room only grows: what changes each second must not move its neighbours, nor have the page laid out anew. */
function showValue(entry: Entry, text: string): void {
  if (text === entry.shown) return;
  entry.shown = text;
  entry.text.data = text;
  if (text.length <= entry.room) return;
  entry.room = text.length;
  entry.value.style.width = `${text.length}ch`;
}

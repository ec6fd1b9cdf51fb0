// The series that the user wants to see in the overview, kept by name over reloads of the window.
import type { SeriesInfo } from "../messages.ts";
import { readState, writeState } from "./host.ts";
import { seriesName } from "./seriesText.ts";

export class Pins {
  #names: readonly string[] = readState().pinned;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get names(): readonly string[] {
    return this.#names;
  }

  has(info: SeriesInfo): boolean {
    return this.#names.includes(seriesName(info));
  }

  toggle(info: SeriesInfo): void {
    const name = seriesName(info);
    this.#names = this.has(info) ? this.#names.filter((pinned) => pinned !== name) : [...this.#names, name];
    writeState({ pinned: this.#names });
    this.#changed();
  }
}

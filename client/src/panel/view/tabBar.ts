// The row of tabs: one is open, arrow keys go from one to the next. Draws only what is open. Knows no tab's content.

import type { TabName } from "../messages.ts";
import { element, setText } from "./dom.ts";
import type { Tab } from "./tabs/tab.ts";

export class TabBar {
  /** The row of tabs, and the place where the open one's content stands. */
  readonly element: HTMLElement;
  readonly panels: HTMLElement;
  readonly #tabs: readonly Tab[];
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #opened: (name: TabName) => void;
  #open: Tab;

  constructor(tabs: readonly Tab[], first: TabName, opened: (name: TabName) => void) {
    this.#tabs = tabs;
    this.#opened = opened;
    this.#buttons = tabs.map((tab) => this.#button(tab));
    this.element = element("div", { class: "tabs", role: "tablist", "aria-label": "Live metrics" }, ...this.#buttons);
    this.element.addEventListener("keydown", (event) => this.#key(event));
    const panels = tabs.map(({ name, element: content }) =>
      element("div", { role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}` }, content),
    );
    this.panels = element("div", {}, ...panels);
    this.#open = tabs.find(({ name }) => name === first) ?? (tabs[0] as Tab);
    this.#show();
  }

  get open(): Tab {
    return this.#open;
  }

  /** Shows beside each name what is the matter there. */
  drawBadges(): void {
    for (const [place, tab] of this.#tabs.entries()) {
      const badge = tab.badge?.();
      const [mark, said] = this.#buttons[place]?.querySelectorAll<HTMLElement>(".badge, .unseen") ?? [];
      if (!mark || !said) continue;
      mark.hidden = badge === undefined;
      mark.dataset.tone = badge?.tone ?? "";
      setText(mark, badge?.text ?? "");
      setText(said, badge === undefined ? "" : `, ${badge.said}`);
    }
  }

  #button({ name, title }: Tab): HTMLButtonElement {
    const made = element(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${name}`,
        "aria-controls": `panel-${name}`,
        "data-testid": `tab-${name}`,
      },
      title,
      element("span", { class: "badge", hidden: true, "aria-hidden": "true" }),
      element("span", { class: "unseen" }),
    );
    made.addEventListener("click", () => this.#choose(this.#tabs.findIndex((tab) => tab.name === name)));
    return made;
  }

  #choose(place: number): void {
    const tab = this.#tabs[(place + this.#tabs.length) % this.#tabs.length];
    if (!tab || tab === this.#open) return;
    this.#open = tab;
    this.#show();
    this.#opened(tab.name);
  }

  #show(): void {
    for (const [place, tab] of this.#tabs.entries()) {
      const isOpen = tab === this.#open;
      this.#buttons[place]?.setAttribute("aria-selected", String(isOpen));
      this.#buttons[place]?.setAttribute("tabindex", isOpen ? "0" : "-1");
      (this.panels.children[place] as HTMLElement).hidden = !isOpen;
    }
  }

  #key(event: KeyboardEvent): void {
    const now = this.#tabs.indexOf(this.#open);
    const places: Record<string, number> = {
      ArrowRight: now + 1,
      ArrowLeft: now - 1,
      Home: 0,
      End: this.#tabs.length - 1,
    };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    this.#choose(place);
    this.#buttons[this.#tabs.indexOf(this.#open)]?.focus();
  }
}

// A list of very many rows of one height, of which only those in sight exist. One of them is chosen, with keys or a click.
// Knows nothing of what a row shows.
import { element } from "./dom.ts";

export type RowView = {
  readonly element: HTMLElement;
  /** Lets a row element show another item: elements are used again while one scrolls. */
  show(index: number): void;
};

export type ListOptions = {
  readonly label: string;
  readonly rowHeight: number;
  readonly makeRow: () => RowView;
  readonly chosen: (index: number) => void;
  /** The rows in sight are others than before. */
  readonly scrolled: () => void;
};

/** Rows kept ready above and below those in sight. */
const spare = 4;

export class VirtualList {
  readonly element: HTMLElement;
  readonly #options: ListOptions;
  readonly #canvas = element("div", { class: "rows", role: "presentation" });
  readonly #views: RowView[] = [];
  #count = 0;
  #active = -1;
  #first = 0;
  #last = 0;

  constructor(options: ListOptions) {
    this.#options = options;
    this.element = element(
      "div",
      { class: "virtual", role: "listbox", tabindex: 0, "aria-label": options.label, "data-testid": "series-list" },
      this.#canvas,
    );
    this.element.addEventListener("scroll", () => this.layout());
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.#canvas.addEventListener("click", (event) => {
      const row = (event.target as Element).closest<HTMLElement>("[data-index]");
      if (row) this.choose(Number(row.dataset.index));
    });
    new ResizeObserver(() => this.layout()).observe(this.element);
  }

  get count(): number {
    return this.#count;
  }

  /** Places of the rows in sight, the end excluded. */
  get sight(): readonly [first: number, last: number] {
    return [this.#first, this.#last];
  }

  /** There are so many rows now, and those in sight may be others; `active` is the chosen one's place, −1 for none. */
  update(count: number, active: number): void {
    this.#count = count;
    this.#active = active;
    this.#canvas.style.height = `${count * this.#options.rowHeight}px`;
    this.layout(true);
  }

  choose(index: number): void {
    if (index < 0 || index >= this.#count) return;
    this.#active = index;
    this.#reveal(index);
    this.layout(true);
    this.#options.chosen(index);
  }

  /** Puts row elements where the scroll position wants them. */
  layout(again = false): void {
    const { rowHeight } = this.#options;
    const first = Math.max(0, Math.floor(this.element.scrollTop / rowHeight) - spare);
    const last = Math.min(
      this.#count,
      Math.ceil((this.element.scrollTop + this.element.clientHeight) / rowHeight) + spare,
    );
    const moved = first !== this.#first || last !== this.#last;
    if (!moved && !again) return;
    [this.#first, this.#last] = [first, last];
    while (this.#views.length < last - first) this.#add();
    for (const [place, view] of this.#views.entries()) this.#place(view, first + place, last);
    if (moved) this.#options.scrolled();
  }

  #add(): void {
    const view = this.#options.makeRow();
    view.element.setAttribute("role", "option");
    this.#views.push(view);
    this.#canvas.append(view.element);
  }

  #place(view: RowView, index: number, last: number): void {
    const row = view.element;
    row.hidden = index >= last;
    if (row.hidden) return;
    row.id = `row-${index}`;
    row.dataset.index = String(index);
    row.style.transform = `translateY(${index * this.#options.rowHeight}px)`;
    row.setAttribute("aria-posinset", String(index + 1));
    row.setAttribute("aria-setsize", String(this.#count));
    row.setAttribute("aria-selected", String(index === this.#active));
    if (index === this.#active) this.element.setAttribute("aria-activedescendant", row.id);
    view.show(index);
  }

  #reveal(index: number): void {
    const { rowHeight } = this.#options;
    const { scrollTop, clientHeight } = this.element;
    if (index * rowHeight < scrollTop) this.element.scrollTop = index * rowHeight;
    if ((index + 1) * rowHeight > scrollTop + clientHeight)
      this.element.scrollTop = (index + 1) * rowHeight - clientHeight;
  }

  #key(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.#options.rowHeight) - 1);
    const strides: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -this.#count,
      End: this.#count,
    };
    const stride = strides[event.key];
    if (stride === undefined) return;
    event.preventDefault();
    this.choose(Math.min(this.#count - 1, Math.max(0, this.#active + stride)));
  }
}

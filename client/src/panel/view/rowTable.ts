// A table whose rows come and go: cells change in place, so that the focus, a selection and a reader's place stay.
// Knows nothing of what it shows.
import { element, setText } from "./dom.ts";

export type TableColumn<Row> = {
  readonly title: string;
  /** Text of the cell, or a function that draws into it. */
  readonly cell: (row: Row) => string | ((cell: HTMLElement) => void);
  /** `bad`, `good` … for the style sheet; the text says it too. */
  readonly tone?: (row: Row) => string | undefined;
  /** Greatest first where it is a number. */
  readonly order?: (row: Row) => string | number;
  readonly numeric?: boolean;
  /** A text of some length, broken into lines. */
  readonly prose?: boolean;
  /** Left out where the panel is narrow. */
  readonly wide?: boolean;
};

export class RowTable<Row> {
  readonly element: HTMLTableElement;
  readonly #columns: readonly TableColumn<Row>[];
  readonly #key: (row: Row) => string;
  readonly #body = element("tbody", {});
  readonly #rows = new Map<string, HTMLTableRowElement>();
  readonly #heads: HTMLElement[] = [];
  readonly #changed: () => void;
  #order: { readonly column: number; readonly reverse: boolean } | undefined;

  constructor(caption: string, columns: readonly TableColumn<Row>[], key: (row: Row) => string, changed: () => void) {
    this.#columns = columns;
    this.#key = key;
    this.#changed = changed;
    const head = element("tr", {}, ...columns.map((column, index) => this.#head(column, index)));
    this.element = element("table", {}, element("caption", {}, caption), element("thead", {}, head), this.#body);
  }

  update(rows: readonly Row[]): void {
    const wanted = this.#ordered(rows);
    const keys = new Set(wanted.map(this.#key));
    for (const [key, row] of this.#rows)
      if (!keys.has(key)) {
        row.remove();
        this.#rows.delete(key);
      }
    for (const [place, row] of wanted.entries()) this.#fill(this.#rowAt(this.#key(row), place), row);
  }

  #head(column: TableColumn<Row>, index: number): HTMLElement {
    const cell = element("th", { scope: "col", class: classOf(column) });
    if (!column.order) {
      cell.append(column.title);
    } else {
      const sort = element("button", { type: "button", class: "sort" }, column.title);
      sort.addEventListener("click", () => this.#sortBy(index));
      cell.append(sort);
    }
    this.#heads.push(cell);
    return cell;
  }

  #sortBy(column: number): void {
    const reverse = this.#order?.column === column ? !this.#order.reverse : false;
    this.#order = { column, reverse };
    for (const [index, head] of this.#heads.entries())
      if (index === column) head.setAttribute("aria-sort", reverse ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    this.#changed();
  }

  #ordered(rows: readonly Row[]): readonly Row[] {
    const order = this.#order && this.#columns[this.#order.column]?.order;
    if (!order || !this.#order) return rows;
    const sign = this.#order.reverse ? -1 : 1;
    const compare = (a: string | number, b: string | number): number =>
      typeof a === "number" && typeof b === "number" ? b - a : String(a) < String(b) ? -1 : 1;
    return [...rows].sort((a, b) => sign * compare(order(a), order(b)));
  }

  #rowAt(key: string, place: number): HTMLTableRowElement {
    let row = this.#rows.get(key);
    if (!row) {
      const cells = this.#columns.map((column, index) =>
        index === 0
          ? element("th", { scope: "row", class: classOf(column) })
          : element("td", { class: classOf(column) }),
      );
      row = element("tr", {}, ...cells);
      this.#rows.set(key, row);
    }
    if (this.#body.children[place] !== row) this.#body.insertBefore(row, this.#body.children[place] ?? null);
    return row;
  }

  #fill(element: HTMLTableRowElement, row: Row): void {
    for (const [index, { cell, tone }] of this.#columns.entries()) {
      const target = element.cells[index];
      if (!target) continue;
      const content = cell(row);
      if (typeof content === "string") setText(target, content);
      else content(target);
      const word = tone?.(row);
      if (word === undefined) delete target.dataset.tone;
      else target.dataset.tone = word;
    }
  }
}

function classOf({ numeric, prose, wide }: Pick<TableColumn<never>, "numeric" | "prose" | "wide">): string | undefined {
  return [numeric && "numeric", prose && "prose", wide && "wide"].filter(Boolean).join(" ") || undefined;
}

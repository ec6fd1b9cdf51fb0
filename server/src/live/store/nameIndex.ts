// Which rows have a name, in the order in which they came. Knows nothing else of them.

const none: readonly number[] = [];

export class NameIndex {
  readonly #rows = new Map<string, number[]>();

  of(name: string): readonly number[] {
    return this.#rows.get(name) ?? none;
  }

  add(name: string, row: number): void {
    const rows = this.#rows.get(name);
    if (rows) rows.push(row);
    else this.#rows.set(name, [row]);
  }

  /** Takes these rows away, which have these names: many at once, for each name is gone through. */
  remove(names: ReadonlySet<string>, rows: ReadonlySet<number>): void {
    for (const name of names) {
      const kept = this.of(name).filter((row) => !rows.has(row));
      if (kept.length > 0) this.#rows.set(name, kept);
      else this.#rows.delete(name);
    }
  }

  clear(): void {
    this.#rows.clear();
  }
}

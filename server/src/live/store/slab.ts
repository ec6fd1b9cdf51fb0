// Samples of many series that tick together: one time ring for all, one row of doubles each. "No sample" is a bit pattern of its own,
// for NaN is a value. Knows rows and columns, not what they are of.

const rowsPerChunk = 64;

/** Prometheus' staleness marker: a NaN that no arithmetic gives. Low and high word. */
const absentLow = 0x00000002;
const absentHigh = 0x7ff00000;

type Chunk = { readonly values: Float64Array; readonly words: Uint32Array };

export class Slab {
  /** Columns kept. */
  readonly columns: number;
  readonly times: Float64Array;
  /** Column of the newest moment; −1 before the first. */
  head = -1;
  /** Columns that hold a moment. */
  filled = 0;
  readonly #chunks: Chunk[] = [];

  constructor(columns: number) {
    this.columns = columns;
    this.times = new Float64Array(columns);
  }

  static bytesOf(rows: number, columns: number): number {
    return Math.ceil(rows / rowsPerChunk) * rowsPerChunk * columns * 8 + columns * 8;
  }

  get rows(): number {
    return this.#chunks.length * rowsPerChunk;
  }

  get bytes(): number {
    return Slab.bytesOf(this.rows, this.columns);
  }

  /** Room for 64 more rows, with no sample in any column. */
  addRows(): void {
    const values = new Float64Array(rowsPerChunk * this.columns);
    const words = new Uint32Array(values.buffer);
    for (let at = 0; at < words.length; at += 2) {
      words[at] = absentLow;
      words[at + 1] = absentHigh;
    }
    this.#chunks.push({ values, words });
  }

  /** Begins a moment in place of the oldest. Every row has still what the oldest column had: write or clear each. */
  advance(at: number): void {
    this.head = (this.head + 1) % this.columns;
    this.times[this.head] = at;
    if (this.filled < this.columns) this.filled++;
  }

  write(row: number, value: number): void {
    const chunk = this.#chunks[row >> 6] as Chunk;
    chunk.values[(row & 63) * this.columns + this.head] = value;
  }

  clear(row: number): void {
    this.#clearAt(row, this.head);
  }

  clearRow(row: number): void {
    for (let column = 0; column < this.columns; column++) this.#clearAt(row, column);
  }

  #clearAt(row: number, column: number): void {
    const { words } = this.#chunks[row >> 6] as Chunk;
    const at = ((row & 63) * this.columns + column) * 2;
    words[at] = absentLow;
    words[at + 1] = absentHigh;
  }

  /** The column of the moment `age` before the newest; age 0 is the newest. */
  columnOf(age: number): number {
    return (this.head - age + this.columns) % this.columns;
  }

  /** The sample, or undefined if there is none. */
  read(row: number, column: number): number | undefined {
    const { values, words } = this.#chunks[row >> 6] as Chunk;
    const at = (row & 63) * this.columns + column;
    const value = values[at] as number;
    if (!Number.isNaN(value)) return value;
    return words[at * 2 + 1] === absentHigh && words[at * 2] === absentLow ? undefined : value;
  }

  /** The same rows with the newest `columns` moments only. */
  shrunk(columns: number): Slab {
    const smaller = new Slab(columns);
    for (const _ of this.#chunks) smaller.addRows();
    for (let age = Math.min(columns, this.filled) - 1; age >= 0; age--) {
      const column = this.columnOf(age);
      smaller.advance(this.times[column] as number);
      for (let row = 0; row < this.rows; row++) {
        const value = this.read(row, column);
        if (value === undefined) smaller.clear(row);
        else smaller.write(row, value);
      }
    }
    return smaller;
  }
}

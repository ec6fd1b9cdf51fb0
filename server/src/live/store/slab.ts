// Samples of many series that tick together: one time ring for all, one row of doubles each. "No sample" is a bit pattern of its own,
// for NaN is a value. Knows rows and columns, not what they are of.

const rowsPerChunk = 64;

/** Prometheus' staleness marker: a NaN that no arithmetic gives. Low and high word. */
const absentLow = 0x00000002;
const absentHigh = 0x7ff00000;

type Chunk = { readonly values: Float64Array; readonly words: Uint32Array };

/** Consecutive moments: the column of the first, and all times. */
export type Span = { readonly first: number; readonly times: Float64Array };

/** `gaps`: the moments without a sample. */
export type Samples = { readonly times: Float64Array; readonly values: Float64Array; readonly gaps: Float64Array };

const noTimes = new Float64Array(0);

/** Times are milliseconds: the next one after a time, at the earliest. */
const smallestStep = 0.001;

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

  /** The moments from `from` to `to`, oldest first. */
  span(from: number, to: number): Span {
    const oldest = this.#ageFrom(from);
    const size = oldest - this.#ageFrom(to + smallestStep);
    const times = new Float64Array(size);
    for (let index = 0; index < size; index++) times[index] = this.times[this.columnOf(oldest - index)] as number;
    return { first: oldest < 0 ? 0 : this.columnOf(oldest), times };
  }

  /** What a row has in a span, its values written into `values` of the span's length. Rows without gaps share the span's times. */
  samples(row: number, { first, times }: Span, values: Float64Array): Samples {
    const { values: cells } = this.#chunks[row >> 6] as Chunk;
    const size = times.length;
    const base = (row & 63) * this.columns;
    let isWhole = true;
    for (let index = 0, column = first; index < size; index++) {
      const value = cells[base + column] as number;
      values[index] = value;
      if (Number.isNaN(value)) isWhole &&= this.read(row, column) !== undefined;
      if (++column === this.columns) column = 0;
    }
    return isWhole ? { times, values, gaps: noTimes } : this.#split(row, { first, times });
  }

  #split(row: number, { first, times: all }: Span): Samples {
    const times: number[] = [];
    const values: number[] = [];
    const gaps: number[] = [];
    all.forEach((time, index) => {
      const value = this.read(row, (first + index) % this.columns);
      if (value === undefined) gaps.push(time);
      else {
        times.push(time);
        values.push(value);
      }
    });
    return { times: Float64Array.from(times), values: Float64Array.from(values), gaps: Float64Array.from(gaps) };
  }

  /** The greatest age of a moment at or after `from`; −1: there is none. Times only grow. */
  #ageFrom(from: number): number {
    let [low, high] = [-1, this.filled - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.times[this.columnOf(middle)] as number) >= from) low = middle;
      else high = middle - 1;
    }
    return low;
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

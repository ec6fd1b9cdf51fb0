// Samples of many series that tick together: one time ring for all, one row of doubles each. "No sample" is a bit pattern of its own,
// for NaN is a value. Knows rows and columns, not what they are of.

const rowsPerChunk = 64;
/** Prometheus' staleness marker: a NaN that no arithmetic gives. Low and high word. */
const absentLow = 0x00000002;
const absentHigh = 0x7ff00000;

/** Row behind row. */
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

  /** Room for 64 more rows. What is in a row at the moments so far means nothing before it was cleared. */
  addRows(): void {
    const values = new Float64Array(rowsPerChunk * this.columns);
    this.#chunks.push({ values, words: new Uint32Array(values.buffer) });
  }

  /** A moment in place of the oldest, with a value for each row; clear those that have none. */
  append(at: number, values: Float64Array): void {
    const { columns } = this;
    this.head = (this.head + 1) % columns;
    this.times[this.head] = at;
    if (this.filled < columns) this.filled++;
    let row = 0;
    for (const { values: cells } of this.#chunks)
      for (let cell = this.head; cell < cells.length; cell += columns) cells[cell] = values[row++] as number;
  }

  /** The row has no sample at the newest moment. */
  clear(row: number): void {
    clearCell((this.#chunks[row >> 6] as Chunk).words, this.#cellOf(row, this.head));
  }

  /** The row has no sample at any moment. */
  clearRow(row: number): void {
    const { words } = this.#chunks[row >> 6] as Chunk;
    const first = this.#cellOf(row, 0);
    for (let cell = first; cell < first + this.filled; cell++) clearCell(words, cell);
  }

  /** Where a sample stands in the chunk of its row. */
  #cellOf(row: number, column: number): number {
    return (row & 63) * this.columns + column;
  }

  /** The column of the moment `age` before the newest; age 0 is the newest. */
  columnOf(age: number): number {
    return (this.head - age + this.columns) % this.columns;
  }

  /** The sample, or undefined if there is none. */
  read(row: number, column: number): number | undefined {
    const { values, words } = this.#chunks[row >> 6] as Chunk;
    const at = this.#cellOf(row, column);
    const value = values[at] as number;
    return Number.isNaN(value) && isAbsent(words, at) ? undefined : value;
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
    const { values: cells, words } = this.#chunks[row >> 6] as Chunk;
    const size = times.length;
    const base = this.#cellOf(row, 0);
    let isWhole = true;
    for (let index = 0, column = first; index < size; index++) {
      const value = cells[base + column] as number;
      values[index] = value;
      if (Number.isNaN(value)) isWhole &&= !isAbsent(words, base + column);
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
    smaller.filled = Math.min(columns, this.filled);
    smaller.head = smaller.filled - 1;
    const oldest = this.columnOf(smaller.head);
    const unwrapped = Math.min(smaller.filled, this.columns - oldest);
    smaller.times.set(this.times.subarray(oldest, oldest + unwrapped));
    smaller.times.set(this.times.subarray(0, smaller.filled - unwrapped), unwrapped);
    for (let row = 0; row < this.rows; row++) {
      const { words } = this.#chunks[row >> 6] as Chunk;
      const { words: target } = smaller.#chunks[row >> 6] as Chunk;
      // Bit by bit: as numbers, the NaN that stands for no sample might become another.
      const copy = (from: number, columns: number, to: number): void =>
        target.set(words.subarray(...wordsOf(this.#cellOf(row, from), columns)), smaller.#cellOf(row, to) * 2);
      copy(oldest, unwrapped, 0);
      copy(0, smaller.filled - unwrapped, unwrapped);
    }
    return smaller;
  }
}

const wordsOf = (cell: number, cells: number): [from: number, to: number] => [cell * 2, (cell + cells) * 2];

const isAbsent = (words: Uint32Array, cell: number): boolean =>
  words[cell * 2] === absentLow && words[cell * 2 + 1] === absentHigh;

function clearCell(words: Uint32Array, cell: number): void {
  words[cell * 2] = absentLow;
  words[cell * 2 + 1] = absentHigh;
}

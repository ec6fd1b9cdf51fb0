// Samples of many series that tick together: one time ring for all, and for each series a row of doubles. "No sample" is a bit pattern
// of its own, for NaN is a value. Knows rows and columns, not what they are of.

/** Rows and columns of a tile: so much memory is asked for at once, when a moment first needs it. */
const tileSide = 64;
const tileCells = tileSide * tileSide;

/** Prometheus' staleness marker: a NaN that no arithmetic gives. Low and high word, and both. */
const absentLow = 0x00000002;
const absentHigh = 0x7ff00000;
const absent = 0x7ff0000000000002n;

/** 64 rows at 64 consecutive moments, row behind row. */
type Tile = { readonly values: Float64Array; readonly words: Uint32Array };

/** Consecutive moments: the column of the first, and all times. */
export type Span = { readonly first: number; readonly times: Float64Array };

/** `gaps`: the moments without a sample. */
export type Samples = { readonly times: Float64Array; readonly values: Float64Array; readonly gaps: Float64Array };

const noTimes = new Float64Array(0);

/** Times are milliseconds: the next one after a time, at the earliest. */
const smallestStep = 0.001;

const wholeTiles = (columns: number): number => Math.ceil(columns / tileSide) * tileSide;

export class Slab {
  /** Columns kept: whole tiles of them. */
  columns: number;
  times: Float64Array;
  /** Column of the newest moment; −1 before the first. */
  head = -1;
  /** Columns that hold a moment. */
  filled = 0;
  rows = 0;
  /** For each 64 columns, the tiles of all rows so far; a row that is not there has no sample at those moments. */
  #strips: Tile[][];

  /** With room for as many columns at least. */
  constructor(columns: number) {
    this.columns = wholeTiles(columns);
    this.times = new Float64Array(this.columns);
    this.#strips = Array.from({ length: this.columns / tileSide }, () => []);
  }

  /** What the rows take in the end, when each column has had its moment. */
  static bytesOf(rows: number, columns: number): number {
    return (wholeTiles(rows) + 1) * wholeTiles(columns) * 8;
  }

  get bytes(): number {
    return Slab.bytesOf(this.rows, this.columns);
  }

  /** Room for 64 more rows. What they hold at the moments so far means nothing before they are cleared. */
  addRows(): void {
    this.rows += tileSide;
  }

  /** A moment in place of the oldest, with a value for each row; clear those that have none. */
  append(at: number, values: Float64Array): void {
    this.head = (this.head + 1) % this.columns;
    this.times[this.head] = at;
    if (this.filled < this.columns) this.filled++;
    const strip = this.#strips[this.head >> 6] as Tile[];
    while (strip.length * tileSide < this.rows) strip.push(makeTile());
    let row = 0;
    for (const { values: cells } of strip)
      for (let cell = this.head & 63; cell < tileCells; cell += tileSide) cells[cell] = values[row++] as number;
  }

  /** The row has no sample at the newest moment. */
  clear(row: number): void {
    const tile = this.#tileOf(row, this.head);
    if (tile) clearCell(tile, cellOf(row, this.head));
  }

  /** The row has no sample at any moment. */
  clearRow(row: number): void {
    const first = cellOf(row, 0);
    for (const strip of this.#strips) {
      const tile = strip[row >> 6];
      if (tile) for (let cell = first; cell < first + tileSide; cell++) clearCell(tile, cell);
    }
  }

  /** The column of the moment `age` before the newest; age 0 is the newest. */
  columnOf(age: number): number {
    return (this.head - age + this.columns) % this.columns;
  }

  /** The sample, or undefined if there is none. */
  read(row: number, column: number): number | undefined {
    const tile = this.#tileOf(row, column);
    const cell = cellOf(row, column);
    return tile === undefined || isAbsent(tile, cell) ? undefined : tile.values[cell];
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
    for (let index = 0; index < times.length; ) {
      const column = (first + index) % this.columns;
      const end = Math.min(times.length, index + tileSide - (column & 63));
      const tile = this.#tileOf(row, column);
      if (!tile || !copyRow(tile, cellOf(row, column), values, index, end))
        return this.#split(row, { first, times }, values);
      index = end;
    }
    return { times, values, gaps: noTimes };
  }

  #split(row: number, { first, times: all }: Span, values: Float64Array): Samples {
    const times = new Float64Array(all.length);
    const gaps = new Float64Array(all.length);
    let there = 0;
    let missing = 0;
    for (let index = 0; index < all.length; index++) {
      const value = this.read(row, (first + index) % this.columns);
      if (value === undefined) gaps[missing++] = all[index] as number;
      else {
        times[there] = all[index] as number;
        values[there++] = value;
      }
    }
    return { times: times.subarray(0, there), values: values.subarray(0, there), gaps: gaps.subarray(0, missing) };
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

  /** Keeps room for so many columns only, with the newest moments. */
  shrink(columns: number): void {
    const kept = wholeTiles(columns) / tileSide;
    const newest = Math.max(this.head, 0) >> 6;
    // From the strip behind the newest, which is the oldest one, round to the newest.
    const inOrder = [...this.#strips.keys()].map((place) => (newest + 1 + place) % this.#strips.length).slice(-kept);
    const times = new Float64Array(kept * tileSide);
    inOrder.forEach((strip, place) => {
      times.set(this.times.subarray(strip * tileSide, (strip + 1) * tileSide), place * tileSide);
    });
    this.#strips = inOrder.map((strip) => this.#strips[strip] as Tile[]);
    this.times = times;
    this.columns = times.length;
    if (this.head >= 0) this.head = (kept - 1) * tileSide + (this.head & 63);
    this.filled = Math.min(this.filled, this.head + 1);
  }

  #tileOf(row: number, column: number): Tile | undefined {
    return this.#strips[column >> 6]?.[row >> 6];
  }
}

/** Where a sample stands in its tile. */
const cellOf = (row: number, column: number): number => (row & 63) * tileSide + (column & 63);

function makeTile(): Tile {
  const { buffer } = new BigUint64Array(tileCells).fill(absent);
  return { values: new Float64Array(buffer), words: new Uint32Array(buffer) };
}

/** Copies a row's values from a cell on into `values`, from `index` to `end`; false: one of them is no sample. */
function copyRow(tile: Tile, from: number, values: Float64Array, index: number, end: number): boolean {
  const { values: cells } = tile;
  for (let cell = from, at = index; at < end; cell++, at++) {
    const value = cells[cell] as number;
    if (Number.isNaN(value) && isAbsent(tile, cell)) return false;
    values[at] = value;
  }
  return true;
}

function clearCell({ words }: Tile, cell: number): void {
  words[cell * 2] = absentLow;
  words[cell * 2 + 1] = absentHigh;
}

/** A word at a time: as a number, the NaN that stands for no sample might become another. */
const isAbsent = ({ words }: Tile, cell: number): boolean =>
  words[cell * 2] === absentLow && words[cell * 2 + 1] === absentHigh;

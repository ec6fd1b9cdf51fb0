// Samples of one source's watched series beside one time axis. Pure; knows no message and no chart.
import type { SampleValue } from "../messages.ts";

/** What cannot be drawn (NaN, infinities, no sample) is a gap. */
const drawable = (value: SampleValue | undefined): number | null => (typeof value === "number" ? value : null);

export class Track {
  /** Seconds, rising. */
  times: number[] = [];
  /** By series: one value for each of `times`. */
  columns = new Map<number, (number | null)[]>();

  /** One more moment. A moment that is not later than the last is one that history brought already. */
  add(at: number, ids: readonly number[], values: readonly SampleValue[]): void {
    if (at <= (this.times.at(-1) ?? 0)) return;
    this.times.push(at);
    const length = this.times.length;
    for (const [index, id] of ids.entries()) {
      const column = this.columns.get(id) ?? new Array<number | null>(length - 1).fill(null);
      column.push(drawable(values[index]));
      this.columns.set(id, column);
    }
    for (const column of this.columns.values()) if (column.length < length) column.push(null);
  }

  /** Puts what the server remembers of some series among what is there: the others keep what they have. */
  merge(times: readonly number[], ids: readonly number[], values: readonly (readonly SampleValue[])[]): void {
    const { all, old, given } = interleave(this.times, times);
    const columns = new Map<number, (number | null)[]>();
    for (const [id, column] of this.columns) columns.set(id, spread(column, old));
    for (const [index, id] of ids.entries()) {
      const remembered = spread((values[index] ?? []).map(drawable), given);
      const present = columns.get(id);
      columns.set(id, present ? remembered.map((value, at) => value ?? present[at] ?? null) : remembered);
    }
    this.times = all;
    this.columns = columns;
  }

  /** Lets go of the series that nobody draws any more. */
  retain(ids: ReadonlySet<number>): void {
    for (const id of this.columns.keys()) if (!ids.has(id)) this.columns.delete(id);
  }

  /** Forgets what is older than `oldest`, in one stroke now and then: shifting at each tick would cost more. */
  trim(oldest: number): void {
    const count = this.times.findIndex((time) => time >= oldest);
    if (count < 120) return;
    this.times.splice(0, count);
    for (const column of this.columns.values()) column.splice(0, count);
  }
}

type Interleaved = {
  readonly all: number[];
  /** For each of `all` its place in the first or the second, −1 where it is not in it. */
  readonly old: number[];
  readonly given: number[];
};

function interleave(first: readonly number[], second: readonly number[]): Interleaved {
  const made: Interleaved = { all: [], old: [], given: [] };
  let [a, b] = [0, 0];
  while (a < first.length || b < second.length) {
    const left = first[a] ?? Number.POSITIVE_INFINITY;
    const right = second[b] ?? Number.POSITIVE_INFINITY;
    made.all.push(Math.min(left, right));
    made.old.push(left <= right ? a++ : -1);
    made.given.push(right <= left ? b++ : -1);
  }
  return made;
}

const spread = (column: readonly (number | null)[], places: readonly number[]): (number | null)[] =>
  places.map((place) => (place < 0 ? null : (column[place] ?? null)));

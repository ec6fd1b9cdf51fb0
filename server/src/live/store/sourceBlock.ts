// The series of one source: which there are, their samples, and what a new column says of them: resets, expiry, gaps. It knows rows and
// times; limits are asked for at its host.
import type { HistoryBlock, LiveEvent, SampleValue, SeriesInfo } from "../frames.ts";
import type { Intake, SeriesKey, SeriesTraits } from "./intake.ts";
import { NameIndex } from "./nameIndex.ts";
import { toSampleValue } from "./sampleValue.ts";
import { type Samples, Slab } from "./slab.ts";

/** What a block asks and tells. */
export type BlockHost = {
  nextId(): number;
  /** Whether there may be so many rows. */
  admits(rows: number): boolean;
  added(series: SeriesInfo, key: string): void;
  removed(id: number): void;
  refused(key: string): void;
  closed(): void;
  event(event: LiveEvent): void;
  disposed(): void;
};

/** Which series are wanted: of one name, where it is known, and of those the ones that `matches` picks. */
export type SeriesFilter = { readonly name?: string | undefined; matches(series: SeriesInfo): boolean };

type Row = {
  readonly key: string;
  readonly info: SeriesInfo;
  readonly expires: boolean;
};

/** Fewer moments than these are of no use to look at. */
const fewestColumns = 64;

export class SourceBlock implements Intake {
  readonly source: string;
  generation = 0;
  readonly #host: BlockHost;
  readonly #rows: (Row | undefined)[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #byId = new Map<number, number>();
  readonly #byName = new NameIndex();
  readonly #free: number[] = [];
  /** By row: the column sequence in which it last had a sample, that sample, and whether it only grows. */
  #seen = new Int32Array(0);
  #last = new Float64Array(0);
  #cumulative = new Uint8Array(0);
  readonly #wishedColumns: number;
  readonly #slab: Slab;
  #sequence = 0;
  /** Time of the column that is open or was last. */
  #at = 0;
  /** Samples in the open column. */
  #written = 0;
  /** Sequence of the last column that was no gap. */
  #lastComplete = 0;

  constructor(source: string, columns: number, host: BlockHost) {
    this.source = source;
    this.#wishedColumns = columns;
    this.#slab = new Slab(columns);
    this.#host = host;
  }

  get columns(): number {
    return this.#slab.columns;
  }

  get isShrunk(): boolean {
    return this.columns < this.#wishedColumns;
  }

  get bytes(): number {
    return this.#slab.bytes;
  }

  get sampleCount(): number {
    return this.#byKey.size * this.#slab.filled;
  }

  /** Time of the newest column. */
  get time(): number {
    return this.#at;
  }

  get oldest(): number | undefined {
    const { filled } = this.#slab;
    return filled === 0 ? undefined : this.#slab.times[this.#slab.columnOf(filled - 1)];
  }

  bytesWith(rows: number): number {
    return Slab.bytesOf(Math.max(rows, this.#slab.rows), this.columns);
  }

  /** Keeps half as many moments; false: they are few enough. */
  shrink(): boolean {
    if (this.columns <= fewestColumns) return false;
    this.#slab.shrink(Math.max(fewestColumns, this.columns >> 1));
    return true;
  }

  handle(key: SeriesKey, traits: () => SeriesTraits): number {
    const text = keyText(key);
    const known = this.#byKey.get(text);
    if (known !== undefined) return known;
    const row = this.#free.pop() ?? this.#rows.length;
    if (!this.#host.admits(row + 1)) {
      if (row < this.#rows.length) this.#free.push(row);
      this.#host.refused(text);
      return -1;
    }
    while (row >= this.#slab.rows) this.#slab.addRows();
    this.#slab.clearRow(row);
    this.#makeRoom(this.#slab.rows);
    const { expires, ...rest } = traits();
    const labels = Object.fromEntries(key.labels);
    const info: SeriesInfo = { id: this.#host.nextId(), source: this.source, name: key.name, labels, ...rest };
    this.#rows[row] = { key: text, info, expires };
    this.#seen[row] = 0;
    this.#last[row] = Number.NaN;
    this.#cumulative[row] = info.cumulative ? 1 : 0;
    this.#byKey.set(text, row);
    this.#byId.set(info.id, row);
    this.#byName.add(key.name, row);
    this.#host.added(info, text);
    return row;
  }

  open(at: number): void {
    this.#sequence++;
    this.#at = at;
  }

  put(handle: number, value: number): boolean {
    if (handle < 0 || this.#seen[handle] === this.#sequence) return false;
    if (this.#cumulative[handle] === 1 && value < (this.#last[handle] as number)) this.#tell("reset", handle);
    this.#seen[handle] = this.#sequence;
    this.#last[handle] = value;
    this.#written++;
    return true;
  }

  putAll(handles: Int32Array, values: Float64Array, count: number): number {
    let twice = 0;
    for (let index = 0; index < count; index++) {
      const handle = handles[index] as number;
      if (handle >= 0 && !this.put(handle, values[index] as number)) twice++;
    }
    return twice;
  }

  close(outcome: "complete" | "gap"): void {
    this.#slab.append(this.#at, this.#last);
    if (outcome === "gap" && this.#lastComplete === this.#sequence - 1) this.#tell("gap");
    if (this.#written < this.#byKey.size) this.#clearOthers(outcome);
    this.#written = 0;
    if (outcome === "complete") this.#lastComplete = this.#sequence;
    if (this.#sequence % Math.max(16, this.columns >> 3) === 0) this.#drop();
    this.#host.closed();
  }

  dispose(): void {
    for (const row of this.#rows) if (row) this.#host.removed(row.info.id);
    this.#rows.length = 0;
    this.#byKey.clear();
    this.#byId.clear();
    this.#byName.clear();
    this.#host.disposed();
  }

  *series(): Generator<SeriesInfo> {
    for (const row of this.#rows) if (row) yield row.info;
  }

  info(id: number): SeriesInfo | undefined {
    const row = this.#byId.get(id);
    return row === undefined ? undefined : this.#rows[row]?.info;
  }

  has(id: number): boolean {
    return this.#byId.has(id);
  }

  /** The sample in the newest column. */
  newest(id: number): number | undefined {
    const row = this.#byId.get(id);
    if (row === undefined || this.#sequence === 0 || this.#seen[row] !== this.#sequence) return undefined;
    return this.#last[row];
  }

  history(ids: readonly number[], from: number, to: number, points = Number.POSITIVE_INFINITY): HistoryBlock {
    const columns = thin(this.#columnsWithin(from, to), points);
    const values = ids.map((id) => {
      const row = this.#byId.get(id);
      return columns.map(
        (column): SampleValue => (row === undefined ? null : toSampleValue(this.#slab.read(row, column))),
      );
    });
    return {
      source: this.source,
      times: columns.map((column) => this.#slab.times[column] as number),
      ids: [...ids],
      values,
    };
  }

  /** The series that are wanted, with their samples; those without any are left out. */
  select({ name, matches }: SeriesFilter, from: number, to: number): ({ info: SeriesInfo } & Samples)[] {
    const candidates = name === undefined ? this.#rows.keys() : this.#byName.of(name);
    const handles: number[] = [];
    for (const handle of candidates) {
      const row = this.#rows[handle];
      if (row && matches(row.info)) handles.push(handle);
    }
    const span = this.#slab.span(from, to);
    const size = span.times.length;
    // One piece of memory for all: many small ones cost more than what is written into them.
    const room = new Float64Array(handles.length * size);
    const selected: ({ info: SeriesInfo } & Samples)[] = [];
    handles.forEach((handle, index) => {
      const part = room.subarray(index * size, (index + 1) * size);
      const { times, values, gaps } = this.#slab.samples(handle, span, part);
      const info = this.#rows[handle]?.info;
      if (info && times.length > 0) selected.push({ info, times, values, gaps });
    });
    return selected;
  }

  /** The series that have no sample in this column; those that had one in the last complete column are gone. */
  #clearOthers(outcome: "complete" | "gap"): void {
    for (let handle = 0; handle < this.#rows.length; handle++) {
      const seen = this.#seen[handle] as number;
      if (seen === this.#sequence) continue;
      this.#slab.clear(handle);
      const row = this.#rows[handle];
      if (row && outcome === "complete" && seen === this.#lastComplete && seen > 0)
        this.#tell(row.expires ? "expired" : "gone", handle);
    }
  }

  #makeRoom(rows: number): void {
    if (rows <= this.#seen.length) return;
    const size = Math.max(rows, this.#seen.length * 2);
    const [seen, last, cumulative] = [new Int32Array(size), new Float64Array(size), new Uint8Array(size)];
    seen.set(this.#seen);
    last.set(this.#last);
    cumulative.set(this.#cumulative);
    [this.#seen, this.#last, this.#cumulative] = [seen, last, cumulative];
  }

  /** Columns of the moments in the span, oldest first. */
  #columnsWithin(from: number, to: number): number[] {
    const slab = this.#slab;
    const columns: number[] = [];
    for (let age = slab.filled - 1; age >= 0; age--) {
      const column = slab.columnOf(age);
      const time = slab.times[column] as number;
      if (time >= from && time <= to) columns.push(column);
    }
    return columns;
  }

  /** Lets series go that have no sample left. */
  #drop(): void {
    const dropped = new Set<number>();
    const names = new Set<string>();
    for (let handle = 0; handle < this.#rows.length; handle++) {
      const row = this.#rows[handle];
      if (row === undefined || this.#sequence - (this.#seen[handle] as number) <= this.columns) continue;
      this.#rows[handle] = undefined;
      this.#byKey.delete(row.key);
      this.#byId.delete(row.info.id);
      this.#free.push(handle);
      this.#host.removed(row.info.id);
      dropped.add(handle);
      names.add(row.info.name);
    }
    if (dropped.size === 0) return;
    this.#byName.remove(names, dropped);
    this.generation++;
  }

  #tell(kind: LiveEvent["kind"], handle?: number): void {
    const event = { kind, at: this.time, source: this.source };
    const series = handle === undefined ? undefined : this.#rows[handle]?.info.id;
    this.#host.event(series === undefined ? event : { ...event, series });
  }
}

/** The same text for the same series and only for it: no name or value holds the separator unescaped. */
function keyText({ name, labels }: SeriesKey): string {
  let text = name;
  for (const [label, value] of labels) text += `\n${label.length} ${label}${value.length} ${value}`;
  return text;
}

/** At most so many columns, each the last of its share. */
function thin(columns: readonly number[], points: number): readonly number[] {
  if (columns.length <= points) return columns;
  return Array.from(
    { length: points },
    (_, part) => columns[Math.ceil(((part + 1) * columns.length) / points) - 1] as number,
  );
}

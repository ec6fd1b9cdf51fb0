// Reads the bodies of one target scrape after scrape: what was read before is recognised by its bytes, at the place where it is
// expected, and only values are read again. What it gives is what exposition.ts gives; it knows no store and no HTTP.

import type { Pause } from "../turns.ts";
import { hashOf, viewOf } from "../words.ts";
import { readDecimal } from "./decimals.ts";
import type { Entry, ExpositionError, Format, MetricType, SeriesEntry } from "./entries.ts";
import { locate, readEntry } from "./exposition.ts";
import { KnownLines, noSeries } from "./knownLines.ts";
import { parseValueBytes } from "./numbers.ts";
import { makeReader, type Reader } from "./reader.ts";
import { isRefusal, refuse } from "./refusal.ts";

/** What HELP, TYPE and UNIT have said of a name so far. */
export type FamilyFacts = { type?: MetricType; help?: string; unit?: string };

/**
 * Asked once for each series: what to call it from now on (a number from 0, or −1 to pass over it), or why it costs the whole scrape.
 * `family`: the name of the TYPE that reaches it.
 */
export type Describe = (
  series: SeriesEntry,
  family: string | undefined,
  facts: ReadonlyMap<string, FamilyFacts>,
) => number | string;

export type SteadyReading = {
  /** Series in the order of the body: `handles[i]` has `values[i]`. Valid until the next call. */
  readonly count: number;
  readonly handles: Int32Array;
  readonly values: Float64Array;
  /** Own timestamps, by index into the above; absent for nearly all bodies there are. */
  readonly timestamps: ReadonlyMap<number, number> | undefined;
  /** Why Prometheus would store none of this: a line that cannot be read, or a series that it refuses. */
  readonly error?: ExpositionError;
};

/** Of a body, between two pauses: some hundred lines that are known, or a few that are not, which take a hundred times as long. */
const pieceBytes = 1 << 14;
const pieceNews = 16;

const types: readonly (MetricType | undefined)[] = [
  undefined,
  "counter",
  "gauge",
  "histogram",
  "summary",
  "unknown",
  "info",
  "stateset",
  "gaugehistogram",
];

/** A body on its way: where it is, and what holds for the line that comes. */
type Pass = {
  readonly bytes: Buffer;
  readonly view: DataView;
  readonly reader: Reader;
  /** Number of the metric type that reaches the line, and the TYPE line that set it. */
  reach: number;
  typeLine: number;
  /** The line before, and the one expected now; −1: none. */
  last: number;
  line: number;
  linesRead: number;
};

export class SteadyReader {
  readonly #describe: Describe;
  readonly #lines = new KnownLines();
  readonly #facts = new Map<string, FamilyFacts>();
  #format: Format | undefined;
  #handles = new Int32Array(1024);
  #values = new Float64Array(1024);
  #count = 0;
  /** Lines of the last body, to tell how much of what is known is of any use. */
  #linesRead = 0;
  /** First line of the last body. */
  #first = -1;
  #timestamps: Map<number, number> | undefined;

  constructor(describe: Describe) {
    this.#describe = describe;
  }

  /** Reads one body. The result is overwritten by the next one. */
  read(bytes: Buffer, format: Format): SteadyReading {
    const pass = this.#begin(bytes, format);
    return this.#end(pass, this.#readOn(pass, bytes.length, Number.POSITIVE_INFINITY) ?? undefined);
  }

  /** The same in pieces. One body at a time. */
  async readGently(bytes: Buffer, format: Format, pause: Pause): Promise<SteadyReading> {
    const pass = this.#begin(bytes, format);
    for (;;) {
      const outcome = this.#readOn(pass, pass.reader.cursor.at + pieceBytes, pieceNews);
      if (outcome !== null) return this.#end(pass, outcome);
      await pause();
    }
  }

  /** Every series will be described again. */
  forget(): void {
    this.#lines.clear();
    this.#facts.clear();
    this.#first = -1;
  }

  #begin(bytes: Buffer, format: Format): Pass {
    if (format !== this.#format || this.#lines.count > 2 * this.#linesRead + 4096) this.forget();
    this.#format = format;
    this.#count = 0;
    this.#timestamps = undefined;
    const view = viewOf(bytes);
    const reader = makeReader(bytes, format);
    return { bytes, view, reader, reach: 0, typeLine: -1, last: -1, line: this.#first, linesRead: 0 };
  }

  #end({ linesRead }: Pass, error: ExpositionError | undefined): SteadyReading {
    if (!error) this.#linesRead = linesRead;
    return {
      count: this.#count,
      handles: this.#handles,
      values: this.#values,
      timestamps: this.#timestamps,
      ...(error ? { error } : {}),
    };
  }

  /** Reads up to the line that reaches `stop`, `news` lines by the grammar at most. Undefined: the body is at its end; null: it is not. */
  #readOn(pass: Pass, stop: number, news: number): ExpositionError | undefined | null {
    const { bytes, reader } = pass;
    const { cursor } = reader;
    let left = news;
    if (bytes.length === 0) return undefined;
    do {
      if (cursor.state === "start") this.#recogniseLines(pass, stop);
      const start = cursor.at;
      reader.type = types[pass.reach];
      const entry = readEntry(reader);
      if (entry === undefined) return undefined;
      if (isRefusal(entry)) return locate(cursor, entry);
      pass.linesRead++;
      const learnt = this.#learn(pass, start, entry);
      if (typeof learnt === "string") return locate({ ...cursor, from: skipBlankLines(bytes, start) }, refuse(learnt));
      if (learnt >= 0) this.#follow(pass, learnt);
    } while ((cursor.at < stop && --left > 0) || cursor.at >= bytes.length);
    return null;
  }

  /** Takes the lines that come as expected. */
  #recogniseLines(pass: Pass, stop: number): void {
    const { bytes, view, reader } = pass;
    const lines = this.#lines;
    const { handle, reach, sets, next, from, to } = lines;
    let { at } = reader.cursor;
    let { line } = pass;
    while (line >= 0 && at < stop && reach[line] === pass.reach) {
      let behind = at + (to[line] as number) - (from[line] as number);
      if (behind >= bytes.length || !lines.isAt(line, view, at)) break;
      const series = handle[line] as number;
      if (series !== noSeries) {
        behind = bytes[behind] === 0x20 ? this.#takeValue(bytes, behind + 1) : -1;
        if (behind < 0) break;
        this.#push(series);
      } else {
        // NUL behind a metadata line belongs to it in OpenMetrics: that is for the scanner to see
        if (bytes[behind] === 0) break;
        if ((sets[line] as number) >= 0) {
          pass.reach = sets[line] as number;
          pass.typeLine = line;
        }
      }
      at = behind;
      pass.linesRead++;
      pass.last = line;
      line = next[line] as number;
    }
    pass.line = line;
    if (at === reader.cursor.at) return;
    reader.cursor.at = at;
    reader.cursor.from = at - 1;
  }

  /** Reads the number that ends at the newline into `#values[#count]`, and gives the byte behind that; −1 if it is not that simple. */
  #takeValue(bytes: Buffer, from: number): number {
    if (this.#count === this.#values.length) this.#widen();
    const behind = readDecimal(bytes, from, bytes.length, this.#values, this.#count);
    if (behind > 0 && bytes[behind] === 0x0a) return behind + 1;
    let at = from;
    while ((bytes[at] as number) > 0x20) at++;
    if (bytes[at] !== 0x0a) return -1;
    const value = parseValueBytes(bytes, from, at);
    if (value === undefined) return -1;
    this.#values[this.#count] = value;
    return at + 1;
  }

  /** The line was read and is known now: it stands behind the one before it. */
  #follow(pass: Pass, line: number): void {
    if (pass.last < 0) this.#first = line;
    else this.#lines.next[pass.last] = line;
    pass.last = line;
    pass.line = this.#lines.next[line] as number;
    pass.reach = types.indexOf(pass.reader.type);
    if ((this.#lines.sets[line] as number) >= 0) pass.typeLine = line;
  }

  /** Takes an entry that was read, and gives the number of its line; −1: one that is cut off. A text is why it costs the scrape. */
  #learn({ bytes, view, reader, reach, typeLine }: Pass, from: number, entry: Entry): number | string {
    const to = entry.entry === "series" ? reader.seriesTo : reader.cursor.at;
    if (to > bytes.length) return -1;
    const place = { bytes: view, from, to, reach, hash: hashOf(view, from, to, reach) };
    const known = this.#lines.find(place);
    if (entry.entry !== "series") {
      this.#note(entry);
      if (known >= 0) return known;
      const sets = entry.entry === "type" ? types.indexOf(entry.text) : -1;
      const added = this.#lines.add(place, { handle: noSeries, sets });
      if (entry.entry === "type") this.#lines.family.set(added, entry.name);
      return added;
    }
    const family = this.#lines.family.get(typeLine);
    const handle = known >= 0 ? (this.#lines.handle[known] as number) : this.#describe(entry, family, this.#facts);
    if (typeof handle === "string") return handle;
    if (this.#count === this.#values.length) this.#widen();
    this.#values[this.#count] = entry.value;
    if (entry.timestamp !== null) {
      this.#timestamps ??= new Map();
      this.#timestamps.set(this.#count, Number(entry.timestamp));
    }
    this.#push(handle);
    return known >= 0 ? known : this.#lines.add(place, { handle, sets: -1 });
  }

  #note(entry: Exclude<Entry, SeriesEntry>): void {
    if (entry.entry === "comment") return;
    const facts = this.#facts.get(entry.name) ?? {};
    if (entry.entry === "type") facts.type = entry.text;
    else facts[entry.entry] = entry.text;
    this.#facts.set(entry.name, facts);
  }

  #push(series: number): void {
    this.#handles[this.#count++] = series;
  }

  #widen(): void {
    const values = new Float64Array(this.#values.length * 2);
    const handles = new Int32Array(values.length);
    values.set(this.#values);
    handles.set(this.#handles);
    this.#values = values;
    this.#handles = handles;
  }
}

/** Where the line of an entry begins: what was read for it may begin with empty lines. */
function skipBlankLines(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0x0a || bytes[at] === 0x20 || bytes[at] === 0x09) at++;
  return at;
}

// Reads the bodies of one target scrape after scrape: what was read before is recognised by its bytes, at the place where it is
// expected, and only values are read again. What it gives is what exposition.ts gives; it knows no store and no HTTP.
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
    if (format !== this.#format || this.#lines.count > 2 * this.#linesRead + 4096) this.forget();
    this.#format = format;
    this.#count = 0;
    this.#timestamps = undefined;
    const error = bytes.length === 0 ? undefined : this.#readLines(bytes, makeReader(bytes, format));
    return {
      count: this.#count,
      handles: this.#handles,
      values: this.#values,
      timestamps: this.#timestamps,
      ...(error ? { error } : {}),
    };
  }

  /** Every series will be described again. */
  forget(): void {
    this.#lines.clear();
    this.#facts.clear();
    this.#first = -1;
  }

  #readLines(bytes: Buffer, reader: Reader): ExpositionError | undefined {
    const { cursor } = reader;
    const end = bytes.length;
    let reach = 0;
    let typeLine = -1;
    let last = -1;
    let line = this.#first;
    let linesRead = 0;
    for (;;) {
      const lines = this.#lines;
      // the lines that come as expected
      while (line >= 0 && cursor.at < end && cursor.state === "start" && lines.reach[line] === reach) {
        const behind = this.#recognise(bytes, cursor.at, line);
        if (behind < 0) break;
        cursor.at = behind;
        cursor.from = behind - 1;
        const sets = lines.sets[line] as number;
        if (sets >= 0) {
          reach = sets;
          typeLine = line;
        }
        linesRead++;
        last = line;
        line = lines.next[line] as number;
      }
      // one that does not
      const start = cursor.at;
      reader.type = types[reach];
      const entry = readEntry(reader);
      if (entry === undefined) break;
      if (isRefusal(entry)) return locate(cursor, entry);
      linesRead++;
      const learnt = this.#learn(bytes, start, reader, entry, { reach, family: lines.family.get(typeLine) });
      if (typeof learnt === "string") return locate({ ...cursor, from: skipBlankLines(bytes, start) }, refuse(learnt));
      if (learnt < 0) continue;
      if (last < 0) this.#first = learnt;
      else lines.next[last] = learnt;
      last = learnt;
      line = lines.next[learnt] as number;
      reach = types.indexOf(reader.type);
      if ((lines.sets[learnt] as number) >= 0) typeLine = learnt;
    }
    this.#linesRead = linesRead;
    return undefined;
  }

  /** If this line stands at `at`: takes its value, and gives the byte behind it; −1 if it does not. */
  #recognise(bytes: Buffer, at: number, line: number): number {
    const { arena, from, to, handle } = this.#lines;
    const stop = to[line] as number;
    let here = at;
    for (let known = from[line] as number; known < stop; known++, here++) if (arena[known] !== bytes[here]) return -1;
    const series = handle[line] as number;
    // NUL behind a metadata line belongs to it in OpenMetrics: that is for the scanner to see
    if (series === noSeries) return bytes[here] === 0 ? -1 : here;
    if (bytes[here] !== 0x20) return -1;
    const behind = this.#scanValue(bytes, here + 1);
    if (behind < 0) return -1;
    this.#push(series);
    return behind;
  }

  /** Reads the number that ends at the newline into `#values[#count]`, and gives the byte behind that; −1 if it is not that simple. */
  #scanValue(bytes: Buffer, from: number): number {
    if (this.#count === this.#values.length) this.#widen();
    let at = from;
    let byte = bytes[at] as number;
    const negative = byte === 0x2d;
    if (negative) byte = bytes[++at] as number;
    let mantissa = 0;
    const first = at;
    while (byte >= 0x30 && byte <= 0x39) {
      mantissa = mantissa * 10 + (byte - 0x30);
      byte = bytes[++at] as number;
    }
    if (byte === 0x0a && at > first && at - first <= 15) {
      this.#values[this.#count] = negative ? -mantissa : mantissa;
      return at + 1;
    }
    while (byte > 0x20) byte = bytes[++at] as number;
    if (byte !== 0x0a) return -1;
    const value = parseValueBytes(bytes, from, at);
    if (value === undefined) return -1;
    this.#values[this.#count] = value;
    return at + 1;
  }

  /** Takes an entry that was read, and gives the number of its line; −1: one that is cut off. A text is why it costs the scrape. */
  #learn(
    bytes: Buffer,
    start: number,
    reader: Reader,
    entry: Entry,
    { reach, family }: { reach: number; family: string | undefined },
  ): number | string {
    const { cursor } = reader;
    const to = entry.entry === "series" ? reader.seriesTo : cursor.at;
    if (to > bytes.length) return -1;
    const known = this.#lines.find(bytes, start, to, reach);
    if (entry.entry !== "series") {
      this.#note(entry);
      if (known >= 0) return known;
      const sets = entry.entry === "type" ? types.indexOf(entry.text) : -1;
      const added = this.#lines.add(bytes, start, to, { handle: noSeries, reach, sets });
      if (entry.entry === "type") this.#lines.family.set(added, entry.name);
      return added;
    }
    const handle = known >= 0 ? (this.#lines.handle[known] as number) : this.#describe(entry, family, this.#facts);
    if (typeof handle === "string") return handle;
    if (this.#count === this.#values.length) this.#widen();
    this.#values[this.#count] = entry.value;
    if (entry.timestamp !== null) {
      this.#timestamps ??= new Map();
      this.#timestamps.set(this.#count, Number(entry.timestamp));
    }
    this.#push(handle);
    return known >= 0 ? known : this.#lines.add(bytes, start, to, { handle, reach, sets: -1 });
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

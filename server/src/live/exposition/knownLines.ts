// The lines that a target has said before, as bytes, with what they were found to mean: so that a line that comes again need not be
// read again. Knows no grammar: a line is bytes and a meaning.

/** A line whose meaning is not a series: HELP, TYPE, UNIT, comment, blank. */
export const noSeries = -2;

/**
 * Lines are numbered as they are learnt. Of a series the part up to its value is kept, of other lines all of it. Each line also
 * remembers which came after it last time: a body that has not changed its lines is predicted wholly.
 */
export class KnownLines {
  arena: Buffer = Buffer.allocUnsafe(1 << 16);
  used = 0;
  count = 0;
  /** Byte offsets into the arena. */
  from = new Int32Array(1024);
  to = new Int32Array(1024);
  /** What the source calls the series, or `noSeries`. */
  handle = new Int32Array(1024);
  /** Number of the metric type that reaches the line, and, of a TYPE line, the one that it sets; −1: sets none. */
  reach = new Int8Array(1024);
  sets = new Int8Array(1024);
  /** Line that came next; −1: none yet. */
  next = new Int32Array(1024);
  /** Names in TYPE lines. */
  readonly family = new Map<number, string>();
  readonly #byText = new Map<string, number>();

  /** The number of a line that is known under the type that reaches it; −1 if it is not. */
  find(bytes: Buffer, from: number, to: number, reach: number): number {
    return this.#byText.get(keyOf(bytes, from, to, reach)) ?? -1;
  }

  add(bytes: Buffer, from: number, to: number, meaning: { handle: number; reach: number; sets: number }): number {
    const line = this.count++;
    if (line === this.from.length) this.#grow();
    const length = to - from;
    if (this.used + length > this.arena.length) {
      const wider = Buffer.allocUnsafe(Math.max(this.arena.length * 2, this.used + length));
      this.arena.copy(wider, 0, 0, this.used);
      this.arena = wider;
    }
    bytes.copy(this.arena, this.used, from, to);
    this.from[line] = this.used;
    this.used += length;
    this.to[line] = this.used;
    this.handle[line] = meaning.handle;
    this.reach[line] = meaning.reach;
    this.sets[line] = meaning.sets;
    this.next[line] = -1;
    this.#byText.set(keyOf(bytes, from, to, meaning.reach), line);
    return line;
  }

  clear(): void {
    this.used = 0;
    this.count = 0;
    this.family.clear();
    this.#byText.clear();
  }

  #grow(): void {
    const size = this.from.length * 2;
    const widen = <Numbers extends Int32Array | Int8Array>(old: Numbers, wide: Numbers): Numbers => {
      wide.set(old);
      return wide;
    };
    this.from = widen(this.from, new Int32Array(size));
    this.to = widen(this.to, new Int32Array(size));
    this.handle = widen(this.handle, new Int32Array(size));
    this.next = widen(this.next, new Int32Array(size));
    this.reach = widen(this.reach, new Int8Array(size));
    this.sets = widen(this.sets, new Int8Array(size));
  }
}

const keyOf = (bytes: Buffer, from: number, to: number, reach: number): string =>
  `${reach} ${bytes.toString("latin1", from, to)}`;

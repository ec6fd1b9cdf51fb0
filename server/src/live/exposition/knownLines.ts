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
  /** Open addressing by hash of bytes and reach; −1 is free. */
  #slots = new Int32Array(4096).fill(-1);
  #hash = new Int32Array(1024);

  /** The number of a line that is known under the type that reaches it; −1 if it is not. */
  find(bytes: Buffer, from: number, to: number, reach: number): number {
    const hash = hashOf(bytes, from, to, reach);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const line = this.#slots[slot] as number;
      if (line < 0) return -1;
      if (this.#hash[line] === hash && this.reach[line] === reach && this.#is(line, bytes, from, to)) return line;
    }
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
    for (let at = 0; at < length; at++) this.arena[this.used + at] = bytes[from + at] as number;
    this.from[line] = this.used;
    this.used += length;
    this.to[line] = this.used;
    this.handle[line] = meaning.handle;
    this.reach[line] = meaning.reach;
    this.sets[line] = meaning.sets;
    this.next[line] = -1;
    this.#hash[line] = hashOf(bytes, from, to, meaning.reach);
    if (this.count * 2 > this.#slots.length) this.#place(this.#slots.length * 2);
    else this.#insert(line);
    return line;
  }

  clear(): void {
    this.used = 0;
    this.count = 0;
    this.family.clear();
    this.#slots.fill(-1);
  }

  #is(line: number, bytes: Buffer, from: number, to: number): boolean {
    const start = this.from[line] as number;
    if ((this.to[line] as number) - start !== to - from) return false;
    for (let at = from; at < to; at++) if (this.arena[start + at - from] !== bytes[at]) return false;
    return true;
  }

  #place(size: number): void {
    this.#slots = new Int32Array(size).fill(-1);
    for (let line = 0; line < this.count; line++) this.#insert(line);
  }

  #insert(line: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#hash[line] as number) & mask;
    while ((this.#slots[slot] as number) >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = line;
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
    this.#hash = widen(this.#hash, new Int32Array(size));
  }
}

/** FNV-1a. */
function hashOf(bytes: Buffer, from: number, to: number, reach: number): number {
  let hash = 0x811c9dc5 ^ reach;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash;
}

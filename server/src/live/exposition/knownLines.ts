// The lines that a target has said before, as bytes, with what they were found to mean: so that a line that comes again need not be
// read again. Knows no grammar: a line is bytes and a meaning.
import { standAt } from "../words.ts";

/** A line whose meaning is not a series: HELP, TYPE, UNIT, comment, blank. */
export const noSeries = -2;

/** Bytes that may be a line, the number of the metric type that reaches it, and their hash. */
export type LinePlace = {
  readonly bytes: DataView;
  readonly from: number;
  readonly to: number;
  readonly reach: number;
  readonly hash: number;
};

/**
 * Lines are numbered as they are learnt. Of a series the part up to its value is kept, of other lines all of it. Each line also
 * remembers which came after it last time: a body that has not changed its lines is predicted wholly.
 */
export class KnownLines {
  /** The arena: bytes of all lines, one behind the other. */
  #words = new DataView(new ArrayBuffer(1 << 16));
  #used = 0;
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
  find({ bytes, from, to, reach, hash }: LinePlace): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const line = this.#slots[slot] as number;
      if (line < 0) return -1;
      if (this.#hash[line] !== hash || this.reach[line] !== reach) continue;
      if ((this.to[line] as number) - (this.from[line] as number) === to - from && this.isAt(line, bytes, from))
        return line;
    }
  }

  /** Whether the line's bytes stand at `at`, where there are as many. */
  isAt(line: number, bytes: DataView, at: number): boolean {
    return standAt(this.#words, this.from[line] as number, this.to[line] as number, bytes, at);
  }

  add({ bytes, from, to, reach, hash }: LinePlace, { handle, sets }: { handle: number; sets: number }): number {
    const line = this.count++;
    if (line === this.from.length) this.#grow();
    if (this.#used + to - from > this.#words.byteLength) this.#widen(to - from);
    this.from[line] = this.#used;
    let at = from;
    for (; at + 4 <= to; at += 4, this.#used += 4) this.#words.setInt32(this.#used, bytes.getInt32(at, true), true);
    for (; at < to; at++, this.#used++) this.#words.setUint8(this.#used, bytes.getUint8(at));
    this.to[line] = this.#used;
    this.handle[line] = handle;
    this.reach[line] = reach;
    this.sets[line] = sets;
    this.next[line] = -1;
    this.#hash[line] = hash;
    if (this.count * 2 > this.#slots.length) this.#place(this.#slots.length * 2);
    else this.#insert(line);
    return line;
  }

  clear(): void {
    this.#used = 0;
    this.count = 0;
    this.family.clear();
    this.#slots.fill(-1);
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

  #widen(more: number): void {
    const wider = new Uint8Array(Math.max(this.#words.byteLength * 2, this.#used + more));
    wider.set(new Uint8Array(this.#words.buffer));
    this.#words = new DataView(wider.buffer);
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

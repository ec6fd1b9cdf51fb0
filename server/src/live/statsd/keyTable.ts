// Finds the number of a metric by the bytes of its name, type and tags, without making a text of them. Knows no values.
import { hashOf, standAt, viewOf } from "../words.ts";
import type { StatsdSample } from "./packet.ts";

type Key = { readonly bytes: DataView; readonly hash: number };

/** Open addressing; numbers are given in the order of first sight. */
export class KeyTable {
  readonly #keys: Key[] = [];
  #slots = new Int32Array(2048).fill(-1);

  get size(): number {
    return this.#keys.length;
  }

  /** The number of the sample's metric; −1: it has none yet. */
  find(sample: StatsdSample): number {
    const hash = keyHash(sample);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot] as number;
      if (number < 0) return -1;
      const key = this.#keys[number] as Key;
      if (key.hash === hash && isKeyOf(key.bytes, sample)) return number;
    }
  }

  /** Gives a metric that has none the next number. */
  add(sample: StatsdSample): number {
    this.#keys.push({ bytes: keyOf(sample), hash: keyHash(sample) });
    if (this.#keys.length * 2 > this.#slots.length) this.#place(this.#slots.length * 2);
    else this.#insert(this.#keys.length - 1);
    return this.#keys.length - 1;
  }

  /** Forgets all but these numbers, which become 0, 1, 2 … in their order. */
  keep(numbers: readonly number[]): void {
    const kept = numbers.map((number) => this.#keys[number] as Key);
    this.#keys.length = 0;
    this.#keys.push(...kept);
    this.#place(this.#slots.length);
  }

  #place(size: number): void {
    this.#slots = new Int32Array(size).fill(-1);
    for (let number = 0; number < this.#keys.length; number++) this.#insert(number);
  }

  #insert(number: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#keys[number] as Key).hash & mask;
    while ((this.#slots[slot] as number) >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number;
  }
}

function keyHash({ view, nameFrom, nameTo, type, tagsFrom, tagsTo }: StatsdSample): number {
  return hashOf(view, tagsFrom, tagsTo, hashOf(view, nameFrom, nameTo, type.charCodeAt(0)));
}

/** Name, type, tags, one behind the other; a name never holds the `|` between them. */
function keyOf({ bytes, nameFrom, nameTo, type, tagsFrom, tagsTo }: StatsdSample): DataView {
  const kind = Buffer.from([0x7c, type.charCodeAt(0)]);
  return viewOf(Buffer.concat([bytes.subarray(nameFrom, nameTo), kind, bytes.subarray(tagsFrom, tagsTo)]));
}

function isKeyOf(key: DataView, { view, nameFrom, nameTo, type, tagsFrom, tagsTo }: StatsdSample): boolean {
  const nameLength = nameTo - nameFrom;
  return (
    key.byteLength === nameLength + 2 + tagsTo - tagsFrom &&
    standAt(view, nameFrom, nameTo, key, 0) &&
    key.getUint8(nameLength) === 0x7c &&
    key.getUint8(nameLength + 1) === type.charCodeAt(0) &&
    standAt(view, tagsFrom, tagsTo, key, nameLength + 2)
  );
}

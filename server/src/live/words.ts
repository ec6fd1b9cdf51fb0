// Bytes hashed and compared four at a time, which is three times as fast as one by one. Knows nothing of what they say.

/** A hash of the bytes; `seed` tells apart what is to be different though its bytes are the same. */
export function hashOf(bytes: DataView, from: number, to: number, seed: number): number {
  let hash = seed;
  let at = from;
  for (; at + 4 <= to; at += 4) hash = mixed(hash, bytes.getInt32(at, true));
  for (; at < to; at++) hash = mixed(hash, bytes.getUint8(at));
  return hash ^ (hash >>> 15);
}

/** Turned, so that each bit of each word reaches all of the hash. */
const mixed = (hash: number, word: number): number => Math.imul(((hash << 5) | (hash >>> 27)) ^ word, 0x9e3779b1);

/** Whether the bytes from `from` to `to` stand in `other` at `at`, where there must be as many. */
export function standAt(bytes: DataView, from: number, to: number, other: DataView, at: number): boolean {
  let one = from;
  let two = at;
  for (; one + 4 <= to; one += 4, two += 4) if (bytes.getInt32(one, true) !== other.getInt32(two, true)) return false;
  for (; one < to; one++, two++) if (bytes.getUint8(one) !== other.getUint8(two)) return false;
  return true;
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

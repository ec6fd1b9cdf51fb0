// Where a set of labels falls between 0 and 1, by the hash that Prometheus has for it (xxHash64). Knows no samples.
import type { Labels } from "../labels.ts";

const mask = (1n << 64n) - 1n;
const prime1 = 11400714785074694791n;
const prime2 = 14029467366897019727n;
const prime3 = 1609587929392839161n;
const prime4 = 9650029242287828579n;
const prime5 = 2870177450012600261n;

const rotate = (value: bigint, bits: bigint): bigint => ((value << bits) | (value >> (64n - bits))) & mask;
const times = (a: bigint, b: bigint): bigint => (a * b) & mask;
const round = (lane: bigint, input: bigint): bigint => times(rotate((lane + times(input, prime2)) & mask, 31n), prime1);
const merge = (hash: bigint, lane: bigint): bigint => (times(hash ^ round(0n, lane), prime1) + prime4) & mask;

/** Source: the xxHash specification, with seed 0. */
export function xxHash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let hash: bigint = prime5;
  if (bytes.length >= 32) {
    const lanes: bigint[] = [(prime1 + prime2) & mask, prime2, 0n, (mask + 1n - prime1) & mask];
    for (; at + 32 <= bytes.length; at += 32)
      for (let lane = 0; lane < 4; lane++)
        lanes[lane] = round(lanes[lane] ?? 0n, view.getBigUint64(at + lane * 8, true));
    const turns = [1n, 7n, 12n, 18n];
    hash = turns.reduce((sum, bits, lane) => (sum + rotate(lanes[lane] ?? 0n, bits)) & mask, 0n);
    for (const lane of lanes) hash = merge(hash, lane);
  }
  hash = (hash + BigInt(bytes.length)) & mask;
  for (; at + 8 <= bytes.length; at += 8)
    hash = (times(rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n), prime1) + prime4) & mask;
  for (; at + 4 <= bytes.length; at += 4)
    hash = (times(rotate(hash ^ times(BigInt(view.getUint32(at, true)), prime1), 23n), prime2) + prime3) & mask;
  for (; at < bytes.length; at++) hash = times(rotate(hash ^ times(BigInt(bytes[at] ?? 0), prime5), 11n), prime1);
  hash = times(hash ^ (hash >> 33n), prime2);
  hash = times(hash ^ (hash >> 29n), prime3);
  return hash ^ (hash >> 32n);
}

const encoder = new TextEncoder();

/**
 * Source: promql/engine.go, `RatioSampler`; model/labels/labels_stringlabels.go, `Hash`: names and values, each behind its length.
 */
export function hashShare(labels: Labels): number {
  const bytes: number[] = [];
  for (const text of labels) {
    const encoded = encoder.encode(text);
    const { length } = encoded;
    if (length < 255) bytes.push(length);
    else bytes.push(255, length & 255, (length >> 8) & 255, (length >> 16) & 255);
    bytes.push(...encoded);
  }
  return Number(xxHash64(Uint8Array.from(bytes))) / 2 ** 64;
}

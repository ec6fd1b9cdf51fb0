// What `hashmod` takes of a text: the last eight bytes of its MD5, modulo a number. Pure; after RFC 1321.

const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const sines = Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32) >>> 0);

/** As in Go: big-endian number of bytes 8 to 15, modulo `modulus`. */
export function md5Remainder(text: string, modulus: number): bigint {
  const [, , c = 0, d = 0] = md5(new TextEncoder().encode(text));
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, c, true);
  view.setUint32(4, d, true);
  return view.getBigUint64(0) % BigInt(Math.trunc(modulus));
}

/** The four words of the digest, little-endian as the RFC has them. */
export function md5(bytes: Uint8Array): readonly number[] {
  const length = ((bytes.length + 8) >> 6) * 64 + 64;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(length - 8, BigInt(bytes.length) * 8n, true);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let block = 0; block < length; block += 64) addBlock(state, view, block);
  return state.map((word) => word >>> 0);
}

function addBlock(state: number[], view: DataView, block: number): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let i = 0; i < 64; i++) {
    const round = i >> 4;
    const [mix, word] = mixed(round, i, b, c, d);
    const sum = (a + mix + (sines[i] ?? 0) + view.getUint32(block + word * 4, true)) | 0;
    const by = shifts[round * 4 + (i & 3)] ?? 0;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << by) | (sum >>> (32 - by)))) | 0;
  }
  for (const [index, word] of [a, b, c, d].entries()) state[index] = ((state[index] ?? 0) + word) | 0;
}

function mixed(round: number, i: number, b: number, c: number, d: number): readonly [mix: number, word: number] {
  if (round === 0) return [(b & c) | (~b & d), i];
  if (round === 1) return [(d & b) | (~d & c), (5 * i + 1) & 15];
  if (round === 2) return [b ^ c ^ d, (3 * i + 5) & 15];
  return [c ^ (b | ~d), (7 * i) & 15];
}

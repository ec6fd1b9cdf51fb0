// Bytes to text and back to nothing lost: names and comments of a body need not be UTF-8. Knows no format.

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Length in bytes of the well-formed UTF-8 sequence that begins here; 0 if there is none. Unicode 3.9, table 3-7. */
function sequenceLength(bytes: Uint8Array, at: number, to: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > to) return 0;
  const second = bytes[at + 1] as number;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let more = at + 2; more < at + length; more++) if (((bytes[more] as number) & 0xc0) !== 0x80) return 0;
  return length;
}

/** Whether the bytes are UTF-8, as Go's `utf8.Valid` says. */
export function isUtf8(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to) {
    const length = sequenceLength(bytes, at, to);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

/**
 * Texts made lately, by a hash of their bytes. Names and values come again and again; to find one here costs a tenth of making it
 * anew, and all who keep it share it.
 */
const lately: string[] = Array.from({ length: 4096 }, () => "");
const longestKept = 64;

/** The text of the bytes. A byte that is no part of UTF-8 becomes the lone surrogate U+DC00 + byte: see `isWellFormed`. */
export function textOf(bytes: Buffer, from: number, to: number): string {
  let every = 0;
  let hash = to - from;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    every |= byte;
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  if (every < 0x80)
    return to - from > longestKept ? bytes.toString("latin1", from, to) : asciiText(bytes, from, to, hash);
  try {
    return decoder.decode(bytes.subarray(from, to));
  } catch {
    return withSurrogates(bytes, from, to);
  }
}

function asciiText(bytes: Buffer, from: number, to: number, hash: number): string {
  const slot = (hash ^ (hash >>> 15)) & (lately.length - 1);
  const kept = lately[slot] as string;
  if (isTextOf(kept, bytes, from, to)) return kept;
  const text = bytes.toString("latin1", from, to);
  lately[slot] = text;
  return text;
}

function isTextOf(text: string, bytes: Buffer, from: number, to: number): boolean {
  const { length } = text;
  if (length !== to - from) return false;
  for (let index = 0; index < length; index++) if (text.charCodeAt(index) !== bytes[from + index]) return false;
  return true;
}

function withSurrogates(bytes: Buffer, from: number, to: number): string {
  let text = "";
  let at = from;
  while (at < to) {
    const length = sequenceLength(bytes, at, to);
    text +=
      length === 0 ? String.fromCharCode(0xdc00 + (bytes[at] as number)) : bytes.toString("utf8", at, at + length);
    at += Math.max(length, 1);
  }
  return text;
}

/** False for a text that was made of bytes which are not UTF-8. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

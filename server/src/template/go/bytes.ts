// Go strings are bytes: a TypeScript string stands for one, a byte that is no UTF-8 as the lone surrogate U+DC00 + byte. Knows no templates.

const lowSurrogates = 0xdc00;
const replacement = 0xfffd;

/** Code point at `index`, with lone surrogates as they are; -1 at the end. */
export function codePoint(text: string, index: number): number {
  return text.codePointAt(index) ?? -1;
}

/** Whether the code point stands for a single byte that is no UTF-8. */
export function isLooseByte(code: number): boolean {
  return code >= lowSurrogates + 0x80 && code <= lowSurrogates + 0xff;
}

export function looseByte(byte: number): string {
  return String.fromCharCode(byte < 0x80 ? byte : lowSurrogates + byte);
}

/** The byte that a lone surrogate of `looseByte` stands for. */
export function byteOf(code: number): number {
  return code - lowSurrogates;
}

function widthOf(code: number): number {
  if (code < 0x80 || isLooseByte(code)) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

export function byteLength(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const code = codePoint(text, i);
    length += widthOf(code);
    if (code > 0xffff) i++;
  }
  return length;
}

export function toBytes(text: string): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    let code = codePoint(text, i);
    if (code > 0xffff) i++;
    if (code < 0x80) {
      bytes.push(code);
      continue;
    }
    if (isLooseByte(code)) {
      bytes.push(byteOf(code));
      continue;
    }
    if (code >= 0xd800 && code <= 0xdfff) code = replacement;
    if (code < 0x800) bytes.push(0xc0 | (code >> 6));
    else {
      if (code < 0x10000) bytes.push(0xe0 | (code >> 12));
      else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f));
      bytes.push(0x80 | ((code >> 6) & 0x3f));
    }
    bytes.push(0x80 | (code & 0x3f));
  }
  return bytes;
}

/** Length of the UTF-8 sequence that begins at `index`, 0 where there is none. */
function sequenceLength(bytes: readonly number[], index: number): number {
  const first = bytes[index] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  const second = bytes[index + 1] ?? 0;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let i = 2; i < length; i++) {
    if (((bytes[index + i] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

export function fromBytes(bytes: readonly number[]): string {
  let text = "";
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    const first = bytes[i] ?? 0;
    if (length <= 1) {
      text += looseByte(first);
      i++;
      continue;
    }
    let code = first & (0xff >> (length + 1));
    for (let k = 1; k < length; k++) code = (code << 6) | ((bytes[i + k] ?? 0) & 0x3f);
    text += String.fromCodePoint(code);
    i += length;
  }
  return text;
}

/** Joins bytes that were cut apart and stand side by side again. */
export function normalized(text: string): string {
  return /[\udc80-\udcff]/.test(text) ? fromBytes(toBytes(text)) : text;
}

/** Order of the bytes, which for sound text is that of the code points. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const left = toBytes(a);
  const right = toBytes(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

// A text as Go prints it with %q. Knows no key and no message.

const named: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
  '"': '\\"',
};

/** Go's `strconv.Quote`. A byte that is no UTF-8 is a lone surrogate U+DC80 to U+DCFF here (see bytesText) and becomes `\xff`. */
export function goQuote(text: string): string {
  let out = "";
  for (const character of text) out += named[character] ?? quotedRune(character);
  return `"${out}"`;
}

function quotedRune(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code === 0x20 || !/[\p{C}\p{Z}]/u.test(character)) return character;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

/** Bytes as a text: UTF-8 where it is, each other byte as a lone surrogate U+DC00 + byte. */
export function bytesText(bytes: Uint8Array): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes);
  } catch {
    let out = "";
    for (let at = 0; at < bytes.length; ) {
      const length = sequenceAt(bytes, at, decoder);
      out +=
        length === 0 ? String.fromCharCode(0xdc00 + (bytes[at] ?? 0)) : decoder.decode(bytes.subarray(at, at + length));
      at += Math.max(1, length);
    }
    return out;
  }
}

/** Length of the UTF-8 sequence at a place; 0 where there is none. */
function sequenceAt(bytes: Uint8Array, at: number, decoder: InstanceType<typeof TextDecoder>): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
    try {
      decoder.decode(bytes.subarray(at, at + length));
      return length;
    } catch {}
  }
  return 0;
}

/** Whether a text came from valid UTF-8. */
export function isUtf8(text: string): boolean {
  return /^[ -~]*$/.test(text) || !/\p{Surrogate}/u.test(text);
}

// A place in a scrape body and the state of the scanner that reads it, byte by byte. Knows no token and no format.

/** Where in a line the scanner is: it decides which tokens there are. */
export type ScanState =
  | "start"
  | "comment"
  | "metadataName"
  | "metadataText"
  | "labels"
  | "labelValue"
  | "value"
  | "timestamp"
  | "exemplarLabels"
  | "exemplarValue"
  | "exemplarTimestamp";

export type Cursor = {
  readonly bytes: Buffer;
  /** Where reading ends. The text format has a newline behind it, whether it is written or not. */
  readonly end: number;
  readonly newlineAtEnd: boolean;
  state: ScanState;
  /** First byte of the last token. */
  from: number;
  /** Byte behind the last token. */
  at: number;
  /** The last token in quotes holds a backslash. */
  hasEscapes: boolean;
};

export function makeCursor(bytes: Buffer, from: number, newlineAtEnd: boolean): Cursor {
  return { bytes, end: bytes.length, newlineAtEnd, state: "start", from, at: from, hasEscapes: false };
}

/** The byte at the cursor; 0 at the end, as in Prometheus' scanner, where NUL and the end are the same for most states. */
export function current(cursor: Cursor): number {
  if (cursor.at < cursor.end) return cursor.bytes[cursor.at] as number;
  return cursor.newlineAtEnd && cursor.at === cursor.end ? 0x0a : 0;
}

export function isAtEnd(cursor: Cursor): boolean {
  return cursor.at >= cursor.end + (cursor.newlineAtEnd ? 1 : 0);
}

/** Goes one byte on. In quoted values, HELP texts and comments NUL bytes are stepped over (`next` of promlex.l). */
export function advance(cursor: Cursor): number {
  cursor.at++;
  const { state } = cursor;
  if (state === "labelValue" || state === "metadataText" || state === "comment")
    while (cursor.at < cursor.end && cursor.bytes[cursor.at] === 0) cursor.at++;
  return current(cursor);
}

/** Which bytes a name is made of: 1 a letter or `_`, 2 a digit, 4 a `:`. */
const nameBytes = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return /[a-zA-Z_]/.test(character) ? 1 : /[0-9]/.test(character) ? 2 : character === ":" ? 4 : 0;
});

/** `[a-zA-Z_]`, with `:` if `colon`: what a name begins with. */
export function isNameStart(byte: number, colon: boolean): boolean {
  return ((nameBytes[byte] as number) & (colon ? 5 : 1)) !== 0;
}

/** Steps over a name whose first byte is known to be one. No state in which names stand steps over NUL. */
export function skipName(cursor: Cursor, colon: boolean): void {
  const { bytes, end } = cursor;
  const inside = colon ? 7 : 3;
  let at = cursor.at + 1;
  while (at < end && ((nameBytes[bytes[at] as number] as number) & inside) !== 0) at++;
  cursor.at = at;
}

/**
 * Steps over `"…"` from its opening quote: `\\` takes any byte but a newline with it. False: it does not close, and the cursor is
 * where it could not go on. NUL ends it, unless the state steps over NUL.
 */
export function skipQuoted(cursor: Cursor, newlines: boolean): boolean {
  cursor.hasEscapes = false;
  let byte = advance(cursor);
  while (byte !== 0x22) {
    if (byte === 0x5c) {
      cursor.hasEscapes = true;
      byte = advance(cursor);
      if (byte === 0x0a || byte === 0) return false;
    } else if (byte === 0 || (byte === 0x0a && !newlines)) return false;
    byte = skipPlain(cursor);
  }
  advance(cursor);
  return true;
}

/** Goes to the next byte that is a quote, a backslash, a newline or NUL. */
function skipPlain(cursor: Cursor): number {
  const { bytes, end } = cursor;
  let { at } = cursor;
  for (;;) {
    const byte = at + 1 < end ? (bytes[at + 1] as number) : 0;
    if (byte === 0x22 || byte === 0x5c || byte === 0x0a || byte === 0) break;
    at++;
  }
  cursor.at = at;
  return advance(cursor);
}

/** Goes to the newline at or behind the cursor, or to NUL, unless the state steps over NUL. */
export function skipToNewline(cursor: Cursor): number {
  let byte = current(cursor);
  while (byte !== 0x0a && byte !== 0) byte = skipPlain(cursor);
  return byte;
}

/** Steps over the rest of a word if it stands here; false: the cursor is at the first byte that differs. */
export function skipWord(cursor: Cursor, word: string): boolean {
  let byte = current(cursor);
  for (let index = 0; index < word.length; index++) {
    if (byte !== word.charCodeAt(index)) return false;
    byte = advance(cursor);
  }
  return true;
}

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
};

export function makeCursor(bytes: Buffer, from: number, newlineAtEnd: boolean): Cursor {
  return { bytes, end: bytes.length, newlineAtEnd, state: "start", from, at: from };
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

/** `[a-zA-Z_]`, with digits if `inside` a name, with `:` if `colon`. */
export function isNameByte(byte: number, inside: boolean, colon: boolean): boolean {
  const letter = byte | 0x20;
  if (letter >= 0x61 && letter <= 0x7a) return true;
  if (byte === 0x5f) return true;
  if (byte >= 0x30 && byte <= 0x39) return inside;
  return byte === 0x3a && colon;
}

/** Steps over a name whose first byte is known to be one. */
export function skipName(cursor: Cursor, colon: boolean): void {
  while (isNameByte(advance(cursor), true, colon));
}

/**
 * Steps over `"…"` from its opening quote: `\\` takes any byte but a newline with it. False: it does not close, and the cursor is
 * where it could not go on. NUL ends it, unless the state steps over NUL.
 */
export function skipQuoted(cursor: Cursor, newlines: boolean): boolean {
  let byte = advance(cursor);
  while (byte !== 0x22) {
    if (byte === 0x5c) {
      byte = advance(cursor);
      if (byte === 0x0a || byte === 0) return false;
    } else if (byte === 0 || (byte === 0x0a && !newlines)) return false;
    byte = advance(cursor);
  }
  advance(cursor);
  return true;
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

// Reads a scrape body entry by entry, taking and refusing exactly what Prometheus does (model/textparse, 3.14). It never throws,
// and knows neither scrapes nor storage: what Prometheus then keeps of the entries is verdict.ts.
import { textOf } from "./bytesText.ts";
import type { Cursor } from "./cursor.ts";
import type { CommentEntry, Entry, ExpositionError, Format } from "./entries.ts";
import { type Metadata, readMetadata } from "./metadata.ts";
import { makeReader, type Reader } from "./reader.ts";
import { isRefusal, type Refusal, refuse } from "./refusal.ts";
import { readSeries } from "./series.ts";

/** The next entry, why there is none, or undefined at the end. */
export function readEntry(reader: Reader): Entry | Refusal | undefined {
  const { cursor } = reader;
  for (;;) {
    const start = cursor.at;
    const token = reader.next(cursor);
    switch (token) {
      case "newline":
        if (reader.format === "text") continue;
        return refuse("Empty lines are not allowed in OpenMetrics.");
      case "help":
      case "type":
      case "unit":
        return readMetadataEntry(reader, token);
      case "comment":
        return readComment(reader);
      case "name":
      case "openBrace":
        return readSeries(reader, token, start);
      case "end":
        return reader.format === "text"
          ? undefined
          : refuse(
              "The body does not end with `# EOF`: OpenMetrics demands it, for a body cut short could not be told.",
            );
      case "endWord":
        return reader.next(cursor) === "end" ? undefined : refuse("Nothing may follow `# EOF`.");
      default:
        return refuse("A line must begin with a metric name, `{` or `#`.");
    }
  }
}

function readMetadataEntry(reader: Reader, kind: Metadata): Entry | Refusal {
  const entry = readMetadata(reader, kind);
  if (!isRefusal(entry) && entry.entry === "type") reader.type = entry.text;
  return entry;
}

function readComment(reader: Reader): CommentEntry {
  const { cursor } = reader;
  const text = textOf(cursor.bytes, cursor.from, cursor.at);
  reader.next(cursor);
  return { entry: "comment", text };
}

export type Reading = {
  readonly entries: readonly Entry[];
  /** How many entries come before the first error; all of them if there is none. */
  readonly sound: number;
  /** The first is the one at which Prometheus gives the whole body up. */
  readonly errors: readonly ExpositionError[];
};

/**
 * Reads a whole body. Prometheus stops at the first error and stores nothing of the scrape; `recover` goes on at the next line,
 * so that a view can show what stands around the bad one. An empty body is not read at all: no entries, no error.
 */
export function readExposition(bytes: Buffer, format: Format, options: { readonly recover?: boolean } = {}): Reading {
  const entries: Entry[] = [];
  const errors: ExpositionError[] = [];
  let sound = -1;
  for (const entry of readEntries(bytes, format, options.recover === true)) {
    if (!("message" in entry)) entries.push(entry);
    else {
      if (sound < 0) sound = entries.length;
      errors.push(entry);
    }
  }
  return { entries, sound: sound < 0 ? entries.length : sound, errors };
}

/** The same one by one, errors in their places. */
export function* readEntries(bytes: Buffer, format: Format, recover: boolean): Generator<Entry | ExpositionError> {
  if (bytes.length === 0) return;
  const reader = makeReader(bytes, format);
  let before = firstLine;
  for (;;) {
    const entry = readEntry(reader);
    if (entry === undefined) return;
    if (!isRefusal(entry)) {
      yield entry;
      continue;
    }
    before = lineAt(bytes, reader.cursor.from, before);
    yield errorAt(reader.cursor, entry, before.line);
    if (!recover || !skipLine(reader.cursor)) return;
  }
}

/** Where a refused token begins: an unclosed quote at its opening. */
export function locate(cursor: Cursor, refusal: Refusal): ExpositionError {
  return errorAt(cursor, refusal, lineAt(cursor.bytes, cursor.from, firstLine).line);
}

const errorAt = ({ from, at, end }: Cursor, { message }: Refusal, line: number): ExpositionError => ({
  line,
  message,
  from,
  to: Math.min(at, end),
});

/** A line by its number, from 1, and its first byte. */
type LineStart = { readonly line: number; readonly from: number };

const firstLine: LineStart = { line: 1, from: 0 };

/** The line in which a byte stands, counted on from one before it. */
function lineAt(bytes: Buffer, place: number, before: LineStart): LineStart {
  let { line, from } = before;
  for (let at = bytes.indexOf(0x0a, from); at >= 0 && at < place; at = bytes.indexOf(0x0a, from)) {
    line++;
    from = at + 1;
  }
  return { line, from };
}

/** Goes to the line behind the refused token; false if there is none. */
export function skipLine(cursor: Cursor): boolean {
  const newline = cursor.bytes.indexOf(0x0a, cursor.from);
  if (newline < 0 || newline + 1 >= cursor.end) return false;
  cursor.at = newline + 1;
  cursor.from = cursor.at;
  cursor.state = "start";
  return true;
}

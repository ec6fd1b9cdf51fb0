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
  if (bytes.length === 0) return { entries, sound: 0, errors };
  const reader = makeReader(bytes, format);
  for (;;) {
    const entry = readEntry(reader);
    if (entry === undefined) break;
    if (!isRefusal(entry)) {
      entries.push(entry);
      continue;
    }
    if (sound < 0) sound = entries.length;
    errors.push(locate(reader.cursor, entry));
    if (options.recover !== true || !skipLine(reader.cursor)) break;
  }
  return { entries, sound: sound < 0 ? entries.length : sound, errors };
}

/** Where a refused token begins: an unclosed quote at its opening. */
export function locate(cursor: Cursor, refusal: Refusal): ExpositionError {
  let line = 1;
  for (let at = cursor.bytes.indexOf(0x0a); at >= 0 && at < cursor.from; at = cursor.bytes.indexOf(0x0a, at + 1))
    line++;
  return { line, message: refusal.message, from: cursor.from, to: Math.min(cursor.at, cursor.end) };
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

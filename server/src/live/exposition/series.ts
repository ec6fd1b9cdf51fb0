// Reads a series: name, labels, value, timestamp and exemplar. Knows nothing of other lines but the type that reaches it.
import { isUtf8, textOf } from "./bytesText.ts";
import type { Exemplar, LabelPair, SeriesEntry, Timestamp } from "./entries.ts";
import { undoEscapes } from "./escapes.ts";
import { formatOpenMetricsFloat, parseGoFloat, parseValue, parseValueBytes } from "./numbers.ts";
import type { Reader } from "./reader.ts";
import { isRefusal, type Refusal, refuse } from "./refusal.ts";
import type { Token } from "./tokens.ts";

/** What was found so far: the labels of a series have its name in front, those of an exemplar have none. */
type Found = { isNamed: boolean; readonly labels: LabelPair[] };

const unnamed: LabelPair = ["__name__", ""];

/** From the name or the brace, which `token` says; `start` is where the line begins, with the blanks before a name, which belong to it. */
export function readSeries(reader: Reader, token: Token, start: number): SeriesEntry | Refusal {
  const { cursor, next } = reader;
  const found: Found = { isNamed: token === "name", labels: [unnamed] };
  let behind = token;
  if (token === "name") {
    found.labels[0] = ["__name__", textOf(cursor.bytes, start, cursor.at)];
    reader.seriesTo = cursor.at;
    behind = next(cursor);
  }
  if (behind === "openBrace") {
    const refusal = readLabels(reader, found, false);
    if (refusal) return refusal;
    reader.seriesTo = cursor.at;
    behind = next(cursor);
  }
  if (!found.isNamed) return refuse("The braces hold no metric name: write one in quotes first, or before them.");
  if (behind !== "value") return refuse("A value must follow, on the same line.");
  const value = readNumber(reader);
  if (value === undefined) return refuseNumber(reader, "value");
  const tail = reader.format === "text" ? readTextTail(reader) : readOpenMetricsTail(reader);
  if (isRefusal(tail)) return tail;
  const { timestamp, exemplar } = tail;
  return { entry: "series", labels: seriesLabels(reader, found.labels), value, timestamp, exemplar };
}

/** Bounds in the form in which they are stored, then sorted by name: a label given twice keeps its order. */
function seriesLabels({ type }: Reader, labels: LabelPair[]): LabelPair[] {
  const bound = type === "histogram" ? "le" : type === "summary" ? "quantile" : undefined;
  if (bound !== undefined)
    labels.forEach(([label, value], index) => {
      if (label === bound) labels[index] = [label, normalizeBound(value)];
    });
  return sortByName(labels);
}

/** Bounds seen lately: there are few different ones in a body, and many of each. */
const bounds = new Map<string, string>();

function normalizeBound(value: string): string {
  let bound = bounds.get(value);
  if (bound === undefined) {
    const number = parseGoFloat(value);
    bound = number === undefined ? value : formatOpenMetricsFloat(number);
    if (bounds.size >= 1000) bounds.clear();
    bounds.set(value, bound);
  }
  return bound;
}

/** In byte order, as Go compares. */
function sortByName(labels: LabelPair[]): LabelPair[] {
  let at = 1;
  while (at < labels.length && compareBytes((labels[at - 1] as LabelPair)[0], (labels[at] as LabelPair)[0]) <= 0) at++;
  if (at >= labels.length) return labels;
  return labels.sort(([one], [other]) => (one === other ? 0 : compareBytes(one, other)));
}

function compareBytes(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  for (let at = 0; at < shorter; at++) {
    const [left, right] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (left === right) continue;
    return left < 0x80 || right < 0x80 ? left - right : Buffer.compare(Buffer.from(one), Buffer.from(other));
  }
  return one.length - other.length;
}

/** Labels up to the closing brace. A quoted name alone is the metric's; in an exemplar that is refused. */
function readLabels(reader: Reader, found: Found, exemplar: boolean): Refusal | undefined {
  const { cursor, next, format } = reader;
  let token = next(cursor);
  for (;;) {
    if (token === "closeBrace") return undefined;
    if (token !== "labelName" && token !== "quoted") return refuse("A label name must stand here.");
    const quoted = token === "quoted";
    const name = quoted ? quotedText(reader, exemplar) : textOf(cursor.bytes, cursor.from, cursor.at);
    token = next(cursor);
    if (quoted && (token === "comma" || token === "closeBrace")) {
      if (exemplar) return refuse("An exemplar has labels only, no metric name.");
      if (found.isNamed)
        return refuse("There is a metric name already: a quoted name alone in the braces is a second one.");
      found.isNamed = true;
      found.labels[0] = ["__name__", name];
      if (token === "comma") token = next(cursor);
      continue;
    }
    if (token !== "equal") return refuse("`=` must follow the label name.");
    if (next(cursor) !== "labelValue")
      return refuse("A label value must stand here, in double quotes that are closed.");
    if (!isUtf8(cursor.bytes, cursor.from, cursor.at)) return refuse("The label value is not UTF-8.");
    found.labels.push([name, quotedText(reader, exemplar)]);
    token = next(cursor);
    if (token === "comma") token = next(cursor);
    else if (format === "openmetrics" && token !== "closeBrace") return refuse("`,` or `}` must follow a label.");
  }
}

/** The token's text without its quotes; `asWritten`: escapes stay. */
function quotedText({ cursor }: Reader, asWritten: boolean): string {
  const text = textOf(cursor.bytes, cursor.from + 1, cursor.at - 1);
  return cursor.hasEscapes && !asWritten ? undoEscapes(text, true) : text;
}

/** The number in the token; in OpenMetrics it has a blank before it. */
function readNumber({ cursor, format }: Reader): number | undefined {
  return parseValueBytes(cursor.bytes, cursor.from + (format === "text" ? 0 : 1), cursor.at);
}

function refuseNumber({ cursor }: Reader, what: string): Refusal {
  const text = textOf(cursor.bytes, cursor.from, Math.min(cursor.at, cursor.end)).trim();
  return refuse(`\`${text}\` is no ${what}: write a decimal number, NaN, +Inf or -Inf, within the range of a double.`);
}

type Tail = { readonly timestamp: Timestamp | null; readonly exemplar: Exemplar | null };

const noTail: Tail = { timestamp: null, exemplar: null };

/** Behind the value: the end of the line, or milliseconds and the end of the line. */
function readTextTail({ cursor, next }: Reader): Tail | Refusal {
  const token = next(cursor);
  if (token === "newline") return noTail;
  if (token !== "timestamp")
    return refuse("Only a timestamp may follow the value: whole milliseconds, without a sign.");
  const milliseconds = BigInt(cursor.bytes.toString("latin1", cursor.from, cursor.at));
  if (milliseconds > 2n ** 63n - 1n) return refuse("The timestamp is beyond what 64 bits hold.");
  if (next(cursor) !== "newline") return refuse("Nothing may follow the timestamp.");
  return { timestamp: asTimestamp(milliseconds), exemplar: null };
}

/**
 * Behind the value: a timestamp in seconds and an exemplar, both optional. What is none of these is not refused here but as the
 * beginning of the next entry: that is where Prometheus sees it.
 */
function readOpenMetricsTail(reader: Reader): Tail | Refusal {
  const { cursor, next } = reader;
  let token = next(cursor);
  let timestamp: Timestamp | null = null;
  if (token === "end") return refuse("The body ends within a line, without `# EOF`.");
  if (token === "timestamp") {
    const read = readSeconds(reader);
    if (typeof read === "object") return read;
    timestamp = read;
    token = next(cursor);
    if (token !== "newline" && token !== "exemplar")
      return refuse("Only an exemplar (` # {…}`) may follow the timestamp.");
  }
  if (token !== "exemplar") return { timestamp, exemplar: null };
  const exemplar = readExemplar(reader);
  return isRefusal(exemplar) ? exemplar : { timestamp, exemplar };
}

function readExemplar(reader: Reader): Exemplar | Refusal {
  const { cursor, next } = reader;
  const found: Found = { isNamed: false, labels: [] };
  const refusal = readLabels(reader, found, true);
  if (refusal) return refusal;
  const labels = sortByName(found.labels);
  if (next(cursor) !== "value") return refuse("A value must follow the labels of an exemplar, behind one blank.");
  const value = readNumber(reader);
  if (value === undefined) return refuseNumber(reader, "value of an exemplar");
  const token = next(cursor);
  if (token === "newline") return { labels, value, timestamp: null };
  if (token === "end") return refuse("The body ends within a line, without `# EOF`.");
  if (token !== "timestamp") return refuse("Only a timestamp may follow the value of an exemplar.");
  const timestamp = readSeconds(reader);
  if (typeof timestamp === "object") return timestamp;
  if (next(cursor) !== "newline") return refuse("Nothing may follow the timestamp of an exemplar.");
  return { labels, value, timestamp };
}

/** Seconds of OpenMetrics, cut to milliseconds as Go does: beyond 64 bits it becomes the smallest number there is. */
function readSeconds(reader: Reader): Timestamp | Refusal {
  const { cursor } = reader;
  const seconds = parseValue(cursor.bytes.toString("latin1", cursor.from + 1, cursor.at));
  if (seconds === undefined || !Number.isFinite(seconds)) return refuseNumber(reader, "timestamp in seconds");
  const milliseconds = Math.trunc(seconds * 1000);
  if (Math.abs(milliseconds) >= 2 ** 63) return -(2n ** 63n);
  return asTimestamp(BigInt(milliseconds));
}

function asTimestamp(milliseconds: bigint): Timestamp {
  const number = Number(milliseconds);
  return Number.isSafeInteger(number) ? number : milliseconds;
}

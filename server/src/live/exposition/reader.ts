// A body on its way through its scanner: where it is and what holds for the lines to come. Knows no grammar.
import { type Cursor, makeCursor } from "./cursor.ts";
import type { Format, MetricType } from "./entries.ts";
import { nextOpenMetricsToken } from "./openMetricsScanner.ts";
import { nextTextToken } from "./textScanner.ts";
import type { Token } from "./tokens.ts";

export type Reader = {
  readonly cursor: Cursor;
  readonly format: Format;
  readonly next: (cursor: Cursor) => Token;
  /** The last TYPE, whatever it was for: in its reach bounds are rewritten. */
  type: MetricType | undefined;
  /** Byte behind the labels of the last series: what is before it, from the start of the line, says which series it is. */
  seriesTo: number;
};

export function makeReader(bytes: Buffer, format: Format, from = 0): Reader {
  const cursor = makeCursor(bytes, from, format === "text");
  const next = format === "text" ? nextTextToken : nextOpenMetricsToken;
  return { cursor, format, next, type: undefined, seriesTo: from };
}

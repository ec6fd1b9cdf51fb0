// Cuts OpenMetrics 1.0 into tokens exactly as Prometheus does (model/textparse/openmetricslex.l), oddities included.
// Blanks belong to tokens here: one too many, or one at the end, is "invalid".
import { into, scanLabels, scanLabelValue, scanMetadataName, single } from "./commonTokens.ts";
import { advance, type Cursor, current, isAtEnd, isNameStart, skipName, skipToNewline, skipWord } from "./cursor.ts";
import type { Token } from "./tokens.ts";

/** The next token. `cursor.from` to `cursor.at` is what it covers. */
export function nextOpenMetricsToken(cursor: Cursor): Token {
  if (isAtEnd(cursor)) return "end";
  cursor.from = cursor.at;
  const byte = current(cursor);
  switch (cursor.state) {
    case "start":
      return scanStart(cursor, byte);
    case "metadataName":
      return scanMetadataName(cursor, byte);
    case "metadataText":
      return scanMetadataText(cursor, byte);
    case "labels":
      return scanLabels(cursor, byte, "value", "labelValue");
    case "labelValue":
      return scanLabelValue(cursor, byte, "labels", false);
    case "value":
      if (byte === 0x7b) return single(cursor, "labels", "openBrace");
      return scanWord(cursor, byte, "timestamp", "value");
    case "timestamp":
      return scanTimestamp(cursor, byte);
    case "exemplarLabels":
      return scanLabels(cursor, byte, "exemplarValue", "exemplarValue");
    case "exemplarValue":
      if (byte === 0x22) return scanLabelValue(cursor, byte, "exemplarLabels", false);
      return scanWord(cursor, byte, "exemplarTimestamp", "value");
    case "exemplarTimestamp":
      if (byte === 0x0a) return single(cursor, "start", "newline");
      return scanWord(cursor, byte, "exemplarTimestamp", "timestamp");
    default:
      return "invalid";
  }
}

function scanStart(cursor: Cursor, byte: number): Token {
  if (byte === 0x23) return scanHash(cursor);
  if (byte === 0x7b) return single(cursor, "labels", "openBrace");
  if (!isNameStart(byte, true)) return "invalid";
  skipName(cursor, true);
  return into(cursor, "value", "name");
}

/** `# HELP `, `# TYPE `, `# UNIT ` or `# EOF` with its newline, if there is one. */
function scanHash(cursor: Cursor): Token {
  if (advance(cursor) !== 0x20) return "invalid";
  advance(cursor);
  cursor.state = "comment";
  switch (current(cursor)) {
    case 0x48:
      return skipWord(cursor, "HELP ") ? into(cursor, "metadataName", "help") : "invalid";
    case 0x54:
      return skipWord(cursor, "TYPE ") ? into(cursor, "metadataName", "type") : "invalid";
    case 0x55:
      return skipWord(cursor, "UNIT ") ? into(cursor, "metadataName", "unit") : "invalid";
    default:
      if (!skipWord(cursor, "EOF")) return "invalid";
      if (current(cursor) === 0x0a) advance(cursor);
      return into(cursor, "start", "endWord");
  }
}

/** The blank, the text and its newline. */
function scanMetadataText(cursor: Cursor, byte: number): Token {
  if (byte !== 0x20) return "invalid";
  advance(cursor);
  return skipToNewline(cursor) === 0 ? "invalid" : single(cursor, "start", "text");
}

/** One blank and whatever follows up to the next blank or newline. */
function scanWord(cursor: Cursor, byte: number, behind: Cursor["state"], token: Token): Token {
  if (byte !== 0x20) return "invalid";
  let inside = advance(cursor);
  while (inside !== 0x20 && inside !== 0x0a && inside !== 0) inside = advance(cursor);
  return cursor.at - cursor.from < 2 ? "invalid" : into(cursor, behind, token);
}

/** A timestamp, the end of the line, or ` # {`, which opens an exemplar. */
function scanTimestamp(cursor: Cursor, byte: number): Token {
  if (byte === 0x0a) return single(cursor, "start", "newline");
  const token = scanWord(cursor, byte, "timestamp", "timestamp");
  const hash = cursor.at - cursor.from === 2 && cursor.bytes[cursor.from + 1] === 0x23;
  if (token !== "timestamp" || !hash || current(cursor) !== 0x20) return token;
  return advance(cursor) === 0x7b ? single(cursor, "exemplarLabels", "exemplar") : "invalid";
}

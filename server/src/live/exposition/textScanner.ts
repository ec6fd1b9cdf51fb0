// Cuts the text format 0.0.4 into tokens exactly as Prometheus does (model/textparse/promlex.l), oddities included.
// A token that is not there is "invalid"; the scanner never looks at what tokens mean.
import { into, scanLabels, scanLabelValue, scanMetadataName, single } from "./commonTokens.ts";
import { advance, type Cursor, current, isAtEnd, isNameStart, skipName, skipToNewline, skipWord } from "./cursor.ts";
import type { Token } from "./tokens.ts";

const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x09;

/** The next token that is no blank. `cursor.from` to `cursor.at` is what it covers. */
export function nextTextToken(cursor: Cursor): Token {
  let token = scan(cursor);
  while (token === "blank") token = scan(cursor);
  return token;
}

function scan(cursor: Cursor): Token {
  if (isAtEnd(cursor)) return "end";
  cursor.from = cursor.at;
  const byte = current(cursor);
  if (isBlank(byte)) {
    if (cursor.state !== "metadataText") return skipBlanks(cursor);
    return scanMetadataText(cursor);
  }
  switch (cursor.state) {
    case "start":
      return scanStart(cursor, byte);
    case "metadataName":
      return scanMetadataName(cursor, byte);
    case "metadataText":
      return scanMetadataText(cursor);
    case "labels":
      return scanLabels(cursor, byte, "value", "labelValue");
    case "labelValue":
      return scanLabelValue(cursor, byte, "labels", true);
    case "value":
      return scanValue(cursor, byte);
    case "timestamp":
      return scanTimestamp(cursor, byte);
    default:
      return "invalid";
  }
}

function skipBlanks(cursor: Cursor): Token {
  while (isBlank(advance(cursor)));
  return "blank";
}

function scanStart(cursor: Cursor, byte: number): Token {
  if (byte === 0) return "end";
  if (byte === 0x0a) return single(cursor, "start", "newline");
  if (byte === 0x23) return scanHash(cursor);
  if (byte === 0x7b) return single(cursor, "labels", "openBrace");
  if (!isNameStart(byte, true)) return "invalid";
  skipName(cursor, true);
  return into(cursor, "value", "name");
}

/** `# HELP `, `# TYPE `, or a comment. */
function scanHash(cursor: Cursor): Token {
  if (!isBlank(advance(cursor))) return skipComment(cursor);
  while (isBlank(advance(cursor)));
  cursor.state = "comment";
  const help = current(cursor) === 0x48;
  if (!skipWord(cursor, help ? "HELP" : "TYPE") || !isBlank(current(cursor))) return skipComment(cursor);
  while (isBlank(advance(cursor)));
  return into(cursor, "metadataName", help ? "help" : "type");
}

/** Up to the newline. NUL ends the whole body, unless the state steps over it. */
function skipComment(cursor: Cursor): Token {
  return skipToNewline(cursor) === 0 ? "end" : into(cursor, "start", "comment");
}

/** The rest of the line with the blank before it. Blanks alone are no text: then it is empty. */
function scanMetadataText(cursor: Cursor): Token {
  let byte = current(cursor);
  while (isBlank(byte)) byte = advance(cursor);
  if ((byte === 0x0a || byte === 0) && cursor.at > cursor.from) return "blank";
  skipToNewline(cursor);
  return into(cursor, "start", "text");
}

function scanValue(cursor: Cursor, byte: number): Token {
  if (byte === 0x7b) return single(cursor, "labels", "openBrace");
  const { bytes, end, from } = cursor;
  let at = from;
  for (; at < end; at++) {
    const inside = bytes[at] as number;
    if (inside === 0x0a || inside === 0x7b || inside === 0 || isBlank(inside)) break;
  }
  cursor.at = at;
  return at === from ? "invalid" : into(cursor, "timestamp", "value");
}

function scanTimestamp(cursor: Cursor, byte: number): Token {
  if (byte === 0x0a) return single(cursor, "start", "newline");
  let digit = byte;
  while (digit >= 0x30 && digit <= 0x39) digit = advance(cursor);
  return cursor.at === cursor.from ? "invalid" : "timestamp";
}

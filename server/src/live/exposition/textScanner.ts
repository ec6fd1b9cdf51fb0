// Cuts the text format 0.0.4 into tokens exactly as Prometheus does (model/textparse/promlex.l), oddities included.
// A token that is not there is "invalid"; the scanner never looks at what tokens mean.
import { advance, type Cursor, current, isAtEnd, isNameByte, skipName, skipQuoted, skipWord } from "./cursor.ts";
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
      return scanLabels(cursor, byte);
    case "labelValue":
      if (byte !== 0x22 || !skipQuoted(cursor, true)) return "invalid";
      return into(cursor, "labels", "labelValue");
    case "value":
      return scanValue(cursor, byte);
    case "timestamp":
      return scanTimestamp(cursor, byte);
    default:
      return "invalid";
  }
}

function into(cursor: Cursor, state: Cursor["state"], token: Token): Token {
  cursor.state = state;
  return token;
}

/** One byte that is a token of its own. It is stepped over before the state changes: that decides about NUL behind it. */
function single(cursor: Cursor, state: Cursor["state"], token: Token): Token {
  advance(cursor);
  return into(cursor, state, token);
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
  if (!isNameByte(byte, false, true)) return "invalid";
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
  let byte = current(cursor);
  while (byte !== 0x0a) {
    if (byte === 0) return "end";
    byte = advance(cursor);
  }
  return into(cursor, "start", "comment");
}

function scanMetadataName(cursor: Cursor, byte: number): Token {
  if (byte === 0x22) {
    if (!skipQuoted(cursor, true)) return "invalid";
  } else {
    if (!isNameByte(byte, false, true)) return "invalid";
    skipName(cursor, true);
  }
  return into(cursor, "metadataText", "name");
}

/** The rest of the line with the blank before it. Blanks alone are no text: then it is empty. */
function scanMetadataText(cursor: Cursor): Token {
  let blank = true;
  let byte = current(cursor);
  while (byte !== 0x0a && byte !== 0) {
    blank &&= isBlank(byte);
    byte = advance(cursor);
  }
  if (blank && cursor.at > cursor.from) return "blank";
  return into(cursor, "start", "text");
}

function scanLabels(cursor: Cursor, byte: number): Token {
  if (byte === 0x7d) return single(cursor, "value", "closeBrace");
  if (byte === 0x3d) return single(cursor, "labelValue", "equal");
  if (byte === 0x2c) return single(cursor, "labels", "comma");
  if (byte === 0x22) return skipQuoted(cursor, true) ? "quoted" : "invalid";
  if (!isNameByte(byte, false, false)) return "invalid";
  skipName(cursor, false);
  return "labelName";
}

function scanValue(cursor: Cursor, byte: number): Token {
  if (byte === 0x7b) return single(cursor, "labels", "openBrace");
  let inside = byte;
  while (inside !== 0x0a && inside !== 0x7b && inside !== 0 && !isBlank(inside)) inside = advance(cursor);
  return cursor.at === cursor.from ? "invalid" : into(cursor, "timestamp", "value");
}

function scanTimestamp(cursor: Cursor, byte: number): Token {
  if (byte === 0x0a) return single(cursor, "start", "newline");
  let digit = byte;
  while (digit >= 0x30 && digit <= 0x39) digit = advance(cursor);
  return cursor.at === cursor.from ? "invalid" : "timestamp";
}

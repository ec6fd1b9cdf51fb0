// Tokens that both formats cut alike: single bytes, names behind `# HELP`, what stands between braces. Knows neither format.
import { advance, type Cursor, isNameStart, skipName, skipQuoted } from "./cursor.ts";
import type { Token } from "./tokens.ts";

export function into(cursor: Cursor, state: Cursor["state"], token: Token): Token {
  cursor.state = state;
  return token;
}

/** One byte that is a token of its own. It is stepped over before the state changes: that decides about NUL behind it. */
export function single(cursor: Cursor, state: Cursor["state"], token: Token): Token {
  advance(cursor);
  return into(cursor, state, token);
}

/** The name behind `# HELP `, `# TYPE ` or `# UNIT `, in quotes or not. */
export function scanMetadataName(cursor: Cursor, byte: number): Token {
  if (byte === 0x22) {
    if (!skipQuoted(cursor, true)) return "invalid";
  } else {
    if (!isNameStart(byte, true)) return "invalid";
    skipName(cursor, true);
  }
  return into(cursor, "metadataText", "name");
}

/** Between braces: of a series, or of an exemplar, whose names are not quoted over lines. `behind` the braces, `value` behind `=`. */
export function scanLabels(
  cursor: Cursor,
  byte: number,
  behind: "value" | "exemplarValue",
  value: "labelValue" | "exemplarValue",
): Token {
  const here = cursor.state;
  if (byte === 0x7d) return single(cursor, behind, "closeBrace");
  if (byte === 0x3d) return single(cursor, value, "equal");
  if (byte === 0x2c) return single(cursor, here, "comma");
  if (byte === 0x22) return skipQuoted(cursor, here === "labels") ? "quoted" : "invalid";
  if (!isNameStart(byte, false)) return "invalid";
  skipName(cursor, false);
  return "labelName";
}

export function scanLabelValue(
  cursor: Cursor,
  byte: number,
  behind: "labels" | "exemplarLabels",
  newlines: boolean,
): Token {
  if (byte !== 0x22 || !skipQuoted(cursor, newlines)) return "invalid";
  return into(cursor, behind, "labelValue");
}

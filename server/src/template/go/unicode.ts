// What Go's `unicode` package says of a code point. Knows no templates. The expressions stand where they are needed:
// putting their classes together takes a millisecond of each start.

import { isNewerThanGo } from "../../newPoints.ts";
import { isLooseByte } from "./bytes.ts";

/** A letter or decimal digit of any script, or an underscore: what names are made of. */
export function isAlphaNumeric(code: number): boolean {
  if (code < 0x80) {
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
  }
  return /^[\p{L}\p{Nd}]$/u.test(String.fromCodePoint(code)) && !isNewerThanGo(code);
}

/** Letters, marks, numbers, punctuation, symbols and the ASCII blank. */
export function isPrint(code: number): boolean {
  if (code < 0x80) return code >= 0x20 && code < 0x7f;
  if (isLooseByte(code)) return false;
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(String.fromCodePoint(code)) && !isNewerThanGo(code);
}

/** A case that Go has not heard of is none. */
function known(changed: string, point: string): string {
  const unknown = isNewerThanGo(changed.codePointAt(0) ?? 0) || isNewerThanGo(point.codePointAt(0) ?? 0);
  return unknown ? point : changed;
}

/** Upper case, one code point to one: `ß` and ligatures stay. */
export function toUpper(text: string): string {
  return mapPoints(text, upperPoint);
}

/** Lower case, one code point to one; no final sigma, `İ` becomes `i`. */
export function toLower(text: string): string {
  return mapPoints(text, (point) => (point === "İ" ? "i" : known(single(point.toLowerCase(), point), point)));
}

/** Title case of one code point: as upper case but for digraphs such as `ǆ`. */
export function toTitle(point: string): string {
  const code = point.codePointAt(0) ?? 0;
  if (code >= 0x1c4 && code <= 0x1cc) return code <= 0x1c6 ? "ǅ" : code <= 0x1c9 ? "ǈ" : "ǋ";
  if (code >= 0x1f1 && code <= 0x1f3) return "ǲ";
  // Mkhedruli letters have an upper case and are their own title case.
  if ((code >= 0x10d0 && code <= 0x10fa) || (code >= 0x10fd && code <= 0x10ff)) return point;
  return upperPoint(point);
}

function mapPoints(text: string, change: (point: string) => string): string {
  let changed = "";
  for (const point of text) changed += change(point);
  return changed;
}

/** Greek letters with iota subscript: JavaScript spells them out as two, Unicode's simple mapping is one. */
function upperPoint(point: string): string {
  const upper = point.toUpperCase();
  if (upper.length <= point.length || [...upper].length === 1) return known(upper, point);
  const code = point.codePointAt(0) ?? 0;
  if (code >= 0x1f80 && code <= 0x1faf) return String.fromCodePoint(code | 8);
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return String.fromCodePoint(code + 9);
  return point;
}

function single(changed: string, point: string): string {
  return [...changed].length === 1 ? changed : point;
}
